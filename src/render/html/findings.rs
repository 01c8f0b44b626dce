//! What the checks say, as templates see it: in the text, and in the checker's list.

use serde::Serialize;

use crate::brief::{ChecklistEntry, DayBrief, SentencePair, Subject};
use crate::check::{Check, Finding, Severity, Unchecked};
use crate::render::{anchor, notes};
use crate::segment::SegmentId;
use crate::support::Span;

use super::spans::{Mark, Run, runs};
use super::view::Place;

/// Findings of one severity, in words.
#[derive(Debug, Serialize)]
pub(super) struct FindingView {
    severity: &'static str,
    messages: Vec<String>,
}

/// Whether a sentence was checked and what came of it: never by colour alone.
#[derive(Debug, Serialize)]
pub(super) struct StateView {
    /// The class: `clean`, `found` or `unchecked`.
    class: &'static str,
    /// One character that says the same.
    symbol: &'static str,
    /// In words.
    words: String,
}

/// A line of the checker's list.
#[derive(Debug, Serialize)]
pub(super) struct EntryView<'a> {
    severity: &'static str,
    href: String,
    /// What is looked at: "Sentence 3", "Key point", "Summary".
    what: String,
    headline: Option<&'a str>,
    headline_lang: &'static str,
    de: Vec<Run<'a>>,
    en: Vec<Run<'a>>,
    en_lang: &'static str,
    findings: Vec<FindingView>,
}

/// The symbols of [`state`] that are no notes: symbol, words, explanation.
pub(super) const STATES: [(&str, &str, &str); 2] = [
    ("✓", "checked", "the checks compared the sentence with the German and found nothing"),
    ("○", "not checked", "there was nothing to compare, or the checks did not run"),
];

/// What `check` says of a sentence as a whole.
pub(super) fn state(check: &Check) -> StateView {
    match check {
        Check::Unchecked { reason } => {
            StateView { class: "unchecked", symbol: "○", words: reason.label().to_owned() }
        }
        Check::Checked { findings } if findings.is_empty() => {
            StateView { class: "clean", symbol: "✓", words: "checked, nothing found".to_owned() }
        }
        Check::Checked { findings } => StateView {
            class: "found",
            symbol: "!",
            words: crate::render::wording::count(findings.len(), "finding"),
        },
    }
}

/// Whether the checker should look at it.
pub(super) fn is_flagged(check: &Check) -> bool {
    matches!(check, Check::Unchecked { reason: Unchecked::KeptGerman })
        || !check.findings().is_empty()
}

/// The findings in words, the worst first; what is said twice is told once.
pub(super) fn findings(check: &Check) -> Vec<FindingView> {
    let alike = check.findings().chunk_by(|one, next| one.severity == next.severity);
    alike.filter_map(of_one_severity).collect()
}

fn of_one_severity(findings: &[Finding]) -> Option<FindingView> {
    let mut messages: Vec<String> = Vec::new();
    for message in findings.iter().map(Finding::message) {
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    Some(FindingView { severity: findings.first()?.severity.label(), messages })
}

/// The German of `pair` in runs.
pub(super) fn german(pair: &SentencePair) -> Vec<Run<'_>> {
    let words: Vec<Span> = pair.en.alignment.iter().map(|link| link.source).collect();
    runs(&pair.de, &words, &marks(&pair.check, |finding| finding.source))
}

/// The English of `pair` in runs.
pub(super) fn english(pair: &SentencePair) -> Vec<Run<'_>> {
    let words: Vec<Span> = pair.en.alignment.iter().map(|link| link.target).collect();
    runs(&pair.en.text, &words, &marks(&pair.check, |finding| finding.target))
}

/// A key point or a summary sentence in runs.
pub(super) fn statement<'a>(text: &'a str, check: &Check) -> Vec<Run<'a>> {
    runs(text, &[], &marks(check, |finding| finding.target))
}

fn marks(check: &Check, place: impl Fn(&Finding) -> Option<Span>) -> Vec<Mark> {
    let mark = |finding| Some(Mark { span: place(finding)?, class: class(finding.severity) });
    check.findings().iter().filter_map(mark).collect()
}

/// The class of a mark.
fn class(severity: Severity) -> &'static str {
    severity.label()
}

/// A line of the checker's list; `None` where what it names is not in the brief.
pub(super) fn entry<'a>(
    entry: &ChecklistEntry,
    brief: &'a DayBrief,
    place: Place<'_>,
) -> Option<EntryView<'a>> {
    let view = match &entry.subject {
        Subject::Sentence(id) => sentence(id, brief, place)?,
        Subject::KeyPoint(id) => {
            let point = brief.key_points.iter().find(|point| point.id == *id)?;
            EntryView {
                href: format!("{}brief.html#{}", place.folder, anchor::key_point(id)),
                de: together(point.sources.iter().map(|source| source.de.as_str())),
                ..said("Key point", &point.text, &point.check)
            }
        }
        Subject::Summary { article, sentence } => {
            let of = brief.articles.iter().find(|other| other.id == *article)?;
            let sentence = of.summary.as_ref()?.sentences.get(*sentence)?;
            let support = sentence.support.iter().filter_map(|index| of.pairs.get(*index));
            EntryView {
                href: format!("{}#summary", place.article(article)),
                de: together(support.map(|pair| pair.de.as_str())),
                headline: Some(&of.headline.en),
                headline_lang: notes::language(of.headline.origin),
                ..said("Summary", &sentence.text, &sentence.check)
            }
        }
    };
    Some(EntryView { severity: entry.severity.label(), ..view })
}

fn sentence<'a>(id: &SegmentId, brief: &'a DayBrief, place: Place<'_>) -> Option<EntryView<'a>> {
    let article = brief.articles.iter().find(|article| article.id == id.article)?;
    let pair = article.pairs.iter().find(|pair| pair.id == *id)?;
    let mut findings = findings(&pair.check);
    if let Check::Unchecked { reason } = pair.check {
        let messages = vec![reason.label().to_owned()];
        findings.push(FindingView { severity: Severity::Major.label(), messages });
    }
    Some(EntryView {
        severity: "",
        href: place.sentence(id),
        what: format!("Sentence {}", id.number),
        headline: Some(&article.headline.en),
        headline_lang: notes::language(article.headline.origin),
        de: german(pair),
        en: english(pair),
        en_lang: notes::language(Some(pair.en.origin)),
        findings,
    })
}

/// Sentences one after the other, unmarked.
fn together<'a>(sentences: impl Iterator<Item = &'a str>) -> Vec<Run<'a>> {
    let spaced = sentences.flat_map(|sentence| [" ", sentence]).skip(1);
    spaced.flat_map(|text| runs(text, &[], &[])).collect()
}

fn said<'a>(what: &str, text: &'a str, check: &Check) -> EntryView<'a> {
    EntryView {
        severity: "",
        href: String::new(),
        what: what.to_owned(),
        headline: None,
        headline_lang: "en",
        de: Vec::new(),
        en: statement(text, check),
        en_lang: "en",
        findings: findings(check),
    }
}
