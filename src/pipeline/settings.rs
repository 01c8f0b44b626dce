//! What the stages are told to do.

use jiff::civil::Date;

use crate::cli::Config;
use crate::ingest::IngestOptions;
use crate::keypoints::KeyPointOptions;
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
    pub summarise: SummariseOptions,
    /// Stage 5.
    pub key_points: KeyPointOptions,
}

impl Settings {
    /// The settings that a configuration asks for, on a given day.
    #[must_use]
    pub fn new(config: &Config, today: Date) -> Self {
        let mut settings = Self {
            ingest: IngestOptions::new(today),
            translate: TranslateOptions::default(),
            summarise: SummariseOptions::default(),
            key_points: KeyPointOptions::default(),
        };
        settings.ingest.max_bytes = config.ingest.max_bytes;
        settings.translate.decoding.beam = usize::from(config.translate.beam);
        settings.translate.decoding.length_penalty = config.translate.length_penalty;
        settings.translate.max_batch_tokens = config.translate.max_batch_tokens;
        settings.summarise.decoding.beam = usize::from(config.summarise.beam);
        settings.summarise.max_sentences = config.summarise.max_sentences;
        settings.key_points.max_points = config.key_points.max_points;
        settings
    }
}
