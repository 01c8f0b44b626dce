use serde::{Deserialize, Serialize};

use crate::segment::SegmentId;

/// Who wrote the key point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPointOrigin {
    /// The summarisation model.
    Summary,
    /// A salient sentence of an article, as translated.
    Sentence,
}

/// One bullet of a brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyPoint {
    /// `k` and the first 10 hexadecimal digits of the BLAKE3 hash of its
    /// sources' ids: stable from night to night.
    pub id: String,
    /// The English statement.
    pub text: String,
    /// Who wrote it.
    pub origin: KeyPointOrigin,
    /// The sentences it rests on, most similar first, never empty.
    pub sources: Vec<SegmentId>,
    /// How many articles of the date say it.
    pub articles: usize,
    /// What it is ordered by, descending; comparable within one brief only.
    pub importance: f64,
}
