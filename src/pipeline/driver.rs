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
use crate::check::check_articles;
use crate::ingest::{self, BriefDate, Inbox, IngestError};
use crate::keypoints::key_points;
use crate::segment;
use crate::setback::{Setback, Stage};
use crate::summarise::{SummarisedArticle, Summariser, summarise_articles};
use crate::translate::{BilingualArticle, KeptReason, Origin, Translator, translate_articles};

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

/// Stages 2 to 8: briefs for every date of the inbox, written below `output`.
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
    outputs::write_all(output, &briefs, &settings.site, &mut report)?;
    report.times.push(clock.stop(briefs.len()));
    Ok(report)
}

/// Stages 2 to 5.
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
    let tell = &mut |done| stage.reach(done);
    let bilingual = translate_articles(segmented, models.translator, &settings.translate, tell);
    drop(stage);
    report.times.push(clock.stop(sentences));
    for article in &bilingual {
        report.kept_german += count(article, |origin| matches!(origin, Origin::Kept(_)));
        report.setbacks.extend(engine_setback(article));
    }

    let clock = Clock::start("check", "sentences");
    let bilingual = check_articles(bilingual, &settings.check);
    report.times.push(clock.stop(sentences));

    let articles = bilingual.len();
    let clock = Clock::start("summarise", "articles");
    let mut stage = progress.stage("summarise", "articles", articles);
    let tell = &mut |done| stage.reach(done);
    let summarised = summarise_articles(bilingual, models.summariser, &settings.summarise, tell);
    drop(stage);
    report.times.push(clock.stop(articles));
    summarised
}

fn count(article: &BilingualArticle, is: impl Fn(Origin) -> bool) -> usize {
    article.translations.iter().filter(|translation| is(translation.origin)).count()
}

/// A poor translation is marked in the brief; an engine that fails is the operator's concern.
fn engine_setback(article: &BilingualArticle) -> Option<Setback> {
    let failed = count(article, |origin| origin == Origin::Kept(KeptReason::EngineError));
    (failed > 0).then(|| Setback {
        path: article.article.source.path.clone(),
        stage: Stage::Translate,
        reason: format!(
            "the translation engine failed on {failed} sentences, which stand in German"
        ),
        remedy: "The engine's own message is in the log; check the model folder.".to_owned(),
    })
}

/// Stages 6 and 7, date by date.
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
