//! What never reaches the model: segments without a single letter. Asked to
//! translate a blank or a dash, translation models make sentences up.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English for a segment that holds no letters (`3.000`, `24.10.2024`,
/// `***`, `1,5 %`), or `None` where there is something to translate.
///
/// Thousands get commas, decimals a point, and dates their month's name; times,
/// scores and anything else not surely German are carried over as they are.
#[must_use]
pub fn bypass(source: &str) -> Option<String> {
    if source.chars().any(char::is_alphabetic) {
        return None;
    }
    Some(english_numbers(source).replace(" %", "%").replace("\u{a0}%", "%"))
}

/// Rewrites every German number and date in `text` the English way.
#[must_use]
pub fn english_numbers(text: &str) -> String {
    let mut english = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !is_numeral(c)).unwrap_or(from.len());
        let (numeral, after) = from.split_at(end);
        english.push_str(before);
        // In "A4" and "B2.1" the digits are part of a name.
        let named = english.ends_with(char::is_alphanumeric);
        english.push_str(&if named { numeral.to_owned() } else { convert(numeral) });
        rest = after;
    }
    english.push_str(rest);
    english
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// Rewrites one run of digits, full stops and commas.
fn convert(numeral: &str) -> String {
    if let Some(date) = day_and_month(numeral) {
        return date;
    }
    // A full stop or comma at the end belongs to the sentence (or is an ordinal's).
    let core = numeral.trim_end_matches(['.', ',']);
    let tail = numeral.get(core.len()..).unwrap_or_default();
    let converted = date(core).or_else(|| grouped(core)).or_else(|| decimal(core));
    format!("{}{tail}", converted.as_deref().unwrap_or(core))
}

/// `24.10.2024`
fn date(core: &str) -> Option<String> {
    let mut parts = core.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(format!("{} {} {year}", date.day(), month_name(date)?))
}

/// `24.10.`: without the closing full stop it might be a time or a version.
fn day_and_month(numeral: &str) -> Option<String> {
    let (day, month) = numeral.strip_suffix('.')?.split_once('.')?;
    // A leap year, so that 29 February is a date.
    let date = Date::new(2024, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(format!("{} {}", date.day(), month_name(date)?))
}

fn month_name(date: Date) -> Option<&'static str> {
    MONTHS.get(usize::try_from(date.month() - 1).ok()?).copied()
}

/// `3.000`, `2.200.112`, `1.000,50`
fn grouped(core: &str) -> Option<String> {
    let (whole, fraction) = match core.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (core, None),
    };
    let mut groups = whole.split('.');
    let head = groups.next()?;
    let triples = groups.clone().count() > 0 && groups.all(|group| group.len() == 3);
    if head.is_empty() || head.len() > 3 || !triples || !fraction.is_none_or(all_digits) {
        return None;
    }
    let whole = whole.replace('.', ",");
    Some(fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// `1,5`
fn decimal(core: &str) -> Option<String> {
    let (whole, fraction) = core.split_once(',')?;
    (all_digits(whole) && all_digits(fraction)).then(|| format!("{whole}.{fraction}"))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_carried_over_in_english_format() {
        for (german, english) in [
            ("3.000", "3,000"),
            ("2.200.112", "2,200,112"),
            ("1.000,50 €", "1,000.50 €"),
            ("1,5 %", "1.5%"),
            ("24.10.2024", "24 October 2024"),
            ("24.10.", "24 October"),
            ("29.2.", "29 February"),
            ("31.02.2024", "31.02.2024"),
            ("***", "***"),
            ("- - -", "- - -"),
            ("", ""),
            ("3:1 (2:0)", "3:1 (2:0)"),
            ("12.30", "12.30"),
            ("192.168.1.1", "192.168.1.1"),
            ("1,2,3", "1,2,3"),
            ("1.", "1."),
            ("2024", "2024"),
            ("5.000,-", "5,000,-"),
        ] {
            assert_eq!(bypass(german).as_deref(), Some(english), "{german}");
        }
    }

    #[test]
    fn words_go_to_the_model() {
        assert_eq!(bypass("Ja."), None);
        assert_eq!(bypass("12 Uhr"), None);
        assert_eq!(english_numbers("A4 und 3.500 Leute"), "A4 und 3,500 Leute");
    }
}
