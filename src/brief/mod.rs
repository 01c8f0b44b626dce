//! Stage 7, *brief*: articles and key points of one date → [`DayBrief`].
//!
//! In: all that is known about one date. Out: one self-contained document that
//! every renderer reads, and nothing else. Nothing can go wrong: whatever is
//! missing (a title, a summary, a known department) has its stand-in.
//!
//! [`relate`] then holds the key points against those of the days before.

mod assemble;
mod checklist;
mod continuing;
mod departments;
mod headline;
mod overview;
mod stored;
mod types;

pub use assemble::assemble;
pub use continuing::{Told, days_before, relate, repeats};
pub use departments::english_department;
pub use stored::{StoredError, brief_folders, read_brief, read_briefs};
pub use types::{
    ArticleBrief, CheckCounts, ChecklistEntry, Continuation, DayBrief, Edition, Engines, Headline,
    KeyPointBrief, ModelInfo, SentencePair, SourceSentence, SourcedText, Subject,
};
