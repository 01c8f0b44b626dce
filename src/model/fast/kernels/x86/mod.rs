//! The kernels for x86-64, the crate's only unsafe code.
//!
//! Two things need it: calling a function compiled for some instructions from one
//! that is not, which is sound because [`Isa::detect`](super::Isa::detect) names
//! instructions only after asking the processor for them; and reading and writing
//! through raw pointers in the inner loops, whose bounds are asserted before each.
//!
//! All of them compute the same bits: products add in the order of the rows of the
//! weights, and reductions run in a fixed number of sums.
#![allow(unsafe_code)]

/// Makes functions that may be called from anywhere out of ones that are compiled
/// for instructions which the processor is known to have.
macro_rules! compiled_for {
    ($features:tt $($name:ident => $inner:expr, ($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {$(
        #[allow(clippy::too_many_arguments)]
        pub(in crate::model::fast::kernels) fn $name($($argument: $type),*) $(-> $result)? {
            #[target_feature(enable = $features)]
            #[allow(clippy::too_many_arguments)]
            fn compiled($($argument: $type),*) $(-> $result)? {
                $inner($($argument),*)
            }
            // SAFETY: the `Isa` that leads here exists only where the processor has them.
            unsafe { compiled($($argument),*) }
        }
    )*};
}

/// [`compiled_for`] with everything but the products, which is the same source for all.
macro_rules! row_kernels_for {
    ($features:tt) => {
        compiled_for! { $features
            quantise => quantise_rows, (x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32]);
            add_norm => rows::add_norm::<true>, (x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32]);
            norm => rows::norm::<true>, (x: &mut [f32], weight: &[f32], bias: &[f32]);
            activate => rows::activate::<true>, (x: &mut [f32], activation: Activation);
            softmax => rows::softmax::<true>, (x: &mut [f32], width: usize, stride: usize);
            attend_slots => rows::attend_slots::<true>, (query: &[f32], keys: &[f32], values: &[f32], slots: &[u32], heads: usize, weights: &mut Aligned<f32>, out: &mut [f32]);
            exponentials => rows::exponentials::<true>, (row: &[f32]) -> Exponentials;
            top => rows::top, (row: &[f32], first: u32, count: usize, best: &mut Vec<(f32, u32)>);
        }
    };
}

#[cfg(target_os = "linux")]
pub(super) mod amx;
pub(super) mod avx2;
pub(super) mod avx512;

/// Bytes of activations that are kept in the second-level cache while the
/// panels pass by.
const BLOCK_BYTES: usize = 256 << 10;

/// Rows, a multiple of `tile` and about `bytes` in all, that are multiplied with all panels
/// before the next rows are.
fn block_rows(bytes: usize, bytes_per_row: usize, tile: usize) -> usize {
    (bytes / bytes_per_row.max(1)).next_multiple_of(tile).max(8 * tile)
}

/// Rows that one pointer reaches with the addressing modes there are.
const REACH: usize = 3;

/// Where at most `STARTS` times [`REACH`] rows begin: left to itself the compiler computes an
/// address for each, which costs more registers than there are.
struct Rows<T, const STARTS: usize> {
    starts: [*const T; STARTS],
    stride: usize,
}

impl<T, const STARTS: usize> Rows<T, STARTS> {
    #[inline(always)]
    fn new(a: &[T], stride: usize, count: usize) -> Self {
        let starts = std::array::from_fn(|group| {
            let first = if group * REACH < count { group * REACH } else { 0 };
            std::hint::black_box(a[first * stride..].as_ptr())
        });
        Self { starts, stride }
    }

    /// # Safety
    /// `row` is one of the rows, and `a` holds `row * stride + k`.
    #[inline(always)]
    unsafe fn at(&self, row: usize, k: usize) -> *const T {
        // SAFETY: as the caller promises.
        unsafe { self.starts[row / REACH].add(k).add(row % REACH * self.stride) }
    }
}
