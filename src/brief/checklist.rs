//! The checker's list of a date: everything worth a look, the worst first.

use std::cmp::Reverse;

use crate::check::{Check, Severity, Unchecked};

use super::types::{ArticleBrief, CheckCounts, ChecklistEntry, KeyPointBrief, Subject};

/// Key points, summary sentences and sentences with findings, and the sentences
/// that stand in German: by the worst finding, then by the number of findings,
/// then by the model's own doubt, then in the order of the brief.
pub(super) fn checklist(
    key_points: &[KeyPointBrief],
    articles: &[ArticleBrief],
) -> Vec<ChecklistEntry> {
    let points = key_points.iter().map(|point| {
        let subject = Subject::KeyPoint(point.id.clone());
        (entry(subject, &point.check), 0.0)
    });
    let texts = articles.iter().flat_map(|article| summary(article).chain(sentences(article)));
    let entries = points.chain(texts).filter_map(|(entry, score)| Some((entry?, score)));
    let mut entries: Vec<(ChecklistEntry, f64)> = entries.collect();
    entries.sort_by(|(a, x), (b, y)| {
        let weight = |entry: &ChecklistEntry| Reverse((entry.severity, entry.findings));
        weight(a).cmp(&weight(b)).then_with(|| x.total_cmp(y))
    });
    entries.into_iter().map(|(entry, _)| entry).collect()
}

fn summary(article: &ArticleBrief) -> impl Iterator<Item = (Option<ChecklistEntry>, f64)> {
    let sentences = article.summary.iter().flat_map(|summary| summary.sentences.iter().enumerate());
    sentences.map(|(sentence, said)| {
        (entry(Subject::Summary { article: article.id.clone(), sentence }, &said.check), 0.0)
    })
}

fn sentences(article: &ArticleBrief) -> impl Iterator<Item = (Option<ChecklistEntry>, f64)> {
    article.pairs.iter().map(|pair| {
        let entry = entry(Subject::Sentence(pair.id.clone()), &pair.check);
        (entry, pair.en.score.unwrap_or_default())
    })
}

fn entry(subject: Subject, check: &Check) -> Option<ChecklistEntry> {
    let severity = match check {
        Check::Unchecked { reason: Unchecked::KeptGerman } => Severity::Major,
        _ => check.worst()?,
    };
    Some(ChecklistEntry { subject, severity, findings: check.findings().len() })
}

/// The sentences of `articles` by what the checks say of them.
pub(super) fn counts(articles: &[ArticleBrief]) -> CheckCounts {
    let mut counts = CheckCounts::default();
    for pair in articles.iter().flat_map(|article| &article.pairs) {
        let counter = match &pair.check {
            Check::Unchecked { .. } => &mut counts.unchecked,
            check if check.is_clean() => &mut counts.clean,
            Check::Checked { .. } => &mut counts.found,
        };
        *counter += 1;
    }
    counts
}
