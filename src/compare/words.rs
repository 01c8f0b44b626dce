//! The difference of two sentences, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words that both sentences have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// In both.
    Same(String),
    /// In the first alone.
    Gone(String),
    /// In the second alone.
    Come(String),
}

/// What to take out of `before` and put in to get `after` (Myers' algorithm over
/// words by Unicode's rules).
#[must_use]
pub fn word_diff(before: &str, after: &str) -> Vec<Part> {
    let diff = TextDiff::from_unicode_words(before, after);
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let word = change.value();
        match (change.tag(), parts.last_mut()) {
            (ChangeTag::Equal, Some(Part::Same(text)))
            | (ChangeTag::Delete, Some(Part::Gone(text)))
            | (ChangeTag::Insert, Some(Part::Come(text))) => text.push_str(word),
            (ChangeTag::Equal, _) => parts.push(Part::Same(word.to_owned())),
            (ChangeTag::Delete, _) => parts.push(Part::Gone(word.to_owned())),
            (ChangeTag::Insert, _) => parts.push(Part::Come(word.to_owned())),
        }
    }
    parts
}
