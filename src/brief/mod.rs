//! Stage 6, *brief*: articles and key points of one date → [`DayBrief`].
//!
//! In: all that is known about one date. Out: one self-contained document that
//! every renderer reads, and nothing else. Nothing can go wrong.

mod types;

pub use types::{
    ArticleBrief, DayBrief, Engines, Headline, KeyPointBrief, ModelInfo, SentencePair,
    SourceSentence, SourcedText,
};
