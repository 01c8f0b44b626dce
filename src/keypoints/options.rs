use serde::{Deserialize, Serialize};

/// How the key points of a date are chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyPointOptions {
    /// The most key points of a date.
    pub max_points: usize,
    /// The most key points per article of the date, so that a date with one
    /// article has few.
    pub points_per_article: usize,
    /// Fewest words of a key point.
    pub min_words: usize,
    /// Most words of a key point.
    pub max_words: usize,
    /// From this cosine on two statements are one (0 to 1).
    pub same_statement: f64,
    /// Weight of importance against novelty in the choice of the next key
    /// point: 1 is importance alone.
    pub importance_weight: f64,
}

impl Default for KeyPointOptions {
    /// Eight points are a screen. At a cosine of 0.5 two translations of the
    /// same event share most of their names, numbers and verbs; different events
    /// of one story lie below. 0.7 is the usual weight of relevance in MMR.
    fn default() -> Self {
        Self {
            max_points: 8,
            points_per_article: 3,
            min_words: 6,
            max_words: 40,
            same_statement: 0.5,
            importance_weight: 0.7,
        }
    }
}
