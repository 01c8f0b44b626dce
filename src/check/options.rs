use serde::{Deserialize, Serialize};

/// What the checks look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckOptions {
    /// Mean log-probability per token below which the model counts as unsure:
    /// at -1.0 it gave the words it chose a chance of about one in three (e⁻¹).
    pub low_score: f64,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { low_score: -1.0 }
    }
}
