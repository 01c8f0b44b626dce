//! Tensors within the file.

use safetensors::Dtype;

use super::error::{CheckpointError, layout};

/// The types of numbers that weights come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementType {
    /// 32-bit float.
    F32,
    /// 16-bit float.
    F16,
    /// 16-bit float with the range of 32.
    BF16,
    /// 64-bit float.
    F64,
    /// 64-bit integer.
    I64,
    /// 32-bit integer.
    I32,
    /// Byte.
    U8,
    /// Truth value, one byte.
    Bool,
}

impl ElementType {
    /// The type that PyTorch's storage class `name` holds.
    pub(super) fn of_storage(name: &str) -> Option<Self> {
        Some(match name {
            "FloatStorage" => Self::F32,
            "HalfStorage" => Self::F16,
            "BFloat16Storage" => Self::BF16,
            "DoubleStorage" => Self::F64,
            "LongStorage" => Self::I64,
            "IntStorage" => Self::I32,
            "ByteStorage" => Self::U8,
            "BoolStorage" => Self::Bool,
            _ => return None,
        })
    }

    /// Bytes of one number.
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Self::F64 | Self::I64 => 8,
            Self::F32 | Self::I32 => 4,
            Self::F16 | Self::BF16 => 2,
            Self::U8 | Self::Bool => 1,
        }
    }

    /// The same type in a safetensors file.
    #[must_use]
    pub fn dtype(self) -> Dtype {
        match self {
            Self::F32 => Dtype::F32,
            Self::F16 => Dtype::F16,
            Self::BF16 => Dtype::BF16,
            Self::F64 => Dtype::F64,
            Self::I64 => Dtype::I64,
            Self::I32 => Dtype::I32,
            Self::U8 => Dtype::U8,
            Self::Bool => Dtype::BOOL,
        }
    }
}

/// Where a tensor's numbers are in the file. All places are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTensor {
    /// The type of its numbers.
    pub element: ElementType,
    /// Its shape; empty for a single number.
    pub shape: Vec<usize>,
    /// How many numbers lie between neighbours, for each dimension.
    pub strides: Vec<usize>,
    /// Where its first number is in the file.
    pub start: u64,
    /// Where its storage ends in the file.
    pub end: u64,
}

impl StoredTensor {
    /// How many numbers it has; `None` if no machine could hold them.
    pub(super) fn count(&self) -> Option<usize> {
        self.shape.iter().try_fold(1_usize, |count, size| count.checked_mul(*size))
    }

    /// Its size in bytes, written densely.
    pub(super) fn bytes(&self) -> Option<usize> {
        self.count()?.checked_mul(self.element.size())
    }

    /// Whether its numbers lie one after the other, last dimension quickest.
    pub(super) fn is_contiguous(&self) -> bool {
        let mut expected = 1;
        self.shape.iter().zip(&self.strides).rev().all(|(size, stride)| {
            let fits = *size == 1 || *stride == expected;
            expected *= size;
            fits
        })
    }

    /// How many numbers of the storage it reaches over, from its first on.
    pub(super) fn reach(&self) -> Option<usize> {
        if self.count()? == 0 {
            return Some(0);
        }
        self.shape.iter().zip(&self.strides).try_fold(1_usize, |reach, (size, stride)| {
            (size - 1).checked_mul(*stride)?.checked_add(reach)
        })
    }

    /// Refuses a tensor that reaches out of its storage or of a file of `size` bytes.
    pub(super) fn check(&self, size: u64) -> Result<(), CheckpointError> {
        if self.shape.len() != self.strides.len() {
            return Err(layout("shape and strides do not match"));
        }
        let needed = self.bytes().and(self.reach()).and_then(|reach| {
            u64::try_from(reach.checked_mul(self.element.size())?).ok()?.checked_add(self.start)
        });
        match needed {
            Some(end) if end <= self.end && self.end <= size => Ok(()),
            _ => Err(layout("it reaches beyond its numbers; the file is damaged")),
        }
    }
}
