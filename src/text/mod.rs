//! English text as the guards and the ranking see it: words and stems, numbers
//! by value, proper names, repetition, tf-idf vectors.
//!
//! Everything here is pure and deterministic, and takes any text at all.

pub mod facts;
pub mod figures;
pub mod names;
pub mod numbers;
pub mod repetition;
mod scan;
pub mod vectors;
pub mod vocabulary;
pub mod words;

/// `text` with every run of white space made one blank, none at either end.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
