//! Walks a paragraph once, from stop to stop, and cuts it where
//! [`rules`](super::rules) say that a sentence ends.

use super::chars::{is_bullet, is_closing_bracket, is_dash, is_opening_bracket, is_stop};
use super::context::{After, Before, closing_marks};
use super::rules::Stop;
use crate::support::Span;

/// The sentences of a paragraph, in order, as spans without surrounding white
/// space. Every character that is not white space is in exactly one of them.
///
/// * A single line break is white space; an empty line or a list sign at the
///   beginning of a line is a border.
/// * Sentences within a quotation are split, and the closing mark stays with
///   the last of them, as does a reporting clause: `„Er kam. ¦ Er ging“, sagte sie.`
/// * A parenthesis within a sentence is never split, one that is a sentence is.
/// * Colons, semicolons and dashes are no borders.
///
/// ```
/// let text = "Am 3. Mai kam Dr. Wolf. Er blieb bis 2024.";
/// let sentences = tagesbrief::segment::split(text);
/// assert_eq!(sentences[0].of(text), "Am 3. Mai kam Dr. Wolf.");
/// assert_eq!(sentences.len(), 2);
/// ```
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let mut walk = Walk::new(text);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = walk.step(at, c);
    }
    walk.cut(text.len());
    walk.spans
}

/// The span `start..end` of `text` without the white space at either end.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let part = &text[start..end];
    let from = start + (part.len() - part.trim_start().len());
    Span::new(from, from + part.trim().len())
}

/// The state of the walk through a paragraph.
struct Walk<'t> {
    text: &'t str,
    spans: Vec<Span>,
    /// Where the current sentence begins.
    start: usize,
    /// Its first letter or digit, once met.
    first: Option<usize>,
    /// Pairs of brackets still ahead, by place.
    brackets: std::iter::Peekable<std::vec::IntoIter<(usize, usize)>>,
    /// The end of the parenthesis that is being walked through.
    sheltered: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        let brackets = bracket_pairs(text).into_iter().peekable();
        Self { text, spans: Vec::new(), start: 0, first: None, brackets, sheltered: 0 }
    }

    /// Takes in the character `c` at `at`; says where to go on.
    fn step(&mut self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        if is_stop(c) {
            return self.stop(at);
        }
        if c == '\n' && line_is_border(&self.text[..at], &self.text[next..]) {
            self.cut(at);
            self.sheltered = 0;
        } else if c.is_alphanumeric() && self.first.is_none() {
            self.first = Some(at);
        } else if is_opening_bracket(c) {
            self.open(at);
        }
        next
    }

    /// A bracket opens. In mid-sentence it shelters its content from cuts.
    fn open(&mut self, at: usize) {
        while let Some((open, close)) = self.brackets.next_if(|(open, _)| *open <= at) {
            if open == at && self.first.is_some() {
                self.sheltered = self.sheltered.max(close);
            }
        }
    }

    /// A stop at `at`: cuts behind it and its closing marks if a sentence ends.
    fn stop(&mut self, at: usize) -> usize {
        let text = self.text;
        let mark_end = at + run_of_stops(&text[at..]);
        let end = mark_end + closing_marks(&text[mark_end..]);
        if self.sentence_ends(at, mark_end, end) {
            self.cut(end);
        }
        end
    }

    fn sentence_ends(&self, at: usize, mark_end: usize, end: usize) -> bool {
        let inside = at < self.sheltered;
        let (Some(first), false) = (self.first, inside && end <= self.sheltered) else {
            return false;
        };
        let Some(after) = After::new(&self.text[end..]) else {
            return false;
        };
        let stop = Stop {
            mark: &self.text[at..mark_end],
            closing: &self.text[mark_end..end],
            leaves_parenthesis: inside,
            before: Before::new(&self.text[self.start..at], first - self.start),
            after,
        };
        stop.ends()
    }

    /// Ends the current sentence at `end`.
    fn cut(&mut self, end: usize) {
        let span = trimmed(self.text, self.start, end);
        if span.start < span.end {
            self.spans.push(span);
        }
        self.start = end;
        self.first = None;
    }
}

/// The length of the run of stops that `text` begins with.
fn run_of_stops(text: &str) -> usize {
    text.find(|c| !is_stop(c)).unwrap_or(text.len())
}

/// Whether a line break between `before` and `after` is a border: an empty
/// line follows, or an item of a list.
fn line_is_border(before: &str, after: &str) -> bool {
    let mut chars = after.chars().skip_while(|c| c.is_whitespace() && *c != '\n');
    let sign = chars.next().unwrap_or(' ');
    let item = is_item_sign(sign) && chars.next() == Some(' ') && ends_line(before);
    sign == '\n' || is_bullet(sign) || item
}

/// Dashes and stars open items too, but may also stand in a wrapped sentence.
fn is_item_sign(c: char) -> bool {
    is_dash(c) || c == '*'
}

/// Whether the line that `before` ends with is complete.
fn ends_line(before: &str) -> bool {
    before.trim_end().ends_with(|c: char| is_stop(c) || c == ':' || c == ';')
}

/// A parenthesis longer than this is taken for a slip: it shelters nothing.
const LONGEST_PARENTHESIS: usize = 400;

/// The pairs of matching brackets (place of the opening one, end of the closing
/// one), by place. None reaches across a line that is a border anyway.
fn bracket_pairs(text: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.char_indices() {
        if c == '\n' && line_is_border(&text[..at], &text[at + 1..]) {
            open.clear();
        } else if is_opening_bracket(c) {
            open.push(at);
        } else if is_closing_bracket(c)
            && let Some(start) = open.pop()
        {
            pairs.push((start, at + c.len_utf8()));
        }
    }
    pairs.retain(|(start, end)| end - start <= LONGEST_PARENTHESIS);
    pairs.sort_unstable();
    pairs
}
