//! Stage 2, *segment*: [`Article`] → [`SegmentedArticle`].
//!
//! In: an article's blocks. Out: the same article with its sentences
//! ([`Segment`]), each with an id and a span. Nothing can go wrong: every
//! character of a block that is not white space belongs to exactly one segment.
//!
//! [`split`] finds the sentences of a paragraph: `sentences` walks it, `context`
//! looks at both sides of a full stop, `rules` and `numbers` decide, `words`
//! holds the word lists. [`split_long`] cuts a sentence that is too long for a
//! model at its clauses.

mod chars;
mod clauses;
mod context;
mod numbers;
mod rules;
mod sentences;
mod types;
mod words;

pub use clauses::split_long;
pub use sentences::split;
pub use types::{Segment, SegmentId, SegmentedArticle};

use crate::ingest::{Article, Block};

/// The version of the rules. It goes up whenever a border may fall elsewhere,
/// so that what was kept under the old rules is not taken for the new.
pub const VERSION: u32 = 1;

/// Splits every block of `article` into sentences, numbered in reading order.
/// A headline is one segment unless it holds several sentences.
#[must_use]
pub fn segment(article: Article) -> SegmentedArticle {
    let spans =
        article.blocks.iter().enumerate().flat_map(|(block, it)| sentences_of(&article, block, it));
    let segments = spans.enumerate().map(|(index, (block, span))| {
        let id = SegmentId { article: article.id.clone(), number: index + 1 };
        Segment { id, block, span }
    });
    let segments = segments.collect();
    SegmentedArticle { article, segments }
}

/// The sentences of one block, as spans of the whole text.
fn sentences_of(
    article: &Article,
    index: usize,
    block: &Block,
) -> Vec<(usize, crate::support::Span)> {
    let sentences = split(block.span.of(&article.text)).into_iter();
    sentences.map(|span| (index, span.shifted(block.span.start))).collect()
}
