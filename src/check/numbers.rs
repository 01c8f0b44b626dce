//! Numbers by value: what the German says, the English must say.

use crate::text::numbers::{Number, numbers};
use crate::translate::bypass::english_numbers;

use super::{Fault, Finding, FindingKind, Severity};

/// Numbers of either side that the other lacks.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    let (source, target) = (numbers(&english_numbers(german)), numbers(english));
    let missing = lacking(&source, &target).map(|number| finding(Fault::Missing, number));
    let added = lacking(&target, &source).map(|number| finding(Fault::Added, number));
    missing.chain(added).collect()
}

/// Numbers of `statement` that none of `german` has.
pub(super) fn unsupported(german: &[&str], statement: &str) -> Vec<Finding> {
    let source: Vec<Number> =
        german.iter().flat_map(|text| numbers(&english_numbers(text))).collect();
    lacking(&numbers(statement), &source).map(|number| finding(Fault::Added, number)).collect()
}

fn lacking<'n>(
    these: &'n [Number],
    those: &'n [Number],
) -> impl Iterator<Item = &'n Number> + use<'n> {
    these
        .iter()
        .filter(|number| number.certain && !those.iter().any(|that| number.is_supported_by(that)))
}

fn finding(fault: Fault, number: &Number) -> Finding {
    let value = Some(number.value.to_string());
    let (expected, found) = if fault == Fault::Missing { (value, None) } else { (None, value) };
    Finding {
        kind: FindingKind::Number,
        fault,
        severity: Severity::Critical,
        source: None,
        target: None,
        expected,
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_differ_and_values_count() {
        assert_eq!(compare("Es kamen 3.000 Leute.", "3,000 people came."), []);
        assert_eq!(compare("Es waren 1,5 Grad.", "It was 1.5 degrees."), []);
        let found = compare("Es kamen 3.000 Leute.", "3 people came.");
        let faults: Vec<_> = found.iter().map(|finding| finding.fault).collect();
        assert_eq!(faults, [Fault::Missing, Fault::Added]);
    }
}
