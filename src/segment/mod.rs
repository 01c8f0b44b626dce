//! Stage 2, *segment*: [`Article`] → [`SegmentedArticle`].
//!
//! In: an article's blocks. Out: the same article with its sentences
//! ([`Segment`]), each with an id and a span. Nothing can go wrong: every
//! character of a block that is not white space belongs to exactly one segment.

mod types;

pub use types::{Segment, SegmentId, SegmentedArticle};
