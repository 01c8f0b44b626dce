//! English that repeats itself where the German does not.

use std::collections::BTreeMap;

use crate::support::Span;
use crate::text::repetition::is_looping;
use crate::text::words::{Word, fold, words};

use super::{Fault, Finding, FindingKind, Severity};

/// A sequence of so many words that comes twice is a repetition.
const PHRASE: usize = 4;

/// The same, where the German has a word twice.
const LONG_PHRASE: usize = 6;

/// Words that may stand twice in a row in good English.
const DOUBLED: &[&str] =
    &["had", "that", "very", "so", "many", "no", "yes", "ha", "bye", "much", "really", "too"];

/// Loops, phrases that come again, doubled words.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    if is_looping(english) && !is_looping(german) {
        return vec![finding(Severity::Critical, None)];
    }
    let target = words_of(english);
    let doubled = target.windows(2).find(|pair| is_doubled(pair));
    let source = words_of(german);
    if let Some([first, second]) = doubled
        && !source.windows(2).any(is_doubled)
    {
        let span = Span::new(first.start, second.start + second.text.len());
        return vec![finding(Severity::Minor, Some(span))];
    }
    // What the German says twice may be said twice: only longer phrases count then.
    let length = if says_twice(&source) { LONG_PHRASE } else { PHRASE };
    if repeated(&source, PHRASE - 1).is_some() {
        return Vec::new();
    }
    repeated(&target, length).map(|span| finding(Severity::Major, Some(span))).into_iter().collect()
}

/// Whether a longer word comes again, in whatever form.
fn says_twice(words: &[Word<'_>]) -> bool {
    let mut stems: Vec<String> = words
        .iter()
        .map(|word| fold(word.text))
        .filter(|word| word.chars().count() >= 5)
        .map(|word| word.chars().take(6).collect())
        .collect();
    stems.sort_unstable();
    stems.windows(2).any(|pair| pair.first() == pair.last())
}

fn words_of(text: &str) -> Vec<Word<'_>> {
    words(text).collect()
}

fn is_doubled(pair: &[Word<'_>]) -> bool {
    let [first, second] = pair else { return false };
    let word = fold(first.text);
    let letters = word.chars().all(char::is_alphabetic);
    letters && word == fold(second.text) && !DOUBLED.contains(&word.as_str())
}

/// The second occurrence of a sequence of `length` words that does not overlap
/// its first.
fn repeated(words: &[Word<'_>], length: usize) -> Option<Span> {
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (at, window) in words.windows(length).enumerate() {
        let folded: Vec<String> = window.iter().map(|word| fold(word.text)).collect();
        let first = *seen.entry(folded).or_insert(at);
        if at >= first + length {
            let last = window.last()?;
            return Some(Span::new(window.first()?.start, last.start + last.text.len()));
        }
    }
    None
}

fn finding(severity: Severity, target: Option<Span>) -> Finding {
    Finding {
        kind: FindingKind::Repetition,
        fault: if target.is_some() { Fault::Added } else { Fault::Whole },
        severity,
        source: None,
        target,
        expected: None,
        found: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_of_the_english_alone_count() {
        let german = "Der Rat hat den Haushalt der Stadt beschlossen und vertagte sich.";
        let worst = |english: &str| compare(german, english).first().map(|f| f.severity);
        assert_eq!(worst("The council adopted the budget of the city and adjourned."), None);
        assert_eq!(worst("The the council adopted the budget."), Some(Severity::Minor));
        let phrase = "The council adopted the budget of the city and the budget of the city.";
        assert_eq!(worst(phrase), Some(Severity::Major));
        let span = compare(german, phrase)[0].target.map(|span| span.of(phrase));
        assert_eq!(span, Some("the budget of the"));
        assert_eq!(worst("The city, the city, the city, the city."), Some(Severity::Critical));
    }

    #[test]
    fn what_the_german_repeats_may_be_repeated() {
        let german = "Sie sagten Nein, Nein, Nein, Nein!";
        assert_eq!(compare(german, "They said No, No, No, No!"), []);
    }
}
