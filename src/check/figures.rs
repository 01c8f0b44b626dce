//! Numbers, dates and times by value: what the German says, the English must
//! say, and nothing else.
//!
//! Values are compared as sets. A number that stands twice in the German may
//! stand once in the English; one that stands in neither of its forms is a finding.

use crate::support::Span;
use crate::text::figures::{Figure, Value, english_figures, german_figures};

use super::{Fault, Finding, FindingKind, Severity};

/// Figures of either side that the other lacks. One missing and one added of a
/// kind are taken for one that changed.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    let (source, target) = (german_figures(german), english_figures(english));
    let missing = lacking(&source, &target);
    let mut added = lacking(&target, &source);
    // Names stand in both: "Best of Five", "Blue Monday".
    added.retain(|figure| !is_word_of(figure.span.of(english), german));
    let mut findings = Vec::new();
    for figure in missing {
        let partner = added.iter().position(|other| may_replace(&figure, other));
        findings.push(match partner {
            Some(at) => changed(&figure, &added.remove(at)),
            None => one_sided(Fault::Missing, &figure),
        });
    }
    findings.extend(added.iter().map(|figure| one_sided(Fault::Added, figure)));
    findings
}

/// Whether `text` is made of letters and stands so in `german`.
fn is_word_of(text: &str, german: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c == ' ') && german.contains(text)
}

/// Figures of `statement` that none of `german` has.
pub(super) fn unsupported(german: &[&str], statement: &str) -> Vec<Finding> {
    let source: Vec<Figure> = german.iter().flat_map(|text| german_figures(text)).collect();
    let added = lacking(&english_figures(statement), &source);
    added.iter().map(|figure| one_sided(Fault::Added, figure)).collect()
}

/// The certain ones of `these` that `those` do not say.
fn lacking(these: &[Figure], those: &[Figure]) -> Vec<Figure> {
    let mut missing = Vec::new();
    for figure in these.iter().filter(|figure| figure.certain) {
        if is_said(&figure.value, those) {
            continue;
        }
        // "20-30" and "20 bis 30"
        let halves = figure.value.halves(figure.span);
        match halves {
            Some(halves) if halves.iter().any(|half| is_said(half, those)) => {
                let lost = halves.into_iter().filter(|half| !is_said(half, those));
                missing.extend(lost.map(|value| Figure { value, ..*figure }));
            }
            _ => missing.push(*figure),
        }
    }
    missing
}

fn is_said(value: &Value, those: &[Figure]) -> bool {
    those.iter().any(|other| {
        let halves = other.value.halves(other.span);
        value.agrees_with(&other.value)
            || halves.is_some_and(|halves| halves.iter().any(|half| value.agrees_with(half)))
    })
}

/// Whether one may be what became of the other.
fn may_replace(one: &Figure, other: &Figure) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(_) | Value::Pair(..), Value::Number(_) | Value::Pair(..)) => true,
        (Value::Clock { .. } | Value::Day(_), Value::Number(_))
        | (Value::Number(_), Value::Clock { .. } | Value::Day(_)) => true,
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

fn changed(source: &Figure, target: &Figure) -> Finding {
    Finding {
        kind: kind(&source.value),
        fault: Fault::Changed,
        severity: Severity::Critical,
        source: Some(source.span),
        target: Some(target.span),
        expected: Some(source.value.in_english()),
        found: Some(target.value.in_english()),
    }
}

fn one_sided(fault: Fault, figure: &Figure) -> Finding {
    let (place, value) = (Some(figure.span), Some(figure.value.in_english()));
    let (source, expected): (Option<Span>, _) =
        if fault == Fault::Missing { (place, value.clone()) } else { (None, None) };
    let (target, found) = if fault == Fault::Added { (place, value) } else { (None, None) };
    Finding {
        kind: kind(&figure.value),
        fault,
        severity: if fault == Fault::Added { Severity::Critical } else { Severity::Major },
        source,
        target,
        expected,
        found,
    }
}

fn kind(value: &Value) -> FindingKind {
    if value.is_date() { FindingKind::Date } else { FindingKind::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(german: &str, english: &str) -> Vec<String> {
        compare(german, english).iter().map(Finding::message).collect()
    }

    #[test]
    fn equal_values_pass_in_any_form() {
        for (german, english) in [
            ("Es kamen 3.000 Leute.", "3,000 people came."),
            ("Es kamen dreitausend Leute.", "Some 3,000 people came."),
            ("Der Bau kostet 1,5 Mio. Euro.", "The building costs €1.5 million."),
            ("Die Schulden betragen 2 Billionen Euro.", "Debts stand at 2 trillion euros."),
            ("Am 24.10. um 14.30 Uhr", "On 24 October at 2:30 p.m."),
            ("Zwei bis drei Prozent", "Between 2% and 3%"),
            ("Sie siegten 2:1.", "They won 2-1."),
            ("Zwei Drittel stimmten zu.", "Two-thirds agreed."),
            ("ein halbes Dutzend Leute", "half a dozen people"),
            ("Die beiden Länder einigten sich.", "The two countries agreed."),
            ("Im 19. Jahrhundert", "In the 19th century"),
            ("20 bis 30 Leute", "20-30 people"),
            ("Sie stieg von 2,5 auf 3,1 Prozent.", "It rose from 2.5 to 3.1 percent."),
            ("Eine Uhr, die nachgeht, hilft nicht.", "A clock that is slow is no help."),
            ("Der Anteil ist einstellig.", "The share is in single digits."),
        ] {
            assert_eq!(found(german, english), [""; 0], "{german} | {english}");
        }
    }

    #[test]
    fn other_values_are_named_with_their_places() {
        let (german, english) = ("Es kamen 3.000 Leute.", "3 people came.");
        let findings = compare(german, english);
        assert_eq!(findings[0].message(), "number differs: 3,000 became 3");
        assert_eq!(findings[0].source.map(|span| span.of(german)), Some("3.000"));
        assert_eq!(findings[0].target.map(|span| span.of(english)), Some("3"));
        assert_eq!(
            found("Die Schulden betragen 2 Billionen Euro.", "Debts stand at 2 billion euros."),
            ["number differs: 2,000,000,000,000 euros became 2,000,000,000 euros"]
        );
        assert_eq!(
            found("Er kommt am Dienstag.", "He will come on Thursday."),
            ["date or time differs: Tuesday became Thursday"]
        );
        assert_eq!(found("Es waren 5 Prozent.", "There were some."), ["number missing: 5 percent"]);
        assert_eq!(found("Sie kamen.", "Forty came."), ["number not in the German: 40"]);
    }

    #[test]
    fn a_statement_may_leave_out_but_not_add() {
        let german = ["Der Bau kostet 40.000 Euro.", "Er dauert bis Mai."];
        assert_eq!(unsupported(&german, "The works cost 40,000 euros."), []);
        let findings = unsupported(&german, "The works cost 50,000 euros until June.");
        let messages: Vec<_> = findings.iter().map(Finding::message).collect();
        assert_eq!(
            messages,
            ["number not in the German: 50,000 euros", "date or time not in the German: June"]
        );
    }
}
