//! Tensors out of a safetensors file, as 32-bit floats.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};
use safetensors::Dtype;

use crate::model::header::Header;

/// Reads tensors of a file by name, one at a time: a file may be as large as all memory that
/// the packed weights leave.
pub(super) struct Weights {
    file: File,
    header: Header,
    /// A tensor's bytes. Used again and again: memory that is new to the process costs more time
    /// than the reading.
    bytes: Vec<u8>,
}

impl Weights {
    /// Opens a file and reads its header.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let header = Header::read(&file)?;
        Ok(Self { file, header, bytes: Vec::new() })
    }

    /// A tensor's values, row by row; its shape has been checked when the folder was opened.
    pub(super) fn tensor(&mut self, name: &str) -> Result<Vec<f32>, String> {
        let mut values = Vec::new();
        self.append(name, &mut values)?;
        Ok(values)
    }

    /// Appends a tensor's values to `values`.
    pub(super) fn append(&mut self, name: &str, values: &mut Vec<f32>) -> Result<(), String> {
        let info = self.header.tensors.get(name).ok_or_else(|| format!("{name} is missing"))?;
        let (begin, end) = info.data_offsets;
        self.bytes.resize(end - begin, 0);
        self.file
            .read_exact_at(&mut self.bytes, self.header.start + begin as u64)
            .map_err(|error| format!("{name}: {error}"))?;
        let data = self.bytes.as_slice();
        match info.dtype {
            Dtype::F32 => values.extend(words(data).map(f32::from_le_bytes)),
            Dtype::F16 => append_halves(data, values),
            Dtype::BF16 => values.extend(words(data).map(|b| bf16::from_le_bytes(b).to_f32())),
            other => {
                return Err(format!(
                    "{name} holds {other:?} values; 16-bit and 32-bit floats are supported"
                ));
            }
        }
        Ok(())
    }

    /// Whether there is a tensor of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.header.tensors.contains_key(name)
    }
}

fn append_halves(data: &[u8], values: &mut Vec<f32>) {
    const AT_ONCE: usize = 1024;
    let mut halves = [f16::ZERO; AT_ONCE];
    let start = values.len();
    values.resize(start + data.len() / 2, 0.0);
    for (data, values) in data.chunks(2 * AT_ONCE).zip(values[start..].chunks_mut(AT_ONCE)) {
        for (half, word) in halves.iter_mut().zip(words(data)) {
            *half = f16::from_le_bytes(word);
        }
        halves[..values.len()].convert_to_f32_slice(values);
    }
}

fn words<const N: usize>(data: &[u8]) -> impl Iterator<Item = [u8; N]> {
    data.as_chunks::<N>().0.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_appended_however_many_there_are() {
        let numbers: Vec<f32> = (0..2500_u16).map(|n| f32::from(n % 700) / 8.0 - 20.0).collect();
        let data: Vec<u8> = numbers.iter().flat_map(|x| f16::from_f32(*x).to_le_bytes()).collect();
        let mut values = vec![7.0];
        append_halves(&data, &mut values);
        assert_eq!(values[0], 7.0);
        assert!(values[1..] == numbers);
    }
}
