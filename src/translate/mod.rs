//! Stage 3, *translate*: [`SegmentedArticle`](crate::segment::SegmentedArticle) → [`BilingualArticle`].
//!
//! In: German sentences. Out: one [`Translation`] for each, with its origin and
//! score. What can go wrong: the model repeats itself or runs away; the
//! sentence is tried again and, failing that, the German stands, marked.

pub mod batch;
pub mod bypass;
pub mod guard;
mod long;
mod options;
mod plan;
mod scripted;
mod stage;
mod types;

pub use options::TranslateOptions;
pub use scripted::{Mistreatment, ScriptedTranslator};
pub use stage::{translate_articles, translate_texts};
pub use types::{BilingualArticle, KeptReason, Origin, Translation};

use crate::model::{Hypothesis, ModelError};

/// A translation engine: the Marian model, or a scripted one in tests.
pub trait Translator {
    /// Names weights, vocabulary and configuration; changes when any of them does.
    fn fingerprint(&self) -> &str;

    /// Length of `source` in the model's tokens, the closing `</s>` included.
    fn count_tokens(&self, source: &str) -> usize;

    /// The most tokens one source may have, `</s>` included.
    fn max_tokens(&self) -> usize;

    /// Translates every source: one hypothesis each, in the same order.
    ///
    /// # Errors
    /// When the engine itself fails; a poor translation is not an error.
    fn translate(
        &self,
        sources: &[&str],
        decoding: &Decoding,
    ) -> Result<Vec<Hypothesis>, ModelError>;
}

/// How the decoder searches.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Decoding {
    /// Beam size; 1 is greedy.
    pub beam: usize,
    /// No n-gram of this many tokens occurs twice in a hypothesis; 0: no such rule.
    pub no_repeat_ngram: usize,
    /// Exponent of the length normalisation (Wu et al. 2016 call it alpha);
    /// 1.0 is the mean log-probability.
    pub length_penalty: f64,
}
