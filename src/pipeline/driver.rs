//! The stages, one after the other.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use thiserror::Error;

use super::outputs::{self, OutputError};
use super::progress::Progress;
use super::report::{Report, StageTime};
use super::settings::Settings;
use crate::brief::{self, DayBrief, Engines};
use crate::ingest::{self, BriefDate, Inbox, IngestError};
use crate::keypoints::key_points;
use crate::segment;
use crate::summarise::{SummarisedArticle, Summariser, summarise_articles};
use crate::translate::{Origin, Translator, translate_articles};

/// The two engines and their names.
pub struct Models<'m> {
    /// German to English.
    pub translator: &'m dyn Translator,
    /// English to summary.
    pub summariser: &'m dyn Summariser,
    /// For the briefs.
    pub info: Engines,
}

/// What ends a run before it is done.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The inbox cannot be read at all.
    #[error(transparent)]
    Inbox(#[from] IngestError),
    /// An output cannot be made or written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Stage 1 alone, so that a wrong inbox is noticed before models are loaded.
///
/// # Errors
/// [`PipelineError::Inbox`] if `inbox` is not a folder that can be read.
pub fn read(inbox: &Path, settings: &Settings) -> Result<(Inbox, StageTime), PipelineError> {
    let clock = Clock::start("ingest", "articles");
    let inbox = ingest::read_inbox(inbox, &settings.ingest)?;
    let time = clock.stop(inbox.articles.len());
    Ok((inbox, time))
}

/// Stages 2 to 7: briefs for every date of the inbox, written below `output`.
///
/// # Errors
/// [`PipelineError::Output`] if a file cannot be written. An article that fails
/// is not an error but a setback in the report.
pub fn run(
    (inbox, ingested): (Inbox, StageTime),
    output: &Path,
    settings: &Settings,
    models: &Models<'_>,
    progress: &dyn Progress,
) -> Result<Report, PipelineError> {
    let mut report =
        Report { setbacks: inbox.setbacks, times: vec![ingested], ..Report::default() };
    let articles = english(inbox.articles, settings, models, progress, &mut report);
    let clock = Clock::start("key points and render", "briefs");
    let briefs = briefs(articles, settings, &models.info);
    report.briefs = briefs.iter().map(|brief| (brief.date, brief.articles.len())).collect();
    outputs::write_all(output, &briefs, &mut report)?;
    report.times.push(clock.stop(briefs.len()));
    Ok(report)
}

/// Stages 2 to 4.
fn english(
    articles: Vec<ingest::Article>,
    settings: &Settings,
    models: &Models<'_>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Vec<SummarisedArticle> {
    let clock = Clock::start("segment", "sentences");
    let segmented: Vec<_> = articles.into_iter().map(segment::segment).collect();
    let sentences = segmented.iter().map(|article| article.segments.len()).sum();
    report.times.push(clock.stop(sentences));

    let clock = Clock::start("translate", "sentences");
    let mut stage = progress.stage("translate", "sentences", sentences);
    let bilingual =
        translate_articles(segmented, models.translator, &settings.translate, &mut |done| {
            stage.reach(done);
        });
    drop(stage);
    report.times.push(clock.stop(sentences));
    let translations = bilingual.iter().flat_map(|article| &article.translations);
    report.kept_german =
        translations.filter(|translation| matches!(translation.origin, Origin::Kept(_))).count();

    let clock = Clock::start("summarise", "articles");
    let count = bilingual.len();
    let mut stage = progress.stage("summarise", "articles", count);
    let summarised =
        summarise_articles(bilingual, models.summariser, &settings.summarise, &mut |done| {
            stage.reach(done);
        });
    drop(stage);
    report.times.push(clock.stop(count));
    summarised
}

/// Stages 5 and 6, date by date.
fn briefs(
    articles: Vec<SummarisedArticle>,
    settings: &Settings,
    engines: &Engines,
) -> Vec<DayBrief> {
    let mut dates: BTreeMap<BriefDate, Vec<SummarisedArticle>> = BTreeMap::new();
    for article in articles {
        dates.entry(article.article.article.brief_date()).or_default().push(article);
    }
    dates
        .into_iter()
        .map(|(date, articles)| {
            let points = key_points(&articles, &settings.key_points);
            brief::assemble(date, articles, points, engines)
        })
        .collect()
}

/// Times a stage and logs it when it ends.
struct Clock {
    stage: &'static str,
    unit: &'static str,
    started: Instant,
}

impl Clock {
    fn start(stage: &'static str, unit: &'static str) -> Self {
        Self { stage, unit, started: Instant::now() }
    }

    fn stop(self, count: usize) -> StageTime {
        let time = self.started.elapsed();
        let seconds = time.as_secs_f64();
        let rate = count as f64 / seconds.max(1e-9);
        tracing::info!("{}: {count} {} in {seconds:.2} s ({rate:.1}/s)", self.stage, self.unit);
        StageTime { stage: self.stage, count, unit: self.unit, time }
    }
}
