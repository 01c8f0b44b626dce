//! The figures of an English sentence.

use super::calendar::{english_day, english_month_at, english_weekday_of};
use super::{Figure, Value, clock};
use crate::text::numbers::{Reading, read_english, share_scales};
use crate::text::scan::{Scan, Style, scan};

/// The figures of an English text, in its order.
#[must_use]
pub fn english_figures(text: &str) -> Vec<Figure> {
    let scan = scan(text, Style::English);
    let mut figures = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        if let Some(end) = date(&scan, at, &mut figures).or_else(|| time(&scan, at, &mut figures)) {
            at = end;
        } else if let Some((value, end)) = pair(&scan, at) {
            figures.push(Figure { value, certain: true, span: scan.span(at, end) });
            at = end;
        } else if let Some(reading) = read_english(&scan, at) {
            at = reading.end;
            readings.push(reading);
        } else {
            at += 1;
        }
    }
    share_scales(&scan, &mut readings);
    figures.extend(numbers_of(&scan, &readings));
    figures.sort_by_key(|figure| figure.span.start);
    figures
}

/// Readings as figures.
pub(super) fn numbers_of(scan: &Scan<'_>, readings: &[Reading]) -> Vec<Figure> {
    let numbers = readings.iter().map(|reading| reading.number(scan));
    numbers
        .map(|number| Figure {
            value: Value::Number(number),
            certain: number.certain,
            span: number.span,
        })
        .collect()
}

fn time(scan: &Scan<'_>, at: usize, figures: &mut Vec<Figure>) -> Option<usize> {
    let (value, end) = clock::english(scan, at)?;
    // "midday" and "noon" are a time, a meal or a break.
    let certain = !matches!(scan.word(at), Some("noon" | "midday" | "midnight"));
    figures.push(Figure { value, certain, span: scan.span(at, end) });
    Some(end)
}

/// "24 October", "24th of October", "October 24", "October", "Thursday".
fn date(scan: &Scan<'_>, at: usize, figures: &mut Vec<Figure>) -> Option<usize> {
    let mut push = |value, certain, first, end| {
        figures.push(Figure { value, certain, span: scan.span(first, end) });
    };
    if let Some(day) = scan.word(at).and_then(english_weekday_of) {
        push(Value::Weekday(day), true, at, at + 1);
        return Some(at + 1);
    }
    if let Some((month, certain)) = english_month_at(scan, at) {
        push(Value::Month(month), certain, at, at + 1);
        // In "May 12 people" the number is another one; "May 12, 2024" is a day.
        let stop = scan.is_symbol(at + 1, '.') && scan.touches_previous(at + 1);
        let next = if stop { at + 2 } else { at + 1 };
        let day = english_day(scan, next).filter(|_| read_end(scan, next) == Some(next + 1));
        let Some(day) = day else { return Some(at + 1) };
        push(Value::Day(day), certain, next, next + 1);
        return Some(next + 1);
    }
    let day = english_day(scan, at)?;
    let month = if scan.word(at + 1) == Some("of") { at + 2 } else { at + 1 };
    let (value, _) = english_month_at(scan, month)?;
    push(Value::Day(day), true, at, at + 1);
    push(Value::Month(value), true, month, month + 1);
    Some(month + 1)
}

fn read_end(scan: &Scan<'_>, at: usize) -> Option<usize> {
    read_english(scan, at).map(|reading| reading.end)
}

/// "2-1", "2:1", "20–30" without a unit.
fn pair(scan: &Scan<'_>, at: usize) -> Option<(Value, usize)> {
    let (one, two) = (scan.whole(at)?, scan.whole(at + 2)?);
    let link = [':', '-', '–'].iter().any(|c| scan.is_symbol(at + 1, *c));
    let touching = scan.touches_previous(at + 1) && scan.touches_previous(at + 2);
    let bare = read_end(scan, at + 2)? == at + 3;
    (link && touching && bare && one < 100 && two < 100).then_some((Value::Pair(one, two), at + 3))
}
