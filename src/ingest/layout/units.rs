//! Normalised text → units: what the writer set as one paragraph, headline or
//! note, whether on one line or hard-wrapped over several.

use super::marks::{Mark, mark_of};
use super::words::{char_count, closing, dangles, department, is_headline, starts_lower};
use crate::ingest::german_dates::read_time;
use crate::support::Span;

/// Lines longer than this are paragraphs, not wrapped.
const WIDEST_WRAP: usize = 120;

/// A note on sources that has this many bytes takes no further line.
const LONGEST_NOTE: usize = 600;

/// One paragraph, headline, mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// From the first character of its first line to the last of its last.
    pub(crate) span: Span,
    /// 1-based number of its first line.
    pub(crate) line: usize,
    pub(crate) shape: Shape,
}

/// What a unit is by its own form; what it *means* depends on its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Known by its form alone.
    Mark(Mark),
    /// Short and without full stop: department, kicker, headline, subhead.
    Headline,
    /// Everything else.
    Prose,
}

impl Unit {
    /// The unit's text.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    pub(crate) fn is_prose(&self) -> bool {
        self.shape == Shape::Prose
    }
}

/// A line, trimmed; a blank line has an empty span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) span: Span,
}

/// The lines of the text, blank ones included.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        let end = (start + indent).max(start + line.trim_end().len());
        lines.push(Line { number: index + 1, span: Span::new(start + indent, end) });
        start += line.len() + 1;
    }
    lines
}

/// The units of `lines`, in order.
pub(crate) fn units(text: &str, lines: &[Line]) -> Vec<Unit> {
    let width = wrap_width(text, lines);
    let blank_lines_part = wrapped_runs(lines) > 1;
    let mut units: Vec<Unit> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines.iter().flat_map(|line| parts(text, *line)) {
        let words = line.span.of(text);
        if words.is_empty() {
            before = None;
            continue;
        }
        let joined = before.filter(|_| units.last().is_some_and(|unit| is_open(unit, text)));
        let joined = joined.filter(|before| {
            Border { left: before.span.of(text), right: words, width, blank_lines_part }.joins()
        });
        match (joined, units.last_mut()) {
            (Some(_), Some(unit)) => unit.span.end = line.span.end,
            _ => units.push(unit_of(line, words)),
        }
        before = Some(line);
    }
    for unit in &mut units {
        finish(unit, text);
    }
    units
}

/// `24.10.2024 | 12:42 Uhr | Politik | Von Max Muster` is as many lines as it
/// has parts. Any part that is none of these keeps the line whole.
fn parts(text: &str, line: Line) -> Vec<Line> {
    let words = line.span.of(text);
    let mut parts: Vec<Line> = Vec::new();
    for part in words.split(['|', '•', '·']).map(str::trim) {
        let start = line.span.start + (part.as_ptr() as usize - words.as_ptr() as usize);
        let span = Span::new(start, start + part.len());
        let is_time = !part.is_empty() && read_time(part) == part.len();
        match parts.last_mut() {
            Some(before) if is_time => before.span.end = span.end,
            _ => parts.push(Line { number: line.number, span }),
        }
    }
    let mark = |part: &Line| mark_of(part.span.of(text));
    let fits = |part: &Line| {
        matches!(mark(part), Some(Mark::Date(_) | Mark::Author))
            || department(part.span.of(text)).is_some()
    };
    let has_date = parts.iter().any(|part| matches!(mark(part), Some(Mark::Date(_))));
    if parts.len() > 1 && has_date && parts.iter().all(fits) { parts } else { vec![line] }
}

fn unit_of(line: Line, words: &str) -> Unit {
    let shape = mark_of(words).map_or(Shape::Prose, Shape::Mark);
    Unit { span: line.span, line: line.number, shape }
}

/// Whether another line may continue the unit: prose and list items go on,
/// marks do not, except a long note on sources.
fn is_open(unit: &Unit, text: &str) -> bool {
    match unit.shape {
        Shape::Prose | Shape::Mark(Mark::Item(_)) => true,
        Shape::Mark(Mark::Source) => {
            let note = unit.text(text);
            (45..LONGEST_NOTE).contains(&note.len()) && closing(note).is_none()
        }
        _ => false,
    }
}

/// Tells headlines from prose, now that the unit is whole.
fn finish(unit: &mut Unit, text: &str) {
    if unit.shape == Shape::Prose && is_headline(unit.text(text)) {
        unit.shape = Shape::Headline;
    }
}

/// The border between two lines without a blank line between them.
struct Border<'t> {
    left: &'t str,
    right: &'t str,
    width: Option<usize>,
    blank_lines_part: bool,
}

impl Border<'_> {
    /// Whether the right line goes on with what the left one began.
    fn joins(&self) -> bool {
        let open = closing(self.left).is_none();
        if open && dangles(self.left) {
            return true;
        }
        if self.right_is_mark() {
            return false;
        }
        if open && starts_lower(self.right) {
            return true;
        }
        let Some(width) = self.width else { return false };
        if open {
            !self.is_forced(width, 85)
        } else {
            self.blank_lines_part || !self.is_forced(width, 90)
        }
    }

    /// Marks begin something new. A dash may open a line of a wrapped sentence.
    fn right_is_mark(&self) -> bool {
        match mark_of(self.right) {
            None => false,
            Some(Mark::Item(_)) => {
                closing(self.left).is_some() || self.left.ends_with(':') || self.left_is_item()
            }
            Some(_) => true,
        }
    }

    fn left_is_item(&self) -> bool {
        matches!(mark_of(self.left), Some(Mark::Item(_)))
    }

    /// Whether the writer broke the line though the next word had room: then
    /// the break means something. `percent` of the width leaves a margin for
    /// ragged wrapping.
    fn is_forced(&self, width: usize, percent: usize) -> bool {
        let next = self.right.split_whitespace().next().map_or(0, char_count);
        (char_count(self.left) + 1 + next) * 100 <= width * percent
    }
}

/// How many runs of two and more lines there are: then blank lines part paragraphs.
fn wrapped_runs(lines: &[Line]) -> usize {
    let blank = |line: &Line| line.span.start == line.span.end;
    lines.split(blank).filter(|run| run.len() > 1).count()
}

/// The width at which the text was hard-wrapped, if it was: lines are short,
/// and a good part of the breaks falls into the middle of a sentence.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let words = |line: &Line| line.span.of(text);
    let width = lines.iter().map(|line| char_count(words(line))).max()?;
    if width > WIDEST_WRAP {
        return None;
    }
    let (mut breaks, mut within) = (0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [left, right] = pair else { continue };
        let (left, right) = (words(left), words(right));
        if left.is_empty() || right.is_empty() {
            continue;
        }
        breaks += 1;
        within += usize::from(closing(left).is_none() && (starts_lower(right) || dangles(left)));
    }
    (within > 0 && within * 5 >= breaks).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        units(text, &lines(text)).iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_where_nothing_is_wrapped() {
        let text = "Titel ohne Punkt\nErster Satz hier.\nZweiter Satz hier.";
        assert_eq!(texts(text), ["Titel ohne Punkt", "Erster Satz hier.", "Zweiter Satz hier."]);
    }

    #[test]
    fn wrapped_lines_become_one_paragraph() {
        let text = "Der Rat der Stadt hat am Montag beschlossen, den alten\n\
                    Hafen für 1,5 Mio. Euro zu erneuern. Baubeginn ist im\n\
                    Frühjahr.\n\nDie Arbeiten dauern zwei Jahre, teilte das Bauamt der\nStadt mit.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn a_headline_directly_above_wrapped_lines_stays_apart() {
        let text = "Hafen wird erneuert\n\
                    Der Rat der Stadt hat am Montag beschlossen, den alten\n\
                    Hafen für 1,5 Mio. Euro zu erneuern. Baubeginn ist im\nFrühjahr.";
        assert_eq!(texts(text).first(), Some(&"Hafen wird erneuert"));
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn wrapped_paragraphs_without_blank_lines_part_at_short_lines() {
        let text = "Der Rat der Stadt hat am Montag beschlossen, den alten\n\
                    Hafen für 1,5 Mio. Euro zu erneuern.\n\
                    Die Arbeiten dauern zwei Jahre, teilte das Bauamt der\n\
                    Stadt am Dienstag auf Anfrage mit.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn one_broken_line_is_mended() {
        let long = "Der Rat hat lange beraten. ".repeat(8);
        let text = format!(
            "{long}\nDann fiel die Entscheidung nach Angaben von\nAnna Beispiel knapp aus."
        );
        assert_eq!(texts(&text).len(), 2);
    }

    #[test]
    fn a_bar_parts_a_line_of_date_department_and_author() {
        let text = "24.10.2024 | 12:42 Uhr | Politik | Von Max Muster";
        assert_eq!(texts(text), ["24.10.2024 | 12:42 Uhr", "Politik", "Von Max Muster"]);
        assert_eq!(texts("24.10.2024 | Hafen | Politik").len(), 1);
    }

    #[test]
    fn lines_know_their_numbers_and_skip_indents() {
        let all = lines("\n  a\n\nb");
        assert_eq!(
            all.iter()
                .map(|line| (line.number, line.span.start, line.span.end))
                .collect::<Vec<_>>(),
            [(1, 0, 0), (2, 3, 4), (3, 5, 5), (4, 6, 7)]
        );
    }
}
