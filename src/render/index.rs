//! The list of all briefs: `index.md` and `index.html`.

use std::cmp::Reverse;

use serde::Deserialize;

use crate::brief::{DayBrief, Headline};
use crate::ingest::BriefDate;

use super::{RenderError, Rendered, index_html, index_markdown};

/// The most headlines of one date that the list shows; it says how many more
/// the brief has.
pub(super) const HEADLINES: usize = 12;

/// One date in the list of all briefs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// The date; its `Display` is the folder's name.
    pub date: BriefDate,
    /// How many key points the brief has.
    pub key_points: usize,
    /// The headlines, one for each article, as the brief lists them.
    pub headlines: Vec<Headline>,
}

/// What the list needs of a `brief.json`, so that the rest need not be read.
#[derive(Deserialize)]
struct StoredBrief {
    date: BriefDate,
    headlines: Vec<Headline>,
    key_points: Vec<serde::de::IgnoredAny>,
}

/// Read first: a brief of another version may have none of the other fields.
#[derive(Deserialize)]
struct StoredSchema {
    schema: u32,
}

impl IndexEntry {
    /// The entry of a brief of this run.
    #[must_use]
    pub fn from_brief(brief: &DayBrief) -> Self {
        Self {
            date: brief.date,
            key_points: brief.key_points.len(),
            headlines: brief.headlines.clone(),
        }
    }

    /// The entry of an earlier brief, from the bytes of its `brief.json`.
    ///
    /// # Errors
    /// When the bytes are no brief, or one of another schema.
    pub fn from_json(bytes: &[u8]) -> Result<Self, RenderError> {
        let StoredSchema { schema } =
            serde_json::from_slice(bytes).map_err(RenderError::ReadJson)?;
        // What the list needs has been the same since the first version.
        if !(1..=DayBrief::SCHEMA).contains(&schema) {
            return Err(RenderError::Schema { found: schema, known: DayBrief::SCHEMA });
        }
        let stored: StoredBrief = serde_json::from_slice(bytes).map_err(RenderError::ReadJson)?;
        Ok(Self {
            date: stored.date,
            key_points: stored.key_points.len(),
            headlines: stored.headlines,
        })
    }
}

/// The files of the outputs folder itself: all dates, the newest first. A month
/// without a day follows the days of that month; undated articles come last.
/// Of several entries for one date the first counts.
///
/// # Errors
/// See [`RenderError`].
pub fn render_index(entries: &[IndexEntry]) -> Result<Vec<Rendered>, RenderError> {
    let mut entries: Vec<&IndexEntry> = entries.iter().collect();
    entries.sort_by_key(|entry| Reverse(entry.date));
    entries.dedup_by_key(|entry| entry.date);
    Ok(vec![
        Rendered { name: "index.md", bytes: index_markdown::index(&entries) },
        Rendered { name: "index.html", bytes: index_html::index(&entries)? },
    ])
}
