//! The sentences of a date for other programs: [`DayBrief`] → TMX 1.4b, XLIFF 2.1
//! or CSV.
//!
//! In: a brief. Out: bytes, a pure function of it. Nothing from an article can
//! make markup (the XML writer escapes, and characters that XML forbids become
//! U+FFFD) or a formula (`csv.rs`).

mod csv;
mod tmx;
mod xliff;
mod xml;

use std::io;

use crate::brief::DayBrief;
use crate::translate::Origin;

/// A format that translators' tools read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeFormat {
    /// Translation Memory eXchange 1.4b (LISA, 2005): every pair that is a translation.
    Tmx,
    /// XLIFF 2.1 (OASIS, 2018): every sentence, with state and findings.
    Xliff,
    /// A table in both languages, with origin, score and findings (RFC 4180).
    Csv,
}

/// The sentences of `brief` in a format.
///
/// # Errors
/// None that a brief could cause: writing goes to memory.
pub fn export(brief: &DayBrief, format: ExchangeFormat) -> io::Result<Vec<u8>> {
    match format {
        ExchangeFormat::Tmx => tmx::write(brief),
        ExchangeFormat::Xliff => xliff::write(brief),
        ExchangeFormat::Csv => csv::write(brief),
    }
}

/// Where an English sentence comes from, as a word for machines.
fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Model => "model",
        Origin::Retry => "retry",
        Origin::Copied => "copied",
        Origin::Human => "human",
        Origin::Kept(_) => "kept",
    }
}
