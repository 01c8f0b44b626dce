//! Does the article say so? The checks every sentence of a model's summary
//! passes before it is shown.
//!
//! They are deterministic and see the surface only: numbers by value, names by
//! spelling, words by stem and order. What passes can still be false ("rose" for "fell");
//! what fails gives way to the article's own sentence, so that a false alarm
//! costs elegance, never truth.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffTag, capture_diff_slices, diff_ratio};

use crate::check::Check;
use crate::text::facts::Evidence;
use crate::text::repetition::is_looping;
use crate::text::squeeze;
use crate::text::words::{count, fold, words};

use super::sentences::is_complete;
use super::trace::{Trace, Tracer};
use super::{SummaryOrigin, SummarySentence};

/// A sentence of fewer words is a fragment and says nothing.
pub const MIN_WORDS: usize = 4;

/// At least this share of a sentence's content words must be in its two best
/// sources. Abstracts of news reuse far more of their source's words than that;
/// below it a small model is making things up. (Editors, who know more than the
/// article says, fall below it in one bullet of six.)
pub const MIN_OVERLAP: f64 = 0.6;

/// Below this share no source sentence says anything similar, and none takes
/// the place of the model's.
pub const MIN_REPLACED_OVERLAP: f64 = 0.25;

/// From this similarity on a sentence is a copy of its source with slips: a small
/// model's way of going wrong. Similarity is twice the words in common, in order, over
/// the words of both; a sentence that says it in two thirds of the words is at most at 0.8.
pub const MIN_COPIED: f64 = 0.8;

/// What is wrong with a sentence of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Fewer than [`MIN_WORDS`] words.
    Fragment,
    /// It does not end as a sentence.
    Incomplete,
    /// It repeats itself.
    Repetition,
    /// These numbers and names are not in its sources.
    Unsupported(Vec<String>),
    /// Too few of its words are in its sources.
    FarFromSource,
    /// It is one of the article's sentences, but for a few words or their order.
    Slip,
}

/// What becomes of a sentence of a summary.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It stands, resting on these sentences (best first).
    Keep(Vec<usize>),
    /// This source sentence takes its place.
    Replace(usize, Fault),
    /// It goes, and nothing takes its place.
    Drop(Fault),
}

/// Checks statements against the sentences of one article.
#[derive(Debug, Clone)]
pub struct Guard<'s> {
    sentences: &'s [&'s str],
    tracer: Tracer,
}

impl<'s> Guard<'s> {
    /// A guard over the article's English sentences.
    #[must_use]
    pub fn new(sentences: &'s [&'s str]) -> Self {
        Self { sentences, tracer: Tracer::new(sentences) }
    }

    /// Judges one sentence.
    #[must_use]
    pub fn check(&self, sentence: &str) -> Verdict {
        if count(sentence) < MIN_WORDS {
            return Verdict::Drop(Fault::Fragment);
        }
        let trace = self.tracer.trace(sentence);
        match self.fault(sentence, &trace) {
            None => Verdict::Keep(trace.support),
            Some(fault) => match self.replacement(&trace) {
                Some(source) => Verdict::Replace(source, fault),
                None => Verdict::Drop(fault),
            },
        }
    }

    /// Judges the sentences of a summary, in order: faulty ones are replaced or
    /// dropped, and nothing is said twice.
    #[must_use]
    pub fn checked(&self, summary: &[&str]) -> Vec<SummarySentence> {
        let mut said = BTreeSet::new();
        let mut checked = Vec::new();
        for sentence in summary.iter().map(|sentence| squeeze(sentence)) {
            let (text, mut support, origin) = match self.check(&sentence) {
                Verdict::Keep(support) => (sentence, support, SummaryOrigin::Model),
                Verdict::Replace(source, _) => {
                    let text = self.sentences.get(source).copied().unwrap_or_default();
                    (squeeze(text), vec![source], SummaryOrigin::Replaced)
                }
                Verdict::Drop(_) => continue,
            };
            support.sort_unstable();
            if said.insert(text.to_lowercase()) {
                let check = Check::NOT_RUN;
                checked.push(SummarySentence { text, support, origin, check });
            }
        }
        checked
    }

    fn fault(&self, sentence: &str, trace: &Trace) -> Option<Fault> {
        if is_looping(sentence) {
            return Some(Fault::Repetition);
        }
        if !is_complete(sentence) {
            return Some(Fault::Incomplete);
        }
        let support: Vec<&str> =
            trace.support.iter().filter_map(|index| self.sentences.get(*index).copied()).collect();
        let lacking = Evidence::of(&support).lacks(sentence);
        if !lacking.is_empty() {
            return Some(Fault::Unsupported(lacking));
        }
        if support.is_empty() || trace.overlap < MIN_OVERLAP {
            return Some(Fault::FarFromSource);
        }
        let source = support.first().filter(|source| can_stand(source));
        source.is_some_and(|source| is_slipped_copy(sentence, source)).then_some(Fault::Slip)
    }

    /// The most similar source sentence that can stand in a summary.
    fn replacement(&self, trace: &Trace) -> Option<usize> {
        if trace.overlap < MIN_REPLACED_OVERLAP {
            return None;
        }
        trace
            .support
            .iter()
            .copied()
            .find(|index| self.sentences.get(*index).is_some_and(|text| can_stand(text)))
    }
}

/// Whether a sentence of the article is fit to be quoted in its summary.
pub(super) fn can_stand(text: &str) -> bool {
    count(text) >= MIN_WORDS && is_complete(text) && !is_looping(text)
}

/// Whether `sentence` says what `source` says in almost the same words. Words left out,
/// and nothing else, are no slip: that is how a summary is made.
fn is_slipped_copy(sentence: &str, source: &str) -> bool {
    let folded = |text: &str| words(text).map(|word| fold(word.text)).collect::<Vec<_>>();
    let (said, source) = (folded(sentence), folded(source));
    let changes = capture_diff_slices(Algorithm::Myers, &source, &said);
    let only_left_out =
        changes.iter().all(|change| matches!(change.tag(), DiffTag::Equal | DiffTag::Delete));
    let likeness = diff_ratio(&changes, source.len(), said.len());
    !only_left_out && f64::from(likeness) >= MIN_COPIED
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("Kassel".to_owned()),
            Just("Weber".to_owned()),
            Just("council".to_owned()),
            Just("budget".to_owned()),
            Just("the".to_owned()),
            Just("percent".to_owned()),
            Just("million".to_owned()),
            Just("seven".to_owned()),
            (0_u32..30).prop_map(|n| n.to_string()),
        ]
    }

    fn sentence() -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 1..12).prop_map(|words| format!("{}.", words.join(" ")))
    }

    proptest! {
        #[test]
        fn nothing_unsupported_is_left(
            article in prop::collection::vec(sentence(), 0..6),
            summary in prop::collection::vec(sentence(), 0..6),
        ) {
            let sentences: Vec<&str> = article.iter().map(String::as_str).collect();
            let summary: Vec<&str> = summary.iter().map(String::as_str).collect();
            for left in Guard::new(&sentences).checked(&summary) {
                prop_assert!(!left.support.is_empty());
                prop_assert!(left.support.is_sorted());
                let support: Vec<&str> = left.support.iter().map(|i| sentences[*i]).collect();
                prop_assert_eq!(Evidence::of(&support).lacks(&left.text), [""; 0]);
            }
        }

        #[test]
        fn any_text_is_judged(article in prop::collection::vec("\\PC{0,60}", 0..4), text in "\\PC{0,60}") {
            let sentences: Vec<&str> = article.iter().map(String::as_str).collect();
            let _ = Guard::new(&sentences).check(&text);
        }
    }
}
