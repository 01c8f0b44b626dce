//! `check.html`, the checker's list of a date, as its template sees it.

use serde::Serialize;

use crate::brief::DayBrief;
use crate::render::wording;

use super::findings::{EntryView, entry};
use super::view::BRIEF;

/// The most lines of the list: nobody reads more in a day, and the findings
/// beyond are marked in their articles.
const MOST: usize = 500;

/// All of `check.html`.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    date: String,
    label: &'static str,
    checks: String,
    entries: Vec<EntryView<'a>>,
    more: usize,
}

impl<'a> Page<'a> {
    /// The list of `brief`.
    pub(super) fn new(brief: &'a DayBrief) -> Self {
        Self {
            date: wording::heading_date(brief.date),
            label: wording::LABEL,
            checks: wording::checks(&brief.checks),
            entries: worst(brief, MOST),
            more: brief.checklist.len().saturating_sub(MOST),
        }
    }
}

/// The first `most` lines of the checker's list.
pub(super) fn worst(brief: &DayBrief, most: usize) -> Vec<EntryView<'_>> {
    brief.checklist.iter().take(most).filter_map(|line| entry(line, brief, BRIEF)).collect()
}
