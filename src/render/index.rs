//! What stands above the dates: `index.md`, `index.html`, `feed.atom`, and the
//! files that the site's pages share.

use std::cmp::Reverse;

use serde::Deserialize;

use crate::brief::{DayBrief, Edition, Headline};
use crate::ingest::BriefDate;

use super::{RenderError, Rendered, SiteOptions, atom, html, index_markdown};

/// The most headlines of one date that `index.md` shows; it says how many more
/// the brief has.
pub(super) const HEADLINES: usize = 12;

/// One date in the list of all briefs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// The date; its `Display` is the folder's name.
    pub date: BriefDate,
    /// Which issue it is.
    pub edition: Edition,
    /// The sentences of the overview.
    pub overview: Vec<String>,
    /// The key points, as the brief orders them.
    pub key_points: Vec<IndexKeyPoint>,
    /// The headlines, one for each article, as the brief lists them.
    pub headlines: Vec<Headline>,
}

/// A key point in the list of all briefs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IndexKeyPoint {
    /// Its id: the anchor in the brief.
    pub id: String,
    /// The English statement.
    pub text: String,
}

/// What the list needs of a `brief.json`, so that the rest need not be read.
#[derive(Deserialize)]
struct StoredBrief {
    date: BriefDate,
    #[serde(default)]
    edition: Edition,
    headlines: Vec<Headline>,
    overview: Vec<StoredText>,
    key_points: Vec<IndexKeyPoint>,
}

#[derive(Deserialize)]
struct StoredText {
    text: String,
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
            edition: brief.edition.clone(),
            overview: brief.overview.iter().map(|said| said.text.clone()).collect(),
            key_points: brief
                .key_points
                .iter()
                .map(|point| IndexKeyPoint { id: point.id.clone(), text: point.text.clone() })
                .collect(),
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
            edition: stored.edition,
            overview: stored.overview.into_iter().map(|said| said.text).collect(),
            key_points: stored.key_points,
            headlines: stored.headlines,
        })
    }
}

/// The files of the outputs folder itself, over all dates, the newest first. A month
/// without a day follows the days of that month; undated articles come last.
/// Of several entries for one date the first counts.
///
/// # Errors
/// See [`RenderError`].
pub fn render_index(
    entries: &[IndexEntry],
    site: &SiteOptions,
) -> Result<Vec<Rendered>, RenderError> {
    let mut entries: Vec<&IndexEntry> = entries.iter().collect();
    entries.sort_by_key(|entry| Reverse(entry.date));
    entries.dedup_by_key(|entry| entry.date);
    let mut files = html::index(&entries)?;
    files.push(Rendered::new("index.md", index_markdown::index(&entries)));
    files.push(Rendered::new(atom::FILE, atom::feed(&entries, site)?));
    Ok(files)
}
