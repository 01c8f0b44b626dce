//! What went wrong with one article without stopping the night.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The stage in which an article met its setback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Finding, decoding and understanding the input file.
    Ingest,
    /// Splitting into sentences.
    Segment,
    /// German to English.
    Translate,
    /// English article to summary.
    Summarise,
    /// Writing the brief.
    Render,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ingest => "ingest",
            Self::Segment => "segment",
            Self::Translate => "translate",
            Self::Summarise => "summarise",
            Self::Render => "render",
        })
    }
}

/// One input that could not be taken (or not wholly): the run goes on without
/// it, names it in the report and ends with exit code 3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Setback {
    /// The input file, relative to the inbox, with unprintable characters escaped.
    pub path: String,
    /// Where it happened.
    pub stage: Stage,
    /// What is wrong, in one sentence.
    pub reason: String,
    /// What the operator can do about it.
    pub remedy: String,
}

impl fmt::Display for Setback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({}). {}", self.path, self.reason, self.stage, self.remedy)
    }
}
