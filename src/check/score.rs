//! Sentences the model itself was unsure of.

use super::{CheckOptions, Fault, Finding, FindingKind, Severity};

/// So far below the threshold doubt is grave.
const GRAVE: f64 = 0.75;

/// A finding where `score` (mean log-probability per token) is below the threshold.
pub(super) fn check(score: Option<f64>, options: &CheckOptions) -> Option<Finding> {
    let score = score.filter(|score| *score < options.low_score)?;
    let grave = score < options.low_score - GRAVE;
    Some(Finding {
        kind: FindingKind::Score,
        fault: Fault::Whole,
        severity: if grave { Severity::Major } else { Severity::Minor },
        source: None,
        target: None,
        expected: None,
        found: Some(format!("{score:.2}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_has_two_degrees() {
        let severity = |score| check(Some(score), &CheckOptions::default()).map(|f| f.severity);
        assert_eq!(severity(-0.9), None);
        assert_eq!(severity(-1.2), Some(Severity::Minor));
        assert_eq!(severity(-2.0), Some(Severity::Major));
        assert_eq!(check(None, &CheckOptions::default()), None);
    }
}
