//! The segmenter: sentence borders against files of examples, and the promises
//! that hold for any text.
#![allow(clippy::unwrap_used)]

mod article;
mod examples;
mod long;
mod properties;
