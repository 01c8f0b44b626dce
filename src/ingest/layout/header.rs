//! The units above the body and the part each of them plays.

use super::draft::Draft;
use super::marks::{DateLine, Mark};
use super::units::{Shape, Unit};
use super::words::{
    could_be_department, department, holds_verb, is_capitals, is_noun_phrase, key, word_count,
};
use crate::ingest::article::BlockKind;
use crate::support::Span;

/// A page with more headlines than this on top is a list, not a header.
const MOST_HEADLINES: usize = 6;

/// The header: one role for each of the first units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) roles: Vec<Role>,
}

/// What a unit of the header is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Date(DateLine),
    Department(String),
    Kicker,
    Title,
    TitleAgain,
    Subtitle,
    Note,
    Copyright,
    Separator,
}

impl Header {
    /// Reads the header of the page that consists of `units`.
    pub(crate) fn read(text: &str, units: &[Unit]) -> Self {
        let units = units.get(..extent(units)).unwrap_or_default();
        let headlines = Headlines::of(text, units);
        let title = headlines.title();
        let role = |at: usize, unit: &Unit| match &unit.shape {
            Shape::Mark(Mark::Date(date)) => Role::Date(date.clone()),
            Shape::Mark(Mark::Author | Mark::Source) => Role::Note,
            Shape::Mark(Mark::Copyright) => Role::Copyright,
            Shape::Mark(Mark::Separator) => Role::Separator,
            _ => headlines.role(at, title),
        };
        Self { roles: units.iter().enumerate().map(|(at, unit)| role(at, unit)).collect() }
    }

    /// How many units belong to the header.
    pub(crate) fn len(&self) -> usize {
        self.roles.len()
    }

    /// The first unit that plays the wanted role.
    pub(crate) fn find(&self, wanted: impl Fn(&Role) -> bool) -> Option<usize> {
        self.roles.iter().position(wanted)
    }

    /// Puts the header's units into the draft.
    pub(crate) fn write(&self, draft: &mut Draft, text: &str, units: &[Unit]) {
        for (role, unit) in self.roles.iter().zip(units) {
            let (span, line) = (unit.span, unit.line);
            match role {
                Role::Date(date) => draft.date_line(date, span, line, text),
                Role::Department(name) => {
                    draft.reason(line, format!("\"{name}\" is the category"));
                    draft.department(name, span, line);
                }
                Role::Kicker => {
                    draft.reason(line, "a short line without a verb above the title is the kicker");
                    draft.block(BlockKind::Kicker, inner(unit), line);
                }
                Role::Title => draft.block(BlockKind::Title, inner(unit), line),
                Role::TitleAgain => draft.drop(span, line, "the title once more"),
                Role::Subtitle => draft.block(BlockKind::Subhead, inner(unit), line),
                Role::Note => draft.block(BlockKind::SourceNote, span, line),
                Role::Copyright => draft.drop(span, line, "copyright note"),
                Role::Separator => draft.drop(span, line, "separator"),
            }
            drop_marks(draft, unit);
        }
    }
}

/// The words of a unit without its `#` or `-`.
pub(crate) fn inner(unit: &Unit) -> Span {
    match unit.shape {
        Shape::Mark(Mark::Heading(_, skip) | Mark::Item(skip)) => {
            Span::new(unit.span.start + skip, unit.span.end)
        }
        _ => unit.span,
    }
}

/// Lists the `#` or `-` before the words as dropped.
pub(crate) fn drop_marks(draft: &mut Draft, unit: &Unit) {
    let (skip, reason) = match unit.shape {
        Shape::Mark(Mark::Heading(level, _)) => (level, "heading mark"),
        // The item's mark is one character; `•` has three bytes, the blank one.
        Shape::Mark(Mark::Item(skip)) => (skip, "list mark"),
        _ => return,
    };
    let start = unit.span.start;
    let whole_unit_dropped = draft.dropped.last().is_some_and(|last| last.span == unit.span);
    if !whole_unit_dropped {
        draft.drop(Span::new(start, start + skip), unit.line, reason);
    }
}

/// How many units stand above the body: up to the first prose or list.
fn extent(units: &[Unit]) -> usize {
    let mut headlines = 0;
    units
        .iter()
        .position(|unit| match unit.shape {
            Shape::Prose | Shape::Mark(Mark::Item(_)) => true,
            Shape::Headline | Shape::Mark(Mark::Heading(..)) => {
                headlines += 1;
                headlines > MOST_HEADLINES
            }
            Shape::Mark(_) => false,
        })
        .unwrap_or(units.len())
}

/// The headline-like units of the header: department, kicker, title, subtitle.
struct Headlines<'t> {
    /// Index of the unit, and its words.
    all: Vec<(usize, &'t str)>,
    /// Index of the first Markdown heading of the first level.
    heading: Option<usize>,
    /// Index of the first date line.
    date: Option<usize>,
}

impl<'t> Headlines<'t> {
    fn of(text: &'t str, units: &[Unit]) -> Self {
        let is_headline =
            |unit: &Unit| matches!(unit.shape, Shape::Headline | Shape::Mark(Mark::Heading(..)));
        let numbered = || units.iter().enumerate();
        Self {
            all: numbered()
                .filter(|(_, unit)| is_headline(unit))
                .map(|(at, unit)| (at, inner(unit).of(text)))
                .collect(),
            heading: numbered()
                .find(|(_, unit)| matches!(unit.shape, Shape::Mark(Mark::Heading(1, _))))
                .map(|(at, _)| at),
            date: units.iter().position(|unit| matches!(unit.shape, Shape::Mark(Mark::Date(_)))),
        }
    }

    /// The index of the title. Marked by `#`, else by being there twice, else
    /// by elimination: the first headline that is no department and no kicker.
    fn title(&self) -> Option<usize> {
        self.heading.or_else(|| self.doubled()).or_else(|| self.by_elimination())
    }

    fn doubled(&self) -> Option<usize> {
        let keys: Vec<String> = self.all.iter().map(|(_, words)| key(words)).collect();
        let twice = |at: &usize| keys.iter().skip(at + 1).any(|other| keys.get(*at) == Some(other));
        let at = (0..keys.len()).find(twice)?;
        self.all.get(at).map(|(unit, _)| *unit)
    }

    fn by_elimination(&self) -> Option<usize> {
        let mut rest = self.all.iter().filter(|(_, words)| department(words).is_none());
        let (mut first, mut second) = (rest.next()?, rest.next());
        if let Some(next) = second
            && self.is_lone_department(first, next)
        {
            (first, second) = (next, rest.next());
        }
        match second {
            Some(next) if is_kicker(first.1, next.1) => Some(next.0),
            _ => Some(first.0),
        }
    }

    /// Whether `first`, not a department we know, stands between the date and
    /// the title as one does.
    fn is_lone_department(&self, first: &(usize, &str), next: &(usize, &str)) -> bool {
        self.date.is_some_and(|date| date < first.0)
            && !self.all.iter().any(|(_, words)| department(words).is_some())
            && could_be_department(first.1)
            && is_noun_phrase(&words(first.1))
            && word_count(next.1) > word_count(first.1)
    }

    /// The role of the headline at unit `at`, when the title is unit `title`.
    fn role(&self, at: usize, title: Option<usize>) -> Role {
        let words_at = |wanted| {
            self.all.iter().find(|(unit, _)| *unit == wanted).map_or("", |(_, words)| *words)
        };
        let here = words_at(at);
        if title == Some(at) {
            return Role::Title;
        }
        if title.is_some_and(|title| key(words_at(title)) == key(here)) {
            return Role::TitleAgain;
        }
        if let Some(name) = department(here) {
            return Role::Department(name.to_owned());
        }
        match title {
            Some(title) if at < title && self.opens_after_date(at) && could_be_department(here) => {
                Role::Department(here.trim_end_matches(':').trim_end().to_owned())
            }
            Some(title) if at < title => Role::Kicker,
            _ => Role::Subtitle,
        }
    }

    /// Whether the unit is the first headline and stands below the date.
    fn opens_after_date(&self, at: usize) -> bool {
        self.date.is_some_and(|date| date < at)
            && self.all.first().is_some_and(|(first, _)| *first == at)
    }
}

/// Whether `upper` is the kicker above the headline `lower`, rather than a
/// headline above its subtitle.
fn is_kicker(upper: &str, lower: &str) -> bool {
    let count = word_count(upper);
    let marked = upper.ends_with(':') && count <= 5;
    let set_apart = is_capitals(upper) && !is_capitals(lower) && count <= 8;
    let verbless = count <= 4
        && word_count(lower) > count
        && is_noun_phrase(&words(upper))
        && holds_verb(&words(lower));
    marked || set_apart || verbless
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
