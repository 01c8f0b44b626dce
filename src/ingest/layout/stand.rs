//! Layout 2: a scraper's header on one line: a `date 2024-10` field, kicker and
//! title run together, `Stand: 24.10.2024 12:42 Uhr`. Below it the lead, then
//! paragraphs and subheads.

use super::body::{self, LeadRule};
use super::draft::Draft;
use super::header::Header;
use super::kicker::{Border, border};
use super::units::{Line, units};
use super::words::{char_count, closing, is_headline, key};
use crate::ingest::article::{BlockKind, DateRule, Layout};
use crate::ingest::dating::Candidate;
use crate::ingest::german_dates::{read_date, read_time};
use crate::ingest::written_date::WrittenDate;
use crate::support::Span;

/// More text than this between the fields is an article on one line.
const LONGEST_MIDDLE: usize = 260;

/// Recognises a first line with both a date field and other text.
pub(crate) fn recognise(text: &str, lines: &[Line]) -> Option<Draft> {
    let at = lines.iter().position(|line| line.span.start < line.span.end)?;
    let line = *lines.get(at)?;
    let header = HeaderLine::read(line.span.of(text))?;
    let mut draft = Draft::new(Layout::StandHeader, Some(line.number), header.reason());
    for field in [&header.scraper, &header.stand].into_iter().flatten() {
        field.write(&mut draft, line, text);
    }
    let middle = Span::new(header.middle.0, header.middle.1).shifted(line.span.start);
    write_middle(&mut draft, text, middle, line.number);
    write_tail(
        &mut draft,
        text,
        Span::new(header.tail + line.span.start, line.span.end),
        line.number,
    );
    let below = units(text, lines.get(at + 1..)?);
    let rest = if middle.start < middle.end {
        below.as_slice()
    } else {
        // The title did not fit on the header line: it opens what is below.
        let inner = Header::read(text, &below);
        inner.write(&mut draft, text, &below);
        below.get(inner.len()..)?
    };
    body::write(&mut draft, text, rest, LeadRule::First);
    Some(draft)
}

/// The parts of the line, as byte ranges within it.
struct HeaderLine {
    scraper: Option<Field>,
    stand: Option<Field>,
    middle: (usize, usize),
    tail: usize,
}

/// A date field.
struct Field {
    rule: DateRule,
    /// The field with its label and time.
    whole: (usize, usize),
    /// The date alone.
    date: (usize, usize),
    written: WrittenDate,
}

impl HeaderLine {
    fn read(line: &str) -> Option<Self> {
        let scraper = scraper_field(line);
        let from = scraper.as_ref().map_or(0, |field| field.whole.1);
        let stand = stand_field(line, from);
        let until = stand.as_ref().map_or(line.len(), |field| field.whole.0);
        let tail = stand.as_ref().map_or(line.len(), |field| field.whole.1);
        let middle = trimmed(line, from, until);
        let header = Self { scraper, stand, middle, tail };
        header.is_header(line).then_some(header)
    }

    /// With a scraper's field any text may follow. `Stand: …` alone must close
    /// a short line that is no sentence: prose says "(Stand: 24.10.2024)", too.
    fn is_header(&self, line: &str) -> bool {
        let middle = line.get(self.middle.0..self.middle.1).unwrap_or_default();
        match (&self.scraper, &self.stand) {
            (None, None) => false,
            (Some(_), Some(_)) => true,
            (Some(_), None) => !middle.is_empty(),
            (None, Some(_)) => {
                let tail = line.get(self.tail..).unwrap_or_default().trim();
                !middle.is_empty()
                    && tail.is_empty()
                    && !middle.ends_with('(')
                    && is_headline(middle)
            }
        }
    }

    fn reason(&self) -> &'static str {
        match (&self.scraper, &self.stand) {
            (Some(_), Some(_)) => "the first line holds a scraper's date field and \"Stand:\"",
            (Some(_), None) => "the first line begins with a scraper's date field",
            _ => "the first line is a headline that closes with \"Stand:\"",
        }
    }
}

impl Field {
    fn write(&self, draft: &mut Draft, line: Line, text: &str) {
        let span = |(start, end): (usize, usize)| Span::new(start, end).shifted(line.span.start);
        draft.dates.push(Candidate {
            rule: self.rule,
            line: Some(line.number),
            text: span(self.date).of(text).to_owned(),
            written: self.written,
        });
        let reason = match self.rule {
            DateRule::Stand => "date line",
            _ => "a scraper's date field",
        };
        draft.drop(span(self.whole), line.number, reason);
    }
}

/// `date 2024-10` at the start of the line.
fn scraper_field(line: &str) -> Option<Field> {
    let label = ["date", "Date", "DATE", "datum", "Datum"]
        .iter()
        .find(|label| line.starts_with(**label))?;
    let rest = line.get(label.len()..)?;
    let start = line.len() - rest.trim_start_matches([':', ' ', '\u{a0}', '\t', '=']).len();
    if start == label.len() {
        return None;
    }
    let (written, taken) = read_date(line.get(start..)?)?;
    let end = start + taken;
    let end = end + read_time(line.get(end..)?);
    Some(Field {
        rule: DateRule::ScraperField,
        whole: (0, end),
        date: (start, start + taken),
        written,
    })
}

/// The last `Stand: <date> <time>` of the line, not before the byte `from`.
fn stand_field(line: &str, from: usize) -> Option<Field> {
    let label = "Stand:";
    let at = from + line.get(from..)?.rfind(label)?;
    let rest = line.get(at + label.len()..)?;
    let start = line.len() - rest.trim_start().len();
    let (written, taken) = read_date(line.get(start..)?)?;
    let end = start + taken;
    let whole = (at, end + read_time(line.get(end..)?));
    Some(Field { rule: DateRule::Stand, whole, date: (start, end), written })
}

fn trimmed(line: &str, from: usize, until: usize) -> (usize, usize) {
    let part = line.get(from..until).unwrap_or_default();
    let start = until - part.trim_start().len();
    (start, (start + part.trim().len()).min(until))
}

/// Kicker and title, or as much of an article as the scraper put there.
fn write_middle(draft: &mut Draft, text: &str, middle: Span, line: usize) {
    let words = middle.of(text);
    if words.is_empty() {
        return;
    }
    if char_count(words) > LONGEST_MIDDLE || closing(words) == Some('.') {
        draft.notice(line, "the header line holds running text: it has no title");
        draft.block(BlockKind::Paragraph, middle, line);
        return;
    }
    if let Some(at) = middle_of_doubled(words) {
        draft.drop(Span::new(middle.start + at, middle.end), line, "the title once more");
        let first = words.get(..at).map_or(0, |first| first.trim_end().len());
        draft.block(BlockKind::Title, Span::new(middle.start, middle.start + first), line);
        return;
    }
    let body = text.get(middle.end..).unwrap_or_default();
    match border(words, body) {
        Border::At(at, reason) => {
            draft.reason(line, format!("kicker and title: {reason}"));
            let marks = [' ', '\u{a0}', '\t', '|', '•', '·', '+'];
            let left = words.get(..at).map_or(0, |left| left.trim_end_matches(marks).len());
            draft.block(BlockKind::Kicker, Span::new(middle.start, middle.start + left), line);
            draft.block(BlockKind::Title, Span::new(middle.start + at, middle.end), line);
        }
        Border::None => draft.block(BlockKind::Title, middle, line),
        Border::Unclear => {
            let text =
                "kicker and title stand on one line and cannot be told apart; both are the title";
            draft.notice(line, text);
            draft.block(BlockKind::Title, middle, line);
        }
    }
}

/// Where the second half begins, if the words are one headline twice.
fn middle_of_doubled(words: &str) -> Option<usize> {
    let starts: Vec<usize> = words
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - words.as_ptr() as usize)
        .collect();
    let half = |at: &&usize| {
        let (left, right) = words.split_at(**at);
        let left = key(left);
        !left.is_empty() && left == key(right)
    };
    starts.iter().skip(3).find(half).copied()
}

/// What stands behind `Stand: …`: an author's name, or the beginning of the text.
fn write_tail(draft: &mut Draft, text: &str, span: Span, line: usize) {
    let words = span.of(text);
    let inner = words.trim_start().trim_start_matches(['|', '-', '–', '•', '·']).trim_start();
    // The line is trimmed, so what is left reaches to its end.
    let span = Span::new(span.end - inner.len(), span.end);
    let is_note = char_count(inner) <= 80 && closing(inner).is_none();
    draft.block(if is_note { BlockKind::SourceNote } else { BlockKind::Paragraph }, span, line);
}
