//! The token stream that numbers are read from.

/// A token of English text, as far as numbers care.
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

/// Splits `text` into tokens. Digits inside a word (`G20`) belong to the word.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = if c.is_ascii_digit() {
            let (value, end) = digits(&chars, at);
            let after = run(&chars, end, char::is_alphabetic);
            tokens.push(Token::Digits { value, suffix: lower(&chars, end, after) });
            after
        } else if c.is_alphabetic() {
            let after = run(&chars, at, |c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
            tokens.push(Token::Word(lower(&chars, at, after)));
            after
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Symbol(c));
            }
            at + 1
        };
        at = end;
    }
    tokens
}

fn run(chars: &[char], start: usize, belongs: impl Fn(char) -> bool) -> usize {
    start + chars.iter().skip(start).take_while(|c| belongs(**c)).count()
}

fn lower(chars: &[char], start: usize, end: usize) -> String {
    let word = chars.get(start..end).unwrap_or_default();
    word.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Reads `12`, `1,234,567`, `1,234.5`, `0.5` at `start`; gives value and end.
/// Narrow and no-break spaces separate thousands as commas do.
fn digits(chars: &[char], start: usize) -> (f64, usize) {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = run(chars, start, |c| c.is_ascii_digit());
    let mut number: String = chars.get(start..end).unwrap_or_default().iter().collect();
    if end - start <= 3 {
        while matches!(chars.get(end), Some(',' | '\u{a0}' | '\u{202f}'))
            && (1..=3).all(|step| is_digit(end + step))
            && !is_digit(end + 4)
        {
            number.extend(chars.get(end + 1..end + 4).unwrap_or_default());
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') && is_digit(end + 1) {
        let after = run(chars, end + 1, |c| c.is_ascii_digit());
        number.extend(chars.get(end..after).unwrap_or_default());
        end = after;
    }
    // Digits and at most one full stop always parse; hundreds of them give infinity.
    (number.parse().unwrap_or(f64::INFINITY), end)
}
