//! The token stream that numbers and dates are read from.

use crate::support::Span;

/// Whose digits are read: `3.000` is three to an Englishman.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `1,234.5`
    English,
    /// `1.234,5`
    German,
}

impl Style {
    fn thousands(self) -> char {
        match self {
            Self::English => ',',
            Self::German => '.',
        }
    }

    fn decimal(self) -> char {
        match self {
            Self::English => '.',
            Self::German => ',',
        }
    }
}

/// A token of a text, as far as numbers care.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Digits, with the letters that follow at once (`3rd`, `5bn`).
    Digits {
        /// Their value.
        value: f64,
        /// The letters, in small letters.
        suffix: String,
    },
    /// Letters, in small letters.
    Word(String),
    /// Any other visible character.
    Symbol(char),
}

/// A text as tokens, and where each of them stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scan<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its tokens.
    pub(super) tokens: Vec<Token>,
    /// Their places, one for each token.
    pub(super) spans: Vec<Span>,
}

impl<'t> Scan<'t> {
    /// The place of tokens `first..end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.spans.get(first).map_or(self.text.len(), |span| span.start);
        let last = end.checked_sub(1).and_then(|last| self.spans.get(last));
        Span::new(start, last.map_or(start, |span| span.end))
    }

    /// Token `at` as written.
    pub(super) fn written(&self, at: usize) -> &'t str {
        self.spans.get(at).map_or("", |span| span.of(self.text))
    }

    /// The word at `at`, in small letters.
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether token `at` is the symbol `c`.
    pub(super) fn is_symbol(&self, at: usize, c: char) -> bool {
        self.tokens.get(at) == Some(&Token::Symbol(c))
    }

    /// The digits at `at` if they are a plain whole number without letters
    /// (`24`, not `2.4` or `24th`).
    pub(super) fn whole(&self, at: usize) -> Option<u32> {
        let written = self.written(at);
        let plain = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| written.parse().ok()).flatten()
    }

    /// Whether token `at` follows the one before it without a blank.
    pub(super) fn touches_previous(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.spans.get(before));
        matches!((before, self.spans.get(at)), (Some(before), Some(this)) if before.end == this.start)
    }
}

/// Splits `text` into tokens. Digits inside a word (`G20`) belong to the word.
pub(super) fn scan(text: &str, style: Style) -> Scan<'_> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
    let (mut tokens, mut spans) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(&(_, c)) = chars.get(at) {
        let (token, end) = if c.is_ascii_digit() {
            let (value, end) = digits(&chars, at, style);
            let after = run(&chars, end, char::is_alphabetic);
            (Some(Token::Digits { value, suffix: lower(&chars, end, after) }), after)
        } else if c.is_alphabetic() {
            let after = run(&chars, at, |c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
            (Some(Token::Word(lower(&chars, at, after))), after)
        } else {
            ((!c.is_whitespace()).then_some(Token::Symbol(c)), at + 1)
        };
        if let Some(token) = token {
            tokens.push(token);
            spans.push(Span::new(byte(at), byte(end)));
        }
        at = end;
    }
    Scan { text, tokens, spans }
}

fn run(chars: &[(usize, char)], start: usize, belongs: impl Fn(char) -> bool) -> usize {
    start + chars.iter().skip(start).take_while(|(_, c)| belongs(*c)).count()
}

fn lower(chars: &[(usize, char)], start: usize, end: usize) -> String {
    let word = chars.get(start..end).unwrap_or_default();
    word.iter().flat_map(|(_, c)| c.to_lowercase()).collect()
}

/// Reads `12`, `1,234,567`, `1,234.5`, `0.5` at `start` (in German `1.234.567`
/// and `0,5`); gives value and end. Blanks separate thousands, too (`10 000`),
/// any other space but a no-break one only where no year can be meant.
fn digits(chars: &[(usize, char)], start: usize, style: Style) -> (f64, usize) {
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    let is_digit = |at: usize| char_at(at).is_some_and(|c| c.is_ascii_digit());
    let separates = |c: char| c == style.thousands() || matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let mut end = run(chars, start, |c| c.is_ascii_digit());
    let mut number: String = text(chars, start, end);
    if end - start <= 3 && char_at(start) != Some('0') {
        while char_at(end).is_some_and(separates)
            && (1..=3).all(|step| is_digit(end + step))
            && !is_digit(end + 4)
        {
            number.push_str(&text(chars, end + 1, end + 4));
            end += 4;
        }
    }
    if char_at(end) == Some(style.decimal()) && is_digit(end + 1) {
        let after = run(chars, end + 1, |c| c.is_ascii_digit());
        number.push('.');
        number.push_str(&text(chars, end + 1, after));
        end = after;
    }
    // Digits and at most one full stop always parse; hundreds of them give infinity.
    (number.parse().unwrap_or(f64::INFINITY), end)
}

fn text(chars: &[(usize, char)], start: usize, end: usize) -> String {
    chars.get(start..end).unwrap_or_default().iter().map(|(_, c)| *c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, style: Style) -> Vec<f64> {
        let tokens = scan(text, style).tokens;
        let value = |token: &Token| match token {
            Token::Digits { value, .. } => Some(*value),
            _ => None,
        };
        tokens.iter().filter_map(value).collect()
    }

    #[test]
    fn the_style_decides_what_stops_and_commas_mean() {
        assert_eq!(values("3.000 und 1,5", Style::German), [3000.0, 1.5]);
        assert_eq!(values("3,000 and 1.5", Style::English), [3000.0, 1.5]);
        assert_eq!(values("14.30 am 24.10.2024", Style::German), [14.0, 30.0, 24.0, 10.0, 2024.0]);
        assert_eq!(values("10 000 Euro, 1\u{a0}200\u{a0}000", Style::German), [1e4, 1.2e6]);
        assert_eq!(values("2024 100 und 007", Style::German), [2024.0, 100.0, 7.0]);
    }

    #[test]
    fn tokens_know_their_places() {
        let scan = scan("über 3.000 €", Style::German);
        assert_eq!(scan.span(0, 3), Span::new(0, scan.text.len()));
        assert_eq!(scan.written(1), "3.000");
        assert_eq!(scan.span(9, 9), Span::new(scan.text.len(), scan.text.len()));
    }
}
