//! Numbers of German texts: digits with German separators, number words and
//! their compounds (`zweihundertfünfzig`, `dreijährig`), scales from `Tsd.` to
//! `Billionen` (a German *Billion* is a trillion).

use super::reading::{Reading, share_scales};
use super::{Form, Number, Unit};
use crate::text::scan::{Scan, Style, Token, scan};

/// The numbers of a German text, in its order.
#[must_use]
pub fn german_numbers(text: &str) -> Vec<Number> {
    let scan = scan(text, Style::German);
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

/// The number that begins at token `at`.
pub(in crate::text) fn read(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    let mut reading = match scan.tokens.get(at)? {
        Token::Digits { value, suffix } => digits(at, *value, suffix),
        Token::Word(word) => fraction(scan, at).or_else(|| in_words(scan, at, word))?,
        Token::Symbol(_) => return None,
    };
    let counts = reading.form == Form::Cardinal || reading.form == Form::Fraction;
    while counts && let Some((factor, after)) = scale_word(scan, reading.end) {
        (reading.scale, reading.end) = (reading.scale * factor, after);
        (reading.certain, reading.form) = (true, Form::Cardinal);
    }
    let before = at.checked_sub(1).and_then(|before| scan.word(before));
    if before.is_some_and(|before| VAGUE.contains(&before) || is_label(before)) {
        reading.certain = false;
    }
    if let Some((unit, after)) = unit_after(scan, reading.end) {
        (reading.unit, reading.end) = (unit, after);
        let vague = before.is_some_and(|before| VAGUE.contains(&before));
        reading.certain |= reading.form == Form::Cardinal && !vague;
    } else if let Some(unit) = unit_before(scan, at) {
        reading.unit = unit;
    }
    Some(reading)
}

fn digits(at: usize, value: f64, suffix: &str) -> Reading {
    let mut reading = Reading::cardinal(at, at + 1, value);
    if matches!(suffix, "er" | "ern" | "ers") && value % 10.0 == 0.0 {
        (reading.base, reading.form) = (value % 100.0, Form::Decade);
    }
    reading
}

/// Words after which a number is a name: "Autobahn 1", "B 215".
fn is_label(word: &str) -> bool {
    word.chars().count() == 1 || matches!(word, "autobahn" | "bundesstraße" | "landstraße")
}

/// The words before and after "hundert" that make an amount vague.
const VAGUE: &[&str] = &[
    "einige", "einigen", "mehrere", "mehreren", "paar", "viele", "vielen", "wenige", "wenigen",
    "zig",
];

fn in_words(scan: &Scan<'_>, at: usize, word: &str) -> Option<Reading> {
    let before = at.checked_sub(1).and_then(|before| scan.word(before));
    let named = scan.written(at).starts_with(char::is_uppercase);
    let mut reading = Reading::cardinal(at, at + 1, 0.0);
    if let Some(value) = halves(word) {
        reading.base = value;
        // "eineinhalb Stunden" is "an hour and a half".
        reading.certain = value > 2.0;
    } else if let Some(value) = cardinal(word) {
        reading.base = value;
        // "die Elf" is a team, "außer Acht" is no number; "ein" is an article.
        let other_noun = named && at > 0 && matches!(word, "acht" | "elf");
        let vague = before.is_some_and(|before| VAGUE.contains(&before))
            && matches!(word, "hundert" | "tausend");
        if vague {
            return None;
        }
        reading.certain = value > 1.0 && !other_noun;
    } else if let Some(value) = counted_compound(word) {
        reading.base = value;
        reading.certain = value > 2.0;
    } else if let Some(decade) = decade(word) {
        (reading.base, reading.form) = (decade, Form::Decade);
        // "ein Zwanziger" may be a banknote.
        reading.certain = matches!(scan.word(at + 1), Some("jahre" | "jahren" | "jahres"));
    } else if let Some(value) = ordinal(word) {
        (reading.base, reading.form) = (value, Form::Ordinal);
        // "erste" and "zweite" are often put otherwise; "achten" is a verb, too.
        reading.certain = value >= 3.0 && !word.starts_with("achte");
    } else if let Some((value, certain)) = by_list(word) {
        (reading.base, reading.certain) = (value, certain);
    } else {
        (reading.base, reading.form) = within(word)?;
        reading.certain = false;
    }
    Some(reading)
}

/// The number that a compound may hold: "Dreierkette", "Viertklässler",
/// "Tabellendritten".
fn within(word: &str) -> Option<(f64, Form)> {
    let first =
        ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
    if let Some(number) = first.iter().find(|number| word.starts_with(**number)) {
        let ordinal = ordinal_stem(word.get(..number.len() + 1)?).filter(|_| word.len() > 8);
        let value = cardinal(number)?;
        return Some(ordinal.map_or((value, Form::Cardinal), |value| (value, Form::Ordinal)));
    }
    if word.starts_with("dritt") {
        return Some((3.0, Form::Ordinal));
    }
    let last = [("zweite", 2.0), ("dritte", 3.0), ("vierte", 4.0), ("fünfte", 5.0)];
    let bare = word.trim_end_matches(['n', 'r', 's']);
    last.iter().find(|(end, _)| bare.ends_with(end)).map(|(_, value)| (*value, Form::Ordinal))
}

/// Words that mean a number or may do so, and whether they surely do.
fn by_list(word: &str) -> Option<(f64, bool)> {
    match word {
        "null" => Some((0.0, false)),
        "beide" | "beiden" | "beider" | "beides" | "paar" | "duo" | "doppelt" | "zweier" => {
            Some((2.0, false))
        }
        "trio" | "dreier" => Some((3.0, false)),
        "quartett" | "vierer" => Some((4.0, false)),
        "dutzend" => Some((12.0, true)),
        _ => None,
    }
}

/// "anderthalb", "zweieinhalb"
fn halves(word: &str) -> Option<f64> {
    match word {
        "anderthalb" | "eineinhalb" => Some(1.5),
        _ => Some(below_hundred(word.strip_suffix("einhalb")?)? + 0.5),
    }
}

/// The value of a number word up to 999,999; "eine" and its forms are 1.
fn cardinal(word: &str) -> Option<f64> {
    if matches!(word, "ein" | "eine" | "einen" | "einem" | "einer" | "eines" | "eins") {
        return Some(1.0);
    }
    let (thousands, rest) = match word.split_once("tausend") {
        Some((before, after)) => {
            let before = if before.is_empty() { Some(1.0) } else { below_thousand(before) };
            (before? * 1000.0, after)
        }
        None => (0.0, word),
    };
    let rest = rest.strip_prefix("und").filter(|_| thousands > 0.0).unwrap_or(rest);
    let rest = match rest {
        "" if thousands > 0.0 => 0.0,
        rest => below_thousand(rest)?,
    };
    Some(thousands + rest)
}

fn below_thousand(word: &str) -> Option<f64> {
    let Some((before, after)) = word.split_once("hundert") else { return below_hundred(word) };
    let hundreds = if before.is_empty() { 1.0 } else { below_hundred(before)? };
    let after = after.strip_prefix("und").unwrap_or(after);
    let rest = if after.is_empty() { 0.0 } else { below_hundred(after)? };
    Some(hundreds * 100.0 + rest)
}

fn below_hundred(word: &str) -> Option<f64> {
    let small = |word: &str| SMALL.iter().find(|(name, _)| *name == word).map(|(_, n)| *n);
    let tens = |word: &str| TENS.iter().find(|(name, _)| *name == word).map(|(_, n)| *n);
    if let Some(value) = small(word).or_else(|| tens(word)) {
        return Some(value);
    }
    // "einundzwanzig", but "neunundneunzig": the last "und" parts unit and tens.
    let (unit, ten) = word.rsplit_once("und")?;
    let unit = if unit == "ein" { 1.0 } else { small(unit).filter(|unit| *unit < 10.0)? };
    Some(unit + tens(ten)?)
}

const SMALL: [(&str, f64); 20] = [
    ("ein", 1.0),
    ("zwei", 2.0),
    ("zwo", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
    ("dreizehn", 13.0),
    ("vierzehn", 14.0),
    ("fünfzehn", 15.0),
    ("sechzehn", 16.0),
    ("siebzehn", 17.0),
    ("achtzehn", 18.0),
    ("neunzehn", 19.0),
];

const TENS: [(&str, f64); 8] = [
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
    ("vierzig", 40.0),
    ("fünfzig", 50.0),
    ("sechzig", 60.0),
    ("siebzig", 70.0),
    ("achtzig", 80.0),
    ("neunzig", 90.0),
];

/// What a number word may be joined with so that the number stays one:
/// `dreijährig`, `fünfköpfig`, `zweimal`.
const COUNTED: &[&str] = &[
    "jährig",
    "tägig",
    "stündig",
    "minütig",
    "wöchig",
    "monatig",
    "köpfig",
    "stellig",
    "teilig",
    "stöckig",
    "geschossig",
    "spurig",
    "seitig",
    "malig",
    "prozentig",
    "fach",
    "mal",
    "jährlich",
    "stufig",
    "gleisig",
    "türig",
];

fn counted_compound(word: &str) -> Option<f64> {
    COUNTED.iter().find_map(|part| {
        let (number, ending) = word.split_once(part)?;
        // "dreijährigen" and the like, but not "dreimaliges"
        let inflected = matches!(ending, "" | "e" | "en" | "er" | "em" | "es" | "s");
        // "einstellig" and "einseitig" are words of their own: "single-digit", "one-sided".
        let lexical = number == "ein" && matches!(*part, "stellig" | "seitig");
        cardinal(number).filter(|_| inflected && !lexical && !number.is_empty())
    })
}

/// "neunziger" in "die neunziger Jahre", "Neunzigern"
fn decade(word: &str) -> Option<f64> {
    let stem = word.strip_suffix("er").or_else(|| word.strip_suffix("ern"))?;
    TENS.iter().find(|(name, _)| *name == stem).map(|(_, value)| *value)
}

/// "dritte", "zwanzigsten", "zweitgrößte"
fn ordinal(word: &str) -> Option<f64> {
    // "die drittgrößte Stadt"
    if word.ends_with("größte") || word.ends_with("größten") || word.ends_with("größter") {
        let rank = word.split("größte").next()?;
        return ordinal_stem(rank);
    }
    let endings = ["e", "en", "er", "es", "em", "ens"];
    let stem = endings.iter().filter_map(|ending| word.strip_suffix(ending)).find_map(ordinal_stem);
    stem.or_else(|| ordinal_stem(word.strip_suffix("ens")?))
}

fn ordinal_stem(stem: &str) -> Option<f64> {
    match stem {
        "erst" => Some(1.0),
        "zweit" => Some(2.0),
        "dritt" => Some(3.0),
        "siebt" => Some(7.0),
        "acht" => Some(8.0),
        _ => {
            let twentieth = stem.strip_suffix("st").and_then(cardinal).filter(|n| *n >= 19.0);
            twentieth.or_else(|| cardinal(stem.strip_suffix('t')?).filter(|n| *n > 1.0))
        }
    }
}

/// "ein Drittel", "zwei Drittel", "drei Viertel", "die Hälfte", "eine halbe".
fn fraction(scan: &Scan<'_>, at: usize) -> Option<Reading> {
    let word = scan.word(at)?;
    let part = |value: f64, end: usize, certain: bool| {
        let mut reading = Reading::cardinal(at, end, value);
        (reading.form, reading.certain) = (Form::Fraction, certain);
        reading
    };
    match word {
        "hälfte" => return Some(part(0.5, at + 1, true)),
        "halbe" | "halben" | "halber" | "halbes" | "halb" => return Some(part(0.5, at + 1, false)),
        "dreiviertel" => return Some(part(0.75, at + 1, false)),
        _ => {}
    }
    if let Some(value) = denominator(word) {
        // "das Viertel" may be a part of a town.
        return Some(part(1.0 / value, at + 1, word.starts_with("drittel")));
    }
    let count = cardinal(word).filter(|count| *count < 20.0)?;
    // "die Zwei-Drittel-Mehrheit"
    let place = if scan.is_symbol(at + 1, '-') { at + 2 } else { at + 1 };
    let value = denominator(scan.word(place)?)?;
    Some(part(count / value, place + 1, true))
}

fn denominator(word: &str) -> Option<f64> {
    match word.strip_suffix('n').unwrap_or(word) {
        "drittel" => Some(3.0),
        "viertel" => Some(4.0),
        "fünftel" => Some(5.0),
        "sechstel" => Some(6.0),
        "achtel" => Some(8.0),
        "zehntel" => Some(10.0),
        _ => None,
    }
}

fn scale_word(scan: &Scan<'_>, at: usize) -> Option<(f64, usize)> {
    let at = if scan.is_symbol(at, '-') { at + 1 } else { at };
    let word = scan.word(at)?;
    let (factor, abbreviated) = match word {
        "dutzend" => (12.0, false),
        "hundert" => (1e2, false),
        "tausend" => (1e3, false),
        "tsd" => (1e3, true),
        "million" | "millionen" => (1e6, false),
        "mio" => (1e6, true),
        "milliarde" | "milliarden" => (1e9, false),
        "mrd" | "mia" => (1e9, true),
        "billion" | "billionen" => (1e12, false),
        "bio" => (1e12, true),
        "billiarde" | "billiarden" => (1e15, false),
        _ => return None,
    };
    let stop = abbreviated && scan.is_symbol(at + 1, '.') && scan.touches_previous(at + 1);
    Some((factor, if stop { at + 2 } else { at + 1 }))
}

fn unit_after(scan: &Scan<'_>, at: usize) -> Option<(Unit, usize)> {
    let hyphen = scan.is_symbol(at, '-') && scan.word(at + 1).is_some();
    let at = if hyphen { at + 1 } else { at };
    if scan.is_symbol(at, '%') {
        return Some((Unit::Percent, at + 1));
    }
    if let Some(sign) = scan.tokens.get(at).and_then(sign) {
        return Some((sign, at + 1));
    }
    let word = scan.word(at)?;
    if word.starts_with("prozent") {
        return Some((Unit::Percent, at + 1));
    }
    // "US-Dollar", "Schweizer Franken", "tschechische Kronen"
    let qualified = matches!(
        word,
        "us" | "schweizer" | "tschechische" | "schwedische" | "norwegische" | "dänische"
    ) || word.starts_with("türkisch");
    let place = match qualified {
        true if scan.is_symbol(at + 1, '-') => at + 2,
        true => at + 1,
        false => at,
    };
    Some((currency(scan.word(place)?)?, place + 1))
}

/// "EUR 5.000", "€ 5"
fn unit_before(scan: &Scan<'_>, at: usize) -> Option<Unit> {
    let before = at.checked_sub(1)?;
    match scan.word(before) {
        Some("eur") => Some(Unit::Euro),
        Some("usd") => Some(Unit::Dollar),
        Some("chf") => Some(Unit::Franc),
        Some(_) => None,
        None => scan.tokens.get(before).and_then(sign),
    }
}

fn sign(token: &Token) -> Option<Unit> {
    match token {
        Token::Symbol('€') => Some(Unit::Euro),
        Token::Symbol('$') => Some(Unit::Dollar),
        Token::Symbol('£') => Some(Unit::Pound),
        Token::Symbol('¥') => Some(Unit::Yen),
        _ => None,
    }
}

fn currency(word: &str) -> Option<Unit> {
    let unit = match word {
        "euro" | "euros" | "eur" => Unit::Euro,
        "dollar" | "dollars" | "usd" => Unit::Dollar,
        "pfund" | "gbp" => Unit::Pound,
        "cent" | "cents" => Unit::Cent,
        "franken" | "chf" => Unit::Franc,
        "yen" => Unit::Yen,
        "yuan" => Unit::Yuan,
        "rubel" => Unit::Rouble,
        "zloty" => Unit::Zloty,
        "krone" | "kronen" => Unit::Krone,
        "lira" | "lire" => Unit::Lira,
        _ => return None,
    };
    Some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<f64> {
        german_numbers(text).iter().map(|number| number.value).collect()
    }

    #[test]
    fn separators_and_scales_are_german() {
        assert_eq!(values("3.000 und 1,5 Mio. Euro"), [3000.0, 1.5e6]);
        assert_eq!(values("2,4 Mrd. Euro, 3 Billionen Dollar"), [2.4e9, 3e12]);
        assert_eq!(values("1.250.000,5"), [1_250_000.5]);
        assert_eq!(values("ein 310-Millionen-Euro-Haushalt"), [1.0, 310e6]);
        assert_eq!(values("zwei bis drei Millionen"), [2e6, 3e6]);
    }

    #[test]
    fn number_words_are_read_whole() {
        for (word, value) in [
            ("zwölf", 12.0),
            ("neunzehn", 19.0),
            ("einundzwanzig", 21.0),
            ("zweihundertfünfzig", 250.0),
            ("hundertzehn", 110.0),
            ("dreitausendfünfhundert", 3500.0),
            ("zweihundertfünfzigtausend", 250_000.0),
            ("tausend", 1000.0),
            ("anderthalb", 1.5),
            ("zweieinhalb", 2.5),
            ("dreijährige", 3.0),
            ("vierköpfigen", 4.0),
        ] {
            assert_eq!(values(word), [value], "{word}");
        }
        for word in ["Einigung", "Achse", "tausende", "erst"] {
            assert!(values(word).is_empty(), "{word}: {:?}", values(word));
        }
        assert_eq!(values("mehrere hundert, einige Tausend"), [0.0; 0]);
    }

    #[test]
    fn ordinals_fractions_and_decades() {
        let read = |text| german_numbers(text).first().map(|n| (n.value, n.form));
        assert_eq!(read("zum dritten Mal"), Some((3.0, Form::Ordinal)));
        assert_eq!(read("der zwanzigste"), Some((20.0, Form::Ordinal)));
        assert_eq!(read("die zweitgrößte Stadt"), Some((2.0, Form::Ordinal)));
        assert_eq!(read("zwei Drittel der Leute"), Some((2.0 / 3.0, Form::Fraction)));
        assert_eq!(read("die Hälfte"), Some((0.5, Form::Fraction)));
        assert_eq!(read("halbe Million"), Some((5e5, Form::Cardinal)));
        assert_eq!(read("die neunziger Jahre"), Some((90.0, Form::Decade)));
        assert_eq!(read("in den 1990ern"), Some((90.0, Form::Decade)));
        assert_eq!(values("zwei Dutzend"), [24.0]);
    }

    #[test]
    fn units_stand_before_and_after() {
        let unit = |text| german_numbers(text).first().map(|number| number.unit);
        assert_eq!(unit("5,5 Prozent"), Some(Unit::Percent));
        assert_eq!(unit("5,5%"), Some(Unit::Percent));
        assert_eq!(unit("€ 5"), Some(Unit::Euro));
        assert_eq!(unit("20 US-Dollar"), Some(Unit::Dollar));
        assert_eq!(unit("20 Schweizer Franken"), Some(Unit::Franc));
        assert_eq!(unit("20 Leute"), Some(Unit::Plain));
    }
}
