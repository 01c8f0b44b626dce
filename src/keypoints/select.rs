//! Which statements become key points.

use std::collections::BTreeMap;

use crate::ingest::ArticleId;

use super::KeyPointOptions;
use super::merge::Statement;

/// On dates with this many articles or more no article fills the brief alone.
const MANY_ARTICLES: usize = 4;

/// What one article may then have.
const SHARE_OF_MANY: usize = 2;

/// Chooses statements by maximal marginal relevance (Carbonell and Goldstein,
/// SIGIR 1998): in each turn the one that is important and unlike those already
/// chosen. Gives them most important first.
pub(super) fn select(
    statements: Vec<Statement>,
    articles: usize,
    options: &KeyPointOptions,
) -> Vec<Statement> {
    let limit = options.max_points.min(options.points_per_article.saturating_mul(articles));
    let share = if articles >= MANY_ARTICLES { SHARE_OF_MANY } else { options.points_per_article };
    let most = statements.iter().map(Statement::importance).fold(f64::MIN_POSITIVE, f64::max);
    let mut pool: Vec<(Statement, f64)> = statements.into_iter().map(|s| (s, 0.0)).collect();
    let mut chosen: Vec<Statement> = Vec::new();
    let mut used: BTreeMap<ArticleId, usize> = BTreeMap::new();
    while chosen.len() < limit {
        let lambda = options.importance_weight;
        let value = |(statement, nearest): &(Statement, f64)| {
            lambda * statement.importance() / most - (1.0 - lambda) * nearest
        };
        let Some(next) = best(&pool, value) else { break };
        let (statement, _) = pool.remove(next);
        let count = used.entry(statement.best.article.clone()).or_default();
        *count += 1;
        if *count >= share {
            pool.retain(|(other, _)| other.best.article != statement.best.article);
        }
        for (other, nearest) in &mut pool {
            *nearest = nearest.max(other.best.vector.cosine(&statement.best.vector));
        }
        chosen.push(statement);
    }
    chosen.sort_by(|a, b| {
        let ties = || a.best.sources.cmp(&b.best.sources);
        b.importance().total_cmp(&a.importance()).then_with(ties)
    });
    chosen
}

/// The first item of the highest value.
fn best<T>(items: &[T], value: impl Fn(&T) -> f64) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (at, item) in items.iter().enumerate() {
        let value = value(item);
        if best.is_none_or(|(_, most)| value > most) {
            best = Some((at, value));
        }
    }
    best.map(|(at, _)| at)
}
