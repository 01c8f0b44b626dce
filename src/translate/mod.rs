//! Stage 3, *translate*: [`SegmentedArticle`](crate::segment::SegmentedArticle) → [`BilingualArticle`].
//!
//! In: German sentences. Out: one [`Translation`] for each, with its origin and
//! score. What can go wrong: the model repeats itself or runs away; the
//! sentence is tried again and, failing that, the German stands, marked.

pub mod batch;
pub mod bypass;
pub mod guard;
pub mod initial;
mod links;
mod options;
mod plan;
mod scripted;
mod stage;
mod types;

pub use options::TranslateOptions;
pub use scripted::{Mistreatment, ScriptedTranslator};
pub use stage::{carried_over, translate_articles, translate_as_heard, translate_texts};
pub use types::{BilingualArticle, KeptReason, Origin, Translation};

use crate::model::{Decoding, Hypothesis, ModelError};

/// The version of the rules between sentence and model: bypass, pieces, guard,
/// second try, first capital. It goes up whenever one of them could give another translation
/// for the same answers of the same model.
pub const VERSION: u32 = 3;

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
