//! Reading dates as German newsrooms write them.
//!
//! Reading says what the text *claims* (`32. Oktober 2024` is a claim, too);
//! [`super::written_date`] holds the claim against the calendar.

use jiff::civil::Weekday;

use super::written_date::{WrittenDate, WrittenYear};

/// Month names and their abbreviations, Austrian and transliterated ones included.
const MONTHS: &[(&str, u32)] = &[
    ("januar", 1),
    ("jänner", 1),
    ("jaenner", 1),
    ("jan", 1),
    ("jän", 1),
    ("jaen", 1),
    ("februar", 2),
    ("feber", 2),
    ("febr", 2),
    ("feb", 2),
    ("märz", 3),
    ("maerz", 3),
    ("mär", 3),
    ("mrz", 3),
    ("april", 4),
    ("apr", 4),
    ("mai", 5),
    ("juni", 6),
    ("juno", 6),
    ("jun", 6),
    ("juli", 7),
    ("julei", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("oktober", 10),
    ("okt", 10),
    ("november", 11),
    ("nov", 11),
    ("dezember", 12),
    ("dez", 12),
];

/// Weekday names, short and long.
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("montag", Weekday::Monday),
    ("mo", Weekday::Monday),
    ("dienstag", Weekday::Tuesday),
    ("di", Weekday::Tuesday),
    ("mittwoch", Weekday::Wednesday),
    ("mi", Weekday::Wednesday),
    ("donnerstag", Weekday::Thursday),
    ("do", Weekday::Thursday),
    ("freitag", Weekday::Friday),
    ("fr", Weekday::Friday),
    ("samstag", Weekday::Saturday),
    ("sonnabend", Weekday::Saturday),
    ("sa", Weekday::Saturday),
    ("sonntag", Weekday::Sunday),
    ("so", Weekday::Sunday),
];

/// The German name of a weekday, for notices.
pub(crate) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

/// Reads a date, a weekday before it included, at the very start of `text`.
/// Gives the bytes it took, too.
pub(crate) fn read_date(text: &str) -> Option<(WrittenDate, usize)> {
    let mut cursor = Cursor { rest: text };
    let weekday = read_weekday(&mut cursor);
    let (mut date, after) = [read_iso, read_long, read_numeric, read_month_year]
        .iter()
        .find_map(|read| read(cursor))
        .filter(|(_, after)| !after.rest.starts_with(char::is_alphanumeric))?;
    date.weekday = weekday;
    Some((date, text.len() - after.rest.len()))
}

/// Reads a time of day after a date, with everything that ties them together:
/// `, 12:42 Uhr`, ` um 12.42`, `T12:42:00+02:00`. Gives the bytes it took.
pub(crate) fn read_time(text: &str) -> usize {
    let mut cursor = Cursor { rest: text };
    cursor.spaces();
    for tie in [",", "|", "–", "-", "/", "um ", "T", "•", "·"] {
        if cursor.eat(tie) {
            break;
        }
    }
    cursor.spaces();
    cursor.eat("um ");
    cursor.spaces();
    if cursor.digits(1, 2).is_none_or(|hours| hours > 24) {
        return 0;
    }
    let minutes = read_minutes(&mut cursor);
    let mut after = cursor;
    after.spaces();
    let named = after.eat("Uhr") || after.eat("h");
    if minutes.is_none() && !named {
        return 0;
    }
    let end = if named { after } else { cursor };
    text.len() - end.rest.len() + read_zone(end.rest)
}

/// `:42`, `.42`, `:42:07`, `:42:07.123`.
fn read_minutes(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    if !(ahead.eat(":") || ahead.eat(".")) {
        return None;
    }
    let minutes = ahead.digits(2, 2).filter(|minutes| *minutes < 60)?;
    *cursor = ahead;
    if ahead.eat(":") && ahead.digits(2, 2).is_some() {
        *cursor = ahead;
        if ahead.eat(".") && ahead.digits(1, 9).is_some() {
            *cursor = ahead;
        }
    }
    Some(minutes)
}

/// `Z`, `+02:00`, ` MESZ`, ` (MEZ)`.
fn read_zone(text: &str) -> usize {
    let mut cursor = Cursor { rest: text };
    if cursor.eat("+") || cursor.eat("-") {
        let hours = cursor.digits(2, 4);
        if hours.is_some() && (!cursor.eat(":") || cursor.digits(2, 2).is_some()) {
            return text.len() - cursor.rest.len();
        }
        return 0;
    }
    cursor.spaces();
    for zone in ["(MESZ)", "(MEZ)", "MESZ", "MEZ", "Z"] {
        if cursor.eat(zone) {
            return text.len() - cursor.rest.len();
        }
    }
    0
}

fn read_weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let mut ahead = *cursor;
    let name = ahead.word().to_lowercase();
    let day = WEEKDAYS.iter().find(|(known, _)| *known == name)?.1;
    ahead.eat(".");
    ahead.eat(",");
    ahead.spaces();
    for article in ["der ", "den ", "dem "] {
        ahead.eat(article);
    }
    ahead.spaces();
    *cursor = ahead;
    Some(day)
}

/// `24. Oktober, 2024`, `1. März 2025`, `24 Okt. 2024`, `24. Oktober`.
fn read_long(mut cursor: Cursor<'_>) -> Option<(WrittenDate, Cursor<'_>)> {
    let day = cursor.digits(1, 2)?;
    cursor.eat(".");
    cursor.spaces();
    let month = cursor.month()?;
    cursor.eat(".");
    let without_year = cursor;
    cursor.eat(",");
    cursor.spaces();
    let year = cursor.digits(4, 4);
    let after = if year.is_some() { cursor } else { without_year };
    Some((written(year.map(WrittenYear::Full), month, Some(day)), after))
}

/// `24.10.2024`, `24.10.24`, `24. 10. 2024`.
fn read_numeric(mut cursor: Cursor<'_>) -> Option<(WrittenDate, Cursor<'_>)> {
    let day = cursor.digits(1, 2)?;
    cursor.dot()?;
    let month = cursor.digits(1, 2)?;
    cursor.dot()?;
    let year = match cursor.digits_counted()? {
        (year, 4) => WrittenYear::Full(year),
        (year, 2) => WrittenYear::Short(year),
        _ => return None,
    };
    Some((written(Some(year), month, Some(day)), cursor))
}

/// `2024-10-24`, `2024/10/24`, `2024-10`.
fn read_iso(mut cursor: Cursor<'_>) -> Option<(WrittenDate, Cursor<'_>)> {
    let year = WrittenYear::Full(cursor.digits(4, 4)?);
    let separator = if cursor.eat("-") {
        "-"
    } else if cursor.eat("/") {
        "/"
    } else {
        return None;
    };
    let month = cursor.digits(1, 2)?;
    let month_only = cursor;
    if cursor.eat(separator) {
        let day = cursor.digits(1, 2)?;
        // `2024-10-24T12:42` is a date with a time, not a word.
        let time = read_time(cursor.rest);
        if time > 0 && cursor.rest.starts_with('T') {
            cursor.rest = cursor.rest.get(time..).unwrap_or_default();
        }
        return Some((written(Some(year), month, Some(day)), cursor));
    }
    Some((written(Some(year), month, None), month_only))
}

/// `Oktober 2024`.
fn read_month_year(mut cursor: Cursor<'_>) -> Option<(WrittenDate, Cursor<'_>)> {
    let month = cursor.month()?;
    cursor.eat(".");
    cursor.spaces();
    let year = WrittenYear::Full(cursor.digits(4, 4)?);
    Some((written(Some(year), month, None), cursor))
}

fn written(year: Option<WrittenYear>, month: u32, day: Option<u32>) -> WrittenDate {
    WrittenDate { year, month, day, weekday: None }
}

/// Where reading has come to. Copies are how a reader tries and goes back.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, wanted: &str) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A dot and the spaces after it.
    fn dot(&mut self) -> Option<()> {
        self.eat(".").then(|| self.spaces())
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn word(&mut self) -> &'t str {
        self.take_while(char::is_alphabetic)
    }

    /// A whole run of digits and how many there are.
    fn digits_counted(&mut self) -> Option<(u32, usize)> {
        let run = self.take_while(|c| c.is_ascii_digit());
        Some((run.parse().ok()?, run.len()))
    }

    /// A whole run of digits, at least `min` and at most `max` of them.
    fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let mut ahead = *self;
        let (number, count) = ahead.digits_counted()?;
        if !(min..=max).contains(&count) {
            return None;
        }
        *self = ahead;
        Some(number)
    }

    fn month(&mut self) -> Option<u32> {
        let name = self.word().to_lowercase();
        MONTHS.iter().find(|(known, _)| *known == name).map(|(_, month)| *month)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::ingest::article::BriefDate;
    use crate::ingest::written_date::Refusal;

    fn today() -> Date {
        date(2026, 11, 21)
    }

    fn read(text: &str) -> Result<BriefDate, Refusal> {
        let (written, taken) = read_date(text).expect(text);
        assert_eq!(taken, text.len(), "{text}: read only {:?}", &text[..taken]);
        written.resolve(today())
    }

    fn day(year: i16, month: i8, day: i8) -> Result<BriefDate, Refusal> {
        Ok(BriefDate::Day(date(year, month, day)))
    }

    #[test]
    fn every_way_to_write_a_day() {
        for text in [
            "24. Oktober, 2024",
            "24. Oktober 2024",
            "24.Oktober 2024",
            "24 Oktober 2024",
            "24. Okt. 2024",
            "24. Okt 2024",
            "24. OKTOBER 2024",
            "Donnerstag, 24. Oktober 2024",
            "Donnerstag, den 24. Oktober 2024",
            "Do., 24. Oktober 2024",
            "Do, 24.10.2024",
            "24.10.2024",
            "24.10.24",
            "24. 10. 2024",
            "24.\u{a0}10.\u{a0}2024",
            "2024-10-24",
            "2024/10/24",
            "2024-10-24T12:42:00+02:00",
        ] {
            assert_eq!(read(text), day(2024, 10, 24), "{text}");
        }
    }

    #[test]
    fn months_of_all_regions() {
        assert_eq!(read("1. März 2025"), day(2025, 3, 1));
        assert_eq!(read("1. Mär. 2025"), day(2025, 3, 1));
        assert_eq!(read("1. Maerz 2025"), day(2025, 3, 1));
        assert_eq!(read("6. Jänner 2025"), day(2025, 1, 6));
        assert_eq!(read("6. Jän. 2025"), day(2025, 1, 6));
        assert_eq!(read("28. Feber 2025"), day(2025, 2, 28));
        assert_eq!(read("Oktober 2024"), Ok(BriefDate::Month { year: 2024, month: 10 }));
        assert_eq!(read("2024-10"), Ok(BriefDate::Month { year: 2024, month: 10 }));
    }

    #[test]
    fn impossible_and_implausible_dates_are_refused_with_the_reason() {
        assert_eq!(read("31.02.2024"), Err(Refusal::NoSuchDay));
        assert_eq!(read("29. Februar 2023"), Err(Refusal::NoSuchDay));
        assert_eq!(read("32. Oktober 2024"), Err(Refusal::NoSuchDay));
        assert_eq!(read("0.10.2024"), Err(Refusal::NoSuchDay));
        assert_eq!(read("24.13.2024"), Err(Refusal::NoSuchMonth));
        assert_eq!(read("24.10.2124"), Err(Refusal::Future));
        assert_eq!(read("2027-01"), Err(Refusal::Future));
        assert_eq!(read("24.10.1824"), Err(Refusal::TooOld));
        assert_eq!(read("24. Oktober"), Err(Refusal::NoYear));
    }

    #[test]
    fn tomorrow_is_allowed_for_other_time_zones() {
        assert_eq!(read("22.11.2026"), day(2026, 11, 22));
        assert_eq!(read("23.11.2026"), Err(Refusal::Future));
    }

    #[test]
    fn two_digit_years_mean_the_near_past() {
        assert_eq!(read("24.10.97"), day(1997, 10, 24));
        assert_eq!(read("24.10.26"), day(2026, 10, 24));
    }

    #[test]
    fn what_is_no_date_is_not_read_as_one() {
        for text in [
            "24 Stunden",
            "3.000 Euro",
            "24.10.20245",
            "1,5 Mio.",
            "Mai",
            "A 24",
            "24. October 2024",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn times_after_a_date() {
        for text in [
            " 12:42 Uhr",
            ", 12:42 Uhr",
            ", 12.42 Uhr",
            " um 12:42 Uhr",
            ", um 12 Uhr",
            " | 12:42",
            " - 12:42",
            " 12:42:07",
            " 12:42 Uhr MESZ",
            " 12 Uhr",
        ] {
            assert_eq!(read_time(text), text.len(), "{text}");
        }
        assert_eq!(read_time(" 12 Tote"), 0);
        assert_eq!(read_time(" Oktober"), 0);
    }

    #[test]
    fn a_weekday_is_kept_for_checking() {
        let (written, _) = read_date("Dienstag, 24. Oktober 2024").unwrap();
        assert_eq!(written.weekday, Some(Weekday::Tuesday));
        assert_eq!(weekday_name(Weekday::Tuesday), "Dienstag");
    }
}
