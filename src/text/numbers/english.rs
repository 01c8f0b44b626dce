//! Numbers of English texts.

use super::reading::{Reading, share_scales};
use super::{Form, Number, Unit};
use crate::text::scan::{Scan, Style, Token, scan};

/// The numbers of an English text, in its order.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let scan = scan(text, Style::English);
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        let Some(reading) = read(&scan, at) else {
            at += 1;
            continue;
        };
        at = reading.end;
        readings.push(reading);
    }
    share_scales(&scan, &mut readings);
    readings.iter().map(|reading| reading.number(&scan)).collect()
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

/// The value of an ordinal word up to nineteenth, and of the tens.
fn ordinal(word: &str) -> Option<f64> {
    let value = match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fifth" => 5,
        "eighth" => 8,
        "ninth" => 9,
        "twelfth" => 12,
        "hundredth" => 100,
        _ => {
            let stem = word.strip_suffix("th")?;
            // "twentieth" is "twenty" with its last letter changed.
            let tens = stem.strip_suffix("ie").map(|stem| format!("{stem}y"));
            small_number(tens.as_deref().unwrap_or(stem))?
        }
    };
    Some(f64::from(value))
}

/// The number that begins at token `at`.
pub(in crate::text) fn read(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    fraction(scan, at).or_else(|| ordinal_word(scan, at)).or_else(|| cardinal(scan, at))
}

fn cardinal(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    let tokens = &scan.tokens;
    let currency = at.checked_sub(1).and_then(|before| currency_sign(tokens.get(before)?));
    let mut reading = match tokens.get(at)? {
        Token::Digits { value, suffix } => {
            let mut reading = Reading::cardinal(at, at + 1, *value);
            reading.scale = suffix_scale(suffix, currency.is_some());
            reading.form = digits_form(*value, suffix);
            if reading.form == Form::Decade {
                reading.base = value % 100.0;
            }
            reading
        }
        Token::Word(word) => {
            let (value, end) = in_words(tokens, at, word)?;
            Reading::cardinal(at, end, value)
        }
        Token::Symbol(_) => return None,
    };
    let bare_one = matches!(scan.word(at), Some("one" | "a"));
    while let Some((factor, after)) = scale_word(tokens, reading.end) {
        (reading.scale, reading.end) = (reading.scale * factor, after);
        if let Some((more, after)) = remainder(scan, after, factor) {
            reading.base += more / reading.scale;
            reading.end = after;
        }
    }
    half_more(scan, &mut reading);
    if scan.word(at) == Some("a") && reading.scale <= 1.0 {
        return None;
    }
    let unit = unit_after(tokens, reading.end);
    (reading.unit, reading.end) = unit.unwrap_or((currency.unwrap_or(Unit::Plain), reading.end));
    let vague = scan.word(at) == Some("zero") || is_label(scan, at);
    reading.certain = !vague && (!bare_one || reading.scale > 1.0 || reading.unit != Unit::Plain);
    Some(reading)
}

/// "the G-20", "B 215"
fn is_label(scan: &Scan<'_>, at: usize) -> bool {
    let letter = |place: Option<usize>| {
        let written = place.map_or("", |place| scan.written(place));
        written.len() == 1
            && written.starts_with(|c: char| c.is_ascii_uppercase())
            && written != "I"
    };
    let hyphen = at.checked_sub(1).is_some_and(|before| scan.is_symbol(before, '-'));
    letter(at.checked_sub(1)) || (hyphen && letter(at.checked_sub(2)))
}

fn digits_form(value: f64, suffix: &str) -> Form {
    match suffix {
        "st" | "nd" | "rd" | "th" => Form::Ordinal,
        "s" if value % 10.0 == 0.0 && (value < 100.0 || (1000.0..2100.0).contains(&value)) => {
            Form::Decade
        }
        _ => Form::Cardinal,
    }
}

/// "fifty" in "two hundred and fifty": what follows `hundred` or `thousand` and
/// is smaller than it.
fn remainder(scan: &Scan<'_>, at: usize, scale: f64) -> Option<(f64, usize)> {
    let start = if scan.word(at) == Some("and") { at + 1 } else { at };
    let joined = scan.word(start).filter(|word| *word != "a")?;
    if scale > 1e3 || scan.is_symbol(at, '-') {
        return None;
    }
    let (mut value, mut end) = in_words(&scan.tokens, start, joined)?;
    if scale >= 1e3
        && let Some((factor @ 1e2, after)) = scale_word(&scan.tokens, end)
    {
        (value, end) = (value * factor, after);
        if let Some((more, after)) = remainder(scan, end, factor) {
            (value, end) = (value + more, after);
        }
    }
    // In "five hundred and two thousand" the second number is another one.
    let other = scale_word(&scan.tokens, end).is_some();
    (value < scale && !other).then_some((value, end))
}

/// "and a half" after a number, before its scale: "two and a half million".
fn half_more(scan: &Scan<'_>, reading: &mut Reading) {
    let at = reading.end;
    let half = scan.word(at) == Some("and")
        && scan.word(at + 1) == Some("a")
        && scan.word(at + 2) == Some("half");
    if half && reading.scale == 1.0 {
        reading.base += 0.5;
        reading.end = at + 3;
        if let Some((factor, after)) = scale_word(&scan.tokens, reading.end) {
            (reading.scale, reading.end) = (factor, after);
        }
    }
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
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    };
    Some((factor, at + 1))
}

/// "a third", "two thirds", "three-quarters", "half a million", "half".
fn fraction(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    let first = scan.word(at)?;
    if first == "half" || first == "halves" {
        return Some(half(scan, at));
    }
    let count =
        if first == "a" { 1 } else { small_number(first).filter(|n| (1..10).contains(n))? };
    let place = if scan.is_symbol(at + 1, '-') { at + 2 } else { at + 1 };
    let part = denominator(scan.word(place)?)?;
    let mut reading = Reading::cardinal(at, place + 1, f64::from(count) / part);
    reading.form = Form::Fraction;
    // "a second", "a third" and "a quarter" may be something else altogether.
    reading.certain = first != "a";
    Some(reading)
}

fn half(scan: &Scan<'_>, at: usize) -> Reading {
    let mut reading = Reading::cardinal(at, at + 1, 0.5);
    reading.form = Form::Fraction;
    reading.certain = false;
    let article = if scan.word(at + 1) == Some("a") { at + 2 } else { at + 1 };
    if let Some((factor, after)) = scale_word(&scan.tokens, article) {
        (reading.scale, reading.end) = (factor, after);
        (reading.form, reading.certain) = (Form::Cardinal, true);
        if let Some((unit, after)) = unit_after(&scan.tokens, reading.end) {
            (reading.unit, reading.end) = (unit, after);
        }
    }
    reading
}

fn denominator(word: &str) -> Option<f64> {
    match word {
        "half" | "halves" => Some(2.0),
        "quarter" | "quarters" => Some(4.0),
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)).filter(|n| (3.0..=20.0).contains(n)),
    }
}

/// "third", "twenty-first".
fn ordinal_word(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    let word = scan.word(at)?;
    let tens = small_number(word).filter(|tens| *tens >= 20);
    let compound = tens.filter(|_| scan.is_symbol(at + 1, '-')).and_then(|tens| {
        let unit = ordinal(scan.word(at + 2)?).filter(|unit| *unit < 10.0)?;
        Some((f64::from(tens) + unit, at + 3))
    });
    let (value, end) = compound.or_else(|| Some((ordinal(word)?, at + 1)))?;
    let mut reading = Reading::cardinal(at, end, value);
    reading.form = Form::Ordinal;
    // "first" and "second" are too often something else.
    reading.certain = value >= 3.0;
    Some(reading)
}

fn currency_sign(token: &Token) -> Option<Unit> {
    match token {
        Token::Symbol('$') => Some(Unit::Dollar),
        Token::Symbol('€') => Some(Unit::Euro),
        Token::Symbol('£') => Some(Unit::Pound),
        Token::Symbol('¥') => Some(Unit::Yen),
        Token::Word(word) => match word.as_str() {
            "eur" => Some(Unit::Euro),
            "usd" => Some(Unit::Dollar),
            "gbp" => Some(Unit::Pound),
            "chf" => Some(Unit::Franc),
            _ => None,
        },
        _ => None,
    }
}

fn unit_after(tokens: &[Token], at: usize) -> Option<(Unit, usize)> {
    // "a 310-million-euro budget"
    let at = match (tokens.get(at), tokens.get(at + 1)) {
        (Some(Token::Symbol('-')), Some(Token::Word(_))) => at + 1,
        _ => at,
    };
    match tokens.get(at)? {
        Token::Symbol('%') => Some((Unit::Percent, at + 1)),
        Token::Word(word) => unit_word(tokens, at, word),
        // "5 $" and "5 €", but not the sign that opens the next amount.
        sign => match (currency_sign(sign), tokens.get(at + 1)) {
            (Some(_), Some(Token::Digits { .. })) | (None, _) => None,
            (Some(unit), _) => Some((unit, at + 1)),
        },
    }
}

fn unit_word(tokens: &[Token], at: usize, word: &str) -> Option<(Unit, usize)> {
    let is = |at: usize, word: &str| matches!(tokens.get(at), Some(Token::Word(w)) if w == word);
    // "US dollars", "Swiss francs", "Czech crowns"
    if matches!(word, "us" | "swiss" | "czech" | "swedish" | "norwegian" | "danish" | "turkish")
        && let Some(Token::Word(next)) = tokens.get(at + 1)
        && let Some(unit) = currency_word(next)
    {
        return Some((unit, at + 2));
    }
    match word {
        "percent" | "percentage" | "pct" => Some((Unit::Percent, at + 1)),
        "per" if is(at + 1, "cent") => Some((Unit::Percent, at + 2)),
        _ => Some((currency_word(word)?, at + 1)),
    }
}

fn currency_word(word: &str) -> Option<Unit> {
    let unit = match word {
        "euro" | "euros" | "eur" => Unit::Euro,
        "dollar" | "dollars" | "usd" => Unit::Dollar,
        "pounds" | "gbp" => Unit::Pound,
        "cent" | "cents" => Unit::Cent,
        "franc" | "francs" | "chf" => Unit::Franc,
        "yen" => Unit::Yen,
        "yuan" | "renminbi" => Unit::Yuan,
        "rouble" | "roubles" | "ruble" | "rubles" => Unit::Rouble,
        "zloty" | "zlotys" | "zlotych" => Unit::Zloty,
        "krone" | "kroner" | "krona" | "kronor" | "crowns" | "koruna" => Unit::Krone,
        "lira" | "liras" => Unit::Lira,
        _ => return None,
    };
    Some(unit)
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
        assert_eq!(values("G20, the 3rd and the 1990s"), [3.0, 90.0]);
    }

    #[test]
    fn numbers_in_words_add_up() {
        assert_eq!(values("two hundred and fifty"), [250.0]);
        assert_eq!(values("one thousand two hundred and three cows"), [1203.0]);
        assert_eq!(values("five hundred and two thousand"), [500.0, 2000.0]);
        assert_eq!(values("two dozen, a dozen, two and a half million"), [24.0, 12.0, 2.5e6]);
        assert_eq!(values("half a million"), [5e5]);
    }

    #[test]
    fn fractions_and_ordinals_are_told_by_their_form() {
        let form = |text| numbers(text).first().map(|number| (number.value, number.form));
        assert_eq!(form("two-thirds of them"), Some((2.0 / 3.0, Form::Fraction)));
        assert_eq!(form("three quarters"), Some((0.75, Form::Fraction)));
        assert_eq!(form("the twenty-first century"), Some((21.0, Form::Ordinal)));
        assert_eq!(form("the 21st century"), Some((21.0, Form::Ordinal)));
        assert_eq!(form("the twentieth"), Some((20.0, Form::Ordinal)));
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
