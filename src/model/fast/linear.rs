//! A linear layer over packed weights.

use super::Precision;
use super::kernels::{Isa, PackedF32, PackedI8};

enum Weight {
    F32(PackedF32),
    I8(PackedI8),
}

/// `y = x W^T + b`.
pub(super) struct Linear {
    weight: Weight,
    bias: Vec<f32>,
    depth: usize,
    columns: usize,
}

/// Room for quantised activations.
#[derive(Default)]
pub(super) struct Quantised {
    values: Vec<i16>,
    scales: Vec<f32>,
}

impl Linear {
    /// Packs a weight of `[bias.len(), depth]`.
    pub(super) fn new(weight: &[f32], bias: Vec<f32>, depth: usize, precision: Precision) -> Self {
        let columns = bias.len();
        let weight = match precision {
            Precision::Float32 => Weight::F32(PackedF32::of_weight(weight, columns, depth)),
            Precision::Int8 => Weight::I8(PackedI8::of_weight(weight, columns, depth)),
        };
        Self { weight, bias, depth, columns }
    }

    /// Width of the output.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// `out[rows, columns]` from `x[rows, depth]`.
    pub(super) fn forward(&self, isa: Isa, x: &[f32], out: &mut [f32], room: &mut Quantised) {
        let rows = x.len() / self.depth;
        match &self.weight {
            Weight::F32(weight) => isa.matmul_f32(
                rows,
                x,
                self.depth,
                weight.view(),
                Some(&self.bias),
                out,
                self.columns,
            ),
            Weight::I8(weight) => {
                let (values, scales) = room.of(rows, weight.depth);
                isa.quantise(x, self.depth, weight.activation_limit(), values, scales);
                isa.matmul_i8(rows, values, scales, weight, Some(&self.bias), out, self.columns);
            }
        }
    }
}

impl Quantised {
    fn of(&mut self, rows: usize, depth: usize) -> (&mut [i16], &mut [f32]) {
        self.values.resize(self.values.len().max(rows * depth), 0);
        self.scales.resize(self.scales.len().max(rows), 0.0);
        (&mut self.values[..rows * depth], &mut self.scales[..rows])
    }
}
