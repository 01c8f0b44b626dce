use serde::{Deserialize, Serialize};

use crate::model::Decoding;

/// How a night's sentences are translated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TranslateOptions {
    /// The first try.
    pub decoding: Decoding,
    /// The second try, for sentences whose first answer was broken.
    pub retry_decoding: Decoding,
    /// Source tokens that the engine gets at once. The engine makes batches of its
    /// own out of them; this is how often progress is told.
    pub max_batch_tokens: usize,
    /// Sentences that the engine gets at once.
    pub max_batch_rows: usize,
}

impl Default for TranslateOptions {
    /// Beam 4 as Marian models are tuned for; the retry forbids repeated
    /// 3-grams, looks further (beam 6) and favours short answers a little, since
    /// most broken first answers are too long.
    fn default() -> Self {
        Self {
            decoding: Decoding { beam: 4, no_repeat_ngram: 0, length_penalty: 1.0 },
            retry_decoding: Decoding { beam: 6, no_repeat_ngram: 3, length_penalty: 0.8 },
            max_batch_tokens: 16_384,
            max_batch_rows: 1024,
        }
    }
}
