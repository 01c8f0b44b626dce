//! Stage 4, *check*: [`BilingualArticle`] → the same with one [`Check`] for each
//! sentence.
//!
//! In: German sentences and their English. Out: what the surface of the two
//! gives away, as [`Finding`]s with the places in both sentences. Nothing can go
//! wrong: a sentence that cannot be compared (it stands in German, or holds only
//! figures) is marked as not checked, so that "nothing found" and "not looked
//! at" stay apart.
//!
//! The checks are deterministic, offline and cheap. They see numbers by value,
//! names by spelling, words by list. What passes can still be wrong; what is
//! found is worth a look, and [`Severity`] says how urgent a look.

mod numbers;
mod options;
mod stage;
mod types;

pub use options::CheckOptions;
pub use stage::{check_articles, check_pair, check_statement};
pub use types::{Check, Fault, Finding, FindingKind, Severity, Unchecked};
