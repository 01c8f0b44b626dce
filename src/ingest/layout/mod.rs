//! Normalised text → what each part of it is.
//!
//! The recognisers are tried in a fixed order, the strictest first; each says
//! why it matched:
//!
//! 1. [`stand`]: a scraper's one-line header (`date 2024-10 … Stand: …`);
//! 2. [`dateline`]: a line in the header is a date;
//! 3. [`titled`]: the text opens with a headline;
//! 4. [`plain`]: none of these, every text is at least paragraphs.

mod body;
mod dateline;
mod draft;
mod header;
mod kicker;
pub(crate) mod marks;
mod plain;
mod stand;
mod titled;
mod units;
mod words;

pub(crate) use draft::Draft;
use header::Header;

/// Understands the normalised `text`. Always succeeds; a draft may turn out to
/// hold no paragraph.
pub(crate) fn recognise(text: &str) -> Draft {
    let lines = units::lines(text);
    if let Some(draft) = stand::recognise(text, &lines) {
        return draft.finished(text);
    }
    let units = units::units(text, &lines);
    let header = Header::read(text, &units);
    dateline::recognise(text, &units, &header)
        .or_else(|| titled::recognise(text, &units, &header))
        .unwrap_or_else(|| plain::recognise(text, &units, &header))
        .finished(text)
}
