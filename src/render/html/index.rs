//! `index.html` as its template sees it.

use serde::Serialize;

use crate::ingest::BriefDate;
use crate::render::index::IndexEntry;
use crate::render::wording;

use super::calendar::{Month, Weeks, month_of, weeks};
use super::view::{HeadlineView, Place, headline};

/// The most headlines of the newest date.
const NEWEST: usize = 12;

/// The most headlines of every other date: the page holds years.
const OLDER: usize = 5;

/// All of `index.html`.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    contents: String,
    label: &'static str,
    search: String,
    months: Vec<MonthView<'a>>,
}

/// The dates of one month, or those that have none.
#[derive(Debug, Serialize)]
struct MonthView<'a> {
    anchor: String,
    name: String,
    weeks: Weeks,
    dates: Vec<DateView<'a>>,
}

#[derive(Debug, Serialize)]
struct DateView<'a> {
    folder: String,
    date: String,
    contents: String,
    update: Option<String>,
    overview: Option<&'a str>,
    headlines: Vec<HeadlineView<'a>>,
    more: usize,
}

impl<'a> Page<'a> {
    /// The page over `entries`, in their order, which searches `files`.
    pub(super) fn new(entries: &[&'a IndexEntry], files: &[&str]) -> Self {
        let newest = entries.first().map(|entry| entry.date);
        Self {
            contents: wording::count(entries.len(), "brief"),
            label: wording::LABEL,
            search: files.join(" "),
            months: entries
                .chunk_by(|one, next| month_of(one.date) == month_of(next.date))
                .map(|entries| month(entries, newest))
                .collect(),
        }
    }
}

fn month<'a>(entries: &[&'a IndexEntry], newest: Option<BriefDate>) -> MonthView<'a> {
    let month = entries.first().and_then(|entry| month_of(entry.date));
    MonthView {
        anchor: month.map_or_else(|| "undated".to_owned(), |(y, m)| format!("m-{y:04}-{m:02}")),
        name: month.map_or_else(|| "Without a date".to_owned(), month_name),
        weeks: month.map(|month| weeks(month, entries)).unwrap_or_default(),
        dates: entries
            .iter()
            .map(|entry| date(entry, if newest == Some(entry.date) { NEWEST } else { OLDER }))
            .collect(),
    }
}

fn month_name((year, month): Month) -> String {
    jiff::civil::Date::new(year, month, 1)
        .map_or_else(|_| format!("{year:04}-{month:02}"), |day| day.strftime("%B %Y").to_string())
}

fn date(entry: &IndexEntry, most: usize) -> DateView<'_> {
    let folder = entry.date.to_string();
    let way = format!("{folder}/");
    let place = Place { folder: &way, own: None };
    DateView {
        date: wording::heading_date(entry.date),
        contents: wording::contents(entry.headlines.len(), entry.key_points.len()),
        update: wording::update(&entry.edition),
        overview: entry.overview.first().map(String::as_str),
        headlines: entry.headlines.iter().take(most).map(|line| headline(line, place)).collect(),
        more: entry.headlines.len().saturating_sub(most),
        folder,
    }
}
