//! `tagesbrief prune`: removing what is old, after saying what.

use std::fmt::Write;

use anyhow::Context;
use jiff::ToSpan;

use super::args::{PruneArgs, SharedArgs};
use super::engines::LazyModels;
use super::exit::Exit;
use super::output::write_result;
use super::session::Place;
use crate::pipeline::{self, Pruned, Stop};

/// Says what is older than `--keep` days and, with `--yes`, removes it.
pub(super) fn execute(args: &PruneArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let place = Place::new(&args.work, shared)?;
    let mut session = place.open("prune")?;
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let today = session.settings.ingest.today;
    let first = today
        .checked_sub(i64::from(args.keep).days())
        .with_context(|| format!("--keep {}: there is no such day", args.keep))?;
    let stop = Stop::new();
    let job = session.job(&place, &models, &stop);
    let planned = pipeline::prune(&inbox, &job, first, true)?;
    write_result(&description(&planned, first))?;
    if args.yes {
        pipeline::prune(&inbox, &job, first, false)?;
        session.store.compact()?;
        write_result("Removed.\n")?;
    } else {
        write_result("Nothing was removed; say --yes to do it.\n")?;
    }
    Ok(Exit::Done)
}

fn description(pruned: &Pruned, first: jiff::civil::Date) -> String {
    let mut text = format!("Before {first}:\n");
    for folder in &pruned.briefs {
        let _ = writeln!(text, "  brief {}", folder.display());
    }
    if !pruned.in_inbox.is_empty() {
        let _ = writeln!(
            text,
            "  kept, because the inbox has articles of theirs: {}",
            pruned.in_inbox.join(", ")
        );
    }
    let _ = writeln!(
        text,
        "  {} briefs; {} answers of the models, {} stay",
        pruned.briefs.len(),
        pruned.answers.dropped,
        pruned.answers.kept
    );
    text
}
