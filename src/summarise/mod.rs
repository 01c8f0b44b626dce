//! Stage 5, *summarise*: [`BilingualArticle`](crate::translate::BilingualArticle) → [`SummarisedArticle`].
//!
//! In: an article in both languages. Out: the same with an English [`Summary`],
//! each sentence of which names the segments it rests on. What can go wrong:
//! the model invents; such a sentence gives way to its source sentence.

pub mod guard;
mod options;
mod scripted;
pub mod selection;
pub mod sentences;
pub(crate) mod source;
mod stage;
pub mod trace;
mod types;
pub mod window;

pub use options::SummariseOptions;
pub use scripted::{Mischief, ScriptedSummariser};
pub use selection::Selection;
pub use stage::{SummaryHeard, question, summarise_articles, summarise_as_heard, summarise_texts};
pub use types::{Coverage, SummarisedArticle, Summary, SummaryOrigin, SummarySentence};

use crate::model::{Decoding, Hypothesis, ModelError};

/// The version of the rules between article and model: selection, windows, guard, length.
/// It goes up whenever one of them could give another summary for the same
/// answers of the same model.
pub const VERSION: u32 = 3;

/// A summarisation engine: the BART model, or a scripted one in tests.
pub trait Summariser {
    /// Names weights, vocabulary and configuration; changes when any of them does.
    fn fingerprint(&self) -> &str;

    /// Length of `text` in the model's tokens, `<s>` and `</s>` included.
    fn count_tokens(&self, text: &str) -> usize;

    /// The most tokens one source may have, special tokens included.
    fn max_tokens(&self) -> usize;

    /// What chooses the sentences that this model reads; `None`: it reads articles as
    /// they are.
    fn selection(&self) -> Option<&Selection> {
        None
    }

    /// Summarises every source: one hypothesis each, in the same order, of
    /// at most `max_target_tokens` tokens.
    ///
    /// # Errors
    /// When the engine itself fails; a poor summary is not an error.
    fn summarise(
        &self,
        sources: &[&str],
        decoding: &Decoding,
        max_target_tokens: usize,
    ) -> Result<Vec<Hypothesis>, ModelError>;
}
