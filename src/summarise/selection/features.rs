//! What a sentence looks like to the selection: place, length, shared words, surface.
//!
//! The features are those of trainable sentence extraction (Kupiec, Pedersen and Chen
//! 1995, after Edmundson 1969). The training reads them from `tagesbrief summarise
//! --features`, so that there is one definition of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::vocabulary::points_back;
use crate::text::words::{content_stems, fold, words};

/// The names of the features, in the order of a row of [`features`].
pub const NAMES: [&str; 19] = [
    "first",
    "second",
    "third",
    "nearness",
    "place",
    "share_before",
    "words",
    "off_usual_length",
    "content_words",
    "shared",
    "echoes",
    "shared_with_first",
    "capitals",
    "figure",
    "quotation_marks",
    "question",
    "attribution",
    "points_back",
    "speakers",
];

/// The length in words that a sentence of a news summary usually has.
const USUAL_LENGTH: f64 = 22.0;

/// Who speaks in a quotation, and to whom. Folded.
const SPEAKERS: [&str; 8] = ["i", "me", "my", "our", "us", "we", "you", "your"];

/// Verbs by which news says who said something. Folded.
const ATTRIBUTION: [&str; 3] = ["said", "says", "told"];

/// A row of numbers for each sentence of an article, named by [`NAMES`]; yes is 1, no is 0.
///
/// - `first`, `second`, `third`: whether it is that; `nearness`: 1 / (1 + `place`);
///   `place`: how many sentences stand before it; `share_before`: which share of all.
/// - `words`; `off_usual_length`: how far that is from 22; `content_words`.
/// - `shared`: the share of its content words that other sentences have; `echoes`: how
///   often they do, on average; `shared_with_first`: the share that the first has.
/// - `capitals`: the share of its words after the first that begin with one; `figure`:
///   whether it has a digit; `quotation_marks`: how many; `question`: whether it is one;
///   `attribution`: whether it tells who said something; `points_back`: whether its first
///   word needs the sentence before; `speakers`: the share of "I", "you" and the like.
#[must_use]
pub fn features(sentences: &[&str]) -> Vec<[f64; NAMES.len()]> {
    let stems: Vec<Vec<String>> = sentences.iter().map(|text| content_stems(text)).collect();
    let shared = Shared::of(&stems);
    let rows = sentences.iter().zip(&stems).enumerate();
    rows.map(|(at, (text, stems))| {
        let [first, second, third] = [0, 1, 2].map(|place| yes(at == place));
        let place = at as f64;
        let share_before = place / sentences.len() as f64;
        let (surface, echo) = (Surface::of(text), shared.echo(stems));
        #[rustfmt::skip]
        let row = [
            first, second, third, 1.0 / (1.0 + place), place, share_before,
            surface.words, (surface.words - USUAL_LENGTH).abs(), stems.len() as f64,
            echo.shared, echo.echoes, echo.with_first,
            surface.capitals, surface.figure, surface.quotation_marks, surface.question,
            surface.attribution, surface.points_back, surface.speakers,
        ];
        row
    })
    .collect()
}

fn yes(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// `part` of `whole`; 0 where there is nothing.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The content words of an article.
struct Shared<'a> {
    counts: BTreeMap<&'a str, usize>,
    first: BTreeSet<&'a str>,
}

/// How a sentence's content words come again.
struct Echo {
    shared: f64,
    echoes: f64,
    with_first: f64,
}

impl<'a> Shared<'a> {
    fn of(stems: &'a [Vec<String>]) -> Self {
        let mut counts = BTreeMap::new();
        for stem in stems.iter().flatten() {
            *counts.entry(stem.as_str()).or_default() += 1;
        }
        let first = stems.first().into_iter().flatten().map(String::as_str).collect();
        Self { counts, first }
    }

    fn echo(&self, stems: &[String]) -> Echo {
        let mut own: BTreeMap<&str, usize> = BTreeMap::new();
        for stem in stems {
            *own.entry(stem.as_str()).or_default() += 1;
        }
        let elsewhere = |(stem, here): (&&str, &usize)| {
            self.counts.get(stem).copied().unwrap_or_default().saturating_sub(*here)
        };
        Echo {
            shared: share(own.iter().filter(|pair| elsewhere(*pair) > 0).count(), own.len()),
            echoes: share(own.iter().map(elsewhere).sum(), own.len()),
            with_first: share(own.keys().filter(|s| self.first.contains(**s)).count(), own.len()),
        }
    }
}

/// What a sentence looks like by itself.
struct Surface {
    words: f64,
    capitals: f64,
    figure: f64,
    quotation_marks: f64,
    question: f64,
    attribution: f64,
    points_back: f64,
    speakers: f64,
}

impl Surface {
    fn of(text: &str) -> Self {
        let written: Vec<&str> = words(text).map(|word| word.text).collect();
        let folded: Vec<String> = written.iter().map(|word| fold(word)).collect();
        let capitals = written.iter().skip(1).filter(|word| word.starts_with(char::is_uppercase));
        let among = |list: &[&str]| folded.iter().filter(|w| list.contains(&w.as_str())).count();
        Self {
            words: written.len() as f64,
            capitals: share(capitals.count(), written.len().saturating_sub(1)),
            figure: yes(text.contains(|c: char| c.is_ascii_digit())),
            quotation_marks: text.chars().filter(|c| matches!(c, '"' | '“' | '”')).count() as f64,
            question: yes(text.trim_end_matches(['"', '”', ')']).ends_with('?')),
            attribution: yes(among(&ATTRIBUTION) > 0),
            points_back: yes(points_back(text)),
            speakers: share(among(&SPEAKERS), folded.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(row: [f64; NAMES.len()], name: &str) -> f64 {
        NAMES.iter().zip(row).find(|(known, _)| **known == name).map_or(f64::NAN, |(_, x)| x)
    }

    #[test]
    fn an_article_of_two_sentences() {
        let article = [
            "The council of Kassel adopted its budget.",
            "He said in Kassel: \"We have 3 new schools!\"",
        ];
        let rows = features(&article);
        let expected: [&[(&str, f64)]; 2] = [
            &[("first", 1.0), ("second", 0.0), ("nearness", 1.0), ("share_before", 0.0)],
            &[("first", 0.0), ("second", 1.0), ("nearness", 0.5), ("share_before", 0.5)],
        ];
        let more: [&[(&str, f64)]; 2] = [
            &[("words", 7.0), ("off_usual_length", 15.0), ("content_words", 4.0), ("shared", 0.25)],
            &[("words", 9.0), ("figure", 1.0), ("quotation_marks", 2.0), ("attribution", 1.0)],
        ];
        let last: [&[(&str, f64)]; 2] = [
            &[("capitals", 1.0 / 6.0), ("points_back", 0.0), ("shared_with_first", 1.0)],
            &[("points_back", 1.0), ("speakers", 1.0 / 9.0), ("question", 0.0)],
        ];
        for (at, row) in rows.into_iter().enumerate() {
            for (name, value) in expected[at].iter().chain(more[at]).chain(last[at]) {
                assert_eq!(named(row, name), *value, "{name} of sentence {at}");
            }
        }
    }

    #[test]
    fn an_empty_sentence_has_numbers_too() {
        assert!(features(&["", "…"]).iter().flatten().all(|value| value.is_finite()));
    }
}
