//! The kernels in plain Rust, for every processor.

use super::Aligned;
use super::lanes::fma;
use super::panels::{PANEL, PanelsF32, PanelsI8};
use super::rows::{self, Activation, Exponentials};

/// Whether a fused multiply-add is one instruction in code for any processor of
/// the target.
const FMA: bool = cfg!(any(target_feature = "fma", target_arch = "aarch64"));

pub(super) fn matmul_f32(
    m: usize,
    a: &[f32],
    lda: usize,
    b: PanelsF32<'_>,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    if b.depth == 0 || b.columns == 0 {
        return;
    }
    for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
        let first = number * PANEL;
        let width = PANEL.min(b.columns - first);
        for row in 0..m {
            let mut sums = [0.0; PANEL];
            for (a, b) in a[row * lda..][..b.depth].iter().zip(panel.chunks_exact(PANEL)) {
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum = fma::<FMA>(*a, *b, *sum);
                }
            }
            store(&sums, bias.map(|bias| &bias[first..]), &mut c[row * ldc + first..][..width]);
        }
    }
}

#[inline(always)]
pub(super) fn store(sums: &[f32; PANEL], bias: Option<&[f32]>, c: &mut [f32]) {
    match bias {
        Some(bias) => {
            for ((c, sum), bias) in c.iter_mut().zip(sums).zip(bias) {
                *c = sum + bias;
            }
        }
        None => c.copy_from_slice(&sums[..c.len()]),
    }
}

pub(super) fn matmul_i8(
    m: usize,
    a: &[i16],
    scales: &[f32],
    b: PanelsI8<'_>,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
        let first = number * PANEL;
        let width = PANEL.min(b.columns - first);
        for row in 0..m {
            let mut sums = [0_i32; PANEL];
            let pairs = a[row * b.depth..][..b.depth].chunks_exact(2);
            for (a, b) in pairs.zip(panel.chunks_exact(2 * PANEL)) {
                for (sum, b) in sums.iter_mut().zip(b.chunks_exact(2)) {
                    *sum += i32::from(a[0]) * i32::from(b[0]) + i32::from(a[1]) * i32::from(b[1]);
                }
            }
            let sums = rescaled(&sums, scales[row], &b.scales[first..]);
            store(&sums, bias.map(|bias| &bias[first..]), &mut c[row * ldc + first..][..width]);
        }
    }
}

#[inline(always)]
pub(super) fn rescaled(sums: &[i32; PANEL], scale: f32, columns: &[f32]) -> [f32; PANEL] {
    let mut out = [0.0; PANEL];
    for ((out, sum), column) in out.iter_mut().zip(sums).zip(columns) {
        *out = *sum as f32 * (scale * column);
    }
    out
}

pub(super) fn quantise(x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32]) {
    quantise_rows(x, width, limit, q, scales);
}

/// What one step of a row's integers is worth if the largest is to be `limit`, and the
/// inverse of that; 0 for a row of 0.
#[inline(always)]
pub(super) fn row_scale(row: &[f32], limit: f32) -> (f32, f32) {
    let largest = super::lanes::highest_magnitude(row);
    (largest / limit, if largest > 0.0 { limit / largest } else { 0.0 })
}

#[inline(always)]
pub(super) fn quantise_rows(
    x: &[f32],
    width: usize,
    limit: f32,
    q: &mut [i16],
    scales: &mut [f32],
) {
    let stride = width.next_multiple_of(2);
    for ((row, q), scale) in x.chunks_exact(width).zip(q.chunks_exact_mut(stride)).zip(scales) {
        let inverse;
        (*scale, inverse) = row_scale(row, limit);
        q[width..].fill(0);
        for (q, x) in q.iter_mut().zip(row) {
            *q = super::lanes::rounded(*x * inverse);
        }
    }
}

pub(super) fn add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]) {
    rows::add_norm::<FMA>(x, y, weight, bias);
}

pub(super) fn norm(x: &mut [f32], weight: &[f32], bias: &[f32]) {
    rows::norm::<FMA>(x, weight, bias);
}

pub(super) fn activate(x: &mut [f32], activation: Activation) {
    rows::activate::<FMA>(x, activation);
}

pub(super) fn softmax(x: &mut [f32], width: usize, stride: usize) {
    rows::softmax::<FMA>(x, width, stride);
}

pub(super) fn attend_slots(
    query: &[f32],
    keys: &[f32],
    values: &[f32],
    slots: &[u32],
    heads: usize,
    weights: &mut Aligned<f32>,
    out: &mut [f32],
) {
    rows::attend_slots::<FMA>(query, keys, values, slots, heads, weights, out);
}

pub(super) fn exponentials(row: &[f32]) -> Exponentials {
    rows::exponentials::<FMA>(row)
}

pub(super) fn top(row: &[f32], first: u32, count: usize, best: &mut Vec<(f32, u32)>) {
    rows::top(row, first, count, best);
}
