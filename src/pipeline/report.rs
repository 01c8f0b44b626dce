//! What a run did, for the operator.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use super::inputs::Inputs;
use super::plan::Work;
use crate::check::FindingKind;
use crate::ingest::BriefDate;
use crate::setback::Setback;

/// A stage of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    /// Files to articles.
    Ingest,
    /// Finding out what is to be done.
    Plan,
    /// Articles to sentences.
    Segment,
    /// Sentences to English.
    Translate,
    /// German held against English.
    Check,
    /// Articles to summaries.
    Summarise,
    /// Key points, briefs, files.
    Render,
}

impl StageName {
    /// Every stage, in order.
    const ALL: [Self; 7] = [
        Self::Ingest,
        Self::Plan,
        Self::Segment,
        Self::Translate,
        Self::Check,
        Self::Summarise,
        Self::Render,
    ];

    /// What the stage counts.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Ingest | Self::Summarise => "articles",
            Self::Segment | Self::Translate | Self::Check => "sentences",
            Self::Plan | Self::Render => "briefs",
        }
    }

    /// Its name, as in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Plan => "plan",
            Self::Segment => "segment",
            Self::Translate => "translate",
            Self::Check => "check",
            Self::Summarise => "summarise",
            Self::Render => "render",
        }
    }
}

/// What a stage did over the whole night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTally {
    /// The stage.
    pub stage: StageName,
    /// Units it worked on.
    pub done: usize,
    /// Units that were known already.
    pub remembered: usize,
    /// Wall-clock time.
    pub time: Duration,
}

impl StageTally {
    /// Nothing yet.
    fn of(stage: StageName) -> Self {
        Self { stage, done: 0, remembered: 0, time: Duration::ZERO }
    }

    pub(super) fn add(&mut self, done: usize, remembered: usize, time: Duration) {
        self.done += done;
        self.remembered += remembered;
        self.time += time;
    }
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How the inbox differs from last time.
    pub inputs: Inputs,
    /// What there was to do.
    pub work: Work,
    /// The dates of the inbox that have a brief now, in order, with their number of
    /// articles.
    pub briefs: Vec<(BriefDate, usize)>,
    /// Sentences that no usable translation was found for.
    pub kept_german: usize,
    /// What the checks found in the sentences, by kind.
    pub findings: BTreeMap<FindingKind, usize>,
    /// Corrections, by their German, that no sentence of the inbox is written like any
    /// more, and the dates whose briefs have a sentence in other words.
    pub stale_corrections: BTreeMap<String, BTreeSet<BriefDate>>,
    /// German words the model translated this night.
    pub words_translated: usize,
    /// Files whose bytes changed.
    pub changed: Vec<PathBuf>,
    /// Files that are not needed any more and were removed.
    pub removed: Vec<PathBuf>,
    /// Files that were the same already.
    pub unchanged: usize,
    /// What went wrong, tonight or earlier and not mended since.
    pub setbacks: Vec<Setback>,
    /// What each stage did, as far as it was reached (see [`Report::tallies`]).
    stages: Vec<StageTally>,
    /// Whether the run ended early because it was told to.
    pub stopped: bool,
}

impl Report {
    /// The tally of `stage`, to be added to.
    pub(super) fn stage(&mut self, stage: StageName) -> &mut StageTally {
        let at = self.stages.iter().position(|tally| tally.stage == stage).unwrap_or_else(|| {
            self.stages.push(StageTally::of(stage));
            self.stages.len() - 1
        });
        &mut self.stages[at]
    }

    /// What each stage did, in order; nothing for those that the run did not reach.
    #[must_use]
    pub fn tallies(&self) -> [StageTally; StageName::ALL.len()] {
        StageName::ALL.map(|stage| {
            let reached = self.stages.iter().find(|tally| tally.stage == stage);
            reached.copied().unwrap_or_else(|| StageTally::of(stage))
        })
    }

    /// Setbacks met in `stage`.
    #[must_use]
    pub fn set_back(&self, stage: StageName) -> usize {
        let names = self.setbacks.iter().map(|setback| setback.stage.to_string());
        names.filter(|name| name == stage.name()).count()
    }

    /// German words the model translated in a second, the time for loading it
    /// included.
    #[must_use]
    pub fn words_per_second(&self) -> Option<f64> {
        let stage = self.stages.iter().find(|tally| tally.stage == StageName::Translate)?;
        let seconds = stage.time.as_secs_f64();
        (self.words_translated > 0).then(|| self.words_translated as f64 / seconds.max(1e-9))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles: usize = self.briefs.iter().map(|(_, articles)| articles).sum();
        if self.stopped {
            write!(f, "stopped, everything so far is kept: ")?;
        }
        write!(
            f,
            "{articles} articles in {} briefs; {} files written, {} unchanged",
            self.briefs.len(),
            self.changed.len(),
            self.unchanged
        )?;
        if !self.removed.is_empty() {
            write!(f, ", {} removed", self.removed.len())?;
        }
        if self.kept_german > 0 {
            write!(f, "; {} sentences left in German", self.kept_german)?;
        }
        if !self.stale_corrections.is_empty() {
            write!(f, "; {} stale corrections", self.stale_corrections.len())?;
        }
        if !self.setbacks.is_empty() {
            write!(f, "; {} setbacks", self.setbacks.len())?;
        }
        Ok(())
    }
}
