//! Content selection: which sentences of an article the model reads, and in which order.
//!
//! A small model learns to copy a sentence long before it learns to choose one, and then
//! it says what stands first. So its folder may bring a linear model of what editors
//! choose ([`FILE`]): of the article's [`features`](mod@features) it makes a score for each sentence,
//! and the model reads the best ones, best first, as the two-step summarisers for long
//! texts do (Liu et al. 2018, "Generating Wikipedia by Summarizing Long Sequences").
//! Folders without that file, full-size models among them, read articles as they are.

pub mod features;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::words::count;

use super::guard::can_stand;
use features::{NAMES, features};

/// The file of a model folder that holds a [`Selection`].
pub const FILE: &str = "sentence_selection.json";

/// Longer sentences are lists or faults, and would crowd out the others.
const MAX_SENTENCE_WORDS: usize = 60;

/// Shorter ones say too little by themselves.
const MIN_SENTENCE_WORDS: usize = 6;

/// A linear model of how much a sentence matters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Sentences are chosen until they have so many words.
    words: usize,
    /// What each feature counts for, by its name ([`NAMES`]).
    weights: BTreeMap<String, f64>,
}

impl Selection {
    /// Reads a [`FILE`].
    ///
    /// # Errors
    /// When it is no such file or was made for other features; says which.
    pub fn parse(json: &str) -> Result<Self, String> {
        let selection: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if selection.words == 0 {
            return Err("\"words\" is 0, so that no sentence would be read".to_owned());
        }
        if let Some(name) = NAMES.iter().find(|name| !selection.weights.contains_key(**name)) {
            return Err(format!("no weight for the feature \"{name}\""));
        }
        match selection.weights.keys().find(|name| !NAMES.contains(&name.as_str())) {
            Some(name) => Err(format!("\"{name}\" is no feature that this program knows")),
            None => Ok(selection),
        }
    }

    /// A score for each sentence of an article; higher is better, the scale is arbitrary.
    fn scores(&self, sentences: &[&str]) -> Vec<f64> {
        let weights = NAMES.map(|name| self.weights.get(name).copied().unwrap_or_default());
        let score = |row: &[f64; NAMES.len()]| row.iter().zip(weights).map(|(x, w)| x * w).sum();
        features(sentences).iter().map(score).collect()
    }

    /// Indices of the sentences to read, best first; all, in their order, where none is
    /// fit to be chosen.
    #[must_use]
    pub fn choose(&self, sentences: &[&str]) -> Vec<usize> {
        let scores = self.scores(sentences);
        let mut ranked: Vec<usize> =
            (0..sentences.len()).filter(|index| is_fit(sentences[*index])).collect();
        // Stable, so that among equals the earlier one is first.
        ranked.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
        let mut words = 0;
        ranked.retain(|index| {
            let wanted = words < self.words;
            words += count(sentences[*index]);
            wanted
        });
        if ranked.is_empty() { (0..sentences.len()).collect() } else { ranked }
    }
}

fn is_fit(sentence: &str) -> bool {
    (MIN_SENTENCE_WORDS..=MAX_SENTENCE_WORDS).contains(&count(sentence)) && can_stand(sentence)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(words: usize, special: &[(&str, f64)]) -> String {
        let mut weights: BTreeMap<&str, f64> = NAMES.iter().map(|name| (*name, 0.0)).collect();
        weights.extend(special.iter().copied());
        serde_json::json!({ "words": words, "weights": weights }).to_string()
    }

    fn selection(words: usize, special: &[(&str, f64)]) -> Selection {
        Selection::parse(&json(words, special)).unwrap()
    }

    const ARTICLE: [&str; 4] = [
        "The council of Kassel met on Monday evening.",
        "It adopted a budget of 310 million euros for the schools.",
        "Too short.",
        "The mayor said that the schools would get new roofs.",
    ];

    #[test]
    fn the_best_come_first_until_there_are_enough_words() {
        assert_eq!(selection(10, &[("figure", 1.0)]).choose(&ARTICLE), [1]);
        assert_eq!(selection(12, &[("figure", 1.0)]).choose(&ARTICLE), [1, 0]);
        assert_eq!(selection(99, &[("place", 1.0)]).choose(&ARTICLE), [3, 1, 0]);
    }

    #[test]
    fn an_article_of_fragments_is_read_as_it_is() {
        assert_eq!(selection(10, &[]).choose(&["Too short.", "Yes."]), [0, 1]);
        assert_eq!(selection(10, &[]).choose(&[]), [0; 0]);
    }

    #[test]
    fn a_file_for_other_features_is_refused_by_name() {
        let unknown = Selection::parse(&json(10, &[("colour", 1.0)])).unwrap_err();
        assert!(unknown.contains("colour"), "{unknown}");
        let missing = Selection::parse(r#"{"words": 10, "weights": {}}"#).unwrap_err();
        assert!(missing.contains(NAMES[0]), "{missing}");
        assert!(Selection::parse(&json(0, &[])).is_err() && Selection::parse("{}").is_err());
    }

    proptest! {
        #[test]
        fn any_article_is_chosen_from(
            article in prop::collection::vec("\\PC{0,50}", 0..12),
            weights in prop::collection::vec(-2.0..2.0, NAMES.len()),
            words in 1_usize..60,
        ) {
            let sentences: Vec<&str> = article.iter().map(String::as_str).collect();
            let weights: Vec<(&str, f64)> = NAMES.into_iter().zip(weights).collect();
            let mut chosen = selection(words, &weights).choose(&sentences);
            prop_assert_eq!(chosen.is_empty(), sentences.is_empty());
            chosen.sort_unstable();
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(chosen.iter().all(|index| *index < sentences.len()));
        }
    }
}
