//! Months and weekdays in both languages.

use crate::text::scan::Scan;

/// German name, short form, English name, short form.
const MONTHS: [[&str; 4]; 12] = [
    ["januar", "jan", "January", "jan"],
    ["februar", "feb", "February", "feb"],
    ["märz", "mrz", "March", "mar"],
    ["april", "apr", "April", "apr"],
    ["mai", "mai", "May", "may"],
    ["juni", "jun", "June", "jun"],
    ["juli", "jul", "July", "jul"],
    ["august", "aug", "August", "aug"],
    ["september", "sept", "September", "sept"],
    ["oktober", "okt", "October", "oct"],
    ["november", "nov", "November", "nov"],
    ["dezember", "dez", "December", "dec"],
];

const WEEKDAYS: [(&str, &str); 7] = [
    ("montag", "Monday"),
    ("dienstag", "Tuesday"),
    ("mittwoch", "Wednesday"),
    ("donnerstag", "Thursday"),
    ("freitag", "Friday"),
    ("samstag", "Saturday"),
    ("sonntag", "Sunday"),
];

/// What may follow a weekday in one word.
const PARTS_OF_DAY: &[&str] = &[
    "",
    "s",
    "es",
    "e",
    "en",
    "abend",
    "morgen",
    "nachmittag",
    "vormittag",
    "mittag",
    "nacht",
    "früh",
];

/// The English name of month `month` (1 to 12).
pub(super) fn english_month(month: usize) -> &'static str {
    month.checked_sub(1).and_then(|month| MONTHS.get(month)).map_or("", |names| names[2])
}

/// The English name of weekday `day` (0 is Monday).
pub(super) fn english_weekday(day: usize) -> &'static str {
    WEEKDAYS.get(day).map_or("", |(_, english)| english)
}

/// The German month a word in small letters names; short forms only where a day
/// stands before them.
pub(super) fn german_month(word: &str, after_day: bool) -> Option<usize> {
    let bare = word.strip_suffix('s').unwrap_or(word);
    let names = |[name, short, ..]: &[&str; 4]| {
        bare == *name || word == *name || (after_day && word == *short)
    };
    let austrian = [("jänner", 1), ("feber", 2)];
    let by_austrians = austrian.iter().find(|(name, _)| *name == bare).map(|(_, month)| *month);
    MONTHS.iter().position(names).map(|month| month + 1).or(by_austrians)
}

/// The English month that token `at` names; the second value tells whether the
/// word surely is a month.
pub(super) fn english_month_at(scan: &Scan<'_>, at: usize) -> Option<(usize, bool)> {
    let word = scan.word(at)?;
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    if !scan.written(at).starts_with(char::is_uppercase) {
        return None;
    }
    let full = MONTHS.iter().position(|[_, _, name, _]| name.to_lowercase() == word);
    let stop = scan.is_symbol(at + 1, '.') && scan.touches_previous(at + 1);
    let next = if stop { at + 2 } else { at + 1 };
    let beside_number = scan.whole(next).is_some() || follows_day(scan, at);
    let ambiguous = matches!(word, "may" | "march" | "mar" | "sept" | "jan" | "august");
    match full {
        Some(month) => {
            let before = at.checked_sub(1).and_then(|before| scan.word(before));
            let led = before.is_some_and(|before| LEADS.contains(&before));
            let sure = !ambiguous || beside_number || led;
            // "May" at the head of a sentence, alone, is the verb.
            (sure || at > 0).then_some((month + 1, sure))
        }
        None if beside_number => {
            let short = MONTHS.iter().position(|[.., short]| *short == word);
            short.map(|month| (month + 1, true))
        }
        None => None,
    }
}

/// Words that make a month of "May".
const LEADS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "from", "to", "early", "late", "mid", "last",
    "next", "this", "for", "and", "before", "after", "during", "through", "between",
];

fn follows_day(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    let of =
        before.filter(|before| scan.word(*before) == Some("of")).and_then(|b| b.checked_sub(1));
    of.or(before).is_some_and(|before| english_day(scan, before).is_some())
}

/// The day of a month that token `at` can be in English: `24`, `24th`.
pub(super) fn english_day(scan: &Scan<'_>, at: usize) -> Option<u32> {
    let written = scan.written(at);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| written.strip_suffix(end));
    let day: u32 = digits.unwrap_or(written).parse().ok()?;
    (written.starts_with(|c: char| c.is_ascii_digit()) && (1..=31).contains(&day)).then_some(day)
}

/// The weekday a German word names, and whether it surely does: "Ostermontag"
/// and "Sonntagsfrage" may become anything in English.
pub(super) fn german_weekday(word: &str) -> Option<(usize, bool)> {
    let word = if word.starts_with("sonnabend") {
        word.replacen("sonnabend", "samstag", 1)
    } else {
        word.to_owned()
    };
    let surely = |(name, _): &(&str, &str)| {
        let rest = word.strip_prefix(name);
        rest.is_some_and(|rest| {
            let rest = if rest.len() > 1 { rest.strip_suffix('s').unwrap_or(rest) } else { rest };
            PARTS_OF_DAY.contains(&rest)
        })
    };
    let perhaps = |(name, _): &(&str, &str)| word.contains(name);
    let sure = WEEKDAYS.iter().position(surely).map(|day| (day, true));
    sure.or_else(|| WEEKDAYS.iter().position(perhaps).map(|day| (day, false)))
}

/// The weekday an English word in small letters names.
pub(super) fn english_weekday_of(word: &str) -> Option<usize> {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let bare = word.strip_suffix('s').unwrap_or(word);
    WEEKDAYS.iter().position(|(_, name)| name.to_lowercase() == bare)
}
