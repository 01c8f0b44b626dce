//! Stage 1, *ingest*: files of the inbox → [`Article`]s.
//!
//! In: an inbox folder. Out: an [`Inbox`]: articles in the order of their
//! paths, and a [`Setback`] for every file that is not an article.
//! What can go wrong: a file cannot be read or decoded, is empty, binary, too
//! large or not German; none of these stops the others.
//!
//! ```text
//! discover ─ files ─▶ decode ─ text ─▶ normalise ─▶ layout ─ blocks ─▶ dating ─▶ language ─▶ Article
//! ```
//!
//! The stage reads the inbox and writes nothing. Every character of a file that
//! is not a blank ends up in exactly one block or in exactly one dropped part.

mod article;
mod dating;
mod decode;
mod discover;
mod file_names;
mod german_dates;
mod language;
mod layout;
mod normalise;
mod options;
mod problem;
mod read;
mod written_date;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use article::{
    Article, ArticleDate, ArticleId, Block, BlockKind, BriefDate, DateEvidence, DateRule, Dropped,
    Layout, Notice, SourceFile,
};
pub use options::{DEFAULT_MAX_BYTES, ForeignText, IngestOptions};
pub use problem::IngestError;

use crate::setback::Setback;
use problem::Problem;

/// What one walk over the inbox gave.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The articles, in path order.
    pub articles: Vec<Article>,
    /// Everything that was found and is not an article, in path order.
    pub setbacks: Vec<Setback>,
}

/// An article together with why it was understood as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The article.
    pub article: Article,
    /// Which layout matched and which lines decided it.
    pub reasons: Vec<Notice>,
}

/// Reads every article of the inbox `root`, folders within it included.
///
/// # Errors
/// Only if the inbox itself is missing, not a folder or cannot be listed. What
/// is wrong with one file is a [`Setback`] in the [`Inbox`].
pub fn read_inbox(root: &Path, options: &IngestOptions) -> Result<Inbox, IngestError> {
    let mut articles = Vec::new();
    let setbacks = read_each(root, options, &mut |article, _| articles.push(article))?;
    Ok(Inbox { articles, setbacks })
}

/// A file of the inbox, to be read again with [`read_article`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its path within the inbox.
    pub relative: PathBuf,
}

/// Like [`read_inbox`], but holds one article at a time: `take` is given each, in
/// path order, with its file.
///
/// # Errors
/// As for [`read_inbox`].
pub fn read_each(
    root: &Path,
    options: &IngestOptions,
    take: &mut dyn FnMut(Article, InboxFile),
) -> Result<Vec<Setback>, IngestError> {
    let (found, mut setbacks) = discover::discover(root)?;
    let mut seen: BTreeMap<ArticleId, String> = BTreeMap::new();
    for file in found {
        match read::read(&file.path, &file.relative, &file.name, options) {
            Err(problem) => setbacks.push(problem.at(&file.name)),
            Ok(Explained { article, .. }) => match seen.get(&article.id) {
                Some(first) => setbacks.push(same_text(first).at(&file.name)),
                None => {
                    seen.insert(article.id.clone(), file.name);
                    take(article, InboxFile { path: file.path, relative: file.relative });
                }
            },
        }
    }
    setbacks.sort();
    Ok(setbacks)
}

/// Whether `root` can be an inbox at all, before anything of it is read.
///
/// # Errors
/// As for [`read_inbox`].
pub fn check_inbox(root: &Path) -> Result<(), IngestError> {
    discover::check_root(root)
}

/// Reads the one article at `path`. `relative` is its path within the inbox:
/// it is shown in reports, and a date may stand in it.
///
/// # Errors
/// A [`Setback`] that says why the file is not an article.
pub fn read_article(
    path: &Path,
    relative: &Path,
    options: &IngestOptions,
) -> Result<Article, Setback> {
    explain_article(path, relative, options).map(|explained| explained.article)
}

/// Like [`read_article`], and says which layout matched and why.
///
/// # Errors
/// A [`Setback`] that says why the file is not an article.
pub fn explain_article(
    path: &Path,
    relative: &Path,
    options: &IngestOptions,
) -> Result<Explained, Setback> {
    let name = file_names::shown(relative);
    read::read(path, relative, &name, options).map_err(|problem| problem.at(&name))
}

fn same_text(first: &str) -> Problem {
    Problem::new(
        format!("it has the same text as {first}"),
        "Remove one of the two; the article is in the brief once.",
    )
}
