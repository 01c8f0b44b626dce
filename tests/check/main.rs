//! Precision and recall of the checks on invented pairs. Each line of
//! `pairs.tsv` is two of them: a good translation and one with a single error.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use tagesbrief::check::{Check, CheckOptions, FindingKind, Severity, Unchecked, check_pair};
use tagesbrief::translate::{KeptReason, Origin, Translation};

const PAIRS: &str = include_str!("pairs.tsv");

/// What is measured of a kind.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Errors of the kind that were found.
    found: usize,
    /// Errors of the kind that were not.
    missed: usize,
    /// Findings of the kind where there is no such error.
    wrong: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        self.found as f64 / (self.found + self.wrong).max(1) as f64
    }

    fn recall(self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }
}

fn translation(english: &str) -> Translation {
    Translation {
        text: english.to_owned(),
        origin: Origin::Model,
        score: Some(-0.2),
        parts: 1,
        alignment: Vec::new(),
    }
}

fn kinds(german: &str, english: &str) -> Vec<FindingKind> {
    let check = check_pair(german, &translation(english), &CheckOptions::default());
    check.findings().iter().map(|finding| finding.kind).collect()
}

fn measure(part: &str) -> BTreeMap<FindingKind, Tally> {
    let mut tallies: BTreeMap<FindingKind, Tally> = BTreeMap::new();
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let [of, kind, german, good, bad] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not five columns: {line}");
        };
        if of != part {
            continue;
        }
        let kind: FindingKind = serde_json::from_value(kind.into()).unwrap();
        let bad = kinds(german, bad);
        let tally = tallies.entry(kind).or_default();
        if bad.contains(&kind) {
            tally.found += 1
        } else {
            tally.missed += 1
        }
        let elsewhere = bad.into_iter().filter(|other| *other != kind);
        for wrong in kinds(german, good).into_iter().chain(elsewhere) {
            tallies.entry(wrong).or_default().wrong += 1;
        }
    }
    tallies
}

/// Every kind at least so good; the measured figures stand in the module's
/// documentation.
fn holds(part: &str, floors: &[(FindingKind, f64, f64)]) {
    let tallies = measure(part);
    for (kind, precision, recall) in floors {
        let tally = tallies[kind];
        assert!(tally.precision() >= *precision, "{part} {kind:?}: {tally:?}");
        assert!(tally.recall() >= *recall, "{part} {kind:?}: {tally:?}");
    }
}

#[test]
fn the_part_looked_at_while_tuning() {
    use FindingKind::{Date, Length, Name, Negation, Number, Quotes, Repetition, Untranslated};
    let all = [Date, Length, Negation, Number, Quotes, Repetition, Untranslated];
    let mut floors: Vec<_> = all.into_iter().map(|kind| (kind, 1.0, 1.0)).collect();
    floors.push((Name, 1.0, 0.88));
    holds("tune", &floors);
}

#[test]
fn the_part_held_out() {
    use FindingKind::{Date, Length, Name, Negation, Number, Quotes, Repetition, Untranslated};
    let all = [Date, Length, Quotes, Repetition, Untranslated];
    let mut floors: Vec<_> = all.into_iter().map(|kind| (kind, 1.0, 1.0)).collect();
    floors.extend([(Number, 0.93, 1.0), (Name, 1.0, 0.9), (Negation, 1.0, 0.75)]);
    holds("held", &floors);
}

#[test]
fn there_are_two_hundred_pairs_and_half_are_wrong() {
    let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
    assert!(lines.count() * 2 >= 200);
}

#[test]
fn a_low_score_is_a_finding_and_kept_german_is_not_checked() {
    let options = CheckOptions::default();
    let doubtful = Translation { score: Some(-1.4), ..translation("The bridge stays open.") };
    let check = check_pair("Die Brücke bleibt offen.", &doubtful, &options);
    assert_eq!(check.findings()[0].kind, FindingKind::Score);
    assert_eq!(check.worst(), Some(Severity::Minor));
    let silent = CheckOptions { ignore: vec![FindingKind::Score], ..options.clone() };
    assert!(check_pair("Die Brücke bleibt offen.", &doubtful, &silent).is_clean());
    let german = "Die Brücke bleibt offen.";
    let kept = Origin::Kept(KeptReason::Empty);
    for (origin, reason) in [
        (kept, Unchecked::KeptGerman),
        (Origin::Copied, Unchecked::Copied),
        (Origin::Human, Unchecked::Human),
    ] {
        let translation = Translation { origin, ..translation(german) };
        assert_eq!(check_pair(german, &translation, &options), Check::Unchecked { reason });
    }
}

proptest::proptest! {
    /// Any two texts can be compared, and every place is within its sentence.
    #[test]
    fn places_are_places(german in "\\PC{0,80}", english in "\\PC{0,80}") {
        let check = check_pair(&german, &translation(&english), &CheckOptions::default());
        for finding in check.findings() {
            if let Some(span) = finding.source {
                proptest::prop_assert!(german.get(span.start..span.end).is_some());
            }
            if let Some(span) = finding.target {
                proptest::prop_assert!(english.get(span.start..span.end).is_some());
            }
        }
    }

    /// The same for the stuff that numbers, dates and names are made of.
    #[test]
    fn figures_of_any_shape_are_read(words in proptest::collection::vec(
        proptest::sample::select(vec!["3", "14.30", "24.10.", "Uhr", "drei", "halb", "Mio.", "%",
            "€", "Mai", "May", "a", "half", "third", "-", ":", "p.m.", "zwei", "Drittel", "million",
            "and", "hundred", "EU", "München", "nicht", "\"", "(", "1.000", "1,5", "Anna"]), 0..12)) {
        let text = words.join(" ");
        let tight = words.concat();
        let options = CheckOptions::default();
        let check = check_pair(&text, &translation(&tight), &options);
        for finding in check.findings() {
            let inside = |span: tagesbrief::support::Span, text: &str| {
                text.get(span.start..span.end).is_some()
            };
            proptest::prop_assert!(finding.source.is_none_or(|span| inside(span, &text)));
            proptest::prop_assert!(finding.target.is_none_or(|span| inside(span, &tight)));
        }
    }
}
