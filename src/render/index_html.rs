//! `index.html`.

use serde::Serialize;

use super::index::{HEADLINES, IndexEntry};
use super::page::{HeadlineView, headline};
use super::{RenderError, html, wording};

#[derive(Debug, Serialize)]
struct IndexPage<'a> {
    contents: String,
    label: &'static str,
    dates: Vec<DateView<'a>>,
}

#[derive(Debug, Serialize)]
struct DateView<'a> {
    folder: String,
    date: String,
    contents: String,
    headlines: Vec<HeadlineView<'a>>,
    more: usize,
}

/// The list of all briefs, in the order given.
pub(super) fn index(entries: &[&IndexEntry]) -> Result<Vec<u8>, RenderError> {
    let page = IndexPage {
        contents: wording::count(entries.len(), "brief"),
        label: wording::LABEL,
        dates: entries.iter().map(|entry| date(entry)).collect(),
    };
    html::fill("index.html", &page)
}

fn date(entry: &IndexEntry) -> DateView<'_> {
    DateView {
        folder: entry.date.to_string(),
        date: wording::heading_date(entry.date),
        contents: wording::contents(entry.headlines.len(), entry.key_points),
        headlines: entry.headlines.iter().take(HEADLINES).map(headline).collect(),
        more: entry.headlines.len().saturating_sub(HEADLINES),
    }
}
