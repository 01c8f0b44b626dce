//! Why an English sentence changed.

use crate::brief::SentencePair;
use crate::check::{Fault, FindingKind};
use crate::translate::Origin;

/// The first of these that explains a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The German is not the same, or the article is new or gone.
    Source,
    /// The German text is the same, its sentence borders are not.
    Segmentation,
    /// A correction or the glossary, in one of the runs.
    Correction,
    /// Another translation model.
    Model,
    /// None of the others: settings of the decoding, engine, precision or the program's version.
    Settings,
}

impl Cause {
    /// In a word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Segmentation => "segmentation",
            Self::Correction => "correction",
            Self::Model => "model",
            Self::Settings => "settings",
        }
    }
}

pub(super) fn of(
    before: Option<&SentencePair>,
    after: Option<&SentencePair>,
    same_text: bool,
    same_model: bool,
) -> Cause {
    match (before, after) {
        (Some(old), Some(new)) if is_corrected(old) || is_corrected(new) => Cause::Correction,
        (Some(_), Some(_)) if !same_model => Cause::Model,
        (Some(_), Some(_)) => Cause::Settings,
        _ if same_text => Cause::Segmentation,
        _ => Cause::Source,
    }
}

/// Whether a person's sentence or term stands in it.
fn is_corrected(pair: &SentencePair) -> bool {
    let mut findings = pair.check.findings().iter();
    pair.en.origin == Origin::Human
        || findings.any(|one| one.kind == FindingKind::Term && one.fault == Fault::Changed)
}
