//! Tensors out of a safetensors file, as 32-bit floats.

use std::path::Path;

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
        let view = self.tensors.tensor(name).map_err(|error| format!("{name}: {error}"))?;
        let data = view.data();
        match view.dtype() {
            Dtype::F32 => Ok(words(data).map(f32::from_le_bytes).collect()),
            Dtype::F16 => Ok(words(data).map(|b| half(u16::from_le_bytes(b))).collect()),
            Dtype::BF16 => Ok(words(data)
                .map(|b| f32::from_bits(u32::from(u16::from_le_bytes(b)) << 16))
                .collect()),
            other => Err(format!(
                "{name} holds {other:?} values; 16-bit and 32-bit floats are supported"
            )),
        }
    }

    /// Whether there is a tensor of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }
}

/// A file's bytes.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| error.to_string())
}

fn words<const N: usize>(data: &[u8]) -> impl Iterator<Item = [u8; N]> {
    data.as_chunks::<N>().0.iter().copied()
}

/// IEEE 754 half precision to single; exact.
fn half(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let exponent = u32::from(bits >> 10 & 0x1f);
    let fraction = u32::from(bits & 0x3ff);
    match exponent {
        // Zero and the subnormals: fraction * 2^-24.
        0 => f32::from_bits(sign | (fraction as f32 / 16_777_216.0).to_bits()),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::half;

    #[test]
    fn half_precision_is_read_exactly() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(half(bits), value, "{bits:#x}");
        }
        assert!(half(0x7e00).is_nan());
        assert!(half(0x8000).is_sign_negative());
    }
}
