//! `tagesbrief run`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;

use super::args::{RunArgs, SharedArgs};
use super::engines::LazyModels;
use super::environment;
use super::exit::{Exit, is_held};
use super::output::write_result;
use super::progress::Console;
use super::session::{Place, Session};
use crate::ingest;
use crate::pipeline::{
    self, Circumstances, Job, ModelSource, Outcome, RUN_FILE, Report, Stop, last_success, metrics,
    run_json, summary,
};
use crate::support::fs::write_if_changed;

/// The record of when a run last came to its end, in seconds since 1970.
pub(super) const LAST_SUCCESS: &str = "last success";

/// Runs the pipeline, names every setback on standard error, and leaves a report
/// however the run ends.
pub(super) fn execute(
    args: &RunArgs,
    shared: &SharedArgs,
    console: &Console,
) -> anyhow::Result<Exit> {
    let begun = Begun { clock: Timestamp::now(), watch: Instant::now() };
    let place = Place::new(&args.work, shared)?;
    if args.dry_run {
        ingest::check_inbox(&place.config.inbox)?;
        return rehearse(args, &place, console);
    }
    let stop = environment::stop_on_signals().context("cannot listen to signals")?;
    let metrics_file = args.metrics.as_deref().unwrap_or(&place.config.metrics);
    // The inbox is looked at first: a typing error should make nothing.
    let inbox = ingest::check_inbox(&place.config.inbox).map_err(Into::into);
    let session = match inbox.and_then(|()| place.open("run")) {
        Ok(session) => session,
        Err(error) => {
            if !is_held(&error) {
                let facts = begun.end(&place, Outcome::Failed, Some(&error));
                // Should it fail, too, then the error itself is the one to tell.
                drop(leave_metrics(metrics_file, &Report::default(), &facts, None));
            }
            return Err(error);
        }
    };
    let mut report = Report::default();
    let models = LazyModels::new(&place.config);
    let ended = match &models {
        Ok(models) => night(args, &place, &session, models, &stop, console, &mut report),
        Err(error) => Err(anyhow::anyhow!("{error}")),
    };
    let mut facts = begun.end(&place, outcome(&ended, &report), ended.as_ref().err());
    facts.arithmetic = models.as_ref().map_or("", |models| models.arithmetic()).to_owned();
    let engines = models.as_ref().ok().map(ModelSource::info);
    let output = &place.config.output;
    let json = run_json(&report, &facts, engines, &session.settings, output);
    let left = leave(&output.join(RUN_FILE), &json);
    let measured = measure(metrics_file, &session, &report, &facts);
    for setback in &report.setbacks {
        console.setback(setback);
    }
    let lines = serde_json::from_slice(&json).map(|run| summary(&run)).unwrap_or_default();
    // The setbacks are named already, with their remedies.
    for line in lines.iter().filter(|line| !line.starts_with("setback")) {
        tracing::info!("{line}");
    }
    // The first thing that went wrong is the one to tell.
    ended.and(left).and(measured)?;
    tracing::info!("{report}");
    Ok(if facts.outcome == Outcome::Done { Exit::Done } else { Exit::Setbacks })
}

/// When a run began.
struct Begun {
    clock: Timestamp,
    watch: Instant,
}

impl Begun {
    /// The circumstances of a run that ends now.
    fn end(&self, place: &Place, outcome: Outcome, error: Option<&anyhow::Error>) -> Circumstances {
        Circumstances {
            started: format!("{:.0}", self.clock),
            seconds: self.watch.elapsed().as_secs_f64(),
            outcome,
            error: error.map(|error| format!("{error:#}")),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            software: environment::program_hash().to_owned(),
            arithmetic: String::new(),
            threads: place.config.threads,
            peak_memory_bytes: environment::peak_memory(),
        }
    }
}

fn night(
    args: &RunArgs,
    place: &Place,
    session: &Session,
    models: &LazyModels<'_>,
    stop: &Stop,
    console: &Console,
    report: &mut Report,
) -> anyhow::Result<()> {
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let job = Job { retry: args.retry, progress: console, ..session.job(place, models, stop) };
    Ok(pipeline::run(inbox, &job, report)?)
}

fn rehearse(args: &RunArgs, place: &Place, console: &Console) -> anyhow::Result<Exit> {
    let session = place.look("a dry run")?;
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let setbacks = inbox.setbacks.clone();
    let stop = Stop::new();
    let job = Job { retry: args.retry, progress: console, ..session.job(place, &models, &stop) };
    write_result(&format!("{}\n", pipeline::rehearse(inbox, &job)?))?;
    for setback in &setbacks {
        console.setback(setback);
    }
    Ok(if setbacks.is_empty() { Exit::Done } else { Exit::Setbacks })
}

fn outcome(ended: &anyhow::Result<()>, report: &Report) -> Outcome {
    match ended {
        Err(_) => Outcome::Failed,
        Ok(()) if report.stopped => Outcome::Stopped,
        Ok(()) if !report.setbacks.is_empty() => Outcome::Setbacks,
        Ok(()) => Outcome::Done,
    }
}

fn leave(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_if_changed(path, bytes).map(drop).with_context(|| {
        format!("cannot write {}; check its permissions and the free space", path.display())
    })
}

/// Writes the metrics, if a file is named, and notes a success for the next.
fn measure(
    file: &Path,
    session: &Session,
    report: &Report,
    facts: &Circumstances,
) -> anyhow::Result<()> {
    if matches!(facts.outcome, Outcome::Done | Outcome::Setbacks) {
        session.store.put_record(LAST_SUCCESS, &Timestamp::now().as_second())?;
    }
    leave_metrics(file, report, facts, session.store.record(LAST_SUCCESS).unwrap_or_default())
}

/// Writes the metrics. Where the store cannot tell when a run last succeeded, the
/// file of last time does.
fn leave_metrics(
    file: &Path,
    report: &Report,
    facts: &Circumstances,
    last: Option<i64>,
) -> anyhow::Result<()> {
    if file.as_os_str().is_empty() {
        return Ok(());
    }
    let told = || last_success(&fs::read_to_string(file).unwrap_or_default());
    leave(file, metrics(report, facts, last.or_else(told)).as_bytes())
}
