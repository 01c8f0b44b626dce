//! The fast engine: MarianMT and BART on the CPU, in plain Rust.
//!
//! It decodes what `engine` (rust-bert) decodes, token for token in 32-bit
//! floats, and several times faster:
//!
//! * weights are packed once at load, in the order the products read them;
//! * sources lie end to end, without padding; keys and values of a source are
//!   computed once; those of a target are kept in slots that hypotheses share,
//!   so that reordering beams moves nothing;
//! * a hypothesis that has ended leaves the batch, and the batch is refilled
//!   while the others go on;
//! * each thread decodes a batch of its own, so that none waits for another; only
//!   where there are more threads than sources are operations shared out (`hands`);
//! * logits are looked at block by block while they are in the cache, and never
//!   all kept;
//! * with [`Precision::Int8`] weights are 8-bit integers and activations 16-bit.
//!
//! One row's arithmetic depends on nothing else in its batch (`kernels`), so
//! an answer is the same in every company and on any number of threads.
//!
//! `network` holds the weights, `encoder` and `decoder` run them, `search` is
//! the beam search, `generate` the batch that is refilled, `marian` and `bart`
//! put text around it.

mod bart;
mod decoder;
mod encoder;
mod generate;
mod hands;
mod kernels;
mod linear;
mod loading;
mod marian;
mod network;
mod search;
mod weights;
mod words;

pub use bart::FastSummariser;
pub use marian::FastTranslator;

/// The arithmetic of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats: the reference's answers.
    Float32,
    /// 8-bit integers, one scale for each output; activations of 16 bits. Twice as
    /// fast, a quarter of the memory.
    Int8,
}

/// Threads for `requested`, where 0 is one for each processor.
fn threads(requested: usize) -> usize {
    match requested {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        requested => requested,
    }
}
