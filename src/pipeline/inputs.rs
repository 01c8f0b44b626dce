//! How the inbox differs from what it was at the last run. Articles go by their
//! content, so a file that was moved or renamed is known again.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::listing::Listed;
use crate::ingest::ArticleId;

/// What the inbox held: where each article was.
pub(super) type Held = BTreeMap<ArticleId, String>;

/// A file that is somewhere else now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Move {
    /// Where it was.
    pub from: String,
    /// Where it is.
    pub to: String,
}

/// The changes since the last run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Inputs {
    /// Articles in the inbox.
    pub articles: usize,
    /// Articles that were not there, edited ones not counted.
    pub new: usize,
    /// Files with the same text under another name.
    pub moved: Vec<Move>,
    /// Files with another text under the same name.
    pub edited: Vec<String>,
    /// Files that are gone, with their articles.
    pub gone: Vec<String>,
}

/// Compares the inbox with what it was.
pub(super) fn compare(before: &Held, now: &Held) -> Inputs {
    let paths = |held: &Held| held.values().cloned().collect::<BTreeSet<String>>();
    let (paths_before, paths_now) = (paths(before), paths(now));
    let mut inputs = Inputs { articles: now.len(), ..Inputs::default() };
    for (id, path) in now {
        match before.get(id) {
            Some(from) if from != path => {
                inputs.moved.push(Move { from: from.clone(), to: path.clone() });
            }
            Some(_) => {}
            None if paths_before.contains(path) => inputs.edited.push(path.clone()),
            None => inputs.new += 1,
        }
    }
    let gone =
        before.iter().filter(|(id, path)| !now.contains_key(id) && !paths_now.contains(*path));
    inputs.gone = gone.map(|(_, path)| path.clone()).collect();
    inputs.moved.sort();
    inputs.edited.sort();
    inputs.gone.sort();
    inputs
}

/// What the inbox holds.
pub(super) fn held(articles: &[Listed]) -> Held {
    articles.iter().map(|article| (article.id.clone(), article.path.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbox(files: &[(&str, &str)]) -> Held {
        files.iter().map(|(id, path)| (ArticleId((*id).to_owned()), (*path).to_owned())).collect()
    }

    #[test]
    fn every_kind_of_change_is_told_apart() {
        let before = inbox(&[("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")]);
        let now = inbox(&[("1", "a"), ("2", "x/b"), ("5", "c"), ("6", "e")]);
        let inputs = compare(&before, &now);
        assert_eq!(inputs.articles, 4);
        assert_eq!(inputs.new, 1);
        assert_eq!(inputs.moved, [Move { from: "b".to_owned(), to: "x/b".to_owned() }]);
        assert_eq!(inputs.edited, ["c"]);
        assert_eq!(inputs.gone, ["d"]);
    }
}
