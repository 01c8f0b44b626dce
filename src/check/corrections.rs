//! Sentences that a person has translated: they win over the model, every night.
//!
//! The file is a table: a German sentence, a tab, its English, one pair a line.
//! A line that starts with `#` and an empty line are passed over. A correction
//! belongs to its German wording, wherever that stands, whatever the file is
//! called; if the wording changes, the correction is *stale* and the new wording
//! gets a finding that shows it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::types::{Fault, Finding, FindingKind, Severity};
use crate::text::squeeze;
use crate::text::words::{fold, words};
use crate::translate::{BilingualArticle, Origin, Translation};

/// Share of common words (Dice's coefficient) from which a sentence counts as
/// another wording of a corrected one.
const SAME_SENTENCE: f64 = 0.75;

/// A sentence translated by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The German, with single spaces, in Unicode's form NFC.
    pub german: String,
    /// The English that replaces the model's.
    pub english: String,
}

/// The corrections of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Corrections(Vec<Correction>);

/// A line that is no correction.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CorrectionsError {
    /// Not two columns, or one of them is empty.
    #[error("line {0}: not a German sentence, one tab and its English")]
    Columns(usize),
    /// The same German twice.
    #[error("line {line}: the sentence of line {earlier} again; leave one of the two")]
    Twice {
        /// The second place.
        line: usize,
        /// The first.
        earlier: usize,
    },
}

impl Corrections {
    /// Reads the table.
    ///
    /// # Errors
    /// At the first line that is no correction, by its number.
    pub fn parse(text: &str) -> Result<Self, CorrectionsError> {
        let mut corrections = Vec::new();
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, row) in text.lines().enumerate() {
            let line = index + 1;
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let columns: Vec<String> = row.split('\t').map(plain).collect();
            let [german, english] = <[String; 2]>::try_from(columns)
                .ok()
                .filter(|columns| columns.iter().all(|column| !column.is_empty()))
                .ok_or(CorrectionsError::Columns(line))?;
            if let Some(earlier) = lines.insert(german.clone(), line) {
                return Err(CorrectionsError::Twice { line, earlier });
            }
            corrections.push(Correction { german, english });
        }
        Ok(Self(corrections))
    }

    /// Puts the corrections in the place of the model's English, and gives the
    /// findings for sentences that a stale one was written for: article,
    /// sentence, finding.
    pub(super) fn apply(&self, articles: &mut [BilingualArticle]) -> Vec<(usize, usize, Finding)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let by_german: BTreeMap<&str, usize> = self
            .0
            .iter()
            .enumerate()
            .map(|(at, correction)| (correction.german.as_str(), at))
            .collect();
        let mut used = BTreeSet::new();
        for article in articles.iter_mut() {
            for index in 0..article.translations.len() {
                let german = plain(article.source(index));
                if let Some(at) = by_german.get(german.as_str()) {
                    used.insert(*at);
                    article.translations[index] = human(&self.0[*at].english);
                }
            }
        }
        let unused = self.0.iter().enumerate().filter(|(at, _)| !used.contains(at));
        let unused: Vec<&Correction> = unused.map(|(_, correction)| correction).collect();
        stale(&unused, articles)
    }
}

fn human(english: &str) -> Translation {
    Translation {
        text: english.to_owned(),
        origin: Origin::Human,
        score: None,
        parts: 1,
        alignment: Vec::new(),
    }
}

/// Single spaces, and letters in one piece as the articles have them.
fn plain(text: &str) -> String {
    squeeze(&text.nfc().collect::<String>())
}

/// The sentences most like a correction that fits none exactly.
fn stale(unused: &[&Correction], articles: &[BilingualArticle]) -> Vec<(usize, usize, Finding)> {
    if unused.is_empty() {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        for (index, translation) in article.translations.iter().enumerate() {
            if translation.origin != Origin::Human {
                sentences.push((number, index, bag(article.source(index))));
            }
        }
    }
    let mut findings = Vec::new();
    for correction in unused {
        let wanted = bag(&correction.german);
        let like = sentences.iter().map(|(article, index, words)| {
            (dice(&wanted, words), std::cmp::Reverse((*article, *index)))
        });
        let best = like.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((share, std::cmp::Reverse((article, index)))) = best
            && share >= SAME_SENTENCE
        {
            findings.push((article, index, finding(correction)));
        }
    }
    findings
}

fn finding(correction: &Correction) -> Finding {
    Finding {
        kind: FindingKind::Correction,
        fault: Fault::Whole,
        severity: Severity::Major,
        source: None,
        target: None,
        expected: Some(correction.english.clone()),
        found: None,
    }
}

fn bag(text: &str) -> BTreeSet<String> {
    words(text).map(|word| fold(word.text)).collect()
}

fn dice(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let both = one.intersection(other).count();
    2.0 * both as f64 / (one.len() + other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read() {
        let text = "# kept by Hanne\n\nDer Steg  ist offen.\tThe jetty is open.\r\n";
        let read = Corrections::parse(text);
        assert_eq!(
            read,
            Ok(Corrections(vec![Correction {
                german: "Der Steg ist offen.".to_owned(),
                english: "The jetty is open.".to_owned(),
            }]))
        );
    }

    #[test]
    fn a_broken_line_is_named() {
        for (text, error) in [
            ("Nur deutsch.", CorrectionsError::Columns(1)),
            ("# x\na\tb\tc", CorrectionsError::Columns(2)),
            ("a\t ", CorrectionsError::Columns(1)),
            ("a\tb\n\n a\tc", CorrectionsError::Twice { line: 3, earlier: 1 }),
        ] {
            assert_eq!(Corrections::parse(text), Err(error), "{text}");
        }
    }
}
