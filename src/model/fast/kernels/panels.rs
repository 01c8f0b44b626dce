//! Matrices laid out as the products read them: once, from front to back.

use std::ops::Range;

use super::lanes::rounded;

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
    data: Vec<f32>,
}

impl PackedF32 {
    /// Packs a linear layer's weight, `[columns, depth]` row by row as the hub has it.
    pub(crate) fn of_weight(weight: &[f32], columns: usize, depth: usize) -> Self {
        let mut data = Vec::new();
        pack_f32_rows(weight, depth, columns, depth, &mut data);
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
    data: &mut Vec<f32>,
) {
    let start = data.len();
    data.resize(start + columns.div_ceil(PANEL) * depth * PANEL, 0.0);
    for (panel, packed) in data[start..].chunks_exact_mut(depth * PANEL).enumerate() {
        for lane in 0..PANEL.min(columns - panel * PANEL) {
            let row = &rows[(panel * PANEL + lane) * stride..][..depth];
            for (k, value) in row.iter().enumerate() {
                packed[k * PANEL + lane] = *value;
            }
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
    data: &mut Vec<f32>,
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

/// A weight of 8-bit integers with a scale for each column, packed in pairs of
/// rows: `[panel][pair of rows][column in the panel][row of the pair]`.
#[derive(Debug)]
pub(crate) struct PackedI8 {
    /// Rows, rounded up to an even number with rows of 0.
    pub(crate) depth: usize,
    pub(crate) columns: usize,
    pub(crate) data: Vec<i8>,
    /// What one step of a column is worth; filled up to whole panels.
    pub(crate) scales: Vec<f32>,
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
    /// Quantises and packs a linear layer's weight, `[columns, depth]`: each
    /// column symmetric about 0, its largest value 127.
    pub(crate) fn of_weight(weight: &[f32], columns: usize, depth: usize) -> Self {
        let pairs = depth.div_ceil(2);
        let panels = columns.div_ceil(PANEL);
        let mut data = vec![0; panels * pairs * 2 * PANEL];
        let mut scales = vec![0.0; panels * PANEL];
        for (column, row) in weight.chunks_exact(depth).take(columns).enumerate() {
            let largest = row.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
            scales[column] = largest / 127.0;
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            let panel = &mut data[column / PANEL * pairs * 2 * PANEL..][..pairs * 2 * PANEL];
            for (k, value) in row.iter().enumerate() {
                let step = rounded(value * inverse).clamp(-127, 127);
                panel[k / 2 * 2 * PANEL + column % PANEL * 2 + k % 2] = step as i8;
            }
        }
        Self { depth: pairs * 2, columns, data, scales }
    }

    pub(crate) fn view(&self) -> PanelsI8<'_> {
        let Self { depth, columns, data, scales } = self;
        PanelsI8 { depth: *depth, columns: *columns, data, scales }
    }

    /// The largest activation whose products with 127 cannot overflow 32 bits
    /// when `depth` of them are summed.
    pub(crate) fn activation_limit(&self) -> f32 {
        (i32::MAX / (127 * self.depth as i32)).min(i32::from(i16::MAX)) as f32
    }
}
