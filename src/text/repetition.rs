//! Repetition as decoders produce it: a word, a phrase or a clause that comes
//! again and again. Purely formal, so the same for every language.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

/// A single word this many times in a row is a loop ("very very very" is not).
pub const WORD_RUN: usize = 4;

/// A phrase of 2 to 5 words this many times in a row is a loop.
pub const PHRASE_RUN: usize = 3;

/// A clause of at least this many words is a loop when it comes twice in a row.
pub const CLAUSE_WORDS: usize = 6;

/// The longest clause looked for, in words.
pub const LONGEST_CLAUSE: usize = 20;

/// Share of 3-word sequences that occurred before. News prose stays below 0.1;
/// lists and speeches reach 0.2; loops with variations lie above 0.4.
pub const MAX_REPEATED_SHARE: f64 = 0.35;

/// The share means nothing in texts with fewer 3-word sequences than this.
pub const MIN_SEQUENCES: usize = 8;

/// A piece of 1 to 5 letters this many times in a row within a word is a loop.
pub const LETTER_RUN: usize = 6;

/// Whether `text` repeats itself as people do not.
#[must_use]
pub fn is_looping(text: &str) -> bool {
    let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
    has_run(&words, word_copies, LONGEST_CLAUSE)
        || repeated_share(&words) > MAX_REPEATED_SHARE
        || has_symbol_run(text)
        || words.iter().any(|word| has_letter_run(word))
}

/// How many copies in a row of `period` words make a loop.
fn word_copies(period: usize) -> usize {
    match period {
        1 => WORD_RUN,
        2..CLAUSE_WORDS => PHRASE_RUN,
        _ => 2,
    }
}

/// Whether some sequence of 1 to `longest` items stands often enough in a row.
fn has_run<T: PartialEq>(items: &[T], copies: fn(usize) -> usize, longest: usize) -> bool {
    (1..=longest).any(|period| {
        let needed = period * (copies(period) - 1);
        let mut equal = 0;
        items.iter().zip(items.iter().skip(period)).any(|(one, later)| {
            equal = if one == later { equal + 1 } else { 0 };
            equal >= needed
        })
    })
}

/// Share of 3-word sequences that stood in the text before, 0 to 1.
fn repeated_share(words: &[String]) -> f64 {
    let sequences = words.windows(3).count();
    if sequences < MIN_SEQUENCES {
        return 0.0;
    }
    let distinct = words.windows(3).collect::<HashSet<_>>().len();
    (sequences - distinct) as f64 / sequences as f64
}

/// `- - - - - -`, which has no words to count.
fn has_symbol_run(text: &str) -> bool {
    let tokens: Vec<&str> =
        text.split_whitespace().filter(|token| !token.contains(char::is_alphanumeric)).collect();
    has_run(&tokens, |_| LETTER_RUN, 1)
}

fn has_letter_run(word: &str) -> bool {
    // Digits repeat in good faith: 1000000.
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() > LETTER_RUN && has_run(&letters, |_| LETTER_RUN, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_seen() {
        for text in [
            "No, no, no, no.",
            "of the of the of the council",
            "The minister said that he would, the minister said that he would, and left.",
            "He went to the house and to the house and then to the house and so to the house and \
             then to the house.",
            "- - - - - - -",
            "hahahahahahahaha",
            "Aaaaaaaaah",
        ] {
            assert!(is_looping(text), "{text}");
        }
    }

    #[test]
    fn prose_is_not_a_loop() {
        for text in [
            "",
            "very, very, very cold",
            "Step by step by step the town grew.",
            "The council met on Monday, the council met on Tuesday, and nothing came of it.",
            "1000000 people saw 0.0000000 of it.",
            "Die Donaudampfschifffahrtsgesellschaft und die Schifffahrt fahren.",
        ] {
            assert!(!is_looping(text), "{text}");
        }
    }
}
