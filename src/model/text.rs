//! Making article text safe for a tokenizer.

use std::ops::Range;

use crate::support::Span;

use super::alphabet::Alphabet;

/// Texts that a tokenizer takes for special tokens.
const SPECIAL: [&str; 5] = ["</s>", "<s>", "<pad>", "<unk>", "<mask>"];

/// One line without control characters, soft hyphens or doubled white space,
/// in which nothing reads as one of the model's special tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlainLine {
    /// The line.
    pub(crate) text: String,
    /// For each of its characters the bytes of the original it comes from.
    origins: Vec<Span>,
}

impl PlainLine {
    /// The plain line of `original`.
    pub(crate) fn of(original: &str) -> Self {
        Self::spelled(original, |_| None)
    }

    /// The plain line of `original`, with a spelling that `alphabet` can write for
    /// every character that it cannot.
    pub(crate) fn within(original: &str, alphabet: &Alphabet) -> Self {
        Self::spelled(original, |c| alphabet.spelling(c))
    }

    /// The plain line in which another spelling stands where `spell` knows one.
    fn spelled(original: &str, spell: impl Fn(char) -> Option<&'static str>) -> Self {
        let mut line = Self { text: String::with_capacity(original.len()), origins: Vec::new() };
        let mut blank = None;
        for (at, c) in original.char_indices() {
            let origin = Span::new(at, at + c.len_utf8());
            if c.is_whitespace() {
                blank = blank.or((!line.text.is_empty()).then_some(origin));
            } else if !c.is_control() && c != '\u{ad}' {
                if let Some(origin) = blank.take() {
                    line.push(' ', origin);
                }
                match spell(c) {
                    None => line.push(c, origin),
                    Some(spelling) => spelling.chars().for_each(|c| line.push(c, origin)),
                }
            }
        }
        for token in SPECIAL {
            line.break_up(token);
        }
        line
    }

    /// The bytes of the original that the characters `chars` of the line come from.
    pub(crate) fn original(&self, chars: &Range<usize>) -> Option<Span> {
        let first = self.origins.get(chars.start)?;
        let last = self.origins.get(chars.end.checked_sub(1)?)?;
        Some(Span::new(first.start, last.end))
    }

    fn push(&mut self, c: char, origin: Span) {
        self.text.push(c);
        self.origins.push(origin);
    }

    /// Puts a blank behind the first character of every `token`.
    fn break_up(&mut self, token: &str) {
        while let Some(at) = self.text.find(token) {
            self.text.insert(at + 1, ' ');
            let char = self.text[..=at].chars().count();
            let origin = self.origins[char - 1];
            self.origins.insert(char, origin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_tokens_in_an_article_are_only_text() {
        assert_eq!(PlainLine::of(" a</s>b \n\tc\u{ad}d ").text, "a< /s>b cd");
    }

    #[test]
    fn every_character_knows_its_origin() {
        let original = "  Der\u{ad}be \n <s> für";
        let line = PlainLine::of(original);
        assert_eq!(line.text, "Derbe < s> für");
        assert_eq!(line.origins.len(), line.text.chars().count());
        let of = |chars| line.original(&chars).map(|span| span.of(original));
        assert_eq!(of(0..5), Some("Der\u{ad}be"));
        assert_eq!(of(11..14), Some("für"));
        assert_eq!(of(6..10), Some("<s>"));
        assert_eq!(of(11..15), None);
    }

    #[test]
    fn another_spelling_comes_from_the_character_it_stands_for() {
        let original = "Peña für 3 €";
        let line = PlainLine::within(original, &Alphabet::of(std::iter::once("acdefghinrüP▁3Euo")));
        assert_eq!(line.text, "Pena für 3 Euro");
        let of = |chars| line.original(&chars).map(|span| span.of(original));
        assert_eq!(of(0..4), Some("Peña"));
        assert_eq!(of(11..15), Some("€"));
    }
}
