//! `tagesbrief run`.

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;

use super::args::{RunArgs, SharedArgs};
use super::engines::LazyModels;
use super::environment;
use super::exit::Exit;
use super::output::write_result;
use super::progress::Console;
use super::session::{Place, Session};
use crate::ingest;
use crate::pipeline::{
    self, Circumstances, Job, ModelSource, Outcome, RUN_FILE, Report, metrics, run_json,
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
    let (clock, started) = (Timestamp::now(), Instant::now());
    let place = Place::new(&args.work, shared)?;
    // The inbox is looked at first: a typing error should make nothing.
    ingest::check_inbox(&place.config.inbox)?;
    let session = place.open("run")?;
    if args.dry_run {
        return rehearse(args, &place, &session, console);
    }
    let mut report = Report::default();
    let models = LazyModels::new(&place.config);
    let ended = match &models {
        Ok(models) => night(args, &place, &session, models, console, &mut report),
        Err(error) => Err(anyhow::anyhow!("{error}")),
    };
    let facts = Circumstances {
        started: format!("{clock:.0}"),
        seconds: started.elapsed().as_secs_f64(),
        outcome: outcome(&ended, &report),
        error: ended.as_ref().err().map(|error| format!("{error:#}")),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        software: session.software.clone(),
        arithmetic: models.as_ref().map_or("", |models| models.arithmetic()).to_owned(),
        peak_memory_bytes: environment::peak_memory(),
    };
    let engines = models.as_ref().ok().map(ModelSource::info);
    let output = &place.config.output;
    let json = run_json(&report, &facts, engines, &session.settings, output);
    let left = leave(&output.join(RUN_FILE), &json);
    let metrics_file = args.metrics.as_deref().unwrap_or(&place.config.metrics);
    let measured = measure(metrics_file, &session, &report, &facts);
    for setback in &report.setbacks {
        console.setback(setback);
    }
    // The first thing that went wrong is the one to tell.
    ended.and(left).and(measured)?;
    tracing::info!("{report}");
    Ok(if facts.outcome == Outcome::Done { Exit::Done } else { Exit::Setbacks })
}

fn night(
    args: &RunArgs,
    place: &Place,
    session: &Session,
    models: &LazyModels<'_>,
    console: &Console,
    report: &mut Report,
) -> anyhow::Result<()> {
    let stop = environment::stop_on_signals().context("cannot listen to signals")?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let job = Job {
        output: &place.config.output,
        settings: &session.settings,
        models,
        store: &session.store,
        software: &session.software,
        retry: args.retry,
        stop: &stop,
        progress: console,
    };
    Ok(pipeline::run(inbox, &job, report)?)
}

fn rehearse(
    args: &RunArgs,
    place: &Place,
    session: &Session,
    console: &Console,
) -> anyhow::Result<Exit> {
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let setbacks = inbox.setbacks.clone();
    let job = Job {
        output: &place.config.output,
        settings: &session.settings,
        models: &models,
        store: &session.store,
        software: &session.software,
        retry: args.retry,
        stop: &pipeline::Stop::new(),
        progress: console,
    };
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
    if file.as_os_str().is_empty() {
        return Ok(());
    }
    // A store that broke tonight cannot tell; the metrics then go without.
    let last = session.store.record(LAST_SUCCESS).unwrap_or_default();
    leave(file, metrics(report, facts, last).as_bytes())
}
