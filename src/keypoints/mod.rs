//! Stage 5, *key points*: the [`SummarisedArticle`](crate::summarise::SummarisedArticle)s
//! of one date → its [`KeyPoint`]s.
//!
//! In: all articles of one date. Out: key points by importance, near-duplicates
//! merged, each traced to English and German sentences. Nothing can go wrong:
//! a date without a usable sentence has no key points.

mod types;

pub use types::{KeyPoint, KeyPointOrigin};
