//! The figures of a German sentence.

use super::calendar::{german_month, german_weekday};
use super::{Figure, Value, clock};
use crate::text::numbers::{Reading, read_german, share_scales};
use crate::text::scan::{Scan, Style, scan};

/// The figures of a German text, in its order.
#[must_use]
pub fn german_figures(text: &str) -> Vec<Figure> {
    let scan = scan(text, Style::German);
    let mut figures = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        if let Some(end) = date(&scan, at, &mut figures).or_else(|| time(&scan, at, &mut figures)) {
            at = end;
        } else if let Some((value, end)) = pair(&scan, at) {
            figures.push(Figure { value, certain: true, span: scan.span(at, end) });
            at = end;
        } else if let Some(reading) = read_german(&scan, at) {
            at = reading.end;
            readings.push(reading);
        } else {
            at += 1;
        }
    }
    share_scales(&scan, &mut readings);
    figures.extend(super::english::numbers_of(&scan, &readings));
    figures.sort_by_key(|figure| figure.span.start);
    figures
}

fn time(scan: &Scan<'_>, at: usize, figures: &mut Vec<Figure>) -> Option<usize> {
    let (value, end) = clock::german(scan, at)?;
    figures.push(Figure { value, certain: true, span: scan.span(at, end) });
    Some(end)
}

/// "24.10.2024", "24.10.", "24. Oktober", "Oktober", "Donnerstag".
fn date(scan: &Scan<'_>, at: usize, figures: &mut Vec<Figure>) -> Option<usize> {
    if let Some(word) = scan.word(at) {
        let named = scan.written(at).starts_with(char::is_uppercase);
        if let Some(month) = german_month(word, false).filter(|_| named) {
            let (value, span) = (Value::Month(month), scan.span(at, at + 1));
            figures.push(Figure { value, certain: true, span });
            return Some(at + 1);
        }
        let (day, certain) = german_weekday(word)?;
        let (value, span) = (Value::Weekday(day), scan.span(at, at + 1));
        figures.push(Figure { value, certain, span });
        return Some(at + 1);
    }
    let day = scan.whole(at).filter(|day| (1..=31).contains(day))?;
    if !(scan.is_symbol(at + 1, '.') && scan.touches_previous(at + 1)) {
        return None;
    }
    let mut push = |value, first, end| {
        figures.push(Figure { value, certain: true, span: scan.span(first, end) });
    };
    if let Some(month) = scan.word(at + 2).and_then(|word| german_month(word, true)) {
        push(Value::Day(day), at, at + 2);
        push(Value::Month(month), at + 2, at + 3);
        return Some(at + 3);
    }
    let month = scan.whole(at + 2).filter(|month| (1..=12).contains(month))?;
    let closed = scan.is_symbol(at + 3, '.') && scan.touches_previous(at + 3);
    if !scan.touches_previous(at + 2) || !closed {
        return None;
    }
    push(Value::Day(day), at, at + 1);
    push(Value::Month(month as usize), at + 2, at + 3);
    let year = scan.whole(at + 4).filter(|_| scan.touches_previous(at + 4));
    let Some(year) = year else { return Some(at + 4) };
    let year = if scan.written(at + 4).len() == 2 { 2000 + year } else { year };
    push(Value::plain(year, scan.span(at + 4, at + 5)), at + 4, at + 5);
    Some(at + 5)
}

/// "2:1", "20-30" without a unit.
fn pair(scan: &Scan<'_>, at: usize) -> Option<(Value, usize)> {
    let (one, two) = (scan.whole(at)?, scan.whole(at + 2)?);
    let link = [':', '-', '–'].iter().any(|c| scan.is_symbol(at + 1, *c));
    let touching = scan.touches_previous(at + 1) && scan.touches_previous(at + 2);
    let bare = read_german(scan, at + 2)?.end == at + 3;
    (link && touching && bare && one < 100 && two < 100).then_some((Value::Pair(one, two), at + 3))
}
