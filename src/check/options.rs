use serde::{Deserialize, Serialize};

use super::{Corrections, FindingKind, Glossary};

/// What the checks look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckOptions {
    /// The share of a date's sentences, 0 to 1, that are findings because the model
    /// was less sure of them than of all others.
    pub least_sure: f64,
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
            least_sure: 0.04,
            ignore: Vec::new(),
            corrections: Corrections::default(),
            glossary: Glossary::default(),
        }
    }
}
