//! What a run did, for the operator.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::ingest::BriefDate;
use crate::setback::Setback;

/// How long a stage took, and over how much.
#[derive(Debug, Clone)]
pub struct StageTime {
    /// The stage's name.
    pub stage: &'static str,
    /// How many units it handled.
    pub count: usize,
    /// What is counted.
    pub unit: &'static str,
    /// Wall-clock time.
    pub time: Duration,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The dates that have a brief now, in order, with their number of articles.
    pub briefs: Vec<(BriefDate, usize)>,
    /// Sentences that no usable translation was found for.
    pub kept_german: usize,
    /// Files whose bytes changed.
    pub changed: Vec<PathBuf>,
    /// Files that were the same already.
    pub unchanged: usize,
    /// What went wrong.
    pub setbacks: Vec<Setback>,
    /// How long each stage took, in order.
    pub times: Vec<StageTime>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles: usize = self.briefs.iter().map(|(_, articles)| articles).sum();
        write!(
            f,
            "{articles} articles in {} briefs; {} files written, {} unchanged",
            self.briefs.len(),
            self.changed.len(),
            self.unchanged
        )?;
        if self.kept_german > 0 {
            write!(f, "; {} sentences left in German", self.kept_german)?;
        }
        if !self.setbacks.is_empty() {
            write!(f, "; {} setbacks", self.setbacks.len())?;
        }
        Ok(())
    }
}
