//! A date as it was written, and whether the calendar has it.
//!
//! Kept apart from reading on purpose: an impossible date is refused with a
//! reason instead of being mistaken for text.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::article::BriefDate;

/// The oldest year that a news article is believed to have.
const FIRST_YEAR: i16 = 1900;

/// What a piece of text says as a date, not yet held against a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// `None` for `24. Oktober`.
    pub(crate) year: Option<WrittenYear>,
    /// As written: may be 13.
    pub(crate) month: u32,
    /// As written: may be 32. `None` for `Oktober 2024`.
    pub(crate) day: Option<u32>,
    /// `Mittwoch, …`.
    pub(crate) weekday: Option<Weekday>,
}

/// A year in full or with its last two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WrittenYear {
    /// `2024`.
    Full(u32),
    /// `24`.
    Short(u32),
}

/// Why a written date is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The 32nd of October, the 29th of February 2023.
    NoSuchDay,
    /// Month 13.
    NoSuchMonth,
    /// `24. Oktober`.
    NoYear,
    /// Later than tomorrow.
    Future,
    /// Before 1900.
    TooOld,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchDay => "the calendar has no such day",
            Self::NoSuchMonth => "there is no such month",
            Self::NoYear => "it names no year",
            Self::Future => "it lies in the future",
            Self::TooOld => "it lies before 1900",
        })
    }
}

impl WrittenDate {
    /// The date in the calendar, as seen from `today`.
    ///
    /// One day of grace: past midnight in Kiritimati it is still yesterday here.
    pub(crate) fn resolve(&self, today: Date) -> Result<BriefDate, Refusal> {
        let year = self.full_year(today)?;
        let month = small(self.month).filter(|month| (1..=12).contains(month));
        let month = month.ok_or(Refusal::NoSuchMonth)?;
        if year < FIRST_YEAR {
            return Err(Refusal::TooOld);
        }
        match self.day {
            Some(day) => resolve_day(year, month, day, today),
            None if (year, month) > (today.year(), today.month()) => Err(Refusal::Future),
            None => Ok(BriefDate::Month { year, month }),
        }
    }

    /// `24` is 2024 and `97` is 1997: no article is dated beyond next year.
    fn full_year(&self, today: Date) -> Result<i16, Refusal> {
        match self.year {
            None => Err(Refusal::NoYear),
            Some(WrittenYear::Full(year)) => i16::try_from(year).map_err(|_| Refusal::Future),
            Some(WrittenYear::Short(year)) => {
                let year = i16::try_from(year).map_err(|_| Refusal::NoYear)?;
                let recent = 2000 + year;
                Ok(if recent <= today.year() + 1 { recent } else { 1900 + year })
            }
        }
    }
}

fn resolve_day(year: i16, month: i8, day: u32, today: Date) -> Result<BriefDate, Refusal> {
    let day = small(day).ok_or(Refusal::NoSuchDay)?;
    let date = Date::new(year, month, day).map_err(|_| Refusal::NoSuchDay)?;
    let latest = today.tomorrow().unwrap_or(today);
    if date > latest { Err(Refusal::Future) } else { Ok(BriefDate::Day(date)) }
}

fn small(number: u32) -> Option<i8> {
    i8::try_from(number).ok()
}
