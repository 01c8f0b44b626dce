//! With AVX-512 and its integer dot products (VNNI): a panel's row is one register.

use std::arch::x86_64::{
    __m512, __m512i, _mm256_loadu_si256, _mm512_add_ps, _mm512_cvtepi8_epi16, _mm512_cvtepi32_ps,
    _mm512_dpwssd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_mask_storeu_ps,
    _mm512_maskz_loadu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps,
    _mm512_setzero_si512,
};
use std::ops::Range;

use super::super::Aligned;
use super::super::panels::{PANEL, PanelsF32, PanelsI8};
use super::super::portable::quantise_rows;
use super::super::rows::{self, Activation, Exponentials};
use super::{BLOCK_BYTES, Rows, block_rows};

/// Most rows of a tile. With two panels: 24 accumulators, two registers of weights,
/// one of activations.
const TILE: usize = 12;

row_kernels_for!("avx512bw,avx512dq,avx512vl,avx512vnni");
compiled_for! { "avx512bw,avx512dq,avx512vl,avx512vnni"
    matmul_f32 => products_f32, (m: usize, a: &[f32], lda: usize, b: PanelsF32<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
    matmul_i8 => products_i8, (m: usize, a: &[i16], scales: &[f32], b: PanelsI8<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
}

/// Panels that are multiplied at once: the fewer rows there are, the more panels it
/// takes for no sum to be waited for.
fn abreast(m: usize) -> usize {
    match m {
        1 => 8,
        2..=5 => 4,
        _ => 2,
    }
}

/// Hands out rows and panels, tile by tile. Some rows see all panels before the next
/// rows do, and the tiles of these rows are about equally high.
#[inline(always)]
fn for_tiles(
    m: usize,
    bytes_per_row: usize,
    panels: usize,
    mut work: impl FnMut(Range<usize>, Range<usize>),
) {
    let block = block_rows(BLOCK_BYTES, bytes_per_row, TILE);
    for start in (0..m).step_by(block) {
        let end = m.min(start + block);
        let height = (end - start).div_ceil((end - start).div_ceil(TILE));
        for first in (0..panels).step_by(abreast(m)) {
            let last = panels.min(first + abreast(m));
            for row in (start..end).step_by(height) {
                work(row..end.min(row + height), first..last);
            }
        }
    }
}

/// Does something with the number of rows and of panels as constants; with panels one
/// at a time if there is no form for so many.
macro_rules! for_shape {
    ($rows:expr, $panels:expr, ($m:ident, $p:ident, $panel:ident) => $body:block) => {
        for_shape!(@match $rows, $panels, $m, $p, $panel, $body,
            [(1, 8) (1, 4) (2, 4) (3, 4) (4, 4) (5, 4)
             (1, 2) (2, 2) (3, 2) (4, 2) (5, 2) (6, 2) (7, 2) (8, 2) (9, 2) (10, 2) (11, 2) (12, 2)]
            [1 2 3 4 5 6 7 8 9 10 11 12])
    };
    (@match $rows:expr, $panels:expr, $m:ident, $p:ident, $panel:ident, $body:block,
     [$(($height:literal, $width:literal))*] [$($single:literal)*]) => {
        match ($rows, $panels.len()) {
            $(($height, $width) => {
                const $m: usize = $height;
                const $p: usize = $width;
                let $panel = $panels.start;
                $body
            })*
            $(($single, _) => for $panel in $panels {
                const $m: usize = $single;
                const $p: usize = 1;
                $body
            })*
            _ => debug_assert!(false, "a tile has {TILE} rows at most"),
        }
    };
}

#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
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
    let panels = b.columns.div_ceil(PANEL);
    for_tiles(m, b.depth * size_of::<f32>(), panels, |rows, panels| {
        let a = &a[rows.start * lda..];
        for_shape!(rows.len(), panels, (M, P, panel) => {
            let sums = tile_f32::<M, P>(a, lda, b.depth, &b.data[panel * b.depth * PANEL..]);
            store_tile(&sums, panel, b.columns, bias, &mut c[rows.start * ldc..], ldc);
        });
    });
}

/// The product of `M` rows with `P` panels.
#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn tile_f32<const M: usize, const P: usize>(
    a: &[f32],
    lda: usize,
    depth: usize,
    panels: &[f32],
) -> [[__m512; P]; M] {
    assert!(a.len() >= (M - 1) * lda + depth && panels.len() >= P * depth * PANEL);
    let mut sums = [[_mm512_setzero_ps(); P]; M];
    let rows = Rows::<_, 4>::new(a, lda, M);
    let panels = panels.as_ptr();
    for k in 0..depth {
        // SAFETY: k < depth, and the assertion above.
        unsafe {
            let mut b = [_mm512_setzero_ps(); P];
            for (panel, b) in b.iter_mut().enumerate() {
                *b = _mm512_loadu_ps(panels.add((panel * depth + k) * PANEL));
            }
            for (row, sums) in sums.iter_mut().enumerate() {
                let a = _mm512_set1_ps(*rows.at(row, k));
                for (sum, b) in sums.iter_mut().zip(&b) {
                    *sum = _mm512_fmadd_ps(a, *b, *sum);
                }
            }
        }
    }
    sums
}

/// Writes `M` rows of the sums of panels from `first` on, `bias` added, up to column `columns`.
#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn store_tile<const M: usize, const P: usize>(
    sums: &[[__m512; P]; M],
    first: usize,
    columns: usize,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    assert!(columns > (first + P - 1) * PANEL && c.len() >= (M - 1) * ldc + columns);
    for panel in 0..P {
        let (mask, bias) = mask_and_bias(first + panel, columns, bias);
        for (row, sums) in sums.iter().enumerate() {
            // SAFETY: as many values as the mask has ones are within `columns`; the assertion above.
            unsafe {
                let c = c.as_mut_ptr().add(row * ldc + (first + panel) * PANEL);
                _mm512_mask_storeu_ps(c, mask, _mm512_add_ps(sums[panel], bias));
            }
        }
    }
}

/// Which lanes of a panel are columns that there are, and their bias.
#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
pub(super) fn mask_and_bias(panel: usize, columns: usize, bias: Option<&[f32]>) -> (u16, __m512) {
    let start = panel * PANEL;
    let width = PANEL.min(columns - start);
    let mask = u16::MAX >> (PANEL - width);
    let bias = match bias.map(|bias| &bias[start..][..width]) {
        // SAFETY: as many values as the mask has ones.
        Some(bias) => unsafe { _mm512_maskz_loadu_ps(mask, bias.as_ptr()) },
        None => _mm512_setzero_ps(),
    };
    (mask, bias)
}

#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
fn products_i8(
    m: usize,
    a: &[i16],
    scales: &[f32],
    b: PanelsI8<'_>,
    bias: Option<&[f32]>,
    c: &mut [f32],
    ldc: usize,
) {
    let panels = b.columns.div_ceil(PANEL);
    for_tiles(m, b.depth * size_of::<i16>(), panels, |rows, panels| {
        let a = &a[rows.start * b.depth..];
        for_shape!(rows.len(), panels, (M, P, panel) => {
            let sums = tile_i8::<M, P>(a, b.depth, &b.data[panel * b.depth * PANEL..]);
            let sums = scaled(&sums, &scales[rows.start..], &b.scales[panel * PANEL..]);
            store_tile(&sums, panel, b.columns, bias, &mut c[rows.start * ldc..], ldc);
        });
    });
}

/// The product of `M` rows of 16-bit activations with `P` panels: the weights are widened
/// to 16 bits on their way from memory.
#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn tile_i8<const M: usize, const P: usize>(
    a: &[i16],
    depth: usize,
    panels: &[i8],
) -> [[__m512i; P]; M] {
    assert!(a.len() >= M * depth && panels.len() >= P * depth * PANEL);
    assert!(depth.is_multiple_of(2));
    let mut sums = [[_mm512_setzero_si512(); P]; M];
    let rows = Rows::<_, 4>::new(a, depth, M);
    let panels = panels.as_ptr();
    for k in (0..depth).step_by(2) {
        // SAFETY: k + 1 < depth, and the assertions above.
        unsafe {
            let mut b = [_mm512_setzero_si512(); P];
            for (panel, b) in b.iter_mut().enumerate() {
                let packed = panels.add((panel * depth + k) * PANEL);
                *b = _mm512_cvtepi8_epi16(_mm256_loadu_si256(packed.cast()));
            }
            for (row, sums) in sums.iter_mut().enumerate() {
                let a = _mm512_set1_epi32(rows.at(row, k).cast::<i32>().read_unaligned());
                for (sum, b) in sums.iter_mut().zip(&b) {
                    *sum = _mm512_dpwssd_epi32(*sum, a, *b);
                }
            }
        }
    }
    sums
}

/// Integer sums as floats: each times its row's and its column's scale.
#[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn scaled<const M: usize, const P: usize>(
    sums: &[[__m512i; P]; M],
    scales: &[f32],
    columns: &[f32],
) -> [[__m512; P]; M] {
    assert!(columns.len() >= P * PANEL);
    let mut out = [[_mm512_setzero_ps(); P]; M];
    for panel in 0..P {
        // SAFETY: the assertion.
        let columns = unsafe { _mm512_loadu_ps(columns.as_ptr().add(panel * PANEL)) };
        for (row, (out, sums)) in out.iter_mut().zip(sums).enumerate() {
            let scale = _mm512_mul_ps(_mm512_set1_ps(scales[row]), columns);
            out[panel] = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[panel]), scale);
        }
    }
    out
}
