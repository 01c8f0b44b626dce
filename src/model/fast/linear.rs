//! A linear layer over packed weights.

use std::ops::Range;

use super::Precision;
use super::hands::{self, Hands};
use super::kernels::{Aligned, Isa, PANEL, PackedF32, PackedI8, columns_in};

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

/// Room to work in: quantised activations, what helping threads compute, and how
/// many of them there are.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) hands: Hands,
    values: Aligned<i16>,
    scales: Vec<f32>,
    parts: Vec<Aligned<f32>>,
}

/// Rows as the product reads them.
#[derive(Clone, Copy)]
pub(super) enum Input<'x> {
    F32(&'x [f32]),
    I8 { values: &'x [i16], scales: &'x [f32] },
}

impl Scratch {
    /// Room for so many threads.
    pub(super) fn with_hands(hands: Hands) -> Self {
        Self { hands, ..Self::default() }
    }

    /// What `linear` reads of `x`.
    pub(super) fn input<'x>(&'x mut self, linear: &Linear, isa: Isa, x: &'x [f32]) -> Input<'x> {
        linear.input(isa, x, &mut self.values, &mut self.scales)
    }
}

impl Linear {
    /// Packs a weight of `[bias.len(), depth]`.
    pub(super) fn new(
        weight: &[f32],
        bias: Vec<f32>,
        depth: usize,
        precision: Precision,
        isa: Isa,
    ) -> Self {
        let columns = bias.len();
        let weight = match precision {
            Precision::Float32 => Weight::F32(PackedF32::of_weight(weight, columns, depth)),
            Precision::Int8 => Weight::I8(PackedI8::of_weight(weight, columns, depth, isa)),
        };
        Self { weight, bias, depth, columns }
    }

    /// Width of the output.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// `out[rows, columns]` from `x[rows, depth]`.
    pub(super) fn forward(&self, isa: Isa, x: &[f32], out: &mut [f32], scratch: &mut Scratch) {
        let rows = x.len() / self.depth;
        let panels = self.columns.div_ceil(PANEL);
        let hands = scratch.hands.for_work(rows * self.depth * self.columns);
        let input = self.input(isa, x, &mut scratch.values, &mut scratch.scales);
        if hands == 1 {
            self.product(isa, input, 0..panels, out, self.columns);
        } else if rows >= MANY_ROWS * hands {
            let share = rows.div_ceil(hands);
            let outs = out[..rows * self.columns].chunks_mut(share * self.columns).enumerate();
            let parts = outs.map(|(part, out)| (self.rows(input, part * share, share), out));
            hands::share(parts, |(input, out)| {
                self.product(isa, input, 0..panels, out, self.columns);
            });
        } else {
            self.by_columns(isa, input, rows, hands, out, &mut scratch.parts);
        }
    }

    /// Few rows: each hand reads a part of the weights.
    fn by_columns(
        &self,
        isa: Isa,
        input: Input<'_>,
        rows: usize,
        hands: usize,
        out: &mut [f32],
        rooms: &mut Vec<Aligned<f32>>,
    ) {
        let panels = self.columns.div_ceil(PANEL);
        let share = panels.div_ceil(hands);
        rooms.resize_with(rooms.len().max(hands), Aligned::default);
        let width = |panels: &Range<usize>| columns_in(panels, self.columns);
        let ranges = (0..panels).step_by(share).map(|start| start..panels.min(start + share));
        let parts = ranges.clone().zip(rooms.iter_mut()).map(|(panels, room)| {
            let room = room.sized(rows * width(&panels));
            (panels, room)
        });
        hands::share(parts, |(panels, room)| {
            let width = width(&panels);
            self.product(isa, input, panels, room, width);
        });
        for (panels, room) in ranges.zip(rooms) {
            let (first, width) = (panels.start * PANEL, width(&panels));
            hands::place(&room[..rows * width], first..first + width, out, self.columns);
        }
    }

    /// What the product reads of `x`, quantised if need be.
    fn input<'x>(
        &self,
        isa: Isa,
        x: &'x [f32],
        values: &'x mut Aligned<i16>,
        scales: &'x mut Vec<f32>,
    ) -> Input<'x> {
        let Weight::I8(weight) = &self.weight else { return Input::F32(x) };
        let rows = x.len() / self.depth;
        let values = values.sized(rows * weight.depth);
        scales.resize(scales.len().max(rows), 0.0);
        let scales = &mut scales[..rows];
        isa.quantise(x, self.depth, weight.activation_limit, values, scales);
        Input::I8 { values, scales }
    }

    /// At most `count` rows of `input` from `first` on.
    fn rows<'x>(&self, input: Input<'x>, first: usize, count: usize) -> Input<'x> {
        match (input, &self.weight) {
            (Input::I8 { values, scales }, Weight::I8(weight)) => {
                let count = count.min(scales.len() - first);
                let values = &values[first * weight.depth..][..count * weight.depth];
                Input::I8 { values, scales: &scales[first..][..count] }
            }
            (Input::F32(x), _) => {
                let count = count.min(x.len() / self.depth - first);
                Input::F32(&x[first * self.depth..][..count * self.depth])
            }
            (input, Weight::F32(_)) => input,
        }
    }

    /// Some panels' columns of the product, a row of `out` every `stride` values.
    pub(super) fn product(
        &self,
        isa: Isa,
        input: Input<'_>,
        panels: Range<usize>,
        out: &mut [f32],
        stride: usize,
    ) {
        let bias = Some(&self.bias[panels.start * PANEL..]);
        match (&self.weight, input) {
            (Weight::F32(weight), Input::F32(x)) => {
                let (rows, weight) = (x.len() / self.depth, weight.view().part(panels));
                isa.matmul_f32(rows, x, self.depth, weight, bias, out, stride);
            }
            (Weight::I8(weight), Input::I8 { values, scales }) => {
                let weight = weight.view().part(panels);
                isa.matmul_i8(scales.len(), values, scales, weight, bias, out, stride);
            }
            _ => debug_assert!(false, "an input of another arithmetic"),
        }
    }
}

/// From so many rows for each hand on, rows are shared out instead of columns:
/// nothing has to be copied then.
const MANY_ROWS: usize = 24;
