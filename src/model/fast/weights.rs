//! Tensors out of a safetensors file, as 32-bit floats.

use std::path::Path;

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};
use safetensors::{Dtype, SafeTensors};

/// Reads tensors of an open file by name.
pub(super) struct Weights<'d> {
    tensors: SafeTensors<'d>,
}

impl<'d> Weights<'d> {
    /// Reads the header of a file's bytes.
    pub(super) fn of(bytes: &'d [u8]) -> Result<Self, String> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| error.to_string())?;
        Ok(Self { tensors })
    }

    /// A tensor's values, row by row; its shape has been checked when the folder was opened.
    pub(super) fn tensor(&self, name: &str) -> Result<Vec<f32>, String> {
        let mut values = Vec::new();
        self.append(name, &mut values)?;
        Ok(values)
    }

    /// Appends a tensor's values to `values`, which a caller may use again and again: memory
    /// that is new to the process costs more time than the reading.
    pub(super) fn append(&self, name: &str, values: &mut Vec<f32>) -> Result<(), String> {
        let view = self.tensors.tensor(name).map_err(|error| format!("{name}: {error}"))?;
        let data = view.data();
        match view.dtype() {
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
        self.tensors.tensor(name).is_ok()
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

/// A file's bytes.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| error.to_string())
}

fn words<const N: usize>(data: &[u8]) -> impl Iterator<Item = [u8; N]> {
    data.as_chunks::<N>().0.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_appended_however_many_there_are() {
        let numbers: Vec<f32> = (0..2500_u16).map(|n| f32::from(n) / 8.0 - 20.0).collect();
        let data: Vec<u8> = numbers.iter().flat_map(|x| f16::from_f32(*x).to_le_bytes()).collect();
        let mut values = vec![7.0];
        append_halves(&data, &mut values);
        assert_eq!(values[0], 7.0);
        assert_eq!(values[1..], numbers);
    }
}
