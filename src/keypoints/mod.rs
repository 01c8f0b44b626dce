//! Stage 6, *key points*: the [`SummarisedArticle`]s
//! of one date → its [`KeyPoint`]s.
//!
//! In: all articles of one date. Out: key points by importance, near-duplicates
//! merged, each traced to English and German sentences. Nothing can go wrong:
//! a date without a usable sentence has no key points.

mod candidates;
pub mod form;
pub mod lexrank;
mod merge;
mod options;
mod select;
mod types;

pub use options::KeyPointOptions;
pub use types::{KeyPoint, KeyPointOrigin};

use std::collections::BTreeSet;

use crate::segment::SegmentId;
use crate::summarise::SummarisedArticle;

use candidates::Date;
use merge::Statement;

/// The key points of one date, most important first.
///
/// Candidates are the sentences of the summaries and the most salient sentences
/// of the bodies ([`lexrank`]); those that cannot stand alone ([`form`]), that
/// stayed German or that hold a number or name their sources lack are out.
/// Candidates that say the same are one statement, which counts the articles
/// that make it.
///
/// ```text
/// importance = salience × position × translation × independence
///            × 1.25 if it stands in a summary
///            × (1 + ln(articles that say it))
/// ```
///
/// *Salience* is the LexRank of its best source among all sentences of the date
/// (0 to 1); *position* is 1 / (1 + 0.1 × place in the article); *translation*
/// is 1, 0.9, 0.75 or 0.5 by the band of its worst source's score; *independence*
/// is 0.6 for sentences that open with a pronoun or the like. Among the
/// statements the choice avoids those that resemble one already chosen.
///
/// The result does not depend on the order of `articles`; an article given
/// twice counts once.
#[must_use]
pub fn key_points(articles: &[SummarisedArticle], options: &KeyPointOptions) -> Vec<KeyPoint> {
    let date = Date::of(articles);
    let statements = merge::statements(date.candidates(options), options);
    let chosen = select::select(statements, date.articles(), options);
    let mut seen = BTreeSet::new();
    let points = chosen.into_iter().map(|statement| key_point(statement, &date));
    // Different statements can end up with the same sources, and so with one id.
    points.filter(|point| seen.insert(point.id.clone())).collect()
}

fn key_point(statement: Statement, date: &Date<'_>) -> KeyPoint {
    let sources = statement.ranked_sources(date);
    KeyPoint {
        id: name(&sources),
        importance: statement.importance(),
        articles: statement.articles.len(),
        sources,
        text: statement.best.text,
        origin: statement.best.origin,
    }
}

/// The id: a hash of the sources' ids in ascending order, each on its line.
fn name(sources: &[SegmentId]) -> String {
    let mut hasher = blake3::Hasher::new();
    for id in sources.iter().collect::<BTreeSet<_>>() {
        hasher.update(format!("{id}\n").as_bytes());
    }
    let mut hash = hasher.finalize().to_hex().to_string();
    hash.truncate(10);
    format!("k{hash}")
}
