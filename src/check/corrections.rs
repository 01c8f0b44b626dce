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
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

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

    /// The corrections, by their German, that one of `sentences` is written like.
    #[must_use]
    pub fn placed<'s>(&self, sentences: impl Iterator<Item = &'s str>) -> BTreeSet<String> {
        if self.0.is_empty() {
            return BTreeSet::new();
        }
        let known: BTreeSet<&str> = self.0.iter().map(|one| one.german.as_str()).collect();
        sentences.map(plain).filter(|german| known.contains(german.as_str())).collect()
    }

    /// The corrections, by their German, that are not in `placed`.
    #[must_use]
    pub fn without(&self, placed: &BTreeSet<String>) -> BTreeSet<String> {
        let german = self.0.iter().map(|one| &one.german);
        german.filter(|german| !placed.contains(*german)).cloned().collect()
    }

    /// The corrections, by their German, that a sentence of `articles` is like in
    /// other words: those that show in their brief as soon as they are stale. `placed`
    /// are those that one is written like.
    #[must_use]
    pub fn near(
        &self,
        placed: &BTreeSet<String>,
        articles: &[&BilingualArticle],
    ) -> BTreeSet<String> {
        self.nearest(&self.without(placed), articles)
            .into_iter()
            .map(|(one, ..)| one.german.clone())
            .collect()
    }

    /// Puts the corrections in the place of the model's English.
    pub(super) fn apply(&self, articles: &mut [BilingualArticle]) {
        if self.0.is_empty() {
            return;
        }
        let by_german: BTreeMap<&str, &str> =
            self.0.iter().map(|one| (one.german.as_str(), one.english.as_str())).collect();
        for article in articles {
            for index in 0..article.translations.len() {
                if let Some(english) = by_german.get(plain(article.source(index)).as_str()) {
                    article.translations[index] = human(english);
                }
            }
        }
    }

    /// A finding for the sentence that each of the `stale` corrections is most like:
    /// article, sentence, finding.
    pub(super) fn stale(
        &self,
        stale: &BTreeSet<String>,
        articles: &[BilingualArticle],
    ) -> Vec<(usize, usize, Finding)> {
        let articles: Vec<&BilingualArticle> = articles.iter().collect();
        let nearest = self.nearest(stale, &articles).into_iter();
        nearest.map(|(one, article, sentence)| (article, sentence, finding(one))).collect()
    }

    /// The sentence most like each of these corrections, if one is like it at all.
    fn nearest(
        &self,
        german: &BTreeSet<String>,
        articles: &[&BilingualArticle],
    ) -> Vec<(&Correction, usize, usize)> {
        let wanted: Vec<&Correction> =
            self.0.iter().filter(|one| german.contains(&one.german)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let sentences = bags(articles);
        let nearest = wanted.into_iter().filter_map(|correction| {
            let (article, sentence) = most_like(&bag(&correction.german), &sentences)?;
            Some((correction, article, sentence))
        });
        nearest.collect()
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

/// A sentence's words, and where it is: article, sentence.
type Bag = (BTreeSet<String>, usize, usize);

/// The sentences that no person has translated.
fn bags(articles: &[&BilingualArticle]) -> Vec<Bag> {
    let mut bags = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        for (index, translation) in article.translations.iter().enumerate() {
            if translation.origin != Origin::Human {
                bags.push((bag(article.source(index)), number, index));
            }
        }
    }
    bags
}

/// The sentence most like `wanted`; of equals the first.
fn most_like(wanted: &BTreeSet<String>, sentences: &[Bag]) -> Option<(usize, usize)> {
    let like = sentences.iter().filter_map(|(words, article, sentence)| {
        // So different lengths cannot have enough in common; counting takes time.
        let most = wanted.len().min(words.len()) as f64;
        let possible = 2.0 * most >= SAME_SENTENCE * (wanted.len() + words.len()) as f64;
        let share = if possible { dice(wanted, words) } else { 0.0 };
        (share >= SAME_SENTENCE).then_some((share, *article, *sentence))
    });
    let best = like.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    best.map(|(_, article, sentence)| (article, sentence))
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
