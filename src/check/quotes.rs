//! Quotation marks and brackets: what opens in the English must close, unless
//! the German leaves it open, too (a quotation may run over several sentences).

use crate::support::Span;

use super::{Fault, Finding, FindingKind, Severity};

/// How far quotation marks and brackets of a text are from closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Balance {
    /// Quotation marks, of any kind.
    marks: usize,
    /// Whether their number is odd, or they close before they open.
    open_quote: bool,
    /// Opening brackets without a closing one, or the other way round.
    open_bracket: bool,
    /// The first mark or bracket that is left over.
    place: Option<Span>,
}

/// Unbalanced marks, and quotations that lost their marks.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    let (source, target) = (balance(german), balance(english));
    let mut findings = Vec::new();
    if target.open_quote && !source.open_quote || target.open_bracket && !source.open_bracket {
        let found = target.place.map(|span| span.of(english).to_owned());
        findings.push(finding(Fault::Whole, Severity::Minor, target.place, found));
    } else if source.marks >= 2 && target.marks == 0 && !has_single_quotes(english) {
        findings.push(finding(Fault::Missing, Severity::Minor, None, None));
    }
    findings
}

fn finding(
    fault: Fault,
    severity: Severity,
    target: Option<Span>,
    found: Option<String>,
) -> Finding {
    let (kind, source, expected) = (FindingKind::Quotes, None, None);
    Finding { kind, fault, severity, source, target, expected, found }
}

/// Whether a single mark opens a quotation: "the ‘Mona Lisa’ of the town".
fn has_single_quotes(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let opens = matches!(c, '\'' | '‘' | '‚') && !before.is_alphanumeric();
        before = c;
        opens
    })
}

fn balance(text: &str) -> Balance {
    let mut balance = Balance::default();
    let mut quotes: Vec<Span> = Vec::new();
    let mut brackets: Vec<Span> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        match c {
            '"' | '„' | '“' | '”' | '»' | '«' => {
                // Inches and seconds: 5'10", 21"
                let measure = c == '"' && before.is_some_and(|b: char| b.is_ascii_digit());
                if !measure || quotes.len() % 2 == 1 {
                    quotes.push(span);
                }
            }
            '(' | '[' => brackets.push(span),
            ')' | ']' => {
                // "a)" and "1)" number the items of a list.
                let item = at <= 3 && brackets.is_empty();
                if brackets.pop().is_none() && !item {
                    balance.open_bracket = true;
                    balance.place = balance.place.or(Some(span));
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    balance.marks = quotes.len();
    balance.open_quote = quotes.len() % 2 == 1;
    balance.open_bracket |= !brackets.is_empty();
    let left = if balance.open_quote { quotes.last() } else { None };
    balance.place = balance.place.or(left.or(brackets.first()).copied());
    balance
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(german: &str, english: &str) -> Vec<String> {
        compare(german, english).iter().map(Finding::message).collect()
    }

    #[test]
    fn marks_that_do_not_close_are_found() {
        let german = "Er sagte: „Wir gehen (bald).“";
        assert_eq!(messages(german, "He said: “We are leaving (soon).”"), [""; 0]);
        assert_eq!(messages(german, "He said: “We are leaving (soon)."), ["does not close: “"]);
        assert_eq!(messages(german, "He said: \"We are leaving (soon.\""), ["does not close: ("]);
        assert_eq!(messages(german, "He said: We are leaving."), ["quotation marks missing"]);
    }

    #[test]
    fn what_the_german_leaves_open_may_stay_open() {
        assert_eq!(messages("„Wir gehen.", "“We are leaving."), [""; 0]);
        assert_eq!(messages("Das Rohr misst 5 Zoll.", "The pipe measures 5\"."), [""; 0]);
    }
}
