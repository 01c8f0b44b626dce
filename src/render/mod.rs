//! Stage 8, *render*: [`DayBrief`] → bytes of files.
//!
//! In: one brief ([`render_day`]), or the list of all ([`render_index`]). Out:
//! [`Rendered`] files, a pure function of the brief: no clock, no path, no hash
//! order. What can go wrong: see [`RenderError`]. Nothing is written here;
//! [`pipeline`](crate::pipeline) does that.
//!
//! Whatever comes from an article is text and stays text: every format escapes
//! it in one place (`markdown::escape`, and the template engine's formatter for
//! HTML), so that no article can make markup, a link or a table cell.
//!
//! Anchors are the same in every format: `a-<article id>`, `s-<segment id>`,
//! and a key point's own id.

mod anchor;
mod error;
mod html;
mod index;
mod index_html;
mod index_markdown;
mod json;
mod markdown;
mod notes;
mod page;
mod text;
mod wording;

pub use error::RenderError;
pub use index::{IndexEntry, render_index};
pub use notes::LOW_SCORE;

use crate::brief::DayBrief;

/// The JSON Schema of `brief.json`.
pub const BRIEF_SCHEMA: &str = include_str!("brief.schema.json");

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// File name within the brief's folder, such as `brief.md`.
    pub name: &'static str,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// A format: the name of its file, and the function that fills it.
type Format = (&'static str, fn(&DayBrief) -> Result<Vec<u8>, RenderError>);

const FORMATS: [Format; 4] = [
    ("brief.md", markdown::bilingual),
    ("brief.en.md", markdown::english),
    ("brief.html", html::brief),
    ("brief.json", json::brief),
];

/// All files of one date, for the date's folder.
///
/// # Errors
/// See [`RenderError`]; none of them is the brief's fault.
pub fn render_day(brief: &DayBrief) -> Result<Vec<Rendered>, RenderError> {
    FORMATS.iter().map(|&(name, format)| Ok(Rendered { name, bytes: format(brief)? })).collect()
}
