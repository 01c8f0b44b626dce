use serde::{Deserialize, Serialize};

use super::{Corrections, FindingKind, Glossary};

/// What the checks look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckOptions {
    /// Mean log-probability per token below which the model counts as unsure:
    /// at -1.0 it gave the words it chose a chance of about one in three (e⁻¹).
    pub low_score: f64,
    /// Kinds of findings that are not wanted.
    pub ignore: Vec<FindingKind>,
    /// Sentences that a person has translated.
    pub corrections: Corrections,
    /// Terms whose translation is prescribed.
    pub glossary: Glossary,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            low_score: -1.0,
            ignore: Vec::new(),
            corrections: Corrections::default(),
            glossary: Glossary::default(),
        }
    }
}
