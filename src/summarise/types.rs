use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::translate::BilingualArticle;

/// Why a summary sentence says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryOrigin {
    /// The model wrote it and every number and name in it is in its source.
    Model,
    /// The model's sentence held a number or name its source lacks, rested on
    /// nothing, or was its source sentence with slips: that took its place.
    Replaced,
    /// The article is too short to summarise: its own first sentences.
    Lead,
}

/// One sentence of a summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummarySentence {
    /// The English sentence, complete.
    pub text: String,
    /// Indices of the segments it rests on, ascending, never empty.
    pub support: Vec<usize>,
    /// How it came to be.
    pub origin: SummaryOrigin,
    /// Its numbers and dates against the German of those segments.
    pub check: Check,
}

/// How much of the article the summariser read, or weighed for the
/// [`selection`](super::selection) of what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Sentences that were read or weighed.
    pub sentences_read: usize,
    /// Sentences the article has (headlines not counted).
    pub sentences_total: usize,
    /// In how many windows: 1 where the article fits the model.
    pub windows: usize,
}

/// A summary and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Its sentences.
    pub sentences: Vec<SummarySentence>,
    /// How much was read.
    pub coverage: Coverage,
}

/// An article in both languages with its summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SummarisedArticle {
    /// The article.
    pub article: BilingualArticle,
    /// Its summary; `None` where the article has no sentence to summarise.
    pub summary: Option<Summary>,
}
