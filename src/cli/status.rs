//! `tagesbrief status`: what a run would do, and what is remembered.

use std::fmt::Write;
use std::fs;

use jiff::Timestamp;
use serde_json::Value;

use super::args::{SharedArgs, WorkArgs};
use super::engines::LazyModels;
use super::exit::Exit;
use super::output::write_result;
use super::run::LAST_SUCCESS;
use super::session::{Place, Session};
use crate::pipeline::{self, Job, NoProgress, RUN_FILE, Stop};
use crate::store::Lock;

/// Prints the state of things.
pub(super) fn execute(args: &WorkArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let place = Place::new(args, shared)?;
    let mut text = last_run(&place);
    if let Some(holder) = Lock::holder(&place.store) {
        let _ = writeln!(text, "Now       at work: {holder}");
        write_result(&text)?;
        return Ok(Exit::Done);
    }
    let session = place.open("status")?;
    text.push_str(&remembered(&session)?);
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let _ = writeln!(
        text,
        "Inbox     {}: {} articles, {} setbacks",
        place.config.inbox.display(),
        inbox.articles.len(),
        inbox.setbacks.len()
    );
    let job = Job {
        output: &place.config.output,
        settings: &session.settings,
        models: &models,
        store: &session.store,
        software: &session.software,
        retry: false,
        stop: &Stop::new(),
        progress: &NoProgress,
    };
    let _ = writeln!(text, "Next run  {}", pipeline::rehearse(inbox, &job)?);
    write_result(&text)?;
    Ok(Exit::Done)
}

fn last_run(place: &Place) -> String {
    let file = place.config.output.join(RUN_FILE);
    let run: Option<Value> =
        fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(run) = run else { return "Last run  none is known\n".to_owned() };
    let field = |name: &str| run[name].as_str().unwrap_or("unknown").to_owned();
    let mut text = format!(
        "Last run  {}, {}, {:.1} s, {} setbacks\n",
        field("started"),
        field("outcome"),
        run["seconds"].as_f64().unwrap_or_default(),
        run["setbacks"].as_array().map_or(0, Vec::len)
    );
    if let Some(error) = run["error"].as_str() {
        let _ = writeln!(text, "          {error}");
    }
    text
}

fn remembered(session: &Session) -> anyhow::Result<String> {
    let tally = session.store.tally()?;
    let mut text = String::new();
    let last: Option<i64> = session.store.record(LAST_SUCCESS)?;
    if let Some(time) = last.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        let _ = writeln!(text, "Success   last on {time}");
    }
    let _ = writeln!(
        text,
        "Store     {}: {} answers, {:.1} MiB",
        session.store.path().display(),
        tally.answers,
        tally.bytes.unwrap_or_default() as f64 / f64::from(1 << 20)
    );
    Ok(text)
}
