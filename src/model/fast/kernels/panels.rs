//! Matrices laid out as the products read them: once, from front to back.

use std::ops::Range;

use rayon::prelude::*;

use super::lanes::rounded;
use super::{Aligned, Isa};

/// Columns of a panel: two registers of AVX2.
pub(crate) const PANEL: usize = 16;

/// How many of `columns` some panels hold; the last one may have room for more.
pub(crate) fn columns_in(panels: &Range<usize>, columns: usize) -> usize {
    columns.min(panels.end * PANEL) - panels.start * PANEL
}

/// A matrix of `depth` rows and `columns` columns in panels of [`PANEL`]
/// columns: `[panel][row][column in the panel]`, the last panel filled with 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PanelsF32<'d> {
    pub(crate) depth: usize,
    pub(crate) columns: usize,
    pub(crate) data: &'d [f32],
}

impl PanelsF32<'_> {
    /// Some of the panels.
    pub(crate) fn part(self, panels: Range<usize>) -> Self {
        let columns = columns_in(&panels, self.columns);
        let size = self.depth * PANEL;
        Self { columns, data: &self.data[panels.start * size..panels.end * size], ..self }
    }
}

/// Owned panels of 32-bit floats.
#[derive(Debug)]
pub(crate) struct PackedF32 {
    depth: usize,
    columns: usize,
    data: Aligned<f32>,
}

impl PackedF32 {
    /// Packs a linear layer's weight, `[columns, depth]` row by row as the hub has it.
    pub(crate) fn of_weight(weight: &[f32], columns: usize, depth: usize) -> Self {
        let mut data = Aligned::of(0.0, columns.div_ceil(PANEL) * depth * PANEL);
        let panels = data.par_chunks_exact_mut(depth * PANEL);
        let rows = weight.par_chunks(depth * PANEL);
        panels.zip(rows).for_each(|(packed, rows)| pack_panel(rows, depth, depth, packed));
        Self { depth, columns, data }
    }

    pub(crate) fn view(&self) -> PanelsF32<'_> {
        PanelsF32 { depth: self.depth, columns: self.columns, data: &self.data }
    }
}

/// Packs the transpose of `columns` rows of `depth` values, a row every `stride`.
/// `data` is appended to.
pub(crate) fn pack_f32_rows(
    rows: &[f32],
    stride: usize,
    columns: usize,
    depth: usize,
    data: &mut Aligned<f32>,
) {
    let start = data.len();
    data.resize(start + columns.div_ceil(PANEL) * depth * PANEL, 0.0);
    let end = (columns - 1) * stride + depth;
    let panels = data[start..].chunks_exact_mut(depth * PANEL);
    for (packed, rows) in panels.zip(rows[..end].chunks(stride * PANEL)) {
        pack_panel(rows, stride, depth, packed);
    }
}

/// Packs the transpose of at most [`PANEL`] rows, one every `stride`.
fn pack_panel(rows: &[f32], stride: usize, depth: usize, packed: &mut [f32]) {
    for (lane, row) in rows.chunks(stride).enumerate() {
        for (k, value) in row[..depth].iter().enumerate() {
            packed[k * PANEL + lane] = *value;
        }
    }
}

/// Packs `depth` rows of `columns` values as they are, a row every `stride`.
/// `data` is appended to.
pub(crate) fn pack_f32_columns(
    rows: &[f32],
    stride: usize,
    depth: usize,
    columns: usize,
    data: &mut Aligned<f32>,
) {
    let start = data.len();
    data.resize(start + columns.div_ceil(PANEL) * depth * PANEL, 0.0);
    for (panel, packed) in data[start..].chunks_exact_mut(depth * PANEL).enumerate() {
        let width = PANEL.min(columns - panel * PANEL);
        for (k, lanes) in packed.chunks_exact_mut(PANEL).enumerate() {
            lanes[..width].copy_from_slice(&rows[k * stride + panel * PANEL..][..width]);
        }
    }
}

/// How rows of 8-bit weights lie together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interleave {
    /// Rows whose values for a column lie side by side.
    pub(super) rows: usize,
    /// What the number of rows is rounded up to, with rows of 0.
    pub(super) step: usize,
}

/// A weight of 8-bit integers with a scale for each column, packed in groups of
/// rows: `[panel][group of rows][column in the panel][row of the group]`.
#[derive(Debug)]
pub(crate) struct PackedI8 {
    /// Rows, rounded up as the instructions want it.
    pub(crate) depth: usize,
    pub(crate) columns: usize,
    pub(crate) data: Aligned<i8>,
    /// What one step of a column is worth; filled up to whole panels.
    pub(crate) scales: Vec<f32>,
    /// The largest activation whose products with 127 cannot overflow 32 bits
    /// when all of a column's are summed.
    pub(crate) activation_limit: f32,
}

/// [`PackedI8`], or some of its panels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PanelsI8<'d> {
    pub(crate) depth: usize,
    pub(crate) columns: usize,
    pub(crate) data: &'d [i8],
    pub(crate) scales: &'d [f32],
}

impl PanelsI8<'_> {
    /// Some of the panels.
    pub(crate) fn part(self, panels: Range<usize>) -> Self {
        let columns = columns_in(&panels, self.columns);
        let size = self.depth * PANEL;
        Self {
            columns,
            data: &self.data[panels.start * size..panels.end * size],
            scales: &self.scales[panels.start * PANEL..panels.end * PANEL],
            ..self
        }
    }
}

impl PackedI8 {
    /// Quantises and packs a linear layer's weight, `[columns, depth]`, for `isa`: each
    /// column symmetric about 0, its largest value 127.
    pub(crate) fn of_weight(weight: &[f32], columns: usize, depth: usize, isa: Isa) -> Self {
        let Interleave { rows, step } = isa.interleave();
        let (padded, panels) = (depth.next_multiple_of(step), columns.div_ceil(PANEL));
        let mut data = Aligned::of(0, panels * padded * PANEL);
        let mut scales = vec![0.0; panels * PANEL];
        let packed = data.par_chunks_exact_mut(padded * PANEL).zip(scales.par_chunks_mut(PANEL));
        packed.zip(weight.par_chunks(depth * PANEL)).for_each(|((panel, scales), weight)| {
            for (lane, weights) in weight.chunks_exact(depth).enumerate() {
                let largest = weights.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
                scales[lane] = largest / 127.0;
                let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
                let groups = panel.chunks_exact_mut(rows * PANEL);
                for (group, weights) in groups.zip(weights.chunks(rows)) {
                    for (place, value) in group[lane * rows..].iter_mut().zip(weights) {
                        *place = rounded(value * inverse).clamp(-127, 127) as i8;
                    }
                }
            }
        });
        // The same whatever the padding, so that all instructions compute the same.
        let largest_sum = i32::MAX / (127 * depth as i32);
        let activation_limit = largest_sum.min(i32::from(i16::MAX)) as f32;
        Self { depth: padded, columns, data, scales, activation_limit }
    }

    pub(crate) fn view(&self) -> PanelsI8<'_> {
        let Self { depth, columns, data, scales, .. } = self;
        PanelsI8 { depth: *depth, columns: *columns, data, scales }
    }
}
