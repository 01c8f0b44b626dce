//! Which of an article's dates counts, and how we know.
//!
//! `Stand:` before a date line before a scraper's field before the file name;
//! the first that the calendar accepts wins. A month is refined by a day within
//! it. Everything refused or in disagreement becomes a notice.

use std::path::Path;

use jiff::civil::Date;

use super::article::{ArticleDate, BriefDate, DateEvidence, DateRule, Notice};
use super::german_dates::{read_date, weekday_name};
use super::written_date::{WrittenDate, WrittenYear};

/// A date that stands somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) rule: DateRule,
    /// `None` for the file name.
    pub(crate) line: Option<usize>,
    pub(crate) text: String,
    pub(crate) written: WrittenDate,
}

impl Candidate {
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("line {line}"),
            None => "the file name".to_owned(),
        }
    }

    fn dated(&self, value: BriefDate) -> ArticleDate {
        let evidence = DateEvidence { rule: self.rule, line: self.line, text: self.text.clone() };
        ArticleDate { value, evidence }
    }
}

/// Chooses among the candidates, as seen from `today`.
pub(crate) fn choose(
    mut candidates: Vec<Candidate>,
    today: Date,
) -> (Option<ArticleDate>, Vec<Notice>) {
    candidates.sort_by_key(|candidate| candidate.rule);
    let mut notices = Vec::new();
    let mut accepted: Vec<(&Candidate, BriefDate)> = Vec::new();
    for candidate in &candidates {
        match candidate.written.resolve(today) {
            Ok(value) => accepted.push((candidate, value)),
            Err(refusal) => notices.push(Notice {
                line: candidate.line,
                text: format!(
                    "the date \"{}\" ({}) is refused: {refusal}",
                    candidate.text,
                    candidate.place()
                ),
            }),
        }
    }
    let Some((chosen, value)) = accepted.first().map(|best| refined(*best, &accepted)) else {
        return (None, notices);
    };
    notices.extend(wrong_weekday(chosen, value));
    let others = accepted.iter().filter(|(_, other)| !agree(value, *other));
    notices.extend(others.map(|(other, _)| Notice {
        line: other.line,
        text: format!(
            "the date \"{}\" ({}) disagrees with \"{}\" ({}), which counts",
            other.text,
            other.place(),
            chosen.text,
            chosen.place()
        ),
    }));
    (Some(chosen.dated(value)), notices)
}

/// The best date, or a day that is known elsewhere within the best month.
fn refined<'c>(
    best: (&'c Candidate, BriefDate),
    all: &[(&'c Candidate, BriefDate)],
) -> (&'c Candidate, BriefDate) {
    let is_month = matches!(best.1, BriefDate::Month { .. });
    let finer = |(_, value): &&(&Candidate, BriefDate)| {
        matches!(value, BriefDate::Day(_)) && agree(best.1, *value)
    };
    all.iter().find(finer).filter(|_| is_month).copied().unwrap_or(best)
}

/// Whether both dates can be true.
fn agree(one: BriefDate, other: BriefDate) -> bool {
    match (one, other) {
        (BriefDate::Day(day), BriefDate::Month { year, month })
        | (BriefDate::Month { year, month }, BriefDate::Day(day)) => {
            (day.year(), day.month()) == (year, month)
        }
        _ => one == other,
    }
}

fn wrong_weekday(candidate: &Candidate, value: BriefDate) -> Option<Notice> {
    let BriefDate::Day(date) = value else { return None };
    let written = candidate.written.weekday.filter(|day| *day != date.weekday())?;
    Some(Notice {
        line: candidate.line,
        text: format!(
            "\"{}\" was a {}, not a {}",
            candidate.text,
            weekday_name(date.weekday()),
            weekday_name(written)
        ),
    })
}

/// The date in the name of a file or of the folders around it, the innermost
/// first: `2024-10-24_hafen.txt`, `20241024-hafen.txt`, `2024/10/24/hafen.txt`.
pub(crate) fn from_path(path: &Path) -> Option<Candidate> {
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let (name, folders) = parts.split_last()?;
    let nested = folders.get(folders.len().saturating_sub(3)..).unwrap_or_default().join("-");
    let places = std::iter::once(name.as_str())
        .chain(std::iter::once(nested.as_str()))
        .chain(folders.iter().rev().map(String::as_str));
    let mut found = places.filter_map(in_name);
    // A day anywhere is better than a month.
    let first = found.next()?;
    let best =
        if first.1.day.is_none() { found.find(|(_, date)| date.day.is_some()) } else { None };
    let (text, written) = best.unwrap_or(first);
    Some(Candidate { rule: DateRule::FileName, line: None, text, written })
}

/// The first date in a file or folder name.
fn in_name(name: &str) -> Option<(String, WrittenDate)> {
    let starts = name.char_indices().filter(|(at, c)| {
        let before = name.get(..*at).and_then(|head| head.chars().next_back());
        c.is_ascii_digit() && !before.is_some_and(char::is_alphanumeric)
    });
    starts.map(|(at, _)| name.get(at..).unwrap_or_default()).find_map(|rest| {
        let (text, written) = compact(rest).or_else(|| separated(rest))?;
        Some((text.to_owned(), written))
    })
}

/// `20241024`, if nothing but a date can be meant by it.
fn compact(rest: &str) -> Option<(&str, WrittenDate)> {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let digits =
        rest.get(..end).filter(|run| run.len() == 8 && run.bytes().all(|b| b.is_ascii_digit()))?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let plausible =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let written =
        WrittenDate { year: Some(WrittenYear::Full(year)), month, day: Some(day), weekday: None };
    plausible.then_some((digits, written))
}

/// `2024-10-24`, `2024_10_24`, `24.10.2024`, `2024-10`.
fn separated(rest: &str) -> Option<(&str, WrittenDate)> {
    let mut run =
        rest.find(|c: char| !c.is_ascii_digit() && !"-_.".contains(c)).unwrap_or(rest.len());
    // `2024-10-24-2-hafen`: the longest beginning that is a date counts.
    while run > 0 {
        let text = rest.get(..run)?.trim_end_matches(['-', '_', '.']);
        let (written, taken) = read_date(&text.replace('_', "-")).unzip();
        let year_is_full =
            matches!(written.and_then(|w: WrittenDate| w.year), Some(WrittenYear::Full(_)));
        if let Some(written) = written.filter(|_| taken == Some(text.len()) && year_is_full) {
            return Some((text, written));
        }
        run = text.len().checked_sub(1)?;
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn candidate(rule: DateRule, line: Option<usize>, text: &str) -> Candidate {
        let written = read_date(text).expect(text).0;
        Candidate { rule, line, text: text.to_owned(), written }
    }

    fn chosen(candidates: Vec<Candidate>) -> (Option<ArticleDate>, Vec<Notice>) {
        choose(candidates, date(2026, 11, 21))
    }

    fn name(path: &str) -> Option<BriefDate> {
        from_path(Path::new(path))?.written.resolve(date(2026, 11, 21)).ok()
    }

    #[test]
    fn stand_counts_before_all_others_and_refines_the_month() {
        let (date_found, notices) = chosen(vec![
            candidate(DateRule::FileName, None, "2024-10-24"),
            candidate(DateRule::ScraperField, Some(1), "2024-10"),
            candidate(DateRule::Stand, Some(1), "24.10.2024"),
        ]);
        let found = date_found.unwrap();
        assert_eq!(
            (found.value, found.evidence.rule),
            (BriefDate::Day(date(2024, 10, 24)), DateRule::Stand)
        );
        assert_eq!(notices, []);
    }

    #[test]
    fn a_month_alone_is_a_month_until_the_file_name_knows_the_day() {
        let field = candidate(DateRule::ScraperField, Some(1), "2024-10");
        let (month, _) = chosen(vec![field.clone()]);
        assert_eq!(month.unwrap().value, BriefDate::Month { year: 2024, month: 10 });
        let (day, notices) = chosen(vec![field, candidate(DateRule::FileName, None, "2024-10-07")]);
        assert_eq!(day.unwrap().evidence.rule, DateRule::FileName);
        assert_eq!(notices, []);
    }

    #[test]
    fn disagreement_is_noticed() {
        let (found, notices) = chosen(vec![
            candidate(DateRule::DateLine, Some(1), "24. Oktober 2024"),
            candidate(DateRule::FileName, None, "2024-11-02"),
        ]);
        assert_eq!(found.unwrap().value, BriefDate::Day(date(2024, 10, 24)));
        assert!(notices[0].text.contains("disagrees"), "{notices:?}");
    }

    #[test]
    fn a_refused_date_gives_way_to_the_next_rule() {
        let (found, notices) = chosen(vec![
            candidate(DateRule::DateLine, Some(3), "31.02.2024"),
            candidate(DateRule::FileName, None, "2024-02-29"),
        ]);
        assert_eq!(found.unwrap().evidence.rule, DateRule::FileName);
        assert_eq!(notices[0].line, Some(3));
        assert!(notices[0].text.contains("no such day"), "{notices:?}");
    }

    #[test]
    fn nothing_but_refused_dates_is_undated() {
        let (found, notices) = chosen(vec![candidate(DateRule::Stand, Some(1), "01.01.2031")]);
        assert_eq!((found, notices.len()), (None, 1));
    }

    #[test]
    fn a_wrong_weekday_is_noticed() {
        let (found, notices) =
            chosen(vec![candidate(DateRule::DateLine, Some(1), "Montag, 30. Oktober 2024")]);
        assert!(found.is_some());
        assert!(notices[0].text.contains("Mittwoch"), "{notices:?}");
    }

    #[test]
    fn file_and_folder_names() {
        let day = Some(BriefDate::Day(date(2024, 10, 24)));
        for path in [
            "2024-10-24_hafen.txt",
            "2024_10_24-hafen.txt",
            "20241024-hafen.txt",
            "hafen-2024-10-24.txt",
            "hafen 24.10.2024.txt",
            "2024-10-24-2-hafen.txt",
            "2024-10-24/001_hafen.txt",
            "2024/10/24/hafen.txt",
            "2024-10/2024-10-24_x.txt",
        ] {
            assert_eq!(name(path), day, "{path}");
        }
        assert_eq!(name("2024-10/hafen.txt"), Some(BriefDate::Month { year: 2024, month: 10 }));
    }

    #[test]
    fn numbers_in_names_are_no_dates() {
        for path in [
            "000_13fff153f0bd0e0d.txt",
            "12345678.txt",
            "a20241024.txt",
            "1234567890.txt",
            "24.10.24.txt",
            "v1.2.txt",
        ] {
            assert_eq!(name(path), None, "{path}");
        }
    }
}
