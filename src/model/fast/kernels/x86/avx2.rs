//! With AVX2 and FMA.

use std::arch::x86_64::{
    __m128i, __m256, __m256i, _mm_loadu_si128, _mm256_add_epi32, _mm256_add_ps,
    _mm256_cvtepi8_epi16, _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_madd_epi16,
    _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
    _mm256_storeu_ps,
};

use super::super::Aligned;
use super::super::panels::{PANEL, PanelsF32, PanelsI8};
use super::super::portable::{quantise_rows, store};
use super::super::rows::{self, Activation, Exponentials};
use super::{BLOCK_BYTES, Rows, block_rows};

/// Rows of a tile: 12 accumulators, two registers of weights, one of activations.
const TILE: usize = 6;

row_kernels_for!("avx2,fma");
compiled_for! { "avx2,fma"
    matmul_f32 => products_f32, (m: usize, a: &[f32], lda: usize, b: PanelsF32<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
    matmul_i8 => products_i8, (m: usize, a: &[i16], scales: &[f32], b: PanelsI8<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
}

/// Does something with as many rows as there are, a tile at most, as a constant.
macro_rules! for_rows {
    ($rows:expr, $count:ident => $body:block) => {
        for_rows!(@match $rows, $count, $body, 1 2 3 4 5)
    };
    (@match $rows:expr, $count:ident, $body:block, $($few:literal)*) => {
        match $rows {
            $($few => { const $count: usize = $few; $body })*
            _ => { const $count: usize = TILE; $body }
        }
    };
}

/// The two registers that a row of a tile is.
type Pair<T> = [T; 2];

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
    if m == 1 {
        return row_f32(a, b, bias, c);
    }
    let block = block_rows(BLOCK_BYTES, b.depth * size_of::<f32>(), TILE);
    for start in (0..m).step_by(block) {
        let end = m.min(start + block);
        for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
            let first = number * PANEL;
            let width = PANEL.min(b.columns - first);
            let bias = bias.map(|bias| &bias[first..][..width]);
            for row in (start..end).step_by(TILE) {
                let (a, c) = (&a[row * lda..], &mut c[row * ldc + first..]);
                for_rows!(end - row, M => {
                    store_tile(&tile_f32::<M>(a, lda, b.depth, panel), bias, c, ldc, width);
                });
            }
        }
    }
}

/// Panels that one row is multiplied with at once: a single one would wait for each sum.
const ABREAST: usize = 4;

/// One row's product; each value is the same sum as in a tile.
#[target_feature(enable = "avx2,fma")]
fn row_f32(a: &[f32], b: PanelsF32<'_>, bias: Option<&[f32]>, c: &mut [f32]) {
    let size = b.depth * PANEL;
    for (number, panels) in b.data.chunks(ABREAST * size).enumerate() {
        let mut store_panel = |at: usize, sums: Pair<__m256>| {
            let first = (number * ABREAST + at) * PANEL;
            let width = PANEL.min(b.columns - first);
            let bias = bias.map(|bias| &bias[first..][..width]);
            store_tile(&[sums], bias, &mut c[first..], width, width);
        };
        if panels.len() == ABREAST * size {
            let all = abreast_f32(a, b.depth, panels);
            all.into_iter().enumerate().for_each(|(at, sums)| store_panel(at, sums));
        } else {
            for (at, panel) in panels.chunks_exact(size).enumerate() {
                let [sums] = tile_f32::<1>(a, b.depth, b.depth, panel);
                store_panel(at, sums);
            }
        }
    }
}

/// The product of one row with [`ABREAST`] panels.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn abreast_f32(a: &[f32], depth: usize, panels: &[f32]) -> [Pair<__m256>; ABREAST] {
    assert!(a.len() >= depth && panels.len() == ABREAST * depth * PANEL);
    let mut sums = [[_mm256_setzero_ps(); 2]; ABREAST];
    let (a, panels) = (a.as_ptr(), panels.as_ptr());
    for k in 0..depth {
        // SAFETY: k < depth, and the assertion above.
        unsafe {
            let a = _mm256_set1_ps(*a.add(k));
            for (number, sums) in sums.iter_mut().enumerate() {
                let b = load_pair(panels.add((number * depth + k) * PANEL));
                sums[0] = _mm256_fmadd_ps(a, b[0], sums[0]);
                sums[1] = _mm256_fmadd_ps(a, b[1], sums[1]);
            }
        }
    }
    sums
}

/// The product of `M` rows with a panel.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_f32<const M: usize>(
    a: &[f32],
    lda: usize,
    depth: usize,
    panel: &[f32],
) -> [Pair<__m256>; M] {
    assert!(M <= TILE && a.len() >= (M - 1) * lda + depth && panel.len() >= depth * PANEL);
    let mut sums = [[_mm256_setzero_ps(); 2]; M];
    let rows = Rows::<_, 2>::new(a, lda, M);
    let panel = panel.as_ptr();
    for k in 0..depth {
        // SAFETY: k < depth, and the assertion above.
        unsafe {
            let b = load_pair(panel.add(k * PANEL));
            for (row, sums) in sums.iter_mut().enumerate() {
                let a = _mm256_set1_ps(*rows.at(row, k));
                sums[0] = _mm256_fmadd_ps(a, b[0], sums[0]);
                sums[1] = _mm256_fmadd_ps(a, b[1], sums[1]);
            }
        }
    }
    sums
}

/// Writes `M` rows of sums, `bias` added, `width` values of each.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn store_tile<const M: usize>(
    sums: &[Pair<__m256>; M],
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
    width: usize,
) {
    assert!(width <= PANEL && bias.is_none_or(|bias| bias.len() >= width));
    if width == PANEL {
        assert!(c.len() >= (M - 1) * ldc + PANEL);
        // SAFETY: the two assertions.
        unsafe {
            let bias = match bias {
                Some(bias) => load_pair(bias.as_ptr()),
                None => [_mm256_setzero_ps(); 2],
            };
            for (row, sums) in sums.iter().enumerate() {
                let c = c.as_mut_ptr().add(row * ldc);
                _mm256_storeu_ps(c, _mm256_add_ps(sums[0], bias[0]));
                _mm256_storeu_ps(c.add(PANEL / 2), _mm256_add_ps(sums[1], bias[1]));
            }
        }
        return;
    }
    for (row, sums) in sums.iter().enumerate() {
        let mut all = [0.0; PANEL];
        // SAFETY: a row of sums has PANEL values, two registers.
        unsafe {
            _mm256_storeu_ps(all.as_mut_ptr(), sums[0]);
            _mm256_storeu_ps(all.as_mut_ptr().add(PANEL / 2), sums[1]);
        }
        store(&all, bias, &mut c[row * ldc..][..width]);
    }
}

/// # Safety
/// 16 values can be read.
#[target_feature(enable = "avx2,fma")]
#[inline]
unsafe fn load_pair(values: *const f32) -> Pair<__m256> {
    // SAFETY: as the caller promises.
    unsafe { [_mm256_loadu_ps(values), _mm256_loadu_ps(values.add(PANEL / 2))] }
}

#[target_feature(enable = "avx2,fma")]
fn products_i8(
    m: usize,
    a: &[i16],
    scales: &[f32],
    b: PanelsI8<'_>,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    let block = block_rows(BLOCK_BYTES, b.depth * size_of::<i16>(), TILE);
    for start in (0..m).step_by(block) {
        let end = m.min(start + block);
        for (number, panel) in b.data.chunks_exact(b.depth * PANEL).enumerate() {
            let first = number * PANEL;
            let width = PANEL.min(b.columns - first);
            let bias = bias.map(|bias| &bias[first..][..width]);
            let columns = &b.scales[first..][..PANEL];
            for row in (start..end).step_by(TILE) {
                let (a, c) = (&a[row * b.depth..], &mut c[row * ldc + first..]);
                let scales = &scales[row..end];
                for_rows!(end - row, M => {
                    let sums = tile_i8::<M>(a, b.depth, panel);
                    store_tile(&scaled(&sums, scales, columns), bias, c, ldc, width);
                });
            }
        }
    }
}

/// The product of `M` rows of 16-bit activations with a panel: the weights are
/// widened to 16 bits on their way from memory, and pairs of products are added
/// by one instruction. (Products of 8 bits by 8 bits would run no faster on AVX2:
/// both forms are limited to two multiplying instructions a cycle, and theirs
/// saturate.)
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_i8<const M: usize>(a: &[i16], depth: usize, panel: &[i8]) -> [Pair<__m256i>; M] {
    assert!(M <= TILE && a.len() >= M * depth && panel.len() >= depth * PANEL);
    assert!(depth.is_multiple_of(2));
    let mut sums = [[_mm256_setzero_si256(); 2]; M];
    let rows = Rows::<_, 2>::new(a, depth, M);
    let panel = panel.as_ptr();
    for k in (0..depth).step_by(2) {
        // SAFETY: k + 1 < depth, and the assertions above.
        unsafe {
            let b = panel.add(k * PANEL).cast::<__m128i>();
            let b_low = _mm256_cvtepi8_epi16(_mm_loadu_si128(b));
            let b_high = _mm256_cvtepi8_epi16(_mm_loadu_si128(b.add(1)));
            for (row, sums) in sums.iter_mut().enumerate() {
                let a = _mm256_set1_epi32(rows.at(row, k).cast::<i32>().read_unaligned());
                sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(a, b_low));
                sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(a, b_high));
            }
        }
    }
    sums
}

/// Integer sums as floats: each times its row's and its column's scale.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn scaled<const M: usize>(
    sums: &[Pair<__m256i>; M],
    scales: &[f32],
    columns: &[f32],
) -> [Pair<__m256>; M] {
    assert!(columns.len() >= PANEL);
    // SAFETY: the assertion.
    let columns = unsafe { load_pair(columns.as_ptr()) };
    let mut out = [[_mm256_setzero_ps(); 2]; M];
    for (row, (out, sums)) in out.iter_mut().zip(sums).enumerate() {
        let scale = _mm256_set1_ps(scales[row]);
        for half in 0..2 {
            let sum = _mm256_cvtepi32_ps(sums[half]);
            out[half] = _mm256_mul_ps(sum, _mm256_mul_ps(scale, columns[half]));
        }
    }
    out
}
