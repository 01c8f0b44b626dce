//! Statements that several candidates make, and the choice among them.

use std::collections::BTreeSet;

use crate::ingest::ArticleId;
use crate::segment::SegmentId;
use crate::text::facts::numbers_conflict;

use super::KeyPointOptions;
use super::candidates::{Candidate, Date};

/// From this cosine on a sentence that another wording rests on is named, too.
const SUPPORTS: f64 = 0.35;

/// Candidates that say the same.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The weightiest of them: its words are the key point's.
    pub(super) best: Candidate,
    /// Sentences all of them rest on.
    pub(super) sources: BTreeSet<SegmentId>,
    /// The articles that say it.
    pub(super) articles: BTreeSet<ArticleId>,
}

impl Statement {
    fn new(candidate: Candidate) -> Self {
        Self {
            sources: candidate.sources.iter().cloned().collect(),
            articles: BTreeSet::from([candidate.article.clone()]),
            best: candidate,
        }
    }

    /// The weight of its best wording, times `1 + ln(articles)`: a second
    /// article says much, a tenth little more.
    pub(super) fn importance(&self) -> f64 {
        self.best.weight * (1.0 + (self.articles.len() as f64).ln())
    }

    /// Its sources by similarity to its words, the wording's own first among
    /// equals. Of what others rest on, the similar sentences are named, and for
    /// every article the most similar one: whoever is counted is named.
    pub(super) fn ranked_sources(&self, date: &Date<'_>) -> Vec<SegmentId> {
        let similarity =
            |id: &SegmentId| date.vector(id).map_or(0.0, |vector| vector.cosine(&self.best.vector));
        let own = |id: &SegmentId| self.best.sources.contains(id);
        let mut ranked: Vec<(&SegmentId, f64)> =
            self.sources.iter().map(|id| (id, similarity(id))).collect();
        ranked.sort_by(|(a, x), (b, y)| {
            y.total_cmp(x).then_with(|| own(b).cmp(&own(a))).then_with(|| a.cmp(b))
        });
        let mut named = BTreeSet::new();
        ranked.retain(|(id, similarity)| {
            let first = named.insert(&id.article);
            first || own(id) || *similarity >= SUPPORTS
        });
        ranked.into_iter().map(|(id, _)| id.clone()).collect()
    }
}

/// Gathers candidates that say the same, weightiest first: each joins the first
/// statement whose wording it resembles, or opens a new one.
///
/// Statements with numbers that contradict each other stay apart: "three dead"
/// does not prove "five dead".
pub(super) fn statements(
    mut candidates: Vec<Candidate>,
    options: &KeyPointOptions,
) -> Vec<Statement> {
    candidates.sort_by(|a, b| {
        let ties = || (&a.sources, &a.text).cmp(&(&b.sources, &b.text));
        b.weight.total_cmp(&a.weight).then_with(ties)
    });
    let mut statements: Vec<Statement> = Vec::new();
    for candidate in candidates {
        match statements.iter_mut().find(|s| same(&s.best, &candidate, options)) {
            Some(statement) => {
                statement.sources.extend(candidate.sources);
                statement.articles.insert(candidate.article);
            }
            None => statements.push(Statement::new(candidate)),
        }
    }
    statements
}

fn same(one: &Candidate, other: &Candidate, options: &KeyPointOptions) -> bool {
    // Two wordings of the very same sentences would also share their id.
    if one.sources == other.sources {
        return true;
    }
    one.vector.cosine(&other.vector) >= options.same_statement
        && !numbers_conflict(&one.numbers, &other.numbers)
}
