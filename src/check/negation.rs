//! A "not" too few or too many.
//!
//! Negation travels in many words: "lehnte ab" may become "did not agree", and
//! "nicht vor Mai" may become "only in May". So a strong negator on one side is a
//! finding only where the other side has none, and nothing that may stand for one.

use crate::support::Span;
use crate::text::words::{Word, words};

use super::{Fault, Finding, FindingKind, Severity};

/// German words that negate, whatever stands around them.
const GERMAN: &[&str] = &[
    "nicht",
    "nichts",
    "nie",
    "niemals",
    "niemand",
    "niemanden",
    "niemandem",
    "nirgends",
    "nirgendwo",
    "weder",
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "keines",
    "keinerlei",
    "keinesfalls",
    "keineswegs",
];

/// English words that negate.
const ENGLISH: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "cannot",
    "without",
];

/// Beginnings of English words that may stand for a German negation.
const ENGLISH_HINTS: &[&str] = &[
    "un",
    "in",
    "im",
    "ir",
    "il",
    "dis",
    "mis",
    "non",
    "fail",
    "refus",
    "reject",
    "den",
    "lack",
    "absen",
    "avoid",
    "prevent",
    "stop",
    "ban",
    "forbid",
    "prohibit",
    "hardly",
    "barely",
    "scarcely",
    "rarely",
    "seldom",
    "little",
    "few",
    "only",
    "until",
    "than",
    "rather",
    "instead",
    "least",
    "but",
    "otherwise",
    "miss",
    "neglect",
    "exclud",
    "rule",
    "free",
    "far",
    "too",
    "either",
    "any",
    "doubt",
    "short",
    "remain",
    "still",
    "yet",
    "beyond",
    "except",
    "less",
    "most",
    "withdr",
    "declin",
    "anything",
    "anyone",
    "oppos",
    "against",
    "out",
    "zero",
    "empty",
    "off",
    "ceas",
    "last",
];

/// Words that begin like a hint and are none.
const NO_HINTS: &[&str] = &[
    "in",
    "into",
    "under",
    "until",
    "union",
    "unions",
    "university",
    "unit",
    "units",
    "united",
    "international",
    "interest",
    "interior",
    "inside",
    "information",
    "industry",
    "increase",
    "increased",
    "investment",
    "investments",
    "inflation",
    "internal",
    "included",
    "including",
    "include",
    "inhabitants",
    "initial",
    "introduced",
    "indeed",
    "influence",
    "inquiry",
    "image",
    "important",
    "immediately",
    "improve",
    "improved",
    "impact",
    "implement",
    "universities",
    "understand",
    "unanimously",
    "under",
    "underway",
    "bank",
    "banks",
    "banking",
    "butter",
    "bus",
    "denmark",
    "dense",
    "discuss",
    "discussed",
    "discussion",
    "district",
    "districts",
    "distance",
    "disease",
    "director",
    "island",
    "mission",
    "minister",
    "industrial",
    "insurance",
    "invited",
    "investigation",
    "investigators",
    "injured",
    "institute",
    "anybody",
    "italy",
    "thanks",
    "islands",
    "thank",
    "mister",
    "outside",
    "output",
    "outdoor",
    "tool",
    "took",
    "together",
    "tooth",
    "fewer",
    "illustrated",
    "irish",
    "iran",
    "iraq",
    "ireland",
    "intend",
    "intends",
    "inspired",
    "innovation",
    "innovative",
    "instrument",
    "intensive",
    "india",
    "indian",
];

/// Beginnings, endings and words of German that may stand for an English negation.
const GERMAN_PREFIXES: &[&str] = &[
    "un",
    "miss",
    "nein",
    "ohne",
    "kaum",
    "verweiger",
    "weiger",
    "fehl",
    "mangel",
    "verbiet",
    "verbot",
    "verhinder",
    "vermeid",
    "selten",
    "wenig",
    "statt",
    "anstatt",
    "außer",
    "zweifel",
    "bestritt",
    "bestreit",
    "dementier",
    "verzicht",
    "sondern",
    "bloß",
    "lediglich",
    "vergeblich",
    "scheiter",
    "unterlass",
    "abgelehn",
    "ablehn",
    "lehn",
    "gegen",
    "nur",
    "erst",
    "zwar",
    "aus",
    "ab",
    "noch",
    "frei",
    "leer",
    "null",
    "fern",
    "schwer",
    "blieb",
    "bleib",
    "ver",
    "entfall",
    "aufhör",
    "eingestell",
    "nichts",
    "in",
    "des",
    "a",
    "sonst",
    "lass",
    "zurück",
    "allein",
    "egal",
];

const GERMAN_ENDINGS: &[&str] = &[
    "los", "lose", "losen", "loser", "loses", "losem", "frei", "freie", "freien", "freier", "leer",
];

/// Words that begin like a German hint and are none.
const GERMAN_NO_HINTS: &[&str] = &[
    "und",
    "uns",
    "unser",
    "unsere",
    "unseren",
    "unserer",
    "unter",
    "in",
    "innen",
    "am",
    "an",
    "auf",
    "aber",
    "als",
    "alle",
    "allen",
    "alles",
    "auch",
    "also",
    "acht",
    "alt",
    "alte",
    "alten",
    "arbeit",
    "abend",
    "aus",
    "ab",
    "aber",
    "den",
    "des",
    "der",
    "desto",
    "deshalb",
    "noch",
    "nur",
    "erst",
    "erste",
    "ersten",
    "erster",
    "erstes",
    "universität",
    "union",
    "ungarn",
    "ungefähr",
    "ungarische",
    "verein",
    "vertrag",
    "verband",
    "verkehr",
    "ver",
    "gegen",
    "internet",
    "industrie",
    "inzwischen",
    "insgesamt",
    "initiative",
    "interview",
];

/// A negation on one side that nothing on the other answers.
pub(super) fn compare(german: &str, english: &str) -> Option<Finding> {
    let (source, target) = (all(german), all(english));
    let negated = strong(german, &source, GERMAN, is_weak_german);
    let negates = strong(english, &target, ENGLISH, is_weak_english);
    match (negated, negates) {
        (Some(word), None) if !english_hints(&target) => Some(finding(Fault::Missing, word)),
        (None, Some(word)) if !german_hints(&source) => Some(finding(Fault::Added, word)),
        _ => None,
    }
}

fn all(text: &str) -> Vec<Word<'_>> {
    words(text).collect()
}

/// The first word of `list`, or an English "n't", that is not weak.
fn strong<'t>(
    text: &'t str,
    words: &[Word<'t>],
    list: &[&str],
    is_weak: fn(&[Word<'_>], usize) -> bool,
) -> Option<(Span, &'t str)> {
    words.iter().enumerate().find_map(|(at, word)| {
        let lower = word.text.to_lowercase();
        let negates =
            list.contains(&lower.as_str()) || lower.ends_with("n't") || lower.ends_with("n’t");
        let span = Span::new(word.start, word.start + word.text.len());
        (negates && !is_weak(words, at)).then(|| (span, span.of(text)))
    })
}

fn lower(words: &[Word<'_>], at: usize) -> String {
    words.get(at).map_or_else(String::new, |word| word.text.to_lowercase())
}

/// "nicht nur", "nicht zuletzt", "nicht mehr als", "nicht einmal", "nicht wahr",
/// and "wenn nicht" are put without a negation as often as not.
fn is_weak_german(words: &[Word<'_>], at: usize) -> bool {
    let next = lower(words, at + 1);
    let soft = [
        "nur",
        "zuletzt",
        "allein",
        "einmal",
        "wahr",
        "anders",
        "anderes",
        "so",
        "weniger",
        "selten",
        "erst",
        "wenig",
        "umsonst",
        "unbedingt",
        "wunder",
        "zweifel",
        "geringerer",
    ];
    let before = at.checked_sub(1).map_or_else(String::new, |before| lower(words, before));
    soft.contains(&next.as_str())
        || matches!(before.as_str(), "gar" | "ob" | "oder") && next.is_empty()
}

/// "not only", "no longer", "no doubt", "or not", "No. 5", "nothing but".
fn is_weak_english(words: &[Word<'_>], at: usize) -> bool {
    let (this, next) = (lower(words, at), lower(words, at + 1));
    let before = at.checked_sub(1).map_or_else(String::new, |before| lower(words, before));
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    match this.as_str() {
        "not" => {
            matches!(next.as_str(), "only" | "least" | "just" | "to" | "long" | "far")
                || before == "or"
        }
        "no" => number || matches!(next.as_str(), "longer" | "doubt" | "one" | "matter" | "more"),
        "nothing" => matches!(next.as_str(), "but" | "less"),
        "nor" | "without" => true,
        _ => false,
    }
}

fn english_hints(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        let lower = word.text.to_lowercase();
        let listed = ENGLISH.contains(&lower.as_str()) || lower.ends_with("n't");
        let hints = ENGLISH_HINTS.iter().any(|hint| lower.starts_with(hint));
        listed || lower.ends_with("less") || (hints && !NO_HINTS.contains(&lower.as_str()))
    })
}

fn german_hints(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        let lower = word.text.to_lowercase();
        let listed = GERMAN.contains(&lower.as_str());
        let hints = GERMAN_PREFIXES.iter().any(|hint| lower.starts_with(hint));
        let ending = GERMAN_ENDINGS.iter().any(|end| lower.ends_with(end) && lower != *end);
        listed || ending || (hints && !GERMAN_NO_HINTS.contains(&lower.as_str()))
    })
}

fn finding(fault: Fault, (span, word): (Span, &str)) -> Finding {
    let missing = fault == Fault::Missing;
    Finding {
        kind: FindingKind::Negation,
        fault,
        severity: Severity::Critical,
        source: missing.then_some(span),
        target: (!missing).then_some(span),
        expected: missing.then(|| word.to_owned()),
        found: (!missing).then(|| word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(german: &str, english: &str) -> Option<Fault> {
        compare(german, english).map(|finding| finding.fault)
    }

    #[test]
    fn a_lost_or_added_not_is_found() {
        let german = "Die Brücke wird im Mai nicht gesperrt.";
        assert_eq!(fault(german, "The bridge will not be closed in May."), None);
        assert_eq!(fault(german, "The bridge won't be closed in May."), None);
        assert_eq!(fault(german, "The bridge will be closed in May."), Some(Fault::Missing));
        let german = "Die Brücke wird im Mai gesperrt.";
        assert_eq!(fault(german, "The bridge will not be closed in May."), Some(Fault::Added));
    }

    #[test]
    fn what_may_stand_for_a_negation_is_let_pass() {
        for (german, english) in [
            ("Das ist nicht möglich.", "That is impossible."),
            ("Er kam nicht.", "He failed to come."),
            ("Nicht nur Kinder kamen.", "Children and others came."),
            ("Sie lehnte den Plan ab.", "She did not accept the plan."),
            ("Die Straße ist kaum befahren.", "Not many drive on the road."),
            ("Der Weg ist kostenlos.", "The path costs nothing."),
        ] {
            assert_eq!(fault(german, english), None, "{german} | {english}");
        }
    }
}
