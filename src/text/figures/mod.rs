//! Everything in a sentence that is a figure: numbers by value, dates by their
//! parts, times of day, scores; the same in German and in English, so that the
//! two can be compared.
//!
//! A date is taken apart into day, month and year: the German `24.10.2024` and
//! the English `October 24, 2024` then have the same three figures.

mod calendar;
mod clock;
mod english;
mod german;

pub use english::english_figures;
pub use german::german_figures;

use super::numbers::{Form, Number, Unit};
use crate::support::Span;

/// A figure and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// What it says.
    pub value: Value,
    /// Whether it is surely meant: "May" may be a verb, "one" an article. What
    /// is not sure supports the other side and is never missed.
    pub certain: bool,
    /// Where it stands.
    pub span: Span,
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number, also a year.
    Number(Number),
    /// A day of a month, 1 to 31.
    Day(u32),
    /// A month, 1 to 12.
    Month(usize),
    /// A day of the week, 0 (Monday) to 6.
    Weekday(usize),
    /// A time of day.
    Clock {
        /// Minutes since midnight.
        minutes: u32,
        /// Whether it may as well be twelve hours later ("eight o'clock").
        either_half: bool,
    },
    /// `2:1`, also `20-30`: two numbers that belong together.
    Pair(u32, u32),
}

impl Value {
    /// A plain whole number.
    fn plain(value: u32, span: Span) -> Self {
        Self::Number(Number {
            value: f64::from(value),
            unit: Unit::Plain,
            form: Form::Cardinal,
            certain: true,
            span,
        })
    }

    /// Whether it belongs to the calendar or the clock.
    #[must_use]
    pub fn is_date(&self) -> bool {
        !matches!(self, Self::Number(_) | Self::Pair(..))
    }

    /// Whether the other says the same.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => one.is_supported_by(two),
            (Self::Day(day), Self::Number(number)) | (Self::Number(number), Self::Day(day)) => {
                is(number, *day)
            }
            (Self::Clock { minutes, .. }, Self::Pair(hour, minute))
            | (Self::Pair(hour, minute), Self::Clock { minutes, .. }) => {
                *minutes == hour * 60 + minute
            }
            (Self::Clock { minutes, .. }, Self::Number(number))
            | (Self::Number(number), Self::Clock { minutes, .. }) => {
                minutes % 60 == 0 && (is(number, minutes / 60) || is(number, minutes / 60 % 12))
            }
            (
                Self::Clock { minutes: one, either_half: loose },
                Self::Clock { minutes: two, either_half: as_loose },
            ) => one == two || ((*loose || *as_loose) && one % 720 == two % 720),
            _ => self == other,
        }
    }

    /// The two numbers of a pair, where they stand.
    #[must_use]
    pub fn halves(&self, span: Span) -> Option<[Self; 2]> {
        match self {
            Self::Pair(one, two) => Some([Self::plain(*one, span), Self::plain(*two, span)]),
            _ => None,
        }
    }

    /// The value in English.
    #[must_use]
    pub fn in_english(&self) -> String {
        match self {
            Self::Number(number) => spelt(number),
            Self::Day(day) => format!("day {day}"),
            Self::Month(month) => calendar::english_month(*month).to_owned(),
            Self::Weekday(day) => calendar::english_weekday(*day).to_owned(),
            Self::Clock { minutes, .. } => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Pair(one, two) => format!("{one}:{two}"),
        }
    }
}

fn is(number: &Number, value: u32) -> bool {
    number.unit == Unit::Plain && number.value == f64::from(value)
}

/// `3,000,000 euros`, `5.5 percent`, `2/3`, `3rd`.
fn spelt(number: &Number) -> String {
    let value = match number.form {
        Form::Fraction => fraction(number.value),
        Form::Ordinal => ordinal(number.value),
        Form::Decade => format!("{}s", number.value),
        Form::Cardinal if number.unit == Unit::Plain && is_year(number.value) => {
            number.value.to_string()
        }
        Form::Cardinal => grouped(number.value),
    };
    let unit = number.unit.word();
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

fn is_year(value: f64) -> bool {
    value.fract() == 0.0 && (1500.0..2100.0).contains(&value)
}

fn fraction(value: f64) -> String {
    let parts = (2..=20).map(f64::from).find(|parts| {
        let count = value * parts;
        (count - count.round()).abs() < 1e-9
    });
    match parts {
        Some(parts) => format!("{}/{parts}", (value * parts).round()),
        None => value.to_string(),
    }
}

fn ordinal(value: f64) -> String {
    let ending = match (value % 100.0, value % 10.0) {
        (11.0..=13.0, _) => "th",
        (_, 1.0) => "st",
        (_, 2.0) => "nd",
        (_, 3.0) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}

/// Thousands separated by commas.
fn grouped(value: f64) -> String {
    // What scale words multiply is exact only to some digits.
    let text = ((value * 1e6).round() / 1e6).to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    rest.map_or_else(|| grouped.clone(), |rest| format!("{grouped}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(text: &str) -> Vec<String> {
        german_figures(text).iter().map(|figure| figure.value.in_english()).collect()
    }

    fn english(text: &str) -> Vec<String> {
        english_figures(text).iter().map(|figure| figure.value.in_english()).collect()
    }

    #[test]
    fn a_date_is_the_same_in_both_languages() {
        let parts = ["day 24", "October", "2024"];
        assert_eq!(german("am 24.10.2024"), parts);
        assert_eq!(german("am 24. Oktober 2024"), parts);
        assert_eq!(english("on 24 October 2024"), parts);
        assert_eq!(english("on the 24th of October 2024"), parts);
        assert_eq!(english("on October 24, 2024"), ["October", "day 24", "2024"]);
        assert_eq!(german("am 24.10."), ["day 24", "October"]);
        assert_eq!(german("Donnerstagabend, montags"), ["Thursday", "Monday"]);
        assert_eq!(english("on Thursday’s and in May"), ["Thursday", "May"]);
        assert_eq!(english("It may march on."), [""; 0]);
    }

    #[test]
    fn times_are_minutes() {
        assert_eq!(german("um 14.30 Uhr"), ["14:30"]);
        assert_eq!(german("um 8 Uhr abends"), ["20:00"]);
        assert_eq!(german("halb drei"), ["02:30"]);
        assert_eq!(english("at 2:30 p.m."), ["14:30"]);
        assert_eq!(english("at 2.30pm"), ["14:30"]);
        assert_eq!(english("at 12 am and at noon"), ["00:00", "12:00"]);
        assert_eq!(english("at eight o’clock"), ["08:00"]);
    }

    #[test]
    fn pairs_and_amounts() {
        assert_eq!(german("Sie gewannen 2:1."), ["2:1"]);
        assert_eq!(english("They won 2-1."), ["2:1"]);
        assert_eq!(english("20-30 percent"), ["20 percent", "30 percent"]);
        assert_eq!(german("2,5 Mio. Euro"), ["2,500,000 euros"]);
        assert_eq!(english("€2.5 million, a 3rd"), ["2,500,000 euros", "3rd"]);
        assert_eq!(german("zwei Drittel"), ["2/3"]);
    }

    #[test]
    fn what_agrees() {
        let agree = |de: &str, en: &str| {
            let (de, en) = (german_figures(de), english_figures(en));
            !de.is_empty() && de.iter().all(|d| en.iter().any(|e| d.value.agrees_with(&e.value)))
        };
        assert!(agree("um 20 Uhr", "at 8 o'clock"));
        assert!(agree("um 20 Uhr", "at 8 p.m."));
        assert!(!agree("um 20 Uhr", "at 8 a.m."));
        assert!(agree("um 20:15", "at 20:15"));
        assert!(agree("am 3. Mai", "on 3 May"));
        assert!(agree("die neunziger Jahre", "the 1990s"));
    }
}
