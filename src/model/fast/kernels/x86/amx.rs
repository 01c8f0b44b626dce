//! With AMX: 16 rows and 16 columns in one instruction. Rust has no stable functions for
//! its tiles, hence the assembler.
//!
//! Tiles multiply bytes. An activation of 16 bits is therefore two of them, `256 * high +
//! low`, which lie in separate planes of its row, and the two sums are joined at the end:
//! exactly the integers that the other forms compute. Everything that is not a product of
//! 8-bit weights is done by [`avx512`](super::avx512).

use std::arch::asm;
use std::arch::x86_64::{
    __cpuid_count, __m512, __m512i, _MM_HINT_T0, _mm_prefetch, _mm512_add_epi32, _mm512_add_ps,
    _mm512_cvtepi32_ps, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mask_storeu_ps, _mm512_mul_ps,
    _mm512_set1_ps, _mm512_slli_epi32,
};
use std::ops::Range;
use std::sync::OnceLock;

use super::super::lanes::rounded;
use super::super::panels::{PANEL, PanelsI8};
use super::super::portable::row_scale;
use super::avx512::mask_and_bias;
pub(in crate::model::fast::kernels) use super::avx512::{
    activate, add_norm, attend_slots, exponentials, matmul_f32, norm, softmax, top,
};
use super::block_rows;

/// Rows of a tile.
const TILE: usize = 16;

/// Bytes of a tile's row, and so rows of the weights that one instruction takes in.
pub(in crate::model::fast::kernels) const STEP: usize = 64;

/// Panels that are multiplied at once: with both planes of the activations, four sums.
const ABREAST: usize = 2;

/// Bytes of activations that are kept in the second-level cache, which is of 2 MiB where
/// there is AMX, while the panels pass by.
const BLOCK_BYTES: usize = 512 << 10;

/// Half of the bytes of weights that stay in the first-level cache, beside a tile's
/// activations, while the rows pass by.
const NEAR_BYTES: usize = 8 << 10;

compiled_for! { "avx512bw,avx512dq,avx512vl,avx512vnni"
    quantise => quantise_planes, (x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32]);
    matmul_i8 => products_i8, (m: usize, a: &[i16], scales: &[f32], b: PanelsI8<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize);
}

/// Whether the processor has tiles of bytes and the kernel lets this process use them.
pub(in crate::model::fast::kernels) fn available() -> bool {
    /// `ARCH_REQ_XCOMP_PERM` and `XFEATURE_XTILEDATA` of Linux's asm/prctl.h: tile registers
    /// are large, and a process has to ask for them once.
    const REQUEST_PERMISSION: libc::c_int = 0x1023;
    const TILE_DATA: libc::c_ulong = 18;
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| {
        let (tiles, bytes) = (1 << 24, 1 << 25);
        let features = __cpuid_count(7, 0).edx;
        // SAFETY: the call changes nothing but what this process may do.
        features & tiles != 0
            && features & bytes != 0
            && unsafe { libc::syscall(libc::SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) } == 0
    })
}

/// Rows to integers as `quantise_rows` makes them, the low bytes of a row before its high ones.
#[inline(always)]
fn quantise_planes(x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32]) {
    let depth = width.next_multiple_of(STEP);
    for ((row, q), scale) in x.chunks_exact(width).zip(q.chunks_exact_mut(depth)).zip(scales) {
        let inverse;
        (*scale, inverse) = row_scale(row, limit);
        // SAFETY: an i16 is two bytes, and any bytes are an i16.
        let (_, bytes, _) = unsafe { q.align_to_mut::<u8>() };
        let (low, high) = bytes.split_at_mut(depth);
        low[width..].fill(0);
        high[width..].fill(0);
        for ((low, high), x) in low.iter_mut().zip(high).zip(row) {
            let value = rounded(*x * inverse);
            *low = value as u8;
            *high = (value >> 8) as u8;
        }
    }
}

/// Bytes of weights between those that are multiplied and those that are fetched into the
/// cache meanwhile: two steps.
const AHEAD: usize = 2 * STEP * PANEL;

/// What the tiles are: 0 to 3 sums, 4 and 5 activations, 6 and 7 weights.
#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

/// Tiles for `rows` rows of activations; given back when it goes.
struct Tiles;

impl Tiles {
    fn with_rows(rows: usize) -> Self {
        assert!((1..=TILE).contains(&rows));
        let mut configuration = Configuration {
            palette: 1,
            start_row: 0,
            reserved: [0; 14],
            row_bytes: [0; 16],
            rows: [0; 16],
        };
        configuration.row_bytes[..8].fill(STEP as u16);
        configuration.rows[..6].fill(rows as u8);
        configuration.rows[6..8].fill(TILE as u8);
        // SAFETY: `available` has seen AMX; the configuration is a valid one.
        unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const configuration, options(nostack)) };
        Self
    }
}

impl Drop for Tiles {
    fn drop(&mut self) {
        // SAFETY: as above. Without it the kernel would save 8 KiB at every change of thread.
        unsafe { asm!("tilerelease", options(nomem, nostack)) };
    }
}

/// Low and high sums of a tile's rows with each of the panels.
#[repr(C, align(64))]
struct Sums([[[[i32; PANEL]; TILE]; 2]; ABREAST]);

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
    assert!(b.depth.is_multiple_of(STEP) && a.len() >= m * b.depth);
    if m == 0 {
        return;
    }
    let panels = b.columns.div_ceil(PANEL);
    let mut sums = Sums([[[[0; PANEL]; TILE]; 2]; ABREAST]);
    let group = (NEAR_BYTES / (b.depth * PANEL)).max(1) * ABREAST;
    let mut tile = |row: usize, height: usize, panels: Range<usize>, seen: bool| {
        let a = &a[row * b.depth..][..height * b.depth];
        let data = &b.data[panels.start * b.depth * PANEL..];
        let both = panels.len() == ABREAST;
        two_panels(a, b.depth, data, both, (seen, group == ABREAST), &mut sums);
        for (panel, sums) in panels.zip(&sums.0) {
            let columns = Columns::of(&b, panel, bias);
            for at in 0..height {
                let c = &mut c[(row + at) * ldc + panel * PANEL..];
                columns.store([&sums[0][at], &sums[1][at]], scales[row + at], c);
            }
        }
    };
    let mut some_rows = |rows: Range<usize>, height: usize| {
        let _tiles = Tiles::with_rows(height);
        for first in (0..panels).step_by(group) {
            let last = panels.min(first + group);
            for row in rows.clone().step_by(height) {
                for panel in (first..last).step_by(ABREAST) {
                    let seen = row > rows.start;
                    tile(row, height, panel..last.min(panel + ABREAST), seen);
                }
            }
        }
    };
    let block = block_rows(BLOCK_BYTES, b.depth * size_of::<i16>(), TILE);
    let whole = m / TILE * TILE;
    for start in (0..whole).step_by(block) {
        some_rows(start..whole.min(start + block), TILE);
    }
    if whole < m {
        some_rows(whole..m, m - whole);
    }
}

/// Adds the products of one step: `$load` is how the activations are read.
macro_rules! multiply {
    ($load:literal, $low:expr, $high:expr, $stride:expr, $first:expr, $second:expr) => {
        asm!(
            concat!($load, " tmm4, [{low} + {stride}]"),
            "tileloadd tmm6, [{first} + {line}]",
            concat!($load, " tmm5, [{high} + {stride}]"),
            "tileloadd tmm7, [{second} + {line}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tdpbssd tmm1, tmm5, tmm6",
            "tdpbusd tmm2, tmm4, tmm7",
            "tdpbssd tmm3, tmm5, tmm7",
            low = in(reg) $low,
            high = in(reg) $high,
            stride = in(reg) $stride,
            first = in(reg) $first,
            second = in(reg) $second,
            line = in(reg) STEP,
            options(nostack, readonly),
        )
    };
}

/// Sums of a tile's rows with two panels, the tiles being configured for the rows; the last
/// one of an odd number is multiplied twice (`both` is false then). Panels that no rows have
/// seen yet may lie in memory and are fetched ahead. `passing` activations are read once
/// while the panels stay: the first-level cache is not filled with them.
#[inline(always)]
fn two_panels(
    a: &[i16],
    depth: usize,
    panels: &[i8],
    both: bool,
    (seen, passing): (bool, bool),
    sums: &mut Sums,
) {
    let size = depth * PANEL;
    let second = if both { size } else { 0 };
    assert!(panels.len() >= second + size);
    let (low, b) = (a.as_ptr().cast::<u8>(), panels.as_ptr());
    // SAFETY: a row of `a` is 2 * depth bytes, as many rows as the tiles have; a tile of weights
    // is 16 rows of 64 bytes from row k on; the assertion; `Sums` holds four tiles.
    unsafe {
        asm!("tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3", options(nostack));
        for k in (0..depth).step_by(STEP) {
            if !seen {
                for line in (AHEAD..AHEAD + STEP * PANEL).step_by(64) {
                    _mm_prefetch::<_MM_HINT_T0>(b.wrapping_add(k * PANEL + line));
                    _mm_prefetch::<_MM_HINT_T0>(b.wrapping_add(second + k * PANEL + line));
                }
            }
            let (low, high) = (low.add(k), low.add(depth + k));
            let (first, second) = (b.add(k * PANEL), b.add(second + k * PANEL));
            if passing {
                multiply!("tileloaddt1", low, high, 2 * depth, first, second);
            } else {
                multiply!("tileloadd", low, high, 2 * depth, first, second);
            }
        }
        asm!(
            "tilestored [{sums} + {line}], tmm0",
            "tilestored [{sums} + {line} + 1024], tmm1",
            "tilestored [{sums} + {line} + 2048], tmm2",
            "tilestored [{sums} + {line} + 3072], tmm3",
            sums = in(reg) &raw mut *sums,
            line = in(reg) PANEL * size_of::<i32>(),
            options(nostack),
        );
    }
}

/// What makes integer sums of a panel floats.
struct Columns {
    scales: __m512,
    bias: __m512,
    /// The columns that there are.
    mask: u16,
}

impl Columns {
    #[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
    #[inline]
    fn of(b: &PanelsI8<'_>, panel: usize, bias: Option<&[f32]>) -> Self {
        let scales = &b.scales[panel * PANEL..][..PANEL];
        let (mask, bias) = mask_and_bias(panel, b.columns, bias);
        // SAFETY: 16 scales.
        Self { scales: unsafe { _mm512_loadu_ps(scales.as_ptr()) }, bias, mask }
    }

    /// Joins low and high sums, and writes them times the scales, bias added.
    #[target_feature(enable = "avx512bw,avx512dq,avx512vl,avx512vnni")]
    #[inline]
    fn store(&self, [low, high]: [&[i32; PANEL]; 2], scale: f32, c: &mut [f32]) {
        assert!(c.len() >= self.mask.count_ones() as usize);
        // SAFETY: 16 sums each; as many values of `c` as the mask has ones.
        unsafe {
            let low: __m512i = _mm512_loadu_si512(low.as_ptr().cast());
            let high = _mm512_slli_epi32::<8>(_mm512_loadu_si512(high.as_ptr().cast()));
            let sum = _mm512_cvtepi32_ps(_mm512_add_epi32(low, high));
            let sum = _mm512_mul_ps(sum, _mm512_mul_ps(_mm512_set1_ps(scale), self.scales));
            _mm512_mask_storeu_ps(c.as_mut_ptr(), self.mask, _mm512_add_ps(sum, self.bias));
        }
    }
}
