//! Sentences longer than the model reads at once go through in pieces. Where
//! German is cut best is the splitter's business.

pub(super) use crate::segment::split_long as pieces;
