//! Model folders: checking them, loading them, running them.
//!
//! Everything that knows rust-bert, tch or tokenizers is in here; the stages
//! see only [`Translator`](crate::translate::Translator) and
//! [`Summariser`](crate::summarise::Summariser).

mod error;

pub use error::ModelError;

use serde::{Deserialize, Serialize};

/// What a decoder gave for one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The text, trimmed.
    pub text: String,
    /// Mean log-probability per token; higher is better, 0 is certain.
    pub score: f64,
    /// Length in tokens, the closing `</s>` included.
    pub tokens: usize,
    /// Whether the decoder stopped at its length limit instead of at `</s>`.
    pub truncated: bool,
}
