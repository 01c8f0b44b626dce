//! Taking away what is old: briefs whose articles have left the inbox, and
//! answers that nothing asks for any more.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;

use super::chronicle::Chronicle;
use super::driver::{Job, PipelineError};
use super::issue::{Desk, Issue};
use super::listing::Listing;
use super::memory::Memory;
use super::outputs;
use super::report::Report;
use crate::ingest::BriefDate;
use crate::segment;
use crate::store::Kept;

/// What was removed, or would be.
#[derive(Debug, Clone, Default)]
pub struct Pruned {
    /// Folders of old briefs.
    pub briefs: Vec<PathBuf>,
    /// Old briefs that stay, because the inbox still has articles of theirs.
    pub in_inbox: Vec<String>,
    /// Answers of the models.
    pub answers: Kept,
}

/// Removes briefs dated before `first`, and answers kept before it that the inbox
/// does not ask for. A brief stays while the inbox has articles of its date: the
/// next run would write it again. With `rehearse`, nothing is removed.
///
/// # Errors
/// [`PipelineError`] if a file or the store cannot be changed.
pub fn prune(
    inbox: &Listing,
    job: &Job<'_>,
    first: Date,
    rehearse: bool,
) -> Result<Pruned, PipelineError> {
    let place = super::driver::place(job.output);
    let desk = Desk { store: job.store, output: job.output, place: &place };
    let mut pruned = Pruned::default();
    let dates: Vec<BriefDate> = inbox.articles.iter().map(|article| article.date).collect();
    for (folder, issue) in Issue::all(&desk)? {
        if !is_before(&folder, first) {
            continue;
        }
        if dates.iter().any(|date| date.to_string() == folder) {
            pruned.in_inbox.push(folder);
            continue;
        }
        pruned.briefs.push(job.output.join(&folder));
        if !rehearse {
            outputs::remove_brief(job.output, &folder, &issue, &mut Report::default())?;
            Issue::forget(&desk, &folder)?;
        }
    }
    pruned.answers = prune_answers(inbox, job, first, rehearse)?;
    if !rehearse {
        Chronicle::read(&desk)?.follow_up(&desk, &mut Report::default())?;
        outputs::write_index(&desk, job, &mut Report::default())?;
    }
    Ok(pruned)
}

/// Whether a brief's folder names a date before `first`; undated ones never do.
fn is_before(folder: &str, first: Date) -> bool {
    let day = match folder.len() {
        7 => format!("{folder}-01"),
        _ => folder.to_owned(),
    };
    let day: Option<Date> = day.parse().ok();
    // A month is over when its last day is.
    let last = day.map(|day| if folder.len() == 7 { day.last_of_month() } else { day });
    last.is_some_and(|day| day < first)
}

fn prune_answers(
    inbox: &Listing,
    job: &Job<'_>,
    first: Date,
    rehearse: bool,
) -> Result<Kept, PipelineError> {
    let memory = Memory::new(job);
    let mut wanted = BTreeSet::new();
    for article in inbox.articles.iter().filter_map(|it| it.read(job.settings).ok()) {
        wanted.extend(memory.keys_of(segment::segment(article))?);
    }
    Ok(job.store.drop_answers(first, &|key| wanted.contains(key), rehearse)?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_before_a_day() {
        let first = date(2025, 3, 12);
        for (folder, before) in [
            ("2025-03-11", true),
            ("2025-03-12", false),
            ("2025-02", true),
            ("2025-03", false),
            ("undated", false),
        ] {
            assert_eq!(is_before(folder, first), before, "{folder}");
        }
    }
}
