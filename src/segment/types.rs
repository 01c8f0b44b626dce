use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ingest::{Article, ArticleId};
use crate::support::Span;

/// Names a sentence for ever: the article's id and the sentence's 1-based place
/// in it. Shown as `0123456789ab-7`, also the anchor in every output.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SegmentId {
    /// The article.
    pub article: ArticleId,
    /// 1-based place among the article's segments.
    pub number: usize,
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.article, self.number)
    }
}

/// One German sentence (or headline).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its name.
    pub id: SegmentId,
    /// Index into [`Article::blocks`] of the block it stands in.
    pub block: usize,
    /// Where it stands in [`Article::text`], without surrounding white space.
    pub span: Span,
}

/// An article with its sentences, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentedArticle {
    /// The article.
    pub article: Article,
    /// Its sentences.
    pub segments: Vec<Segment>,
}

impl SegmentedArticle {
    /// The German text of segment `index`.
    #[must_use]
    pub fn source(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", |segment| segment.span.of(&self.article.text))
    }

    /// The German text of every segment.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map(|segment| segment.span.of(&self.article.text))
    }
}
