//! New since yesterday: which key points an earlier brief has told already.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ingest::BriefDate;
use crate::text::facts::numbers_conflict;
use crate::text::numbers::{Number, numbers};
use crate::text::vectors::Terms;
use crate::text::words::content_stems;

use super::checklist::checklist;
use super::types::{Continuation, DayBrief};

/// So many days back an earlier brief counts: what was told longer ago is news
/// again.
const DAYS: i32 = 7;

/// A key point repeats an earlier one that has so much of what it says. Chosen on
/// the invented mornings of `tests/check/continuing.tsv`, where repetitions have
/// seven tenths or more in common and news has less: a repetition that is not
/// marked does less harm than news that is.
const REPEATS: f64 = 0.7;

/// A key point of an earlier brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The brief's day.
    pub day: Date,
    /// Its id.
    pub id: String,
    /// The English statement.
    pub text: String,
}

/// The days whose briefs the brief of `date` is held against, latest first: the
/// week before it. Months and undated articles have no place in a week.
#[must_use]
pub fn days_before(date: BriefDate) -> Vec<Date> {
    let BriefDate::Day(day) = date else { return Vec::new() };
    (1..=DAYS).filter_map(|back| day.checked_sub(back.days()).ok()).collect()
}

/// Marks the key points of `brief` that repeat one of `earlier`, and puts what is
/// new first; within the two, the more important first. What was marked or ordered
/// before counts for nothing, so this can be repeated with other earlier briefs.
#[must_use]
pub fn relate(mut brief: DayBrief, earlier: &[Told]) -> DayBrief {
    let texts: Vec<&str> = brief.key_points.iter().map(|point| point.text.as_str()).collect();
    let repeated: Vec<Option<Continuation>> =
        repeats(&texts, earlier).into_iter().map(|told| told.map(continuation)).collect();
    for (point, continues) in brief.key_points.iter_mut().zip(repeated) {
        point.continues = continues;
    }
    brief.key_points.sort_by(|a, b| {
        let rest = || b.importance.total_cmp(&a.importance).then_with(|| a.id.cmp(&b.id));
        a.continues.is_some().cmp(&b.continues.is_some()).then_with(rest)
    });
    brief.checklist = checklist(&brief.key_points, &brief.articles);
    brief
}

fn continuation(told: &Told) -> Continuation {
    Continuation { date: BriefDate::Day(told.day), key_point: told.id.clone() }
}

/// For each of `texts`, the one of `earlier` that it repeats.
///
/// A statement repeats an earlier one if that has most of its words, each counted
/// with its inverse sentence frequency, and their numbers do not contradict each
/// other: what has words of its own has something to say, and "five dead" is news
/// after "three dead". Of several earlier ones the latest day's is named, of that
/// day the one that has the most.
#[must_use]
pub fn repeats<'t>(texts: &[&str], earlier: &'t [Told]) -> Vec<Option<&'t Told>> {
    let told = earlier.iter().map(|told| told.text.as_str());
    let all: Vec<&str> = texts.iter().copied().chain(told).collect();
    let stems: Vec<Vec<String>> = all.iter().map(|text| content_stems(text)).collect();
    let terms = Terms::of(&stems);
    let mut statements: Vec<Statement> = stems
        .into_iter()
        .zip(all)
        .map(|(stems, text)| Statement {
            stems: stems.into_iter().collect(),
            numbers: numbers(text),
        })
        .collect();
    let earlier: Vec<(&Told, Statement)> =
        earlier.iter().zip(statements.split_off(texts.len())).collect();
    statements.iter().map(|statement| repeated(statement, &earlier, &terms)).collect()
}

struct Statement {
    stems: BTreeSet<String>,
    numbers: Vec<Number>,
}

impl Statement {
    /// Which part of what it says `other` says, too: 0 to 1.
    fn part_in(&self, other: &Self, terms: &Terms) -> f64 {
        let sum = |stems: &mut dyn Iterator<Item = &String>| -> f64 {
            stems.map(|stem| terms.weight(stem)).sum()
        };
        let all = sum(&mut self.stems.iter());
        if all > 0.0 { sum(&mut self.stems.intersection(&other.stems)) / all } else { 0.0 }
    }
}

fn repeated<'t>(
    statement: &Statement,
    earlier: &[(&'t Told, Statement)],
    terms: &Terms,
) -> Option<&'t Told> {
    let repeats = earlier.iter().filter_map(|(told, other)| {
        let part = statement.part_in(other, terms);
        let same = part >= REPEATS && !numbers_conflict(&other.numbers, &statement.numbers);
        same.then_some((*told, part))
    });
    let best = repeats.min_by(|(a, x), (b, y)| {
        let rest = || y.total_cmp(x).then_with(|| a.id.cmp(&b.id));
        b.day.cmp(&a.day).then_with(rest)
    });
    best.map(|(told, _)| told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_looked_back_on() {
        let days = days_before(BriefDate::Day(jiff::civil::date(2026, 3, 3)));
        assert_eq!(days.first(), Some(&jiff::civil::date(2026, 3, 2)));
        assert_eq!(days.last(), Some(&jiff::civil::date(2026, 2, 24)));
        assert!(days_before(BriefDate::Undated).is_empty());
        assert!(days_before(BriefDate::Month { year: 2026, month: 3 }).is_empty());
    }
}
