//! The sheet of one month: weeks from Monday to Sunday, a link for each brief.

use jiff::civil::Date;
use serde::Serialize;

use crate::ingest::BriefDate;
use crate::render::index::IndexEntry;
use crate::render::wording;

/// A month of a year.
pub(super) type Month = (i16, i8);

/// The weeks of a month; `None` where a week reaches into a neighbouring month.
pub(super) type Weeks = Vec<[Option<DayView>; 7]>;

/// A day of the sheet.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DayView {
    number: i8,
    brief: Option<BriefView>,
}

#[derive(Debug, Clone, Serialize)]
struct BriefView {
    folder: String,
    /// What the link is called where only the number is seen.
    name: String,
}

/// The month `date` falls into; nothing is known of undated articles.
pub(super) fn month_of(date: BriefDate) -> Option<Month> {
    match date {
        BriefDate::Day(day) => Some((day.year(), day.month())),
        BriefDate::Month { year, month } => Some((year, month)),
        BriefDate::Undated => None,
    }
}

/// The sheet of a month, with links to those of `entries` that are its days.
/// Empty for a month that no calendar has.
pub(super) fn weeks((year, month): Month, entries: &[&IndexEntry]) -> Weeks {
    let Ok(first) = Date::new(year, month, 1) else { return Vec::new() };
    let mut weeks = Weeks::new();
    for day in std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(|day| day.month() == month)
    {
        let column = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        if column == 0 || weeks.is_empty() {
            weeks.push(std::array::from_fn(|_| None));
        }
        if let Some(cell) = weeks.last_mut().and_then(|week| week.get_mut(column)) {
            *cell = Some(DayView { number: day.day(), brief: brief_of(day, entries) });
        }
    }
    weeks
}

fn brief_of(day: Date, entries: &[&IndexEntry]) -> Option<BriefView> {
    let entry = entries.iter().find(|entry| entry.date == BriefDate::Day(day))?;
    Some(BriefView {
        folder: entry.date.to_string(),
        name: format!(
            "{}: {}",
            wording::heading_date(entry.date),
            wording::count(entry.headlines.len(), "article")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(month: Month) -> Vec<[i8; 7]> {
        let weeks = weeks(month, &[]);
        weeks.into_iter().map(|week| week.map(|day| day.map_or(0, |day| day.number))).collect()
    }

    #[test]
    fn weeks_begin_on_monday() {
        let october = numbers((2024, 10));
        assert_eq!(october.first(), Some(&[0, 1, 2, 3, 4, 5, 6]));
        assert_eq!(october.last(), Some(&[28, 29, 30, 31, 0, 0, 0]));
        assert_eq!(numbers((2021, 2)).len(), 4, "February 2021 fills four weeks");
        assert_eq!(numbers((2024, 2)).last(), Some(&[26, 27, 28, 29, 0, 0, 0]));
    }

    #[test]
    fn a_month_that_is_none_has_no_weeks() {
        assert!(numbers((2024, 13)).is_empty());
    }

    #[test]
    fn the_last_month_of_all_ends() {
        assert_eq!(numbers((9999, 12)).concat().iter().filter(|&&day| day > 0).count(), 31);
    }
}
