//! A night: the stages, one after the other, some dates at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use thiserror::Error;

use super::chronicle::{Chronicle, name_of, told};
use super::english::{Bars, Worked, english};
use super::issue::{Corrected, Desk, Issue, Recipe, with_edition};
use super::listing::{Listed, Listing};
use super::memory::Memory;
use super::models::ModelSource;
use super::outputs::{self, OutputError};
use super::plan::{Due, Plan, Work, plan};
use super::progress::Progress;
use super::report::{Report, StageName};
use super::settings::Settings;
use super::stop::Stop;
use crate::brief::{self, DayBrief, Told};
use crate::check::Corrections;
use crate::ingest::{ArticleId, BriefDate, IngestError};
use crate::keypoints::key_points;
use crate::model::ModelError;
use crate::setback::{Setback, Stage};
use crate::store::{Store, StoreError};
use crate::summarise::SummarisedArticle;
use crate::translate::{BilingualArticle, KeptReason, Origin};

/// Dates are taken together until they have so many sentences: enough to fill
/// the models' batches, and all that is in memory at a time.
const SENTENCES_AT_A_TIME: usize = 2_000;

/// All that a run needs besides the inbox.
pub struct Job<'j> {
    /// Folder for the briefs.
    pub output: &'j Path,
    /// What the stages are told.
    pub settings: &'j Settings,
    /// The engines.
    pub models: &'j dyn ModelSource,
    /// What is remembered.
    pub store: &'j Store,
    /// Names this very program: another one makes the briefs anew, and tries again
    /// what this one failed at.
    pub software: &'j str,
    /// Whether to try again what failed before, all the same.
    pub retry: bool,
    /// Asked after every batch and before every brief.
    pub stop: &'j Stop,
    /// Told how far the stages are.
    pub progress: &'j dyn Progress,
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
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A model cannot be loaded.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Why the work is broken off.
pub(super) enum Halt {
    Stopped,
    Failed(PipelineError),
}

impl<E: Into<PipelineError>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What [`run`] would have to do.
///
/// # Errors
/// [`PipelineError::Store`].
pub fn rehearse(inbox: Listing, job: &Job<'_>) -> Result<Work, PipelineError> {
    let place = place(job.output);
    let desk = Desk { store: job.store, output: job.output, place: &place };
    Ok(plan(inbox.articles, job, &desk, &Memory::new(job))?.work)
}

/// Stages 2 to 8 for every date of the inbox that is due: briefs below the output
/// folder. What it did stands in `report`, also if it fails. An article that fails
/// is not an error but a setback in the report.
///
/// # Errors
/// See [`PipelineError`]; the next run goes on where this one failed.
pub fn run(inbox: Listing, job: &Job<'_>, report: &mut Report) -> Result<(), PipelineError> {
    report.stage(StageName::Ingest).add(inbox.articles.len(), 0, inbox.time);
    report.setbacks.extend(inbox.setbacks);
    let ended = night(inbox.articles, job, report);
    report.briefs.sort();
    report.setbacks.sort();
    match ended {
        Ok(()) => Ok(()),
        Err(Halt::Stopped) => {
            report.stopped = true;
            Ok(())
        }
        Err(Halt::Failed(error)) => Err(error),
    }
}

fn night(articles: Vec<Listed>, job: &Job<'_>, report: &mut Report) -> Result<(), Halt> {
    outputs::prepare(job.output).map_err(PipelineError::from)?;
    let place = place(job.output);
    let desk = Desk { store: job.store, output: job.output, place: &place };
    let memory = Memory::new(job);

    let started = Instant::now();
    let Plan { due, current, superseded, inputs, held, stale, work } =
        plan(articles, job, &desk, &memory)?;
    let tonight = Tonight { job, desk, memory, stale };
    report.stage(StageName::Plan).add(due.len(), current.len(), started.elapsed());
    announce(&work, &inputs);
    let mut bars = Bars::new(job, work.sentences, work.articles);
    (report.inputs, report.work) = (inputs, work);
    for (date, issue) in current {
        report.unchanged += issue.files.len();
        note(report, date, &issue);
    }
    let mut chronicle = Chronicle::read(&desk)?;
    for dates in some_at_a_time(due) {
        unless_stopped(job)?;
        make(dates, &tonight, &mut chronicle, &mut bars, report)?;
    }
    for (folder, issue) in superseded {
        outputs::remove_brief(job.output, &folder, &issue, report).map_err(PipelineError::from)?;
        Issue::forget(&desk, &folder)?;
        chronicle.forget(&folder);
    }
    chronicle.follow_up(&desk, report)?;
    let started = Instant::now();
    outputs::write_index(&desk, job, report)?;
    report.stage(StageName::Render).add(0, 0, started.elapsed());
    desk.store.put_record(&desk.name("inputs", ""), &held)?;
    Ok(())
}

/// What stays the same all night.
struct Tonight<'n> {
    job: &'n Job<'n>,
    desk: Desk<'n>,
    memory: Memory<'n>,
    /// Corrections, by their German, that no sentence of the inbox is written like.
    stale: BTreeSet<String>,
}

/// The output folder's real path names its records in the store.
pub(super) fn place(output: &Path) -> String {
    let real = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    real.canonicalize().unwrap_or(real).to_string_lossy().into_owned()
}

fn announce(work: &Work, inputs: &super::inputs::Inputs) {
    tracing::info!("plan: {work}");
    for it in &inputs.moved {
        tracing::info!("moved: {} is {} now", it.from, it.to);
    }
    for path in &inputs.edited {
        tracing::info!("edited: {path}");
    }
    for path in &inputs.gone {
        tracing::info!("gone: {path}; a date of which nothing is left keeps its brief");
    }
}

/// Parts the dates, in order, where enough sentences are together.
fn some_at_a_time(due: Vec<Due>) -> Vec<Vec<Due>> {
    let mut parts: Vec<Vec<Due>> = Vec::new();
    let mut sentences = 0;
    for date in due {
        match parts.last_mut() {
            Some(part) if sentences + date.sentences <= SENTENCES_AT_A_TIME => {
                sentences += date.sentences;
                part.push(date);
            }
            _ => {
                sentences = date.sentences;
                parts.push(vec![date]);
            }
        }
    }
    parts
}

/// The briefs of some dates, from their articles to their files.
fn make(
    dates: Vec<Due>,
    tonight: &Tonight<'_>,
    chronicle: &mut Chronicle,
    bars: &mut Bars,
    report: &mut Report,
) -> Result<(), Halt> {
    let Tonight { job, desk, memory, stale } = tonight;
    let mut articles = Vec::new();
    for listed in dates.iter().flat_map(|due| &due.articles) {
        match listed.read(job.settings) {
            Ok(article) => articles.push(article),
            Err(setback) => report.setbacks.push(setback),
        }
    }
    let mut worked = english(articles, stale, job, memory, bars, report)?;
    let started = Instant::now();
    let briefs = dates.len();
    for due in dates {
        let is_other = |it: &Worked| it.article.article.article.brief_date() != due.date;
        let end = worked.iter().position(is_other).unwrap_or(worked.len());
        let own: Vec<Worked> = worked.drain(..end).collect();
        unless_stopped(job)?;
        if own.is_empty() {
            // All its files changed just now; the next run takes them.
            continue;
        }
        let issue = issue(&due, own, tonight, chronicle, report).map_err(PipelineError::from)?;
        issue.keep(desk, due.date)?;
        chronicle.set(due.date, issue.told.clone());
        note(report, due.date, &issue);
    }
    report.stage(StageName::Render).add(briefs, 0, started.elapsed());
    Ok(())
}

fn unless_stopped(job: &Job<'_>) -> Result<(), Halt> {
    if job.stop.is_requested() { Err(Halt::Stopped) } else { Ok(()) }
}

/// Stages 6 to 8 for one date.
fn issue(
    due: &Due,
    worked: Vec<Worked>,
    tonight: &Tonight<'_>,
    chronicle: &Chronicle,
    report: &mut Report,
) -> Result<Issue, OutputError> {
    let job = tonight.job;
    let setbacks = worked.iter().flat_map(setbacks).collect();
    let articles: Vec<SummarisedArticle> = worked.into_iter().map(|it| it.article).collect();
    let corrections = corrected(&articles, &tonight.stale, &job.settings.check.corrections);
    let ids: Vec<ArticleId> = articles.iter().map(|it| it.article.article.id.clone()).collect();
    let kept =
        |article: &SummarisedArticle| count(&article.article, |it| matches!(it, Origin::Kept(_)));
    let kept_german = articles.iter().map(kept).sum();
    let before = chronicle.before(due.date);
    let brief = brief_of(due.date, articles, job, due.earlier.as_ref(), &before);
    let mut findings = BTreeMap::new();
    for pair in brief.articles.iter().flat_map(|article| &article.pairs) {
        for finding in pair.check.findings() {
            *findings.entry(finding.kind).or_default() += 1;
        }
    }
    let files = outputs::write_brief(job.output, &brief, due.earlier.as_ref(), report)?;
    Ok(Issue {
        recipe: Recipe::of(job),
        text: due.text.clone(),
        articles: ids.into_iter().collect(),
        edition: brief.edition.clone(),
        files,
        setbacks,
        kept_german,
        findings,
        told: told(&brief),
        told_before: name_of(&before),
        corrections,
    })
}

/// Stages 6 and 7 for one date.
pub(super) fn brief_of(
    date: BriefDate,
    articles: Vec<SummarisedArticle>,
    job: &Job<'_>,
    earlier: Option<&Issue>,
    before: &[Told],
) -> DayBrief {
    let points = key_points(&articles, &job.settings.key_points);
    let brief = brief::assemble(date, articles, points, job.models.info());
    brief::relate(with_edition(brief, earlier), before)
}

fn corrected(
    articles: &[SummarisedArticle],
    stale: &BTreeSet<String>,
    corrections: &Corrections,
) -> Corrected {
    let articles: Vec<&BilingualArticle> = articles.iter().map(|it| &it.article).collect();
    let placed = corrections.placed(articles.iter().flat_map(|it| it.sources()));
    let near = corrections.near(&placed, &articles);
    Corrected { placed, stale: near.intersection(stale).cloned().collect(), near }
}

/// What an issue adds to the report, made tonight or earlier.
fn note(report: &mut Report, date: BriefDate, issue: &Issue) {
    report.briefs.push((date, issue.articles.len()));
    report.kept_german += issue.kept_german;
    for (kind, count) in &issue.findings {
        *report.findings.entry(*kind).or_default() += count;
    }
    report.setbacks.extend(issue.setbacks.iter().cloned());
    for german in &issue.corrections.stale {
        report.stale_corrections.entry(german.clone()).or_default().insert(date);
    }
}

/// A poor translation is marked in the brief; an engine that fails is the
/// operator's concern.
fn setbacks(worked: &Worked) -> Vec<Setback> {
    let article = &worked.article.article;
    let sentences = count(article, |origin| origin == Origin::Kept(KeptReason::EngineError));
    let setback = |stage, reason| {
        Setback {
        path: article.article.source.path.clone(),
        stage,
        reason,
        remedy: "The engine's own message is in the log of the run that met it; check the model \
                 folder. It is tried again when the article or the program changes, or with --retry."
            .to_owned(),
    }
    };
    let mut setbacks = Vec::new();
    if sentences > 0 {
        setbacks.push(setback(
            Stage::Translate,
            format!(
                "the translation engine failed on {sentences} sentences, which stand in German"
            ),
        ));
    }
    if worked.failed_windows > 0 {
        setbacks.push(setback(
            Stage::Summarise,
            "the summarisation engine failed; the summary is of the article's own sentences"
                .to_owned(),
        ));
    }
    setbacks
}

fn count(article: &BilingualArticle, is: impl Fn(Origin) -> bool) -> usize {
    article.translations.iter().filter(|translation| is(translation.origin)).count()
}
