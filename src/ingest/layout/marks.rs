//! Lines that are known by their form alone: date lines, author lines, notes
//! on sources, copyright notes, separators, Markdown headings and list items.

use super::words::{char_count, closing, is_capitalised, word_count};
use crate::ingest::article::DateRule;
use crate::ingest::german_dates::{read_date, read_time};
use crate::ingest::written_date::WrittenDate;

/// What a line is by its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A whole line that gives the article's date.
    Date(DateLine),
    /// `Von Max Muster`.
    Author,
    /// `Quelle: …`, `(dpa)`.
    Source,
    /// `© 2024 …`.
    Copyright,
    /// `***`.
    Separator,
    /// `# …`: the level, and the bytes before the words.
    Heading(usize, usize),
    /// `- …`: the bytes before the words.
    Item(usize),
}

/// A line that says a date and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateLine {
    pub(crate) rule: DateRule,
    pub(crate) written: WrittenDate,
    /// Whether words such as `Veröffentlicht am` say what the date is for.
    pub(crate) label: DateLabel,
    /// Bytes of the date within the line.
    pub(crate) at: (usize, usize),
}

/// Whether a date line says what its date is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateLabel {
    /// `Stand: …`, `Veröffentlicht am …`.
    Named,
    /// The date alone.
    Bare,
}

/// Words before a date, longest first, with the rule they stand for.
const LABELS: &[(&str, DateRule)] = &[
    ("zuletzt aktualisiert am", DateRule::Stand),
    ("zuletzt aktualisiert", DateRule::Stand),
    ("letzte aktualisierung am", DateRule::Stand),
    ("letzte aktualisierung", DateRule::Stand),
    ("aktualisiert am", DateRule::Stand),
    ("aktualisiert", DateRule::Stand),
    ("stand vom", DateRule::Stand),
    ("stand", DateRule::Stand),
    ("veröffentlichungsdatum", DateRule::DateLine),
    ("veröffentlicht am", DateRule::DateLine),
    ("veröffentlicht", DateRule::DateLine),
    ("erschienen am", DateRule::DateLine),
    ("erschienen", DateRule::DateLine),
    ("publiziert am", DateRule::DateLine),
    ("publiziert", DateRule::DateLine),
    ("erstellt am", DateRule::DateLine),
    ("ausgabe vom", DateRule::DateLine),
    ("datum", DateRule::DateLine),
    ("vom", DateRule::DateLine),
    ("date", DateRule::ScraperField),
];

/// How notes on sources begin.
const SOURCE_STARTS: &[&str] = &[
    "quelle:",
    "quellen:",
    "quelle für ",
    "quellen für ",
    "quellen dieses ",
    "mit material ",
    "mit informationen von ",
    "mit informationen der ",
    "autor:",
    "autorin:",
    "autoren:",
    "redaktion:",
    "text:",
    "foto:",
    "agentur:",
    "über dieses thema berichtet",
];

/// News agencies, as they sign in brackets.
const AGENCIES: &[&str] = &[
    "dpa", "afp", "reuters", "ap", "epd", "kna", "apa", "sid", "rtr", "dapd", "ots", "ddp", "sda",
    "dts",
];

/// What the line `text` (trimmed) is by its form, if anything.
pub(crate) fn mark_of(text: &str) -> Option<Mark> {
    if !text.contains(char::is_alphanumeric) {
        return Some(Mark::Separator);
    }
    if let Some(date) = date_line(text) {
        return Some(Mark::Date(date));
    }
    if is_copyright(text) {
        return Some(Mark::Copyright);
    }
    if is_source(text) {
        return Some(Mark::Source);
    }
    if is_author(text) {
        return Some(Mark::Author);
    }
    heading(text).or_else(|| item(text))
}

/// Reads a line that is a date, perhaps labelled, perhaps with place and time.
pub(crate) fn date_line(text: &str) -> Option<DateLine> {
    let (label, rule, start) = read_label(text);
    let start = start + place_before_date(text.get(start..)?);
    let (written, taken) = read_date(text.get(start..)?)?;
    let end = start + taken;
    let rest = text.get(end..)?;
    let rest = rest.get(read_time(rest)..)?.trim();
    // `… bis zum\n24. Oktober 2024.` is the end of a sentence, not a date line.
    let whole = rest.is_empty() || matches!(rest, ":" | "|" | "-" | "–");
    whole.then_some(DateLine { rule, written, label, at: (start, end) })
}

/// The label before the date: its kind, its rule, and where the date begins.
fn read_label(text: &str) -> (DateLabel, DateRule, usize) {
    for (label, rule) in LABELS.iter().copied() {
        // Labels are matched by characters: lower-casing could change lengths.
        let Some(rest) = strip_label(text, label) else { continue };
        let rest = rest.trim_start_matches([':', ' ', '\u{a0}', '\t']);
        return (DateLabel::Named, rule, text.len() - rest.len());
    }
    (DateLabel::Bare, DateRule::DateLine, 0)
}

/// `text` after `label` (in any case), if a blank or colon ends the label.
fn strip_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in label.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    rest.starts_with([':', ' ', '\u{a0}', '\t']).then_some(rest)
}

/// Bytes of `Emden, den ` before a date.
fn place_before_date(text: &str) -> usize {
    let Some(comma) = text.find(',') else { return 0 };
    let Some(place) = text.get(..comma) else { return 0 };
    let is_place = word_count(place) <= 3
        && is_capitalised(place)
        && !place.contains(|c: char| c.is_ascii_digit())
        && read_date(text).is_none();
    if !is_place {
        return 0;
    }
    let after = text.get(comma + 1..).unwrap_or_default().trim_start();
    let after =
        ["den ", "am ", "der "].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    text.len() - after.trim_start().len()
}

fn is_copyright(text: &str) -> bool {
    let lower = text.to_lowercase();
    let starts = ["©", "(c) ", "copyright", "alle rechte vorbehalten"];
    char_count(text) <= 200 && starts.iter().any(|start| lower.starts_with(start))
}

fn is_source(text: &str) -> bool {
    let lower = text.to_lowercase();
    if char_count(text) <= 300 && SOURCE_STARTS.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    is_agency(&lower)
}

/// `(dpa)`, `dpa/afp`, `(dpa/lno, Reuters)`: the first name decides. Without
/// brackets there are no blanks, or any short line that opens with `AP` is one.
fn is_agency(lower: &str) -> bool {
    if !lower.starts_with('(') && lower.contains(char::is_whitespace) {
        return false;
    }
    let inner = lower.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(lower);
    let mut names = inner.split(['/', ',', '-', ' ', '|']).filter(|name| !name.is_empty());
    char_count(inner) <= 40
        && names.next().is_some_and(|first| AGENCIES.contains(&first))
        && names.all(|name| name.chars().all(char::is_alphabetic) && name.len() <= 8)
}

/// `Von Max Muster`, `Von Max Muster und Eva Beispiel, Emden`.
fn is_author(text: &str) -> bool {
    let Some(names) = text.strip_prefix("Von ").or_else(|| text.strip_prefix("VON ")) else {
        return false;
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let joins = ["und", "von", "van", "de", "der", "zu", "&"];
    (2..=8).contains(&words.len())
        && char_count(text) <= 80
        && closing(text).is_none()
        && !text.contains(|c: char| c.is_ascii_digit() || c == ':')
        && words.iter().all(|word| is_capitalised(word) || joins.contains(word))
        && words.iter().take(2).all(|word| is_capitalised(word) || *word == "von")
}

/// `# …` up to `###### …`.
fn heading(text: &str) -> Option<Mark> {
    let level = text.len() - text.trim_start_matches('#').len();
    let words = text.get(level..)?;
    let inner = words.trim_start();
    let is_heading = (1..=6).contains(&level) && inner.len() < words.len() && !inner.is_empty();
    is_heading.then_some(Mark::Heading(level, text.len() - inner.len()))
}

fn item(text: &str) -> Option<Mark> {
    let rest = ["- ", "* ", "• ", "+ "].iter().find_map(|mark| text.strip_prefix(mark))?;
    Some(Mark::Item(text.len() - rest.trim_start().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Option<DateRule> {
        date_line(text).map(|line| line.rule)
    }

    #[test]
    fn date_lines_with_labels_places_and_times() {
        for text in [
            "30. Oktober, 2024",
            "Mittwoch, 30. Oktober 2024",
            "Emden, 30. Oktober 2024",
            "Bad Zwischenahn, den 30.10.2024",
            "30.10.2024, 12:42 Uhr",
            "2024-10-30T12:42:00+01:00",
            "Veröffentlicht am 30.10.2024 um 6.30 Uhr",
            "Datum: 30.10.2024",
            "Vom 30. Oktober 2024",
        ] {
            assert_eq!(rule(text), Some(DateRule::DateLine), "{text}");
        }
        for text in
            ["Stand: 30.10.2024 12:42 Uhr", "Stand 30. Oktober 2024", "Aktualisiert: 30.10.24"]
        {
            assert_eq!(rule(text), Some(DateRule::Stand), "{text}");
        }
        for text in ["date 2024-10", "date: 2024-10-30", "Date 2024-10-30"] {
            assert_eq!(rule(text), Some(DateRule::ScraperField), "{text}");
        }
    }

    #[test]
    fn sentences_with_dates_are_no_date_lines() {
        for text in [
            "24. Oktober 2024.",
            "Am 24. Oktober 2024 beschloss der Rat",
            "Emden, 24. Oktober 2024 – Der Rat hat beschlossen",
            "Standort Emden 2024-10-24",
            "24. Oktober 2024: Der Rat tagt",
            "Stand: gestern",
        ] {
            assert_eq!(rule(text), None, "{text}");
        }
    }

    #[test]
    fn the_date_is_located_within_its_line() {
        let text = "Veröffentlicht am 30.10.2024 um 6.30 Uhr";
        let (start, end) = date_line(text).map(|line| line.at).unwrap_or_default();
        assert_eq!(text.get(start..end), Some("30.10.2024"));
    }

    #[test]
    fn other_marks() {
        assert_eq!(mark_of("* * *"), Some(Mark::Separator));
        assert_eq!(mark_of("Von Max Muster"), Some(Mark::Author));
        assert_eq!(mark_of("Von Max Muster und Eva von Beispiel, Emden"), Some(Mark::Author));
        assert_eq!(mark_of("Von Emden nach Borkum"), None);
        assert_eq!(mark_of("(dpa/lno)"), Some(Mark::Source));
        assert_eq!(mark_of("Quellen: dpa, eigene Recherche"), Some(Mark::Source));
        assert_eq!(mark_of("© 2024 Küstenbote"), Some(Mark::Copyright));
        assert_eq!(mark_of("## Teil zwei"), Some(Mark::Heading(2, 3)));
        assert_eq!(mark_of("#Hashtag"), None);
        assert_eq!(mark_of("- Punkt"), Some(Mark::Item(2)));
        assert_eq!(mark_of("Ein Satz."), None);
        assert_eq!(mark_of("AP Møller zieht um"), None);
    }
}
