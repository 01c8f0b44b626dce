//! German words left standing in the English.

use std::collections::BTreeSet;

use crate::support::Span;
use crate::text::words::{Word, words};

use super::{Fault, Finding, FindingKind, Severity};

/// German words that no English word looks like.
const GERMAN: &[&str] = &[
    "aber", "als", "auch", "auf", "aus", "bei", "beim", "bis", "das", "dass", "dem", "der", "des",
    "doch", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "für", "gegen",
    "haben", "hatte", "ich", "ihm", "ihr", "ihre", "ihren", "im", "ist", "kann", "kein", "keine",
    "mehr", "mit", "muss", "nach", "nicht", "noch", "nur", "oder", "ohne", "schon", "sei", "sein",
    "seine", "seit", "sich", "sie", "sind", "sowie", "über", "um", "und", "uns", "unter", "vom",
    "von", "vor", "waren", "wegen", "wenn", "werden", "wie", "wir", "wird", "wurde", "wurden",
    "zu", "zum", "zur", "zwischen",
];

/// Lower-case words of both languages, spelt the same.
const SHARED: &[&str] = &[
    "april",
    "arm",
    "bald",
    "band",
    "bitter",
    "blind",
    "blond",
    "bonus",
    "boom",
    "butter",
    "chance",
    "china",
    "computer",
    "digital",
    "elegant",
    "extra",
    "fair",
    "fast",
    "film",
    "finger",
    "form",
    "general",
    "global",
    "gold",
    "golf",
    "halt",
    "hand",
    "hell",
    "hunger",
    "information",
    "intelligent",
    "interview",
    "job",
    "jury",
    "kind",
    "land",
    "lateral",
    "liberal",
    "linear",
    "links",
    "live",
    "local",
    "manager",
    "mild",
    "million",
    "minus",
    "modern",
    "moral",
    "name",
    "national",
    "neutral",
    "normal",
    "offline",
    "online",
    "orange",
    "original",
    "park",
    "partner",
    "per",
    "plus",
    "poker",
    "problem",
    "professor",
    "radio",
    "regional",
    "international",
    "real",
    "restaurant",
    "rest",
    "rose",
    "rotten",
    "sand",
    "sender",
    "service",
    "september",
    "social",
    "still",
    "student",
    "system",
    "team",
    "test",
    "text",
    "toll",
    "tolerant",
    "total",
    "tower",
    "transport",
    "trend",
    "tunnel",
    "verb",
    "warm",
    "wild",
    "will",
    "wind",
    "winter",
    "wolf",
    "wurst",
    "then",
    "angst",
    "version",
    "virus",
    "warnt",
    "lag",
    "stand",
    "under",
    "super",
    "smart",
    "last",
    "list",
    "most",
    "must",
    "not",
    "note",
    "rate",
    "rang",
    "sank",
    "sang",
    "trug",
    "war",
    "was",
    "also",
    "alter",
    "brief",
    "dies",
    "gift",
    "gut",
    "hat",
    "hut",
    "man",
    "mine",
    "rat",
    "rot",
    "sage",
    "tag",
    "see",
    "bank",
    "mutter",
    "herd",
    "hose",
    "wand",
    "the",
    "die",
    "in",
    "an",
    "so",
    "am",
    "den",
    "rock",
    "fund",
    "pop",
    "baby",
    "internet",
    "tor",
    "made",
    "rief",
    "via",
    "pro",
    "contra",
    "versus",
    "ex",
    "anti",
    "mini",
    "maxi",
    "okay",
    "cool",
    "facto",
    "halle",
    "extreme",
    "intern",
    "inklusive",
];

/// Endings of German nouns that have English words of their own.
const NOUN_ENDINGS: &[&str] =
    &["ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften"];

/// Runs of German words in the English.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    let source: BTreeSet<&str> = words(german).map(|word| word.text).collect();
    let target: Vec<Word<'_>> = words(english).collect();
    if target.len() >= 3 && says_the_same(german, english) {
        let span = Span::new(0, english.len());
        return vec![finding(english, span, Severity::Critical)];
    }
    let mut findings = Vec::new();
    let mut at = 0;
    while at < target.len() {
        let end = run(&target, at, &source);
        let before = at.checked_sub(1).and_then(|before| target.get(before));
        let named = before.is_some_and(|before| is_capitalised(before.text));
        let quoted = target.get(at).is_some_and(|word| is_quoted(english, word.start));
        let copied = target.get(at..end).unwrap_or_default();
        if let Some(severity) = judge(copied, named).filter(|_| !quoted) {
            let last = target.get(end.saturating_sub(1));
            let close = last.map_or(english.len(), |word| word.start + word.text.len());
            let open = target.get(at).map_or(0, |word| word.start);
            findings.push(finding(english, Span::new(open, close), severity));
        }
        at = end.max(at + 1);
    }
    findings
}

/// Whether a quotation mark stands before byte `at`: titles and words that are
/// spoken of stay as they are.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.ends_with(['"', '„', '“', '”', '»', '«', '‘', '’', '\''])
}

fn says_the_same(german: &str, english: &str) -> bool {
    let fold = |text: &str| words(text).map(|word| word.text.to_lowercase()).collect::<Vec<_>>();
    let (source, target) = (fold(german), fold(english));
    let lower = words(german).any(|word| is_german(word.text));
    source == target && lower
}

/// One past the last of the words from `at` on that stand so in the German.
fn run(target: &[Word<'_>], at: usize, source: &BTreeSet<&str>) -> usize {
    let copied = target.iter().skip(at).take_while(|word| source.contains(word.text));
    at + copied.count()
}

/// How bad it is that these words stand in the English as they stand in the
/// German. Names do so rightly, small words in them, too ("von der Leyen").
fn judge(run: &[Word<'_>], after_name: bool) -> Option<Severity> {
    let german: Vec<&Word<'_>> = run.iter().filter(|word| is_german(word.text)).collect();
    let small = run.iter().filter(|word| is_lower(word.text)).count();
    let closed = run.first().is_some_and(|word| is_capitalised(word.text))
        && run.last().is_some_and(|word| is_capitalised(word.text));
    // "Bund der Steuerzahler", "Die Zeit"
    let named = closed && small * 2 <= run.len() && small <= 2;
    let particles = run.iter().all(|word| !is_lower(word.text) || PARTICLES.contains(&word.text));
    match german.len() {
        0 if run.len() == 1 && !after_name => {
            run.iter().find(|word| is_german_noun(word.text)).map(|_| Severity::Minor)
        }
        0 => None,
        _ if named || (particles && run.last().is_some_and(|word| is_capitalised(word.text))) => {
            None
        }
        1 => Some(Severity::Minor),
        _ => Some(Severity::Major),
    }
}

/// Small words of names.
const PARTICLES: &[&str] = &["von", "der", "dem", "den", "zu", "zur", "vom", "van", "auf"];

fn is_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a lower-case word is German: listed, with an umlaut, or long and not
/// of both languages.
fn is_german(word: &str) -> bool {
    if !word.starts_with(char::is_lowercase) || !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let umlaut = word.contains(['ä', 'ö', 'ü', 'ß']);
    let long = word.chars().count() >= 4 && !SHARED.contains(&word) && !looks_english(word);
    GERMAN.contains(&word) || umlaut || long
}

/// Endings that adjectives and loan words of both languages share.
fn looks_english(word: &str) -> bool {
    [
        "al", "ent", "ant", "or", "on", "ar", "ic", "ing", "man", "team", "us", "um", "a", "ier",
        "ive", "ile", "ate", "age", "able", "ible",
    ]
    .iter()
    .any(|ending| word.ends_with(ending))
}

fn is_german_noun(word: &str) -> bool {
    let long = word.chars().count() >= 7;
    long && is_capitalised(word) && NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn finding(english: &str, span: Span, severity: Severity) -> Finding {
    Finding {
        kind: FindingKind::Untranslated,
        fault: Fault::Added,
        severity,
        source: None,
        target: Some(span),
        expected: None,
        found: Some(span.of(english).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(german: &str, english: &str) -> Option<Severity> {
        compare(german, english).iter().map(|finding| finding.severity).max()
    }

    #[test]
    fn german_in_the_english_is_found() {
        let german = "Der Kreistag hat den Neubau der Brücke beschlossen.";
        assert_eq!(worst(german, "The district council approved the new bridge."), None);
        assert_eq!(worst(german, "The council has beschlossen the bridge."), Some(Severity::Minor));
        assert_eq!(
            worst(german, "The council has decided den Neubau der Brücke beschlossen."),
            Some(Severity::Major)
        );
        assert_eq!(worst(german, german), Some(Severity::Critical));
    }

    #[test]
    fn names_and_words_of_both_languages_are_let_pass() {
        for (german, english) in [
            ("Das sagte Ursula von der Aue.", "Ursula von der Aue said so."),
            ("Der Bund der Gärtner klagt.", "The Bund der Gärtner complained."),
            ("Wer helfen will, meldet sich.", "Those who want to help will come forward."),
            (
                "Das Team ist international und total modern.",
                "The team is international and total modern.",
            ),
        ] {
            assert_eq!(worst(german, english), None, "{german}");
        }
    }
}
