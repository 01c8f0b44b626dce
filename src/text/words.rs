//! Words, folded words and stems.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::{numbers, vocabulary};

/// A word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// The word as written.
    pub text: &'t str,
    /// Its first byte in the text.
    pub start: usize,
}

/// The words of `text` by the rules of Unicode Standard Annex 29; a number such
/// as `1,250.5` and an abbreviation such as `U.S` are one word each.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().map(|(start, text)| Word { text, start })
}

/// How many words `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// The form in which words are compared: lower case, no accents, no full stops,
/// no possessive `'s`.
#[must_use]
pub fn fold(word: &str) -> String {
    let lower: String = word
        .nfd()
        .filter(|c| !is_combining_mark(*c) && *c != '.')
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    match lower.strip_suffix("'s") {
        Some(stripped) => stripped.to_owned(),
        None => lower,
    }
}

/// The stem of a folded word (Porter's second English algorithm, "Snowball").
/// Words with anything but `a` to `z` are their own stems.
#[must_use]
pub fn stem(folded: &str) -> String {
    if folded.len() < 3 || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(folded).into_owned()
}

/// The words that say something, as stems in text order, with repeats. Numbers
/// lose their thousands separators, and number words become digits.
#[must_use]
pub fn content_stems(text: &str) -> Vec<String> {
    words(text).filter_map(|word| content_stem(word.text)).collect()
}

fn content_stem(word: &str) -> Option<String> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(word.replace(',', "").to_lowercase());
    }
    let folded = fold(word);
    let acronym = is_acronym(word);
    if !acronym && (folded.chars().count() < 2 || vocabulary::is_stop_word(&folded)) {
        return None;
    }
    match numbers::small_number(&folded) {
        Some(value) => Some(value.to_string()),
        // "US" must not meet "us".
        None if acronym => Some(folded.to_uppercase()),
        None => Some(stem(&folded)),
    }
}

/// Whether the word is an acronym: at least two capitals and no small letter
/// (`EU`, `U.S.`, `G7`).
#[must_use]
pub fn is_acronym(word: &str) -> bool {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let signs = word.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count();
    word.starts_with(char::is_uppercase) && signs >= 2 && !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_forms_of_a_word_equal() {
        assert_eq!(fold("Müller’s"), "muller");
        assert_eq!(fold("U.S."), "us");
        assert_eq!(stem(&fold("Negotiations")), stem("negotiation"));
    }

    #[test]
    fn content_leaves_out_what_says_nothing() {
        assert_eq!(content_stems("The three of us saw 1,200 cats"), ["3", "saw", "1200", "cat"]);
        assert_eq!(content_stems("US troops"), ["US", "troop"]);
    }

    #[test]
    fn acronyms() {
        assert!(is_acronym("EU") && is_acronym("U.S") && is_acronym("G7") && is_acronym("NATO's"));
        assert!(!is_acronym("I") && !is_acronym("Eu") && !is_acronym("A"));
    }
}
