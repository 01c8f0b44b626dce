//! What of an article is there to be summarised.

use crate::ingest::BlockKind;
use crate::translate::{BilingualArticle, Origin};

use super::sentences;

/// Whether segment `index` stands in the body: headlines and closing notes do not.
pub(crate) fn is_body(article: &BilingualArticle, index: usize) -> bool {
    let block = article.segments.get(index).and_then(|s| article.article.blocks.get(s.block));
    block.is_some_and(|block| matches!(block.kind, BlockKind::Lead | BlockKind::Paragraph))
}

/// Whether segment `index` is an English sentence of the body.
pub(crate) fn is_usable(article: &BilingualArticle, index: usize) -> bool {
    let translated = article.translations.get(index).is_some_and(|translation| {
        !matches!(translation.origin, Origin::Kept(_) | Origin::Copied)
            && translation.text.contains(char::is_alphabetic)
    });
    translated && is_body(article, index)
}

/// The body of an article, as far as it is English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body<'a> {
    /// Its sentences.
    pub(super) sentences: Vec<&'a str>,
    /// Their segments.
    pub(super) segments: Vec<usize>,
    /// How many sentences the body has, untranslated ones included.
    pub(super) total: usize,
}

impl<'a> Body<'a> {
    /// The body of `article`.
    pub(super) fn of(article: &'a BilingualArticle) -> Self {
        let all = 0..article.segments.len();
        let segments: Vec<usize> = all.clone().filter(|i| is_usable(article, *i)).collect();
        Self {
            sentences: segments.iter().map(|index| article.target(*index)).collect(),
            segments,
            total: all.filter(|index| is_body(article, *index)).count(),
        }
    }

    /// An English text as a body; each of its sentences counts as a segment.
    pub(super) fn of_text(text: &'a str) -> Self {
        let sentences = sentences::split(text);
        let total = sentences.len();
        Self { sentences, segments: (0..total).collect(), total }
    }
}
