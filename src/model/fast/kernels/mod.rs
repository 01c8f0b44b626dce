//! The arithmetic: matrix products over packed weights, and the functions
//! between them.
//!
//! Every output value is computed by the same operations in the same order
//! whatever else is computed beside it: one row's result depends on that row
//! and the weights alone. That is what makes a translation independent of the
//! sentences that happen to be in its batch, and of the number of threads.
//!
//! Each function exists as plain Rust (`portable`) and for x86-64 with AVX2 or
//! AVX-512 (`x86`, the only place with unsafe code); [`Isa::detect`] chooses once.

mod aligned;
mod lanes;
mod panels;
mod portable;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use aligned::Aligned;
use panels::Interleave;
pub(crate) use panels::{
    PANEL, PackedF32, PackedI8, PanelsF32, PanelsI8, columns_in, pack_f32_columns, pack_f32_rows,
};
pub(crate) use rows::{Activation, Exponentials, Normaliser};

/// The instructions the kernels use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isa {
    /// Whatever the compiler makes of plain Rust.
    Portable,
    /// AVX2 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with its integer dot products.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX-512 and the tiles of AMX.
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    Amx,
}

impl Isa {
    /// The best this processor has.
    pub(crate) fn detect() -> Self {
        Self::available().pop().unwrap_or(Self::Portable)
    }

    /// Everything this processor can run, the best last.
    pub(crate) fn available() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx2") && has!("fma") {
                all.push(Self::Avx2);
                if has!("avx512f")
                    && has!("avx512bw")
                    && has!("avx512dq")
                    && has!("avx512vl")
                    && has!("avx512vnni")
                {
                    all.push(Self::Avx512);
                    #[cfg(target_os = "linux")]
                    if x86::amx::available() {
                        all.push(Self::Amx);
                    }
                }
            }
        }
        all
    }

    /// How its products read 8-bit weights.
    fn interleave(self) -> Interleave {
        match self {
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Self::Amx => Interleave { rows: 4, step: x86::amx::STEP },
            _ => Interleave { rows: 2, step: 2 },
        }
    }
}

/// Makes a method of [`Isa`] that runs its form of a kernel.
macro_rules! dispatched {
    ($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)?) => {
        impl Isa {
            $(#[$doc])*
            #[allow(clippy::too_many_arguments)]
            pub(crate) fn $name(self, $($argument: $type),*) $(-> $result)? {
                match self {
                    Self::Portable => portable::$name($($argument),*),
                    #[cfg(target_arch = "x86_64")]
                    Self::Avx2 => x86::avx2::$name($($argument),*),
                    #[cfg(target_arch = "x86_64")]
                    Self::Avx512 => x86::avx512::$name($($argument),*),
                    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
                    Self::Amx => x86::amx::$name($($argument),*),
                }
            }
        }
    };
}

dispatched! {
    /// `c[i][j] = bias[j] + sum_k a[i][k] * b[k][j]` for `m` rows, summed in the
    /// order of `k`. Rows of `a` start every `lda` values, rows of `c` every `ldc`.
    matmul_f32(m: usize, a: &[f32], lda: usize, b: PanelsF32<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize)
}
dispatched! {
    /// The same with weights of 8 bits, packed for the same instructions: `a` holds rows
    /// quantised by [`Isa::quantise`], `scales` their scales; sums are exact integers.
    matmul_i8(m: usize, a: &[i16], scales: &[f32], b: PanelsI8<'_>, bias: Option<&[f32]>, c: &mut [f32], ldc: usize)
}
dispatched! {
    /// Rows of `width` values to integers of at most `limit`, each row with its own scale.
    /// A row of `q` is as wide as the weights are deep; how it is laid out is for
    /// [`Isa::matmul_i8`] to know.
    quantise(x: &[f32], width: usize, limit: f32, q: &mut [i16], scales: &mut [f32])
}
dispatched! {
    /// `x = x + y`, then layer normalisation of each row (Ba et al. 2016), epsilon 1e-5.
    add_norm(x: &mut [f32], y: &[f32], weight: &[f32], bias: &[f32])
}
dispatched! {
    /// Layer normalisation of each row.
    norm(x: &mut [f32], weight: &[f32], bias: &[f32])
}
dispatched! {
    /// The activation function of the feed-forward part, in place.
    activate(x: &mut [f32], activation: Activation)
}
dispatched! {
    /// Softmax of the first `width` values of each row of `stride`.
    softmax(x: &mut [f32], width: usize, stride: usize)
}
dispatched! {
    /// Attention of one query over cached rows: `slots` name the rows of `keys`
    /// and `values` (each `heads * head` wide) in order; `weights` is room to work.
    attend_slots(query: &[f32], keys: &[f32], values: &[f32], slots: &[u32], heads: usize, weights: &mut Aligned<f32>, out: &mut [f32])
}
dispatched! {
    /// What a softmax needs to know of a part of a row of logits.
    exponentials(row: &[f32]) -> Exponentials
}
dispatched! {
    /// Lets the values of a part of a row, which begins at place `first`, into `best`:
    /// the `count` highest of the row so far, best first; of equals the first one.
    top(row: &[f32], first: u32, count: usize, best: &mut Vec<(f32, u32)>)
}

#[cfg(test)]
mod tests;
