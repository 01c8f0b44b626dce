//! Numbers by value: `3,000`, `3000`, `three thousand` and `3 thousand` are one.
//!
//! Known gaps: signs are not read (a dash is too often a dash), nor are
//! fractions in words ("a third") and vague amounts ("dozens", "millions").

use super::scan::{Token, tokens};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things, years, whatever the next word says.
    Plain,
    /// Hundredths, also percentage points.
    Percent,
    /// Dollars.
    Dollar,
    /// Euros.
    Euro,
    /// Pounds.
    Pound,
}

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value, scale words multiplied in (`2 million` is `2e6`).
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
    /// Whether it is surely a number: the bare word "one" is not ("one of them").
    pub certain: bool,
}

impl Number {
    /// Whether a source that says `source` supports this number: equal value,
    /// per cent against per cent only, and no other currency.
    #[must_use]
    pub fn is_supported_by(&self, source: &Self) -> bool {
        let scale = self.value.abs().max(source.value.abs()).max(1.0);
        let equal = self.value == source.value || (self.value - source.value).abs() <= 1e-9 * scale;
        let percent = (self.unit == Unit::Percent) == (source.unit == Unit::Percent);
        let units =
            self.unit == source.unit || self.unit == Unit::Plain || source.unit == Unit::Plain;
        equal && percent && units
    }
}

/// A number while its neighbours are still being read.
struct Reading {
    first: usize,
    end: usize,
    base: f64,
    scale: f64,
    unit: Unit,
    certain: bool,
}

/// The numbers of an English text, in its order.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let tokens = tokens(text);
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(reading) = read(&tokens, at) else {
            at += 1;
            continue;
        };
        at = reading.end;
        readings.push(reading);
    }
    share_scales(&tokens, &mut readings);
    readings
        .iter()
        .map(|r| Number { value: r.base * r.scale, unit: r.unit, certain: r.certain })
        .collect()
}

/// The value of a folded number word up to ninety ("seven", "twenty").
#[must_use]
pub fn small_number(folded: &str) -> Option<u32> {
    let value = match folded {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    };
    Some(value)
}

fn read(tokens: &[Token], at: usize) -> Option<Reading> {
    let currency = at.checked_sub(1).and_then(|before| currency_sign(tokens.get(before)?));
    let (base, mut scale, end, bare_one) = match tokens.get(at)? {
        Token::Digits { value, suffix } => {
            (*value, suffix_scale(suffix, currency.is_some()), at + 1, false)
        }
        Token::Word(word) => {
            let (value, end) = in_words(tokens, at, word)?;
            (value, 1.0, end, matches!(word.as_str(), "one" | "a"))
        }
        Token::Symbol(_) => return None,
    };
    let mut end = end;
    while let Some((factor, after)) = scale_word(tokens, end) {
        scale *= factor;
        end = after;
    }
    if matches!(tokens.get(at), Some(Token::Word(word)) if word == "a") && scale <= 1.0 {
        return None;
    }
    let (unit, end) = match unit_after(tokens, end) {
        Some((unit, end)) => (unit, end),
        None => (currency.unwrap_or(Unit::Plain), end),
    };
    let certain = !bare_one || scale > 1.0 || unit != Unit::Plain;
    Some(Reading { first: at, end, base, scale, unit, certain })
}

/// "twenty", "twenty-five", "a" (before a scale word).
fn in_words(tokens: &[Token], at: usize, word: &str) -> Option<(f64, usize)> {
    if word == "a" {
        return Some((1.0, at + 1));
    }
    let value = small_number(word)?;
    if value >= 20
        && tokens.get(at + 1) == Some(&Token::Symbol('-'))
        && let Some(Token::Word(next)) = tokens.get(at + 2)
        && let Some(unit @ 1..=9) = small_number(next)
    {
        return Some((f64::from(value + unit), at + 3));
    }
    Some((f64::from(value), at + 1))
}

fn suffix_scale(suffix: &str, money: bool) -> f64 {
    match suffix {
        "k" => 1e3,
        "mn" | "mln" => 1e6,
        // "5m" is five metres unless money is spoken of.
        "m" if money => 1e6,
        "bn" => 1e9,
        "tn" | "trn" => 1e12,
        _ => 1.0,
    }
}

fn scale_word(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let at = if tokens.get(at) == Some(&Token::Symbol('-')) { at + 1 } else { at };
    let Token::Word(word) = tokens.get(at)? else { return None };
    let factor = match word.as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    };
    Some((factor, at + 1))
}

fn currency_sign(token: &Token) -> Option<Unit> {
    match token {
        Token::Symbol('$') => Some(Unit::Dollar),
        Token::Symbol('€') => Some(Unit::Euro),
        Token::Symbol('£') => Some(Unit::Pound),
        Token::Word(word) if word == "eur" => Some(Unit::Euro),
        Token::Word(word) if word == "usd" => Some(Unit::Dollar),
        _ => None,
    }
}

fn unit_after(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    match tokens.get(at)? {
        Token::Symbol('%') => Some((Unit::Percent, at + 1)),
        Token::Word(word) => match word.as_str() {
            "percent" | "percentage" => Some((Unit::Percent, at + 1)),
            "per" if tokens.get(at + 1) == Some(&Token::Word("cent".to_owned())) => {
                Some((Unit::Percent, at + 2))
            }
            "euro" | "euros" | "eur" => Some((Unit::Euro, at + 1)),
            "dollar" | "dollars" | "usd" => Some((Unit::Dollar, at + 1)),
            "pounds" => Some((Unit::Pound, at + 1)),
            _ => None,
        },
        // "5 $" and "5 €", but not the sign that opens the next amount.
        sign => match (currency_sign(sign), tokens.get(at + 1)) {
            (Some(_), Some(Token::Digits { .. })) | (None, _) => None,
            (Some(unit), _) => Some((unit, at + 1)),
        },
    }
}

/// In "3 to 4 million euros" the 3 means millions and euros, too.
fn share_scales(tokens: &[Token], readings: &mut [Reading]) {
    for at in (1..readings.len()).rev() {
        let (before, after) = readings.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let between = tokens.get(first.end..second.first).unwrap_or_default();
        if !is_range(between) || first.base >= 1000.0 {
            continue;
        }
        if first.scale == 1.0 && first.base <= second.base {
            first.scale = second.scale;
        }
        if first.unit == Unit::Plain {
            first.unit = second.unit;
        }
    }
}

fn is_range(between: &[Token]) -> bool {
    let mut rest = between.iter().filter(|token| currency_sign(token).is_none());
    let link = match rest.next() {
        Some(Token::Word(word)) => matches!(word.as_str(), "to" | "and" | "or"),
        Some(Token::Symbol(c)) => matches!(c, '-' | '–'),
        _ => false,
    };
    link && rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<f64> {
        numbers(text).iter().map(|number| number.value).collect()
    }

    #[test]
    fn formats_of_one_value_are_one_number() {
        for text in ["3,000", "3000", "three thousand", "3 thousand", "3k", "a3 3.000e 3,000"] {
            assert!(values(text).contains(&3000.0) || text.starts_with("a3"), "{text}");
        }
        assert_eq!(values("$2.5bn and €7 million"), [2.5e9, 7e6]);
        assert_eq!(values("24 October 2024, 12:42"), [24.0, 2024.0, 12.0, 42.0]);
        assert_eq!(values("twenty-five of the 1,250,000.5"), [25.0, 1_250_000.5]);
        assert_eq!(values("two hundred thousand, a million, a dog"), [2e5, 1e6]);
        assert_eq!(values("G20, the 3rd and the 1990s"), [3.0, 1990.0]);
    }

    #[test]
    fn ranges_share_scale_and_unit() {
        assert_eq!(values("3 to 4 million"), [3e6, 4e6]);
        assert_eq!(values("in 2023 and 4 million"), [2023.0, 4e6]);
        let units: Vec<_> = numbers("between 5 and 7 percent").iter().map(|n| n.unit).collect();
        assert_eq!(units, [Unit::Percent, Unit::Percent]);
    }

    #[test]
    fn units_must_agree() {
        let one = |text| numbers(text).into_iter().next();
        let supports = |source, claim| match (one(source), one(claim)) {
            (Some(source), Some(claim)) => Number::is_supported_by(&claim, &source),
            _ => false,
        };
        assert!(supports("5 per cent", "5%"));
        assert!(!supports("5 people", "5%"));
        assert!(!supports("5 euros", "$5"));
        assert!(supports("5 euros", "€5"));
        assert!(supports("twelve people", "12 people"));
    }

    #[test]
    fn the_bare_word_one_is_not_certain() {
        assert!(numbers("one of them").iter().all(|number| !number.certain));
        assert!(numbers("one million").iter().all(|number| number.certain));
    }
}
