//! Precision and recall of the checks on invented pairs. Each line of
//! `pairs.tsv` is two of them: a good translation and one with a single error.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod continuing;

use std::collections::BTreeMap;

use tagesbrief::check::{
    Check, CheckOptions, Corrections, FindingKind, Glossary, Severity, Unchecked, check_articles,
    check_pair,
};
use tagesbrief::ingest::{Article, ArticleId, Block, BlockKind, Layout, SourceFile};
use tagesbrief::segment::{Segment, SegmentId, SegmentedArticle};
use tagesbrief::support::Span;
use tagesbrief::translate::{BilingualArticle, KeptReason, Origin, Translation};

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

/// Of a date's sentences the worst share, whatever the scores are.
#[test]
fn the_least_sure_sentences_are_findings() {
    let pairs: Vec<(String, String)> = (0..50)
        .map(|at| (format!("Die Brücke {at} bleibt offen."), format!("Bridge {at} stays open.")))
        .collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(de, en)| (&**de, &**en)).collect();
    let flagged = |options: &CheckOptions, shift: f64| -> Vec<usize> {
        let mut article = article(&pairs);
        for (at, translation) in article.translations.iter_mut().enumerate() {
            translation.score = Some(shift - ((at * 7) % 50) as f64 / 50.0);
        }
        article.translations[3].score = None;
        let checks = check_articles(vec![article], options).remove(0).checks;
        let has_score = |check: &Check| {
            check.findings().iter().any(|finding| finding.kind == FindingKind::Score)
        };
        (0..checks.len()).filter(|at| has_score(&checks[*at])).collect()
    };
    let options = CheckOptions { least_sure: 0.05, ..CheckOptions::default() };
    // 7 and 14 have the lowest scores, and 49 sentences have one.
    assert_eq!(flagged(&options, 0.0), [7, 14]);
    assert_eq!(flagged(&options, -3.0), [7, 14], "another model, the same order");
    let none = CheckOptions { least_sure: 0.0, ..options.clone() };
    assert!(flagged(&none, 0.0).is_empty());
    let silent = CheckOptions { ignore: vec![FindingKind::Score], ..options };
    assert!(flagged(&silent, 0.0).is_empty());
}

#[test]
fn kept_copied_and_human_english_is_not_checked() {
    let options = CheckOptions::default();
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

/// One article of the given German and English sentences.
fn article(pairs: &[(&str, &str)]) -> BilingualArticle {
    let text: String = pairs.iter().map(|(german, _)| format!("{german} ")).collect();
    let id = ArticleId("0123456789ab".to_owned());
    let mut start = 0;
    let segments = pairs.iter().enumerate().map(|(index, (german, _))| {
        let span = Span::new(start, start + german.len());
        start = span.end + 1;
        let id = SegmentId { article: id.clone(), number: index + 1 };
        Segment { id, block: 0, span }
    });
    let segments = segments.collect();
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), line: 1 };
    let article = Article {
        id,
        source: SourceFile {
            path: "steg.txt".to_owned(),
            encoding: "UTF-8".to_owned(),
            encoding_guessed: false,
            bytes: text.len() as u64,
        },
        layout: Layout::Plain,
        date: None,
        category: None,
        text,
        blocks: vec![block],
        dropped: Vec::new(),
        notices: Vec::new(),
    };
    let translations = pairs.iter().map(|(_, english)| translation(english)).collect();
    BilingualArticle::new(SegmentedArticle { article, segments }, translations)
}

#[test]
fn a_correction_wins_and_a_stale_one_is_reported() {
    let corrections = "Der Steg ist seit Mai offen.\tThe jetty has been open since May.\n\
                       Die Gemeinde zahlt dafür 40.000 Euro.\tThe village is paying €40,000 for it.\n";
    let options = CheckOptions {
        corrections: Corrections::parse(corrections).unwrap(),
        ..CheckOptions::default()
    };
    let articles = vec![article(&[
        ("Der Steg ist seit Mai offen.", "The bar is open in March."),
        ("Die Gemeinde zahlt dafür 45.000 Euro.", "The village pays 45,000 euros for it."),
    ])];
    let checked = &check_articles(articles, &options)[0];
    assert_eq!(checked.translations[0].text, "The jetty has been open since May.");
    assert_eq!(checked.translations[0].origin, Origin::Human);
    assert_eq!(checked.checks[0], Check::Unchecked { reason: Unchecked::Human });
    let findings = checked.checks[1].findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].kind, FindingKind::Correction);
    assert!(findings[0].message().contains("€40,000"), "{}", findings[0].message());
}

#[test]
fn the_glossary_is_checked_and_enforced() {
    let glossary = "[[term]]\ngerman = 'Landrat'\nenglish = 'district administrator'\n\
                    never = ['land council']\nenforce = true\n";
    let options =
        CheckOptions { glossary: Glossary::parse(glossary).unwrap(), ..CheckOptions::default() };
    let articles = vec![article(&[
        ("Der Landrat kam.", "The land council came."),
        ("Der Landrat ging.", "The mayor left."),
    ])];
    let checked = &check_articles(articles, &options)[0];
    assert_eq!(checked.translations[0].text, "The district administrator came.");
    for (index, severity) in [(0, Severity::Minor), (1, Severity::Major)] {
        let findings = checked.checks[index].findings();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!((findings[0].kind, findings[0].severity), (FindingKind::Term, severity));
    }
}
