//! The kernels for x86-64 with AVX2 and FMA.
//!
//! This is the crate's only unsafe code. Two things need it: calling a function
//! compiled for AVX2 from one that is not, which is sound because
//! [`Isa::detect`](super::Isa::detect) hands out `Avx2` only after asking the
//! processor; and reading through raw pointers in the two inner loops, whose
//! bounds are asserted before each loop.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m128i, __m256i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_fmadd_ps,
    _mm256_loadu_ps, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps,
    _mm256_setzero_si256, _mm256_storeu_ps, _mm256_storeu_si256,
};

use super::panels::{PANEL, PackedI8, PanelsF32};
use super::portable::{quantise_rows, rescaled, store};
use super::rows::{self, Activation, Scan};

/// Rows of a tile: 12 accumulators, two registers of weights, one of activations.
const TILE: usize = 6;

/// Bytes of activations that are kept in the second-level cache while the
/// panels pass by.
const BLOCK_BYTES: usize = 256 << 10;

/// Makes the function that may be called from anywhere out of one that is
/// compiled for AVX2.
macro_rules! for_avx2 {
    ($($name:ident => $inner:expr, ($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        #[allow(clippy::too_many_arguments)]
        pub(super) fn $name($($argument: $type),*) $(-> $result)? {
            #[target_feature(enable = "avx2,fma")]
            #[allow(clippy::too_many_arguments)]
            fn compiled($($argument: $type),*) $(-> $result)? {
                $inner($($argument),*)
            }
            // SAFETY: `Isa::Avx2` exists only where the processor has AVX2 and FMA.
            unsafe { compiled($($argument),*) }
        }
    )*};
}

for_avx2! {
    matmul_f32 => products_f32, (m: usize, a: &[f32], lda: usize, b: PanelsF32<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
    matmul_i8 => products_i8, (m: usize, a: &[i16], scales: &[f32], b: &PackedI8, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
    quantise => quantise_rows, (x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32]);
    add_norm => rows::add_norm::<true>, (x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]);
    norm => rows::norm::<true>, (x: &mut [f32], weight: &[f32], bias: &[f32]);
    activate => rows::activate::<true>, (x: &mut [f32], activation: Activation);
    softmax => rows::softmax::<true>, (x: &mut [f32], width: usize, stride: usize);
    attend_slots => rows::attend_slots::<true>, (query: &[f32], keys: &[f32], values: &[f32], slots: &[u32], heads: usize, weights: &mut Vec<f32>, out: &mut [f32]);
    log_sum_exp => rows::log_sum_exp::<true>, (row: &[f32]) -> Scan;
    top => rows::top, (row: &[f32], count: usize, best: &mut Vec<(f32, u32)>);
}

/// Rows that are multiplied with all panels before the next rows are.
fn block_rows(bytes_per_row: usize) -> usize {
    (BLOCK_BYTES / bytes_per_row.max(1)).next_multiple_of(TILE).max(8 * TILE)
}

#[target_feature(enable = "avx2,fma")]
fn products_f32(
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
    let block = block_rows(b.depth * size_of::<f32>());
    for start in (0..m).step_by(block) {
        let end = m.min(start + block);
        for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
            let first = number * PANEL;
            let width = PANEL.min(b.columns - first);
            let bias = bias.map(|bias| &bias[first..]);
            for row in (start..end).step_by(TILE) {
                let mut sums = [[0.0; PANEL]; TILE];
                let a = &a[row * lda..];
                match end - row {
                    1 => tile_f32::<1>(a, lda, b.depth, panel, &mut sums),
                    2 => tile_f32::<2>(a, lda, b.depth, panel, &mut sums),
                    3 => tile_f32::<3>(a, lda, b.depth, panel, &mut sums),
                    4 => tile_f32::<4>(a, lda, b.depth, panel, &mut sums),
                    5 => tile_f32::<5>(a, lda, b.depth, panel, &mut sums),
                    _ => tile_f32::<6>(a, lda, b.depth, panel, &mut sums),
                }
                for (at, sums) in sums.iter().enumerate().take(end - row) {
                    store(sums, bias, &mut c[(row + at) * ldc + first..][..width]);
                }
            }
        }
    }
}

/// `sums[i] = a[i] * panel` for `M` rows.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_f32<const M: usize>(
    a: &[f32],
    lda: usize,
    depth: usize,
    panel: &[f32],
    sums: &mut [[f32; PANEL]; TILE],
) {
    assert!(M <= TILE && a.len() >= (M - 1) * lda + depth && panel.len() >= depth * PANEL);
    let mut low = [_mm256_setzero_ps(); M];
    let mut high = [_mm256_setzero_ps(); M];
    let (a, panel) = (a.as_ptr(), panel.as_ptr());
    for k in 0..depth {
        // SAFETY: k < depth, row < M, and the assertion above.
        unsafe {
            let b_low = _mm256_loadu_ps(panel.add(k * PANEL));
            let b_high = _mm256_loadu_ps(panel.add(k * PANEL + PANEL / 2));
            for row in 0..M {
                let a = _mm256_set1_ps(*a.add(row * lda + k));
                low[row] = _mm256_fmadd_ps(a, b_low, low[row]);
                high[row] = _mm256_fmadd_ps(a, b_high, high[row]);
            }
        }
    }
    for row in 0..M {
        let out = sums[row].as_mut_ptr();
        // SAFETY: a row of sums has PANEL values, two registers.
        unsafe {
            _mm256_storeu_ps(out, low[row]);
            _mm256_storeu_ps(out.add(PANEL / 2), high[row]);
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn products_i8(
    m: usize,
    a: &[i16],
    scales: &[f32],
    b: &PackedI8,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    let block = block_rows(b.depth * size_of::<i16>());
    for start in (0..m).step_by(block) {
        let end = m.min(start + block);
        for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
            let first = number * PANEL;
            let width = PANEL.min(b.columns - first);
            let bias = bias.map(|bias| &bias[first..]);
            for row in (start..end).step_by(TILE) {
                let mut sums = [[0; PANEL]; TILE];
                let a = &a[row * b.depth..];
                match end - row {
                    1 => tile_i8::<1>(a, b.depth, panel, &mut sums),
                    2 => tile_i8::<2>(a, b.depth, panel, &mut sums),
                    3 => tile_i8::<3>(a, b.depth, panel, &mut sums),
                    4 => tile_i8::<4>(a, b.depth, panel, &mut sums),
                    5 => tile_i8::<5>(a, b.depth, panel, &mut sums),
                    _ => tile_i8::<6>(a, b.depth, panel, &mut sums),
                }
                for (at, sums) in sums.iter().enumerate().take(end - row) {
                    let sums = rescaled(sums, scales[row + at], &b.scales[first..]);
                    store(&sums, bias, &mut c[(row + at) * ldc + first..][..width]);
                }
            }
        }
    }
}

/// `sums[i] = a[i] * panel` for `M` rows of 16-bit activations: the weights are
/// widened to 16 bits on their way from memory, and pairs of products are added
/// by one instruction. (Products of 8 bits by 8 bits would run no faster on AVX2:
/// both forms are limited to two multiplying instructions a cycle, and theirs
/// saturate.)
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_i8<const M: usize>(a: &[i16], depth: usize, panel: &[i8], sums: &mut [[i32; PANEL]; TILE]) {
    assert!(M <= TILE && a.len() >= M * depth && panel.len() >= depth * PANEL);
    assert!(depth.is_multiple_of(2));
    let mut low = [_mm256_setzero_si256(); M];
    let mut high = [_mm256_setzero_si256(); M];
    let (a, panel) = (a.as_ptr(), panel.as_ptr());
    for k in (0..depth).step_by(2) {
        // SAFETY: k + 1 < depth, row < M, and the assertions above.
        unsafe {
            let b = panel.add(k * PANEL).cast::<__m128i>();
            let b_low = _mm256_cvtepi8_epi16(_mm_loadu_si128(b));
            let b_high = _mm256_cvtepi8_epi16(_mm_loadu_si128(b.add(1)));
            for row in 0..M {
                let pair = a.add(row * depth + k).cast::<i32>().read_unaligned();
                let a = _mm256_set1_epi32(pair);
                low[row] = _mm256_add_epi32(low[row], _mm256_madd_epi16(a, b_low));
                high[row] = _mm256_add_epi32(high[row], _mm256_madd_epi16(a, b_high));
            }
        }
    }
    for row in 0..M {
        let out = sums[row].as_mut_ptr().cast::<__m256i>();
        // SAFETY: a row of sums has PANEL values, two registers.
        unsafe {
            _mm256_storeu_si256(out, low[row]);
            _mm256_storeu_si256(out.add(1), high[row]);
        }
    }
}
