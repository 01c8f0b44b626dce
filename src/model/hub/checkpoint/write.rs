//! Writing a safetensors file from a checkpoint's numbers, one tensor at a time.
//!
//! (The crate's own writer wants each tensor's bytes without a chance to fail, so
//! that a model of 1.6 GB would have to be in memory at once.)

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use safetensors::tensor::TensorInfo;

use super::error::{CheckpointError, layout};
use super::tensor::StoredTensor;

/// Writes `tensors`, whose numbers are in the file `source`, to `target`.
pub(super) fn safetensors(
    tensors: &[(String, StoredTensor)],
    source: &Path,
    target: &Path,
    drop: &[&str],
) -> Result<(), CheckpointError> {
    let chosen: BTreeMap<&str, &StoredTensor> = tensors
        .iter()
        .filter(|(name, tensor)| {
            !(drop.contains(&name.as_str()) && is_shared(tensors, drop, tensor))
        })
        .map(|(name, tensor)| (name.as_str(), tensor))
        .collect();
    let mut reader = BufReader::new(File::open(source)?);
    let mut writer = BufWriter::with_capacity(1 << 20, File::create(target)?);
    let header = header(&chosen)?;
    writer.write_all(&(header.len() as u64).to_le_bytes())?;
    writer.write_all(&header)?;
    for tensor in chosen.values() {
        copy(tensor, &mut reader, &mut writer)?;
    }
    writer.into_inner().map_err(|error| error.into_error())?.sync_all()?;
    Ok(())
}

/// Whether a name that is kept stands for the very same numbers.
fn is_shared(tensors: &[(String, StoredTensor)], drop: &[&str], tensor: &StoredTensor) -> bool {
    tensors.iter().any(|(name, shared)| !drop.contains(&name.as_str()) && shared == tensor)
}

/// Names, types, shapes and places, padded with blanks to a multiple of 8.
fn header(tensors: &BTreeMap<&str, &StoredTensor>) -> Result<Vec<u8>, CheckpointError> {
    let mut entries = BTreeMap::new();
    let mut end = 0;
    for (name, tensor) in tensors {
        let bytes = tensor.bytes().ok_or_else(|| layout("a tensor without end"))?;
        let info = TensorInfo {
            dtype: tensor.element.dtype(),
            shape: tensor.shape.clone(),
            data_offsets: (end, end + bytes),
        };
        end += bytes;
        entries.insert(*name, serde_json::to_value(info).map_err(std::io::Error::from)?);
    }
    entries.insert("__metadata__", serde_json::json!({ "format": "pt" }));
    let mut header = serde_json::to_vec(&entries).map_err(std::io::Error::from)?;
    header.resize(header.len().next_multiple_of(8), b' ');
    Ok(header)
}

fn copy(
    tensor: &StoredTensor,
    reader: &mut (impl Read + Seek),
    writer: &mut impl Write,
) -> Result<(), CheckpointError> {
    reader.seek(SeekFrom::Start(tensor.start))?;
    if tensor.is_contiguous() {
        let bytes = tensor.bytes().unwrap_or_default() as u64;
        if std::io::copy(&mut reader.take(bytes), writer)? != bytes {
            return Err(CheckpointError::CutShort);
        }
        return Ok(());
    }
    let size = tensor.element.size();
    let mut numbers = vec![0; tensor.reach().unwrap_or_default() * size];
    reader.read_exact(&mut numbers).map_err(|_| CheckpointError::CutShort)?;
    let mut index = vec![0; tensor.shape.len()];
    for _ in 0..tensor.count().unwrap_or_default() {
        let at: usize = index.iter().zip(&tensor.strides).map(|(i, stride)| i * stride).sum();
        writer.write_all(&numbers[at * size..(at + 1) * size])?;
        advance(&mut index, &tensor.shape);
    }
    Ok(())
}

/// The next index, last dimension quickest.
fn advance(index: &mut [usize], shape: &[usize]) {
    for (place, size) in index.iter_mut().zip(shape).rev() {
        *place += 1;
        if *place < *size {
            return;
        }
        *place = 0;
    }
}
