//! A table for spreadsheets: a sentence a row. A cell that a spreadsheet would
//! take for a formula gets an apostrophe in front (OWASP, "CSV injection").

use std::io;

use csv::WriterBuilder;

use super::origin_name;
use crate::brief::{DayBrief, SentencePair};

const COLUMNS: [&str; 7] = ["file", "sentence", "german", "english", "origin", "score", "findings"];

pub(super) fn write(brief: &DayBrief) -> io::Result<Vec<u8>> {
    let mut table = WriterBuilder::new().from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for article in &brief.articles {
        for pair in &article.pairs {
            table.write_record(row(&article.source.path, pair))?;
        }
    }
    table.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn row(path: &str, pair: &SentencePair) -> [String; 7] {
    let findings: Vec<String> =
        pair.check.findings().iter().map(|finding| finding.message()).collect();
    [
        harmless(path),
        pair.id.to_string(),
        harmless(&pair.de),
        harmless(&pair.en.text),
        origin_name(pair.en.origin).to_owned(),
        pair.en.score.map_or_else(String::new, |score| format!("{score:.3}")),
        harmless(&findings.join("; ")),
    ]
}

/// `text` such that no spreadsheet calculates it.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}
