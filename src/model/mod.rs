//! Model folders: checking them, loading them, running them.
//!
//! Everything that knows rust-bert, tch or tokenizers is in here; the stages
//! see only [`Translator`](crate::translate::Translator) and
//! [`Summariser`](crate::summarise::Summariser).
//!
//! A folder is opened in two steps. [`ModelFolder::open`] reads and checks it
//! without libtorch: files, configuration, tensor shapes, vocabulary. Only a
//! folder that passed is handed to `engine`, because rust-bert answers several
//! of these faults with a panic, and a wrong shape that broadcasts with silence.

mod alignment;
mod alphabet;
mod byte_level;
mod config;
#[cfg(feature = "engine")]
pub mod engine;
mod error;
pub mod fast;
mod folder;
mod header;
pub mod hub;
mod tensors;
mod text;

pub use alignment::WordLink;
pub use alphabet::Alphabet;
pub use config::{Family, HubConfig};
pub use error::ModelError;
pub use folder::ModelFolder;

use serde::{Deserialize, Serialize};

/// What a decoder gave for one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The text, trimmed.
    pub text: String,
    /// Mean log-probability per token; higher is better, 0 is certain; NaN where
    /// the engine cannot tell.
    pub score: f64,
    /// Length in tokens, the closing `</s>` included.
    pub tokens: usize,
    /// Whether the decoder stopped at its length limit instead of at `</s>`.
    pub truncated: bool,
    /// Which word came from which, as the decoder's attention has it: spans of the
    /// source that was given and of `text`. Empty where the engine cannot tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<WordLink>,
}

/// How the decoder searches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decoding {
    /// Beam size; 1 is greedy.
    pub beam: usize,
    /// No n-gram of this many tokens occurs twice in a hypothesis; 0: no such rule.
    pub no_repeat_ngram: usize,
    /// Exponent of the length normalisation (Wu et al. 2016 call it alpha);
    /// 1.0 is the mean log-probability.
    pub length_penalty: f64,
}

/// A target may have so many tokens for each token of its source. German to
/// English needs 1.0 to 1.3; more is a model run wild.
const TARGET_TOKENS_PER_SOURCE_TOKEN: usize = 2;

/// ... and so many more, for the shortest sources.
const TARGET_TOKENS_FLOOR: usize = 16;

/// The most tokens of a translation of `source_tokens` tokens.
fn target_limit(source_tokens: usize) -> usize {
    source_tokens * TARGET_TOKENS_PER_SOURCE_TOKEN + TARGET_TOKENS_FLOOR
}
