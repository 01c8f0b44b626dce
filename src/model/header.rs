//! The header of a safetensors file: 8 bytes of length, then JSON. Read without the rest of
//! the file, which may be larger than the memory that is free.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;

use safetensors::tensor::TensorInfo;

/// No header of a weights file is longer; a larger figure means garbage.
const MAX_BYTES: u64 = 100 << 20;

/// What a file holds, and where.
pub(crate) struct Header {
    /// Type, shape and place of every tensor; places count from `start`.
    pub(crate) tensors: HashMap<String, TensorInfo>,
    /// Where the tensors begin in the file.
    pub(crate) start: u64,
}

impl Header {
    /// Reads the header of an open file, and sees that the file is as long as it says and
    /// every tensor as large as its shape.
    pub(crate) fn read(mut file: &File) -> Result<Self, String> {
        let size = file.metadata().map_err(|error| error.to_string())?.len();
        let mut length = [0; 8];
        file.read_exact(&mut length).map_err(|_| "the file is empty or cut short".to_owned())?;
        let length = u64::from_le_bytes(length);
        if length > MAX_BYTES || length + 8 > size {
            return Err("this is not a safetensors file".to_owned());
        }
        let mut json = Vec::new();
        file.take(length).read_to_end(&mut json).map_err(|error| error.to_string())?;
        let mut entries: HashMap<String, serde_json::Value> = serde_json::from_slice(&json)
            .map_err(|error| format!("this is not a safetensors file ({error})"))?;
        entries.remove("__metadata__");
        let mut tensors = HashMap::new();
        let mut end = 0;
        for (name, entry) in entries {
            let info: TensorInfo =
                serde_json::from_value(entry).map_err(|error| format!("{name}: {error}"))?;
            if !fits(&info) {
                return Err(format!("{name}: its bytes do not fit its shape; copy the file again"));
            }
            end = end.max(info.data_offsets.1 as u64);
            tensors.insert(name, info);
        }
        let start = 8 + length;
        if end + start != size {
            return Err(format!(
                "the file has {size} bytes but its header speaks of {}; copy it again",
                end + start
            ));
        }
        Ok(Self { tensors, start })
    }
}

/// Whether a tensor's bytes are as many as its shape and type want.
fn fits(info: &TensorInfo) -> bool {
    let bits = info.shape.iter().try_fold(info.dtype.bitsize(), |bits, n| bits.checked_mul(*n));
    let (begin, end) = info.data_offsets;
    let bytes = end.checked_sub(begin);
    bits.is_some() && bits == bytes.and_then(|bytes| bytes.checked_mul(8))
}
