//! What the stages are told to do.

use jiff::civil::Date;

use crate::check::CheckOptions;
use crate::ingest::IngestOptions;
use crate::keypoints::KeyPointOptions;
use crate::render::SiteOptions;
use crate::summarise::SummariseOptions;
use crate::translate::TranslateOptions;

/// The options of every stage.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Stage 1.
    pub ingest: IngestOptions,
    /// Stage 3.
    pub translate: TranslateOptions,
    /// Stage 4.
    pub check: CheckOptions,
    /// Stage 5.
    pub summarise: SummariseOptions,
    /// Stage 6.
    pub key_points: KeyPointOptions,
    /// Stage 7.
    pub site: SiteOptions,
}

impl Settings {
    /// The defaults, for a run on the day `today`.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self {
            ingest: IngestOptions::new(today),
            translate: TranslateOptions::default(),
            check: CheckOptions::default(),
            summarise: SummariseOptions::default(),
            key_points: KeyPointOptions::default(),
            site: SiteOptions::default(),
        }
    }
}
