//! Stage 1, *ingest*: files of the inbox → [`Article`]s.
//!
//! In: an inbox folder. Out: an [`Inbox`]: articles in the order of their
//! paths, and a [`Setback`] for every file that is not an article.
//! What can go wrong: a file cannot be read or decoded, is empty, binary, too
//! large or not German; none of these stops the others.

mod article;

pub use article::{
    Article, ArticleDate, ArticleId, Block, BlockKind, BriefDate, DateEvidence, DateRule, Dropped,
    Layout, Notice, SourceFile,
};

use crate::setback::Setback;

/// What one walk over the inbox gave.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The articles, in path order.
    pub articles: Vec<Article>,
    /// Everything that was found and is not an article, in path order.
    pub setbacks: Vec<Setback>,
}
