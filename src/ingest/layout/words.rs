//! What can be told from the words and marks of one line, without a dictionary.

/// Articles, prepositions and conjunctions: the lower-case words that a noun
/// phrase (a kicker) may hold.
const FUNCTION_WORDS: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines",
    "und", "oder", "sowie", "für", "von", "vom", "mit", "ohne", "um", "bei", "beim", "nach", "vor",
    "in", "im", "ins", "an", "am", "ans", "auf", "aufs", "aus", "zu", "zum", "zur", "über",
    "unter", "gegen", "wegen", "durch", "trotz", "zwischen", "seit", "bis", "als", "wie", "per",
    "pro", "dass", "weil", "wenn", "ob", "sich", "nicht", "kein", "keine", "keinen", "entlang",
];

/// Words that never end a headline. Not here: `ein`, `ab`, `auf`, `zu`, which
/// close one as parts of a verb (`Polizei greift ein`).
const DANGLING: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "eine", "einen", "einem", "einer", "eines", "und",
    "oder", "sowie", "für", "von", "vom", "beim", "im", "ins", "am", "ans", "aufs", "zum", "zur",
    "wegen", "trotz", "zwischen", "seit", "dass", "weil", "wenn", "ob", "per", "pro", "als",
];

/// Capitalised words that open a headline and never stand inside a noun phrase.
const OPENERS: &[&str] = &[
    "Der", "Die", "Das", "Den", "Dem", "Ein", "Eine", "Einen", "Wie", "Was", "Warum", "Wer", "Wo",
    "Wann", "Wohin", "Wenn", "Weil", "So", "Nach", "Vor", "Im", "In", "Am", "Auf", "Bei", "Mit",
    "Kein", "Keine", "Nur", "Noch", "Mehr", "Immer", "Erst", "Ohne",
];

/// Endings of German words that are adjectives far more often than nouns.
const ADJECTIVE_ENDINGS: &[&str] = &[
    "ische", "ischer", "isches", "ischen", "ischem", "liche", "licher", "liches", "lichen",
    "lichem", "ige", "iger", "iges", "igen", "igem", "elle", "eller", "elles", "ellen", "ale",
    "aler", "ales",
];

/// Adjectives with none of these endings that often open a kicker.
const PLAIN_ADJECTIVES: &[&str] = &[
    "Neue", "Neuer", "Neues", "Neuen", "Große", "Großer", "Großes", "Großen", "Erste", "Erster",
    "Erstes", "Zweite", "Zweiter", "Zweites", "Weitere", "Weiterer", "Letzte", "Letzter",
];

/// Endings of words after which a name comes: `Ministerpräsidentin Marie Muster`.
const OFFICES: &[&str] = &[
    "minister",
    "ministerin",
    "präsident",
    "präsidentin",
    "kanzler",
    "kanzlerin",
    "meister",
    "meisterin",
    "chef",
    "chefin",
    "sprecher",
    "sprecherin",
    "trainer",
    "trainerin",
    "senator",
    "senatorin",
    "kommissar",
    "kommissarin",
    "papst",
    "könig",
    "königin",
    "vorsitzender",
];

/// Departments of German newspapers and news sites.
const DEPARTMENTS: &[&str] = &[
    "Politik",
    "Wirtschaft",
    "Sport",
    "Kultur",
    "Panorama",
    "Ausland",
    "Inland",
    "Wissen",
    "Wissenschaft",
    "Digital",
    "Digitales",
    "Gesellschaft",
    "Feuilleton",
    "Lokales",
    "Regional",
    "Regionales",
    "Region",
    "Finanzen",
    "Börse",
    "Geld",
    "Technik",
    "Technologie",
    "Netzwelt",
    "Gesundheit",
    "Bildung",
    "Reise",
    "Reisen",
    "Meinung",
    "Kommentar",
    "Vermischtes",
    "Medien",
    "Auto",
    "Mobilität",
    "Karriere",
    "Leben",
    "Stil",
    "Umwelt",
    "Klima",
    "Energie",
    "Justiz",
    "Recht",
    "Verbraucher",
    "Ratgeber",
    "Fußball",
    "Deutschland",
    "Europa",
    "Welt",
    "Nachrichten",
    "Unternehmen",
    "Immobilien",
    "Forschung",
    "Aus aller Welt",
];

/// The longest headline that is believed to be one.
const HEADLINE_CHARS: usize = 200;
const HEADLINE_WORDS: usize = 28;

pub(crate) fn char_count(text: &str) -> usize {
    text.chars().count()
}

pub(crate) fn word_count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Marks that close a quotation or bracket and may follow the full stop.
fn is_closing_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '’'
            | '‘'
            | '\''
            | ')'
            | ']'
            | '*'
            | '_'
    )
}

fn is_opening_mark(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '«' | '»' | '‚' | '‘' | '\'' | '(' | '[')
}

/// The mark with which the text closes a sentence, if it does.
pub(crate) fn closing(text: &str) -> Option<char> {
    let last = text.trim_end().trim_end_matches(is_closing_mark).chars().next_back()?;
    matches!(last, '.' | '!' | '?' | '…').then_some(last)
}

/// Whether the text begins in lower case, so continues what stands before it.
pub(crate) fn starts_lower(text: &str) -> bool {
    text.trim_start().trim_start_matches(is_opening_mark).starts_with(char::is_lowercase)
}

/// Whether the line cannot be complete: it ends in a comma, an article, a
/// preposition.
pub(crate) fn dangles(line: &str) -> bool {
    let line = line.trim_end();
    let last = line.split_whitespace().next_back().unwrap_or_default();
    line.ends_with([',', ';']) || DANGLING.contains(&last)
}

/// Whether a sentence ends before the end of the text and another begins.
pub(crate) fn holds_sentence_end(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let [word, next] = pair else { return false };
        let stem = word.trim_end_matches(is_closing_mark);
        let ends = stem.ends_with('.')
            && char_count(stem) > 4
            && !stem.trim_end_matches('.').contains('.')
            && !stem.starts_with(|c: char| c.is_ascii_digit());
        ends && next.trim_start_matches(is_opening_mark).starts_with(char::is_uppercase)
    })
}

/// Whether the text has the form of a headline: short, one sentence at most,
/// and without the full stop that ends prose. Question and exclamation marks
/// are for headlines, too.
pub(crate) fn is_headline(text: &str) -> bool {
    if closing(text).is_some_and(|mark| matches!(mark, '.' | '…') && !ends_in_dots(text)) {
        return false;
    }
    let limit = if closing(text).is_some() { HEADLINE_CHARS / 2 + 20 } else { HEADLINE_CHARS };
    !dangles(text)
        && char_count(text) <= limit
        && word_count(text) <= HEADLINE_WORDS
        && !holds_sentence_end(text)
}

/// `Und dann kam …` is a headline, `Und dann kam.` is not.
fn ends_in_dots(text: &str) -> bool {
    let stem = text.trim_end().trim_end_matches(is_closing_mark);
    (stem.ends_with('…') || stem.ends_with("...")) && word_count(text) <= 10
}

/// Whether the text may stand *within* the body as a headline. Stricter: a
/// paragraph torn out of shape must not become one.
pub(crate) fn is_subhead(text: &str) -> bool {
    let opens = !starts_lower(text) && text.contains(char::is_alphabetic);
    let short = char_count(text) <= 100 && word_count(text) <= 14;
    let asks = closing(text).is_none() || word_count(text) <= 8;
    opens && short && asks && is_headline(text)
}

/// What two headlines have in common when only dashes, quotation marks, case
/// and blanks tell them apart.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The department that the line names, in its usual spelling.
pub(crate) fn department(line: &str) -> Option<&'static str> {
    let name = line.trim().trim_end_matches(':').trim_end().to_lowercase();
    DEPARTMENTS.iter().find(|known| known.to_lowercase() == name).copied()
}

/// Whether an unknown line between date and headline can be a department's name.
pub(crate) fn could_be_department(line: &str) -> bool {
    word_count(line) <= 3
        && char_count(line) <= 30
        && closing(line).is_none()
        && line.starts_with(char::is_uppercase)
        && !line.contains(|c: char| c.is_ascii_digit() || is_opening_mark(c))
}

/// Whether the line is set in capitals (`STREIT UM DEN HAFEN`).
pub(crate) fn is_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !line.contains(char::is_lowercase)
}

/// Whether the words are a noun phrase: every lower-case word is a function
/// word, or an adjective right before a noun. A verb makes it a headline.
pub(crate) fn is_noun_phrase(words: &[&str]) -> bool {
    !words.is_empty()
        && words.iter().enumerate().all(|(at, word)| {
            !starts_lower(word)
                || FUNCTION_WORDS.contains(word)
                || words.get(at + 1).is_some_and(|next| is_capitalised(next) && inflected(word))
        })
}

/// Whether a lower-case word is there that is neither a function word nor an
/// adjective: most likely the verb of a headline.
pub(crate) fn holds_verb(words: &[&str]) -> bool {
    words.iter().any(|word| starts_lower(word) && !FUNCTION_WORDS.contains(word))
}

pub(crate) fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

pub(crate) fn is_opener(word: &str) -> bool {
    OPENERS.contains(&word)
}

/// Whether a capitalised word is likely an adjective that belongs to the next one.
pub(crate) fn looks_adjectival(word: &str) -> bool {
    PLAIN_ADJECTIVES.contains(&word) || ADJECTIVE_ENDINGS.iter().any(|end| word.ends_with(end))
}

/// Whether a name follows the word: `Bürgermeisterin`, `SPD-Chef`.
pub(crate) fn is_office(word: &str) -> bool {
    let word = word.to_lowercase();
    OFFICES.iter().any(|office| word.ends_with(office))
}

fn inflected(word: &str) -> bool {
    ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_behind_quotation_marks() {
        assert_eq!(closing("„Nein.“"), Some('.'));
        assert_eq!(closing("Wirklich?)"), Some('?'));
        assert_eq!(closing("Der Hafen „Nord“"), None);
        assert_eq!(closing(""), None);
    }

    #[test]
    fn headlines_and_prose() {
        assert!(is_headline("Rat stoppt Ausbau – Hafen bleibt klein"));
        assert!(is_headline("Wer zahlt für die Brücke?"));
        assert!(is_headline("Und dann kam der Regen …"));
        assert!(!is_headline("Der Rat hat den Ausbau gestoppt."));
        assert!(!is_headline("Der Rat stoppt den Ausbau. Der Hafen bleibt klein"));
        assert!(!is_headline("Am Montag hat der Rat beschlossen, den"));
        assert!(is_headline("Trainer Dr. Vogel geht"));
    }

    #[test]
    fn keys_ignore_dashes_quotes_case_and_blanks() {
        assert_eq!(
            key("Rat stoppt „Ausbau“ – Hafen klein"),
            key("RAT STOPPT \"Ausbau\" -  Hafen klein")
        );
    }

    #[test]
    fn noun_phrases_have_no_verb() {
        let phrase = |text: &str| is_noun_phrase(&text.split(' ').collect::<Vec<_>>());
        assert!(phrase("Streit um den neuen Hafen"));
        assert!(phrase("Hafenausbau Emden"));
        assert!(!phrase("Neue Brücke eröffnet"));
        assert!(!phrase("Rat erwägt Stopp"));
    }

    #[test]
    fn departments() {
        assert_eq!(department("POLITIK"), Some("Politik"));
        assert_eq!(department("Wirtschaft:"), Some("Wirtschaft"));
        assert_eq!(department("Außenpolitik"), None);
        assert!(could_be_department("Rund ums Rathaus"));
        assert!(!could_be_department("Rat stoppt den Ausbau"));
    }
}
