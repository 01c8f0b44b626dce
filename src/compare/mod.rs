//! Two runs held against each other: [`DayBrief`]s of both → [`Change`]s.
//!
//! In: the briefs of two output folders. Out: the English sentences that differ,
//! each with its cause, and how many do not. Sentences are paired by their
//! German: articles of the same date by id (the same text), else by path.

mod cause;
mod html;
mod pairing;
mod terminal;
mod words;

pub use cause::Cause;
pub use html::page;
pub use terminal::listing;
pub use words::{Part, word_diff};

use std::collections::{BTreeMap, BTreeSet};

use crate::brief::{ArticleBrief, DayBrief, SentencePair};

/// An English sentence that is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The date, as the folder is called.
    pub date: String,
    /// The article's file.
    pub path: String,
    /// Why it differs.
    pub cause: Cause,
    /// The sentence in the first run; `None` where it is new.
    pub before: Option<SentencePair>,
    /// The sentence in the second run; `None` where it is gone.
    pub after: Option<SentencePair>,
}

/// What two runs differ in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// The sentences that differ, by date, path and place.
    pub changes: Vec<Change>,
    /// How many sentences have the same German and the same English.
    pub same: usize,
}

impl Comparison {
    /// How many changes each cause has.
    #[must_use]
    pub fn causes(&self) -> BTreeMap<Cause, usize> {
        let mut causes = BTreeMap::new();
        for change in &self.changes {
            *causes.entry(change.cause).or_default() += 1;
        }
        causes
    }
}

/// Compares the briefs of two runs.
#[must_use]
pub fn compare(before: &[DayBrief], after: &[DayBrief]) -> Comparison {
    let old = by_date(before);
    let new = by_date(after);
    let dates: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut comparison = Comparison::default();
    for date in dates {
        let (old, new) = (old.get(date).copied(), new.get(date).copied());
        let same_model = old.zip(new).is_some_and(|(old, new)| {
            old.engines.translate.fingerprint == new.engines.translate.fingerprint
        });
        for (one, other) in pairing::articles(articles(old), articles(new)) {
            compare_articles(date, one, other, same_model, &mut comparison);
        }
    }
    comparison
}

fn by_date(briefs: &[DayBrief]) -> BTreeMap<String, &DayBrief> {
    briefs.iter().map(|brief| (brief.date.to_string(), brief)).collect()
}

fn articles(brief: Option<&DayBrief>) -> &[ArticleBrief] {
    brief.map_or(&[], |brief| &brief.articles)
}

fn compare_articles(
    date: &str,
    old: Option<&ArticleBrief>,
    new: Option<&ArticleBrief>,
    same_model: bool,
    comparison: &mut Comparison,
) {
    let Some(path) = new.or(old).map(|article| article.source.path.clone()) else { return };
    let same_text = old.zip(new).is_some_and(|(old, new)| old.id == new.id);
    let pairs = |article: Option<&ArticleBrief>| article.map_or(Vec::new(), |a| a.pairs.clone());
    for (before, after) in pairing::sentences(pairs(old), pairs(new)) {
        let text = |pair: &Option<SentencePair>| pair.as_ref().map(|pair| pair.en.text.clone());
        if text(&before) == text(&after) {
            comparison.same += 1;
            continue;
        }
        let cause = cause::of(before.as_ref(), after.as_ref(), same_text, same_model);
        let (date, path) = (date.to_owned(), path.clone());
        comparison.changes.push(Change { date, path, cause, before, after });
    }
}
