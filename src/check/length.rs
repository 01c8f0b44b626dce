//! English that is much shorter or longer than the German asks for: something
//! was left out, or made up.
//!
//! The [guard](crate::translate::guard) throws absurd lengths away; this check
//! draws the line where human translators of news hardly ever go.

use super::{Fault, Finding, FindingKind, Severity};

/// German sentences shorter than this may become anything.
const MIN_SOURCE: usize = 40;

/// English below this share of the German's characters has probably lost a part.
const SHORT: f64 = 0.5;

/// English above this share, and [`EXTRA`] characters, has probably gained one.
const LONG: f64 = 1.5;

/// Characters any translation may add.
const EXTRA: f64 = 25.0;

/// Compares the lengths in characters.
pub(super) fn compare(german: &str, english: &str) -> Option<Finding> {
    let (source, target) = (german.chars().count(), english.chars().count());
    let (from, to) = (source as f64, target as f64);
    let short = source >= MIN_SOURCE && to < from * SHORT;
    let long = to > from * LONG + EXTRA;
    if !short && !long {
        return None;
    }
    let share = (to / from.max(1.0) * 100.0).round();
    Some(Finding {
        kind: FindingKind::Length,
        fault: Fault::Whole,
        severity: Severity::Major,
        source: None,
        target: None,
        expected: None,
        found: Some(format!("{share} percent as long as the German")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_far_from_the_german_are_found() {
        let german = "Der Kreistag hat den Neubau der Brücke nach langem Streit gebilligt.";
        let message = |english| compare(german, english).map(|finding| finding.message());
        assert_eq!(message("The district council approved the new bridge after a long row."), None);
        assert_eq!(
            message("The district council."),
            Some("the English is 31 percent as long as the German".to_owned())
        );
        assert!(message(&"The district council approved the bridge. ".repeat(4)).is_some());
        assert!(compare("Ja.", "Yes, indeed.").is_none());
    }
}
