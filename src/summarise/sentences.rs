//! Sentences of English model output.
//!
//! The borders are those of Unicode Standard Annex 29, less the ones behind
//! abbreviations and initials, where the standard cannot know better.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::words;

/// Abbreviations behind which no sentence ends, without the full stop.
const TITLES: &[&str] = &[
    "Adm", "Capt", "Col", "Dr", "Fr", "Gen", "Gov", "Hon", "Lt", "Maj", "Messrs", "Mr", "Mrs",
    "Ms", "No", "Nos", "Prof", "Rep", "Rev", "Sen", "Sgt", "St", "approx", "ca", "cf", "e.g",
    "fig", "i.e", "no", "pp", "vs", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept",
    "Oct", "Nov", "Dec",
];

/// Words that open a new sentence behind "U.S." and the like, where otherwise
/// the capital belongs to what follows ("U.S. President").
const OPENERS: &[&str] = &[
    "A",
    "According",
    "After",
    "An",
    "And",
    "As",
    "At",
    "Both",
    "But",
    "For",
    "From",
    "He",
    "However",
    "If",
    "In",
    "It",
    "Its",
    "On",
    "She",
    "So",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "We",
    "When",
    "While",
    "With",
];

/// The sentences of `text`, trimmed, in order; none is empty.
#[must_use]
pub fn split(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.len();
        let done = text.get(start..end).unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        if !piece.ends_with('\n') && continues(done, rest) {
            continue;
        }
        sentences.push(done.trim());
        start = end;
    }
    sentences.push(text.get(start..).unwrap_or_default().trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether the border between `done` and `rest` is none.
fn continues(done: &str, rest: &str) -> bool {
    let Some(head) = done.trim_end().strip_suffix('.') else { return false };
    let word = head.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let word = word.trim_start_matches(['"', '“', '‘', '\'']);
    if matches!(word, "No" | "no" | "Nos" | "pp" | "fig") {
        // "The answer was no." ends here; "No. 5" does not.
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    if TITLES.contains(&word) {
        return true;
    }
    if is_initial(word) {
        return !rest.is_empty();
    }
    is_dotted(word) && !opens_sentence(rest)
}

/// `J`, but not `I`, which may well end a sentence.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase() && c != 'I')
}

/// `U.S`, `a.m`
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|letter| letter.chars().count() == 1)
}

fn opens_sentence(rest: &str) -> bool {
    let first = words::words(rest).next().map_or("", |word| word.text);
    let quoted = rest.starts_with(['"', '“', '‘']);
    first.is_empty() || quoted || OPENERS.contains(&first)
}

/// Whether `sentence` ends as a sentence must: with a full stop, a question or
/// exclamation mark, an ellipsis, or a quotation mark or bracket that closes.
#[must_use]
pub fn is_complete(sentence: &str) -> bool {
    let sentence = sentence.trim_end();
    let bare = sentence.trim_end_matches(['"', '“', '”', '’', '\'', '»', '«', ')', ']']);
    bare.ends_with(['.', '!', '?', '…'])
        || (sentence.len() > bare.len() && !sentence.ends_with([')', ']']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn abbreviations_end_no_sentence() {
        for (text, expected) in [
            ("Mr. Weber came. He left.", &["Mr. Weber came.", "He left."][..]),
            ("The U.S. President spoke. It rained.", &["The U.S. President spoke.", "It rained."]),
            ("He lives in the U.S. The rest stays.", &["He lives in the U.S.", "The rest stays."]),
            ("Gen. Vogt and J. R. Maier met.", &["Gen. Vogt and J. R. Maier met."]),
            (
                "It is No. 5. The answer was no. Fine.",
                &["It is No. 5.", "The answer was no.", "Fine."],
            ),
            ("It rose 3.5 percent. Why? Wow!", &["It rose 3.5 percent.", "Why?", "Wow!"]),
            ("He said: “It is over.” Then he left.", &["He said: “It is over.”", "Then he left."]),
            ("One line\nanother line", &["One line", "another line"]),
            ("At 5 p.m. The doors close.", &["At 5 p.m.", "The doors close."]),
            ("St. Gallen is in Switzerland", &["St. Gallen is in Switzerland"]),
            ("  ", &[]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn completeness() {
        for text in ["Done.", "Done?", "So…", "He said: “Done.”", "(Done.)", "He said “done”"]
        {
            assert!(is_complete(text), "{text}");
        }
        for text in ["Done", "Done,", "the city of", "in (2024)", ""] {
            assert!(!is_complete(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_visible_is_lost(text in "\\PC{0,80}") {
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(split(&text).iter().map(|s| visible(s)).sum::<usize>(), visible(&text));
        }
    }
}
