use serde::{Deserialize, Serialize};

use crate::model::Decoding;

/// How articles are summarised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SummariseOptions {
    /// How the decoder searches.
    pub decoding: Decoding,
    /// The most tokens the model may say about one window.
    pub max_target_tokens: usize,
    /// Source tokens that the engine gets at once.
    pub max_batch_tokens: usize,
    /// Windows that the engine gets at once.
    pub max_batch_rows: usize,
    /// Articles with fewer sentences are not summarised: they lead with their
    /// own first sentences. Models asked to shorten the short invent.
    pub min_sentences: usize,
    /// The same for articles with fewer tokens.
    pub min_tokens: usize,
    /// The most sentences of a summary; shorter articles get about a quarter of
    /// their own number.
    pub max_sentences: usize,
}

impl Default for SummariseOptions {
    /// Beam 4 and no repeated 3-gram, as BART is used for news; 128 tokens are
    /// about four sentences. The floor is 5 sentences or 100 tokens: below it a
    /// summary saves the reader nothing.
    ///
    /// A folder's own generation settings decide how the tokens of a target begin and
    /// end (`forced_bos_token_id`, `decoder_start_token_id`, `</s>`) and what goes before
    /// a source (`prefix`). How long a summary may be and how it is searched for are the
    /// product's, so that two models can be compared: in bart-large-cnn's settings
    /// `num_beams`, `no_repeat_ngram_size` and `early_stopping` are the same; its
    /// `min_length` of 56 makes a model invent where an article says less, and its
    /// `length_penalty` of 2.0 favours length that [`Self::summary_length`] would cut off.
    fn default() -> Self {
        Self {
            decoding: Decoding { beam: 4, no_repeat_ngram: 3, length_penalty: 1.0 },
            max_target_tokens: 128,
            max_batch_tokens: 32_768,
            max_batch_rows: 64,
            min_sentences: 5,
            min_tokens: 100,
            max_sentences: 4,
        }
    }
}

impl SummariseOptions {
    /// How many sentences the summary of an article of `sentences` sentences
    /// may have: a quarter, at least one, at most [`Self::max_sentences`].
    #[must_use]
    pub fn summary_length(&self, sentences: usize) -> usize {
        sentences.div_ceil(4).min(self.max_sentences.max(1)).max(1)
    }
}
