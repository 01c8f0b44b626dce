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
//! and a key point's own id. On the site a sentence stands on the page of its
//! article, `articles/<article id>.html`.

mod anchor;
mod atom;
mod error;
mod html;
mod index;
mod index_markdown;
mod json;
mod markdown;
mod notes;
mod options;
mod text;
mod wording;

pub use error::RenderError;
pub use index::{IndexEntry, IndexKeyPoint, render_index};
pub use options::SiteOptions;

use crate::brief::DayBrief;
use crate::exchange::{ExchangeFormat, export};

/// The JSON Schema of `brief.json`.
pub const BRIEF_SCHEMA: &str = include_str!("brief.schema.json");

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where, relative to the folder it is rendered for and parted by `/`, such as
    /// `brief.md` or `articles/0123456789ab.html`; never outside that folder.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

impl Rendered {
    fn new(name: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: contents.into() }
    }
}

/// A format of one file: its name, and the function that fills it.
type Format = (&'static str, fn(&DayBrief) -> Result<Vec<u8>, RenderError>);

const FORMATS: [Format; 5] = [
    ("brief.md", markdown::bilingual),
    ("brief.en.md", markdown::english),
    ("brief.tmx", |brief| exchange(brief, ExchangeFormat::Tmx)),
    ("brief.xlf", |brief| exchange(brief, ExchangeFormat::Xliff)),
    // The last one: a brief whose JSON is new has all its files.
    ("brief.json", json::brief),
];

fn exchange(brief: &DayBrief, format: ExchangeFormat) -> Result<Vec<u8>, RenderError> {
    export(brief, format).map_err(RenderError::Xml)
}

/// All files of one date, for the date's folder.
///
/// # Errors
/// See [`RenderError`]; none of them is the brief's fault.
pub fn render_day(brief: &DayBrief) -> Result<Vec<Rendered>, RenderError> {
    let mut files = html::day(brief)?;
    for (name, format) in FORMATS {
        files.push(Rendered::new(name, format(brief)?));
    }
    Ok(files)
}
