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
use crate::pipeline::{self, RUN_FILE, Stop, summary};
use crate::store::{Lock, Store};

/// Width of the first column.
const NAME: usize = 11;

/// Prints the state of things: the last run as it reported itself, then what is
/// now.
pub(super) fn execute(args: &WorkArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let place = Place::new(args, shared)?;
    let mut text = last_run(&place);
    if let Some(holder) = Lock::holder(&place.store) {
        say(&mut text, "Now", &format!("at work: {holder}"));
        write_result(&text)?;
        return Ok(Exit::Done);
    }
    let session = place.look("status")?;
    remembered(&mut text, &place, &session)?;
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let (articles, setbacks) = (inbox.articles.len(), inbox.setbacks.len());
    let shown = place.config.inbox.display();
    say(&mut text, "Inbox", &format!("{shown}: {articles} articles, {setbacks} setbacks"));
    let stop = Stop::new();
    let job = session.job(&place, &models, &stop);
    say(&mut text, "Next run", &pipeline::rehearse(inbox, &job)?.to_string());
    write_result(&text)?;
    Ok(Exit::Done)
}

fn say(text: &mut String, name: &str, what: &str) {
    let _ = writeln!(text, "{name:NAME$}{what}");
}

fn last_run(place: &Place) -> String {
    let file = place.config.output.join(RUN_FILE);
    let run: Option<Value> =
        fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(run) = run else { return format!("{:NAME$}none is known\n", "Last run") };
    let lines = summary(&run).into_iter().map(|line| format!("  {line}\n"));
    format!("Last run\n{}", lines.collect::<String>())
}

fn remembered(text: &mut String, place: &Place, session: &Session) -> anyhow::Result<()> {
    if !Store::exists(&place.store) {
        say(text, "Store", &format!("none yet; it will be in {}", place.store.display()));
        return Ok(());
    }
    let last: Option<i64> = session.store.record(LAST_SUCCESS)?;
    if let Some(time) = last.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        say(text, "Success", &format!("last on {time}"));
    }
    let tally = session.store.tally()?;
    let size = tally.bytes.unwrap_or_default() as f64 / f64::from(1 << 20);
    let path = session.store.path().display();
    say(text, "Store", &format!("{path}: {} answers, {size:.1} MiB", tally.answers));
    Ok(())
}
