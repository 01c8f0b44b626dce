//! German news in, English briefs out: a staged batch pipeline.
//!
//! ```text
//! inbox ─ ingest ─▶ Article ─ segment ─▶ SegmentedArticle ─ translate ─▶ BilingualArticle
//!       ─ check ─▶ the same, checked
//!       ─ summarise ─▶ SummarisedArticle ─ keypoints ─▶ KeyPoint ─ brief ─▶ DayBrief ─ render ─▶ files
//! ```
//!
//! A stage is a module, and data flows one way. Every English sentence keeps
//! the id of its German original ([`segment::SegmentId`]) to the end.
//! [`pipeline`] drives the stages and alone writes files; [`model`] alone knows
//! the engines.

pub mod brief;
pub mod check;
pub mod cli;
pub mod compare;
pub mod evaluate;
pub mod exchange;
pub mod ingest;
pub mod keypoints;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod segment;
pub mod setback;
pub mod store;
pub mod summarise;
pub mod support;
pub mod text;
pub mod translate;
