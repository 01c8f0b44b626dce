//! Times of day in both languages.

use super::Value;
use crate::text::numbers::{read_english, read_german};
use crate::text::scan::Scan;

/// A time and one past its last token.
type Reading = Option<(Value, usize)>;

fn clock(hour: u32, minute: u32, either_half: bool) -> Option<Value> {
    let valid = hour <= 24 && minute < 60;
    valid.then_some(Value::Clock { minutes: (hour * 60 + minute) % 1440, either_half })
}

/// "14.30 Uhr", "14:30 Uhr", "14 Uhr", "acht Uhr abends", "halb drei", "Mitternacht".
pub(super) fn german(scan: &Scan<'_>, at: usize) -> Reading {
    match scan.word(at) {
        Some("mitternacht") => return Some((clock(0, 0, false)?, at + 1)),
        Some("halb") => {
            let hour = german_hour(scan, at + 1).filter(|hour| (1..=12).contains(hour))?;
            let before = if hour == 1 { 12 } else { hour - 1 };
            return Some((clock(before, 30, true)?, at + 2));
        }
        _ => {}
    }
    let (hour, minute, end) = hour_and_minute(scan, at)
        .or_else(|| Some((german_hour(scan, at)?, 0, at + 1)))
        .filter(|(_, _, end)| scan.word(*end) == Some("uhr"))?;
    let mut end = end + 1;
    let mut minute = minute;
    // "14 Uhr 30"
    if let Some(more) = scan.whole(end).filter(|more| minute == 0 && *more < 60) {
        (minute, end) = (more, end + 1);
    }
    let (later, either) = match scan.word(end) {
        Some("abends" | "nachmittags") => (true, false),
        Some("morgens" | "früh" | "vormittags") => (false, false),
        // "um acht Uhr am Abend"
        _ => (false, hour <= 12 && names_half(scan)),
    };
    let hour = if later && hour < 12 { hour + 12 } else { hour };
    Some((clock(hour, minute, either)?, end))
}

fn names_half(scan: &Scan<'_>) -> bool {
    let parts = ["abend", "nachmittag", "nacht", "abends", "nachmittags", "nachts"];
    (0..scan.tokens.len())
        .filter_map(|at| scan.word(at))
        .any(|word| parts.iter().any(|part| word.ends_with(part)))
}

fn german_hour(scan: &Scan<'_>, at: usize) -> Option<u32> {
    if let Some(hour) = scan.whole(at) {
        return (hour <= 24).then_some(hour);
    }
    // "eine Uhr" hangs on the wall.
    if matches!(scan.word(at), Some("eine" | "einer" | "einen" | "einem" | "eines")) {
        return None;
    }
    let reading = read_german(scan, at).filter(|reading| reading.end == at + 1)?;
    let hour = (0..=24).find(|hour| f64::from(*hour) == reading.base);
    if scan.word(at) == Some("ein") { Some(1) } else { hour }
}

/// "14.30" and "14:30" as tokens, in either language's style.
fn hour_and_minute(scan: &Scan<'_>, at: usize) -> Option<(u32, u32, usize)> {
    let hour = scan.whole(at)?;
    let parted = scan.is_symbol(at + 1, '.') || scan.is_symbol(at + 1, ':');
    let touching = scan.touches_previous(at + 1) && scan.touches_previous(at + 2);
    let minute = two_digits(scan.written(at + 2))?;
    (parted && touching).then_some((hour, minute, at + 3))
}

fn two_digits(written: &str) -> Option<u32> {
    (written.len() == 2).then(|| written.parse().ok()).flatten()
}

/// "2:30 p.m.", "2.30pm", "2 pm", "14:30", "eight o'clock", "noon", "midnight".
pub(super) fn english(scan: &Scan<'_>, at: usize) -> Reading {
    match scan.word(at) {
        Some("noon" | "midday") => return Some((clock(12, 0, false)?, at + 1)),
        Some("midnight") => return Some((clock(0, 0, false)?, at + 1)),
        Some("half") if scan.word(at + 1) == Some("past") => {
            return Some((clock(english_hour(scan, at + 2)?, 30, true)?, at + 3));
        }
        _ => {}
    }
    let (hour, minute, end) = english_time(scan, at)?;
    if let Some((later, end)) = half_of_day(scan, end) {
        let hour = hour % 12 + if later { 12 } else { 0 };
        return Some((clock(hour, minute, false)?, end));
    }
    if matches!(scan.word(end), Some("o'clock" | "o’clock")) {
        return Some((clock(hour, minute, hour <= 12)?, end + 1));
    }
    // "at 14.30": a number with two decimals after a word that leads to a time.
    let led = at.checked_sub(1).and_then(|before| scan.word(before));
    let led = matches!(led, Some("at" | "from" | "until" | "by" | "before" | "after" | "around"));
    let dotted = scan.written(at).contains('.');
    // "at 0.25%" is no time.
    let bare = read_english(scan, at).is_none_or(|reading| reading.end == at + 1);
    (led && dotted && bare).then(|| Some((clock(hour, minute, hour <= 12)?, end))).flatten()
}

/// Hour, minute and end, where "pm" may cling to the digits.
fn english_time(scan: &Scan<'_>, at: usize) -> Option<(u32, u32, usize)> {
    let written = scan.written(at);
    let digits = written.trim_end_matches(char::is_alphabetic);
    if let Some((hour, minute)) = digits.split_once('.') {
        return Some((hour.parse().ok()?, two_digits(minute)?, at + 1));
    }
    if scan.is_symbol(at + 1, ':') && scan.touches_previous(at + 2) {
        let minute = scan.written(at + 2).trim_end_matches(char::is_alphabetic);
        return Some((digits.parse().ok()?, two_digits(minute)?, at + 3));
    }
    Some((english_hour(scan, at)?, 0, at + 1))
}

fn english_hour(scan: &Scan<'_>, at: usize) -> Option<u32> {
    let digits = scan.written(at).trim_end_matches(char::is_alphabetic);
    if let Ok(hour) = digits.parse::<u32>() {
        return (hour <= 24).then_some(hour);
    }
    let reading = read_english(scan, at)?;
    (0..=24).find(|hour| f64::from(*hour) == reading.base)
}

/// Whether "a.m." or "p.m." ends before token `end` or follows it; true is p.m.
fn half_of_day(scan: &Scan<'_>, end: usize) -> Option<(bool, usize)> {
    let last = end.checked_sub(1).map_or("", |last| scan.written(last));
    for (suffix, later) in [("am", false), ("pm", true), ("AM", false), ("PM", true)] {
        if last.ends_with(suffix) && last.len() > suffix.len() {
            return Some((later, end));
        }
    }
    match scan.word(end)? {
        "am" => Some((false, end + 1)),
        "pm" => Some((true, end + 1)),
        letter @ ("a" | "p") if scan.is_symbol(end + 1, '.') && scan.word(end + 2) == Some("m") => {
            let stop = scan.is_symbol(end + 3, '.');
            Some((letter == "p", if stop { end + 4 } else { end + 3 }))
        }
        _ => None,
    }
}
