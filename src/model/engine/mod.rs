//! The engines: MarianMT and BART through rust-bert on libtorch.
//!
//! rust-bert panics where other libraries return errors (an id beyond the
//! vocabulary, a source beyond the positions, an empty batch). Everything that
//! can be known beforehand is checked in `generate.rs`; what is left is caught
//! there and becomes a [`ModelError::Engine`](super::ModelError::Engine).

mod bart;
mod generate;
mod health;
mod marian;
mod prepared;

pub use bart::BartSummariser;
pub use health::self_test;
pub use marian::MarianTranslator;

/// The arithmetic of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// 32-bit floats: exact to the reference.
    #[default]
    Float32,
    /// bfloat16: faster on processors with AMX, a little less exact.
    BFloat16,
}

impl Precision {
    fn kind(self) -> tch::Kind {
        match self {
            Self::Float32 => tch::Kind::Float,
            Self::BFloat16 => tch::Kind::BFloat16,
        }
    }
}

/// Sets how many threads one operation of libtorch may use; 0 leaves libtorch's choice.
pub fn set_threads(threads: usize) {
    if let (true, Ok(threads)) = (threads > 0, i32::try_from(threads)) {
        tch::set_num_threads(threads);
    }
}
