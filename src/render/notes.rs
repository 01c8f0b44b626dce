//! What the reader should know about a sentence before trusting it.

use serde::Serialize;

use crate::brief::{Continuation, KeyPointBrief};
use crate::check::Check;
use crate::summarise::SummaryOrigin;
use crate::translate::{KeptReason, Origin, Translation};

use super::wording;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Weight {
    /// The English is not what it should be.
    Warning,
    /// Worth knowing.
    Remark,
}

/// A remark on one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Note {
    /// One character that says the same in little room.
    pub(super) symbol: &'static str,
    /// A few words.
    pub(super) words: String,
    /// How much it matters.
    pub(super) weight: Weight,
}

impl Note {
    fn warning(symbol: &'static str, words: impl Into<String>) -> Self {
        Self { symbol, words: words.into(), weight: Weight::Warning }
    }

    fn remark(symbol: &'static str, words: impl Into<String>) -> Self {
        Self { symbol, words: words.into(), weight: Weight::Remark }
    }
}

/// What the symbols mean: symbol, words, explanation.
pub(super) const LEGEND: &[(&str, &str, &str)] = &[
    (
        "⚠",
        "German kept",
        "no usable translation: the model repeated itself, ran far too long \
      or short, gave nothing, or failed; the German original stands",
    ),
    ("↻", "second try", "the first translation was unusable; this is the second"),
    ("!", "finding", "a check found a difference from the German that a person should look at"),
    ("↪", "continuing", "an earlier brief told this already; the link leads to it"),
    ("÷", "in parts", "too long for the model at once, translated in parts"),
    ("✎", "corrected", "a person wrote this English; it is in the file of corrections"),
    ("=", "copied", "numbers and symbols only, not shown to the model"),
    (
        "⇤",
        "from the article",
        "the summary's own sentence held a number or name that is not in the article, or was a \
      sentence of the article with slips; the article's sentence took its place",
    ),
];

/// All there is to say about a translated sentence, the gravest first.
pub(super) fn of_translation(translation: &Translation) -> Vec<Note> {
    let kept = matches!(translation.origin, Origin::Kept(_));
    let mut notes: Vec<Note> = of_origin(translation.origin).into_iter().collect();
    if translation.parts > 1 && !kept {
        notes.push(Note::remark("÷", format!("in {} parts", translation.parts)));
    }
    notes
}

/// The worst of what the checks found, and how much more there is.
pub(super) fn of_check(check: &Check) -> Option<Note> {
    let (worst, more) = check.findings().split_first()?;
    let more = match more.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Some(Note::warning("!", format!("{}: {}{more}", worst.severity, worst.message())))
}

/// What the sentences a key point rests on say against it, each thing once.
pub(super) fn of_key_point(point: &KeyPointBrief) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for note in point.sources.iter().flat_map(|source| of_translation(&source.en)) {
        if note.weight == Weight::Warning && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// That an earlier brief told it. The formats make a link of it.
pub(super) fn continuing(continues: &Continuation) -> Note {
    Note::remark("↪", format!("continuing from {}", wording::plain_date(continues.date)))
}

/// What the origin alone says.
pub(super) fn of_origin(origin: Origin) -> Option<Note> {
    match origin {
        Origin::Model => None,
        Origin::Retry => Some(Note::warning("↻", "second try")),
        Origin::Copied => Some(Note::remark("=", "copied")),
        Origin::Human => Some(Note::remark("✎", "corrected")),
        Origin::Kept(reason) => {
            Some(Note::warning("⚠", format!("German kept: {}", reason_words(reason))))
        }
    }
}

fn reason_words(reason: KeptReason) -> &'static str {
    match reason {
        KeptReason::Repetition => "repetition",
        KeptReason::Length => "length",
        KeptReason::Empty => "no answer",
        KeptReason::EngineError => "engine error",
    }
}

/// What there is to say about a summary sentence.
pub(super) fn of_summary(origin: SummaryOrigin) -> Option<Note> {
    match origin {
        SummaryOrigin::Replaced => Some(Note::remark("⇤", "from the article")),
        SummaryOrigin::Model | SummaryOrigin::Lead => None,
    }
}

/// The language a sentence's English column is really in.
pub(super) fn language(origin: Option<Origin>) -> &'static str {
    match origin {
        // A file name, too, is as German as the article.
        None | Some(Origin::Kept(_)) => "de",
        Some(Origin::Model | Origin::Retry | Origin::Copied | Origin::Human) => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Fault, Finding, FindingKind, Severity};

    fn words(origin: Origin, score: Option<f64>, parts: usize) -> Vec<String> {
        let translation =
            Translation { text: "x".into(), origin, score, parts, alignment: Vec::new() };
        of_translation(&translation).into_iter().map(|note| note.words).collect()
    }

    #[test]
    fn an_ordinary_sentence_has_no_note() {
        assert!(words(Origin::Model, Some(-0.3), 1).is_empty());
        assert!(words(Origin::Model, None, 1).is_empty());
    }

    #[test]
    fn notes_add_up() {
        assert_eq!(words(Origin::Retry, Some(-1.5), 3), ["second try", "in 3 parts"]);
    }

    #[test]
    fn kept_german_has_one_note() {
        let kept = Origin::Kept(KeptReason::Repetition);
        assert_eq!(words(kept, Some(-9.0), 2), ["German kept: repetition"]);
    }

    fn finding() -> Finding {
        Finding {
            kind: FindingKind::Number,
            fault: Fault::Missing,
            severity: Severity::Critical,
            source: None,
            target: None,
            expected: Some("12".into()),
            found: None,
        }
    }

    #[test]
    fn the_worst_finding_stands_for_all() {
        let two = Check::of(vec![finding(), Finding { severity: Severity::Minor, ..finding() }]);
        let words = of_check(&two).map(|note| note.words);
        assert_eq!(words.as_deref(), Some("critical: number missing: 12, and 1 more"));
        assert_eq!(of_check(&Check::of(vec![])), None);
    }

    #[test]
    fn every_symbol_is_in_the_legend() {
        let translation = Translation {
            text: "x".into(),
            origin: Origin::Retry,
            score: Some(-2.0),
            parts: 2,
            alignment: Vec::new(),
        };
        let mut notes = of_translation(&translation);
        notes.extend(of_origin(Origin::Copied));
        notes.extend(of_origin(Origin::Human));
        notes.extend(of_origin(Origin::Kept(KeptReason::Empty)));
        notes.extend(of_summary(SummaryOrigin::Replaced));
        notes.extend(of_check(&Check::of(vec![finding()])));
        notes.push(continuing(&Continuation {
            date: crate::ingest::BriefDate::Undated,
            key_point: "k1".into(),
        }));
        assert_eq!(notes.len(), LEGEND.len());
        for note in notes {
            assert!(LEGEND.iter().any(|(symbol, ..)| *symbol == note.symbol), "{}", note.symbol);
        }
    }
}
