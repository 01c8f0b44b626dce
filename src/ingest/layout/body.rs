//! Everything below the header: lead, paragraphs, subheads, closing notes.

use super::draft::Draft;
use super::header::{drop_marks, inner};
use super::marks::{DateLabel, Mark};
use super::units::{Shape, Unit};
use super::words::{char_count, is_subhead, key};
use crate::ingest::article::BlockKind;

/// How many units at the end may be notes about the article.
const CLOSING_UNITS: usize = 4;

/// An opening paragraph longer than this sums nothing up.
const LONGEST_LEAD: usize = 320;

/// How the opening paragraph is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeadRule {
    /// The layout says that the first paragraph is the lead.
    First,
    /// It is one if it is clearly shorter than what follows.
    IfShorter,
}

/// Puts the body's units into the draft.
pub(crate) fn write(draft: &mut Draft, text: &str, units: &[Unit], rule: LeadRule) {
    let lead = lead(text, units, rule);
    let title = draft.title_key(text);
    for (at, unit) in units.iter().enumerate() {
        let again = at < 2 && title.as_ref().is_some_and(|title| *title == key(unit.text(text)));
        if again {
            draft.drop(unit.span, unit.line, "the title once more");
        } else if lead == Some(at) {
            draft.block(BlockKind::Lead, unit.span, unit.line);
        } else {
            write_unit(draft, text, units, at, unit);
        }
    }
}

fn write_unit(draft: &mut Draft, text: &str, units: &[Unit], at: usize, unit: &Unit) {
    let closing = at + CLOSING_UNITS >= units.len();
    let (span, line) = (unit.span, unit.line);
    match &unit.shape {
        Shape::Mark(Mark::Separator) => draft.drop(span, line, "separator"),
        Shape::Mark(Mark::Copyright) => draft.drop(span, line, "copyright note"),
        Shape::Mark(Mark::Source) => draft.block(BlockKind::SourceNote, span, line),
        Shape::Mark(Mark::Author) if closing => draft.block(BlockKind::SourceNote, span, line),
        // A bare date down here is a subhead of a chronicle; only a date that
        // says what it is for is the article's.
        Shape::Mark(Mark::Date(date)) if closing && date.label == DateLabel::Named => {
            draft.date_line(date, span, line, text);
        }
        Shape::Mark(Mark::Heading(..)) => draft.block(BlockKind::Subhead, inner(unit), line),
        Shape::Headline | Shape::Mark(Mark::Date(_)) if heads_something(text, units, at, unit) => {
            draft.block(BlockKind::Subhead, span, line);
        }
        _ => draft.block(BlockKind::Paragraph, inner(unit), line),
    }
    drop_marks(draft, unit);
}

/// A subhead is short, closes with no full stop, and has prose below it.
fn heads_something(text: &str, units: &[Unit], at: usize, unit: &Unit) -> bool {
    let below = units.get(at + 1);
    let has_prose = below
        .is_some_and(|next| next.is_prose() || matches!(next.shape, Shape::Mark(Mark::Item(_))));
    has_prose && is_subhead(unit.text(text))
}

/// The index of the lead, if there is one.
fn lead(text: &str, units: &[Unit], rule: LeadRule) -> Option<usize> {
    let prose: Vec<(usize, usize)> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.is_prose())
        .map(|(at, unit)| (at, char_count(unit.text(text))))
        .collect();
    let ((first, length), rest) = prose.split_first()?;
    let is_lead = match rule {
        LeadRule::First => *first == 0 && !rest.is_empty(),
        LeadRule::IfShorter => {
            let total: usize = rest.iter().map(|(_, length)| length).sum();
            // Shorter than 60 per cent of what a later paragraph has on average.
            *first == 0
                && rest.len() >= 2
                && *length <= LONGEST_LEAD
                && length * rest.len() * 10 <= total * 6
        }
    };
    is_lead.then_some(*first)
}
