//! Full stops after numbers: ordinals and dates go on, years and results end.

use super::context::{After, Before, Initial};
use super::words;

/// What a word of digits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// Digits alone, this many: may be an ordinal.
    Whole(usize),
    /// `24.10`, a date or a time.
    DayMonth,
    /// `3.000`, `1,5`, `2:1`: never an ordinal.
    Other,
}

/// Reads `word` as a number.
pub(super) fn number(word: &str) -> Option<Number> {
    let first = word.chars().next()?;
    let last = word.chars().next_back()?;
    let inner =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '\'' | '’');
    if !first.is_ascii_digit() || !last.is_ascii_digit() || !word.chars().all(inner) {
        return None;
    }
    Some(shape(word))
}

fn shape(word: &str) -> Number {
    let whole = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole(word) {
        return Number::Whole(word.len());
    }
    // "24./25. Oktober": the second ordinal counts.
    if let Some((before, last)) = word.rsplit_once(['/', '-', '–'])
        && before.ends_with('.')
        && whole(last)
    {
        return Number::Whole(last.len());
    }
    let parts = word.split_once('.');
    let short = |part: &str| part.len() <= 2 && whole(part);
    if parts.is_some_and(|(day, month)| short(day) && short(month)) {
        Number::DayMonth
    } else {
        Number::Other
    }
}

/// Whether the sentence ends after this number.
pub(super) fn ends(number: Number, before: &Before<'_>, after: &After<'_>) -> bool {
    match number {
        Number::Other => true,
        Number::DayMonth => day_month_ends(before, after),
        Number::Whole(_) if after.initial == Initial::Digit => digit_ends(before, after),
        Number::Whole(digits) => whole_ends(digits, before, after),
    }
}

/// "Am 24.10. Protest in Berlin" goes on, "um 12.30. Danach" does not.
fn day_month_ends(before: &Before<'_>, after: &After<'_>) -> bool {
    match after.initial {
        Initial::Digit => false,
        _ => words::is_opener(after.word) || !words::precedes_ordinal(before.previous),
    }
}

/// A number after a number: "24. 10. 2024" goes on, "Er war 45. 12 Jahre …" not.
fn digit_ends(before: &Before<'_>, after: &After<'_>) -> bool {
    let dated = after.rest.starts_with('.') && after.word.len() <= 2;
    let year = after.word.len() == 4 && number(before.previous).is_some();
    !(before.at_start || dated || year || words::precedes_ordinal(before.previous))
}

fn whole_ends(digits: usize, before: &Before<'_>, after: &After<'_>) -> bool {
    let ordinal_left = words::precedes_ordinal(before.previous);
    if before.at_start && digits <= 3 {
        return false;
    }
    if digits > 3 {
        let article = !matches!(before.previous, "bis" | "und" | "seit" | "bereits" | "sowie");
        return words::is_opener(after.word) || !(ordinal_left && article);
    }
    if words::is_month(after.word) || words::is_ordinal_noun(after.word) {
        return false;
    }
    if words::is_opener(after.word) {
        return true;
    }
    // A noun follows. "Der 3. Versuch" goes on, "auf Platz 3. Trainer …" ends.
    !ordinal_left && (words::precedes_cardinal(before.previous) || digits == 3)
}

/// Whether `word` is a Roman number of two signs or more, as kings and
/// centuries bear. Larger signs than X are left out: "CD", "DM", "MM".
pub(super) fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the sentence ends after this Roman number: "Ludwig XIV. Er …" ends,
/// "im II. Weltkrieg" goes on.
pub(super) fn roman_ends(before: &Before<'_>, after: &After<'_>) -> bool {
    if before.at_start || words::is_ordinal_noun(after.word) {
        return false;
    }
    words::is_opener(after.word) || !words::precedes_ordinal(before.previous)
}
