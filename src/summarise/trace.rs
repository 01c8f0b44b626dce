//! Which sentences of the article a statement rests on.
//!
//! Greedy coverage: take the sentence that covers most of the statement's
//! content words (weighted by tf-idf), then the one that covers most of what is
//! left, three at most. This is the greedy overlap alignment by which Nallapati,
//! Zhai and Zhou (SummaRuNNer, AAAI 2017) find the source sentences of an
//! abstract, with recall of stems in place of ROUGE (Lin 2004), and the greedy
//! rule for coverage of Lin and Bilmes (ACL 2011).

use std::collections::BTreeSet;

use crate::text::facts::{Evidence, Facts};
use crate::text::vectors::Terms;
use crate::text::words::content_stems;

/// The most sentences a statement may rest on.
pub const MAX_SUPPORT: usize = 3;

/// A further sentence must cover this share of the statement's weight, unless it
/// brings a number or a name that is still missing.
pub const MIN_GAIN: f64 = 0.15;

/// What a statement rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    /// Indices of source sentences, the one that covers most first; empty where
    /// nothing is in common.
    pub support: Vec<usize>,
    /// Share (0 to 1) of the statement's content words that the first two of
    /// them have.
    pub overlap: f64,
}

/// The sentences of one article, ready for tracing statements.
#[derive(Debug, Clone)]
pub struct Tracer {
    stems: Vec<BTreeSet<String>>,
    evidence: Vec<Evidence>,
    terms: Terms,
}

impl Tracer {
    /// Prepares the article's English sentences.
    #[must_use]
    pub fn new(sentences: &[&str]) -> Self {
        let stems: Vec<Vec<String>> = sentences.iter().map(|text| content_stems(text)).collect();
        Self {
            terms: Terms::of(&stems),
            stems: stems.into_iter().map(BTreeSet::from_iter).collect(),
            evidence: sentences.iter().map(|text| Evidence::of(&[text])).collect(),
        }
    }

    /// Finds what `statement` rests on.
    #[must_use]
    pub fn trace(&self, statement: &str) -> Trace {
        let stems = BTreeSet::from_iter(content_stems(statement));
        let total: f64 = stems.iter().map(|stem| self.terms.weight(stem)).sum();
        let mut open: BTreeSet<&String> = stems.iter().collect();
        let mut facts = Facts::of(statement);
        let mut trace = Trace::default();
        while trace.support.len() < MAX_SUPPORT {
            let Some((best, gain)) = self.best(&open, &trace.support) else { break };
            let first = trace.support.is_empty();
            if !first && gain < MIN_GAIN * total && !self.brings(best, &facts) {
                break;
            }
            open.retain(|stem| !self.stems[best].contains(*stem));
            self.settle(best, &mut facts);
            trace.support.push(best);
            if trace.support.len() <= 2 {
                trace.overlap = 1.0 - open.len() as f64 / stems.len() as f64;
            }
        }
        self.add_missing_facts(&mut facts, &mut trace);
        trace
    }

    /// The sentence that covers most of what is `open`, and how much (above 0);
    /// among equals the one nearest to the first support, then the earliest.
    fn best(&self, open: &BTreeSet<&String>, taken: &[usize]) -> Option<(usize, f64)> {
        let near = taken.first().copied();
        let mut best: Option<(usize, f64)> = None;
        for (index, stems) in self.stems.iter().enumerate() {
            if taken.contains(&index) {
                continue;
            }
            let covered = open.iter().filter(|stem| stems.contains(**stem));
            let gain: f64 = covered.map(|stem| self.terms.weight(stem)).sum();
            let distance = |index: usize| near.map_or(index, |near| near.abs_diff(index));
            let better = best.is_none_or(|(other, most)| {
                gain > most + 1e-12 || (gain > most - 1e-12 && distance(index) < distance(other))
            });
            if gain > 0.0 && better {
                best = Some((index, gain));
            }
        }
        best
    }

    fn brings(&self, index: usize, facts: &Facts) -> bool {
        let evidence = &self.evidence[index];
        facts.numbers.iter().any(|number| number.certain && evidence.has_number(number))
            || facts.names.iter().any(|name| evidence.has_name(name))
    }

    /// Strikes out the facts that sentence `index` has.
    fn settle(&self, index: usize, facts: &mut Facts) {
        let evidence = &self.evidence[index];
        facts.numbers.retain(|number| !evidence.has_number(number));
        facts.names.retain(|name| !evidence.has_name(name));
    }

    /// Facts may be worded otherwise ("12" for "twelve", "EU" for "European
    /// Union"), so that no stem led to their sentence.
    fn add_missing_facts(&self, facts: &mut Facts, trace: &mut Trace) {
        let Some(near) = trace.support.first().copied() else { return };
        let mut order: Vec<usize> = (0..self.evidence.len()).collect();
        order.sort_by_key(|index| (near.abs_diff(*index), *index));
        for index in order {
            let settled = facts.numbers.is_empty() && facts.names.is_empty();
            if settled || trace.support.len() >= MAX_SUPPORT {
                return;
            }
            if !trace.support.contains(&index) && self.brings(index, facts) {
                self.settle(index, facts);
                trace.support.push(index);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: [&str; 4] = [
        "The Kassel council adopted a budget of 310 million euros on Monday.",
        "Mayor Weber called the vote a good day for the city.",
        "The opposition wants to cut spending on the theatre.",
        "The European Union pays for the new tram.",
    ];

    fn support(statement: &str) -> Vec<usize> {
        Tracer::new(&ARTICLE).trace(statement).support
    }

    #[test]
    fn one_source_two_sources_none() {
        assert_eq!(support("Kassel adopted a budget of 310 million euros."), [0]);
        assert_eq!(support("Weber welcomed the vote on the theatre spending."), [1, 2]);
        assert_eq!(support("Penguins swim."), [0; 0]);
        assert_eq!(support(""), [0; 0]);
    }

    #[test]
    fn facts_worded_otherwise_are_found() {
        assert_eq!(support("The EU will finance a tram."), [3]);
        assert_eq!(support("The EU likes the theatre."), [2, 3]);
    }

    #[test]
    fn overlap_is_a_share() {
        let tracer = Tracer::new(&ARTICLE);
        assert!((tracer.trace(ARTICLE[0]).overlap - 1.0).abs() < 1e-12);
        assert!(tracer.trace("Weber bought a penguin yesterday evening.").overlap < 0.3);
        assert_eq!(Tracer::new(&[]).trace("Anything at all."), Trace::default());
    }
}
