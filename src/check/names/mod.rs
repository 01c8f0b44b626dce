//! Proper names: copied, or put as English puts them.
//!
//! German writes every noun with a capital, so a capital says nothing there.
//! Three things are surely names: places and institutions of a list (with their
//! English forms), what follows a given name or an office, and acronyms. In the
//! English a capital does say something: a name that resembles a German word
//! but is not it has probably been misspelt.

mod mend;
mod people;
mod places;

pub(super) use mend::{certain, mend};

use std::collections::BTreeSet;

use crate::support::Span;
use crate::text::names::names;
use crate::text::words::{Word, fold, is_acronym, words};

use super::{Fault, Finding, FindingKind, Severity};

/// Names of either side that the other lacks.
pub(super) fn compare(german: &str, english: &str) -> Vec<Finding> {
    let pair = Pair::of(german, english);
    let mut findings = pair.places();
    findings.extend(pair.people());
    findings.extend(pair.acronyms());
    findings.extend(pair.misspelt(english));
    once_each(findings)
}

/// Keeps the first of several findings that speak of one place.
fn once_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut seen: Vec<Span> = Vec::new();
    let overlaps = |seen: &[Span], span: Span| {
        seen.iter().any(|other| span.start < other.end && other.start < span.end)
    };
    let mut targets: Vec<Span> = Vec::new();
    let mut kept = Vec::new();
    for finding in findings {
        let source = finding.source.is_some_and(|span| overlaps(&seen, span));
        let target = finding.target.is_some_and(|span| overlaps(&targets, span));
        if !source && !target {
            seen.extend(finding.source);
            targets.extend(finding.target);
            kept.push(finding);
        }
    }
    kept
}

/// Both sentences in words.
struct Pair<'t> {
    source: Vec<Word<'t>>,
    target: Vec<Word<'t>>,
    /// The folded words of the English.
    said: BTreeSet<String>,
    /// The folded words of the German, hyphenated ones in parts.
    known: BTreeSet<String>,
}

impl<'t> Pair<'t> {
    fn of(german: &'t str, english: &'t str) -> Self {
        let (source, target) =
            (words(german).collect::<Vec<_>>(), words(english).collect::<Vec<_>>());
        let folded = |words: &[Word<'_>]| words.iter().map(|word| fold(word.text)).collect();
        Self { said: folded(&target), known: folded(&source), source, target }
    }

    /// Places and institutions of the list, missing, added or exchanged.
    fn places(&self) -> Vec<Finding> {
        let of_source: Vec<Vec<usize>> =
            (0..self.source.len()).map(|at| german_places(&self.source, at)).collect();
        let of_target: Vec<Vec<usize>> =
            (0..self.target.len()).map(|at| english_places(&self.target, at)).collect();
        let shared = |places: &[usize], others: &[Vec<usize>]| {
            others.iter().flatten().any(|other| places.contains(other))
        };
        let lacking = |these: &[Vec<usize>], those: &[Vec<usize>]| -> Vec<usize> {
            let rows = these.iter().enumerate();
            rows.filter(|(_, places)| !places.is_empty() && !shared(places, those))
                .map(|(at, _)| at)
                .collect()
        };
        let missing = lacking(&of_source, &of_target);
        let mut added = lacking(&of_target, &of_source);
        added.retain(|at| {
            let place = of_target[*at].iter().any(|row| places::is_place(*row));
            place && !self.is_known(&fold(self.target[*at].text))
        });
        let mut findings = Vec::new();
        for at in missing {
            let word = &self.source[at];
            if self.is_copied(word) {
                continue;
            }
            let adjective = word.text.starts_with(char::is_lowercase);
            findings.push(match added.first().copied() {
                Some(other) => {
                    added.remove(0);
                    changed(Severity::Critical, word, &self.target[other])
                }
                None if adjective => missed(Severity::Minor, word),
                None => missed(Severity::Major, word),
            });
        }
        findings.extend(added.into_iter().map(|at| self.added(Severity::Minor, at)));
        findings
    }

    /// What follows a given name or an office.
    fn people(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (at, word) in self.source.iter().enumerate() {
            if !is_name_like(word) || !self.is_led(at) || self.is_copied(word) {
                continue;
            }
            if german_places(&self.source, at).is_empty() {
                let similar = self.similar(word);
                findings.push(match similar {
                    Some(other) => changed(Severity::Major, word, &self.target[other]),
                    None => missed(Severity::Major, word),
                });
            }
        }
        findings
    }

    /// Whether the German word before `at` asks for a name.
    fn is_led(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.source.get(before)) else {
            return false;
        };
        let word = &self.source[at];
        let gap = word.start.saturating_sub(before.start + before.text.len());
        let folded = fold(before.text);
        gap == 1
            && before.text.starts_with(char::is_uppercase)
            && (people::is_given(&folded) || people::is_office(&folded))
            && !people::is_office(&fold(word.text))
            && !NO_NAMES.contains(&fold(word.text).as_str())
    }

    /// `SPD`, `AfD`, `BMW`: copied, or spelt out by its initials.
    fn acronyms(&self) -> Vec<Finding> {
        let capitals = |word: &&Word<'_>| is_capitals(word.text);
        if self.source.len() > 2
            && self.source.iter().filter(capitals).count() * 2 > self.source.len()
        {
            return Vec::new();
        }
        let initials: String =
            self.target.iter().filter_map(|word| word.text.chars().next()).collect();
        let initials = initials.to_uppercase();
        let lost = self.source.iter().enumerate().filter(|(at, word)| {
            let folded = fold(word.text);
            is_capitals(word.text)
                && !GERMAN_ACRONYMS.contains(&folded.as_str())
                && german_places(&self.source, *at).is_empty()
                && !self.is_copied(word)
                && !initials.contains(&word.text.to_uppercase())
        });
        // A party is its acronym; others may be spelt out, or put otherwise.
        let severity = |word: &Word<'_>| {
            let party = PARTIES.contains(&fold(word.text).as_str());
            if party { Severity::Major } else { Severity::Minor }
        };
        lost.map(|(_, word)| missed(severity(word), word)).collect()
    }

    /// English names that are nearly, but not quite, a German word.
    fn misspelt(&self, english: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        // In a headline in capitals every word is a name.
        let capitals = self.target.iter().filter(|word| word.text.starts_with(char::is_uppercase));
        if self.target.len() > 3 && capitals.count() * 5 > self.target.len() * 3 {
            return findings;
        }
        let claimed: Vec<String> = names(english).into_iter().map(|name| name.text).collect();
        for (at, word) in self.target.iter().enumerate() {
            let folded = fold(word.text);
            let suspect = claimed.iter().any(|name| name == word.text)
                && folded.chars().count() >= 4
                && folded.chars().all(char::is_alphabetic)
                && !ENGLISH_WORDS.contains(&folded.as_str())
                && english_places(&self.target, at).is_empty()
                && !self.is_known(&folded);
            if !suspect {
                continue;
            }
            let mut originals = self.source.iter().enumerate();
            let original = originals.find(|(at, original)| {
                original.text.starts_with(char::is_uppercase)
                    && german_places(&self.source, *at).is_empty()
                    && !self.is_copied(original)
                    && is_misspelling(&fold(original.text), &folded)
            });
            let original = original.map(|(_, original)| original);
            if let Some(original) = original {
                findings.push(changed(Severity::Major, original, word));
            } else if self.follows_name(at) {
                findings.push(self.added(Severity::Major, at));
            }
        }
        findings
    }

    /// Whether a given name or a title stands before the English word.
    fn follows_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.target.get(before));
        before.is_some_and(|before| {
            before.text.starts_with(char::is_uppercase)
                && people::leads_in_english(&fold(before.text))
                && self.target[at].start == before.start + before.text.len() + 1
        })
    }

    /// Whether the English has the German word as it is, without its genitive,
    /// or with umlauts spelt out.
    fn is_copied(&self, word: &Word<'_>) -> bool {
        let folded = fold(word.text);
        variants(&folded, word.text).iter().any(|form| self.said.contains(form))
    }

    fn is_known(&self, folded: &str) -> bool {
        let bare = folded.strip_suffix('s').unwrap_or(folded);
        self.known.iter().any(|known| {
            known == folded
                || known == bare
                || known.strip_suffix('s') == Some(folded)
                || known.strip_suffix('s') == Some(bare)
                || known.strip_suffix("er") == Some(folded)
                || folded_umlauts(known) == folded
                || (known.len() > folded.len() + 2 && known.contains(folded))
        })
    }

    /// An English word that is nearly the German one.
    fn similar(&self, word: &Word<'_>) -> Option<usize> {
        let source = fold(word.text);
        self.target.iter().position(|other| {
            let target = fold(other.text);
            other.text.starts_with(char::is_uppercase)
                && !self.is_known(&target)
                && is_near(&source, &target)
        })
    }

    fn added(&self, severity: Severity, at: usize) -> Finding {
        let word = &self.target[at];
        Finding {
            kind: FindingKind::Name,
            fault: Fault::Added,
            severity,
            source: None,
            target: Some(place(word)),
            expected: None,
            found: Some(word.text.to_owned()),
        }
    }
}

/// What a German name may look like in English, folded.
fn variants(folded: &str, written: &str) -> Vec<String> {
    let spelt = folded_umlauts(&written.to_lowercase());
    let bare = spelt.strip_suffix('s').map(str::to_owned);
    let mut forms = vec![folded.to_owned()];
    forms.extend(bare);
    forms.push(spelt);
    for ending in ["s", "es", "er", "ern", "ens", "n", "en", "e"] {
        let bare = folded.strip_suffix(ending).filter(|bare| bare.chars().count() >= 3);
        forms.extend(bare.map(str::to_owned));
    }
    forms.extend(["s", "e", "n", "r"].map(|ending| format!("{folded}{ending}")));
    forms
}

/// "müller" as "mueller".
fn folded_umlauts(lower: &str) -> String {
    lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

fn german_places(words: &[Word<'_>], at: usize) -> Vec<usize> {
    let Some(word) = words.get(at) else { return Vec::new() };
    let folded = fold(word.text);
    let capital = word.text.starts_with(char::is_uppercase);
    let adjective = ["isch", "ische", "ischen", "ischer", "isches", "ischem"]
        .iter()
        .any(|ending| folded.ends_with(ending))
        || folded.starts_with("deutsch");
    // Short words are parts of too many others.
    let short = folded.chars().count() < 4 && !is_capitals(word.text) && folded != "rom";
    if (!capital && !adjective) || short {
        return Vec::new();
    }
    places::german(&folded_before(words, at), &folded)
}

fn english_places(words: &[Word<'_>], at: usize) -> Vec<usize> {
    let Some(word) = words.get(at) else { return Vec::new() };
    let folded = fold(word.text);
    let listed = word.text.starts_with(char::is_uppercase);
    let pronoun = folded == "us" && !is_acronym(word.text);
    if !listed || pronoun {
        return Vec::new();
    }
    places::english(&folded_before(words, at), &folded)
}

fn folded_before(words: &[Word<'_>], at: usize) -> String {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    before.map_or_else(String::new, |before| fold(before.text))
}

/// Whether the word is an acronym, also `AfD` and `GmbH`.
fn is_capitals(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters)
        && capitals >= 2
        && letters - capitals <= 2
        && word.chars().all(char::is_alphanumeric)
}

fn is_name_like(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase) && word.text.chars().count() >= 3
}

/// Whether two folded words differ by little: same first letter, at most one
/// edit in four letters.
fn is_near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = a.len().max(b.len());
    let shortest = a.len().min(b.len());
    if shortest < 4 || a.first() != b.first() || a == b {
        return false;
    }
    distance(&a, &b) * 4 <= longest
}

/// Whether `target` is near the German and no cognate of it: those differ in
/// their endings (Medizin, medicine) or by rule (Kritik, critic).
fn is_misspelling(source: &str, target: &str) -> bool {
    let by_rule = |word: &str| {
        word.replace("ck", "c").replace(['k', 'z'], "c").replace("ph", "f").replace("ie", "y")
    };
    let common = ["tion", "ment", "ive", "ism", "ist", "ity", "al", "ic"];
    is_near(source, target)
        && source.chars().next_back() == target.chars().next_back()
        && by_rule(source) != by_rule(target)
        && !common.iter().any(|ending| target.ends_with(ending))
}

/// The edit distance of Levenshtein.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or_default();
            let left = row.get(j).copied().unwrap_or_default();
            let best = (corner + usize::from(x != y)).min(above + 1).min(left + 1);
            corner = above;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best;
            }
        }
    }
    row.last().copied().unwrap_or_default()
}

fn place(word: &Word<'_>) -> Span {
    Span::new(word.start, word.start + word.text.len())
}

fn missed(severity: Severity, word: &Word<'_>) -> Finding {
    Finding {
        kind: FindingKind::Name,
        fault: Fault::Missing,
        severity,
        source: Some(place(word)),
        target: None,
        expected: Some(word.text.to_owned()),
        found: None,
    }
}

fn changed(severity: Severity, source: &Word<'_>, target: &Word<'_>) -> Finding {
    Finding {
        fault: Fault::Changed,
        target: Some(place(target)),
        found: Some(target.text.to_owned()),
        ..missed(severity, source)
    }
}

/// Capitalised words that follow an office or a given name and are no names.
const NO_NAMES: &[&str] = &[
    "ende",
    "anfang",
    "mitte",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "uhr",
    "gmbh",
    "ag",
    "kollegen",
    "stellvertreter",
    "prozent",
    "jahre",
    "januar",
    "februar",
    "marz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "wochen",
    "monate",
    "tage",
    "mal",
    "bruder",
    "schwester",
    "sohn",
    "tochter",
    "frau",
    "mann",
    "mutter",
    "vater",
    "geborene",
    "silber",
    "gold",
    "terrasse",
    "partei",
];

/// Acronyms that English has no words for.
const PARTIES: &[&str] =
    &["spd", "cdu", "csu", "fdp", "afd", "bsw", "fpo", "ovp", "bmw", "vw", "rwe", "sap", "basf"];

/// German acronyms that English spells otherwise, or not as acronyms.
const GERMAN_ACRONYMS: &[&str] = &[
    "lkw", "pkw", "akw", "kmu", "gmbh", "ag", "kg", "ev", "ob", "wg", "tv", "nr", "abs", "hno",
    "bzw", "od", "usw", "edv", "evp", "hiv", "gau", "tuv", "ok", "ceo", "nrw", "brd", "ddr", "oe",
    "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "zdf", "ard", "km", "kwh", "mw",
    "vs", "mfg", "ice", "gez", "wm", "em", "kfz", "bab", "opnv", "ngo", "pc", "it", "id", "dr",
];

/// English words with a capital of their own that resemble German nouns.
const ENGLISH_WORDS: &[&str] = &[
    "academy",
    "administration",
    "alliance",
    "arab",
    "arabic",
    "archbishop",
    "arctic",
    "atlantic",
    "association",
    "bible",
    "buddhist",
    "cathedral",
    "catholic",
    "catholics",
    "christ",
    "christian",
    "christians",
    "christmas",
    "clinic",
    "club",
    "college",
    "commission",
    "commissioner",
    "communist",
    "communists",
    "company",
    "conference",
    "congress",
    "constitution",
    "convention",
    "council",
    "crown",
    "democrat",
    "democratic",
    "democrats",
    "director",
    "doctor",
    "earth",
    "easter",
    "empire",
    "english",
    "federal",
    "federation",
    "forum",
    "foundation",
    "german",
    "god",
    "gospel",
    "greens",
    "group",
    "institute",
    "internet",
    "islam",
    "islamic",
    "islamist",
    "islamists",
    "jewish",
    "jews",
    "league",
    "liberals",
    "library",
    "ministry",
    "mosque",
    "museum",
    "muslim",
    "muslims",
    "nazi",
    "nazis",
    "office",
    "olympic",
    "olympics",
    "orthodox",
    "pacific",
    "parliament",
    "party",
    "police",
    "polytechnic",
    "president",
    "premier",
    "princess",
    "prince",
    "professor",
    "protestant",
    "ramadan",
    "reformation",
    "reich",
    "renaissance",
    "republic",
    "republican",
    "republicans",
    "roma",
    "school",
    "secretary",
    "senate",
    "senator",
    "social",
    "socialist",
    "socialists",
    "society",
    "soviet",
    "state",
    "states",
    "street",
    "summit",
    "supreme",
    "sunni",
    "shiite",
    "theatre",
    "theater",
    "treaty",
    "trade",
    "union",
    "university",
    "vatican",
    "viking",
    "web",
    "west",
    "western",
    "east",
    "eastern",
    "north",
    "south",
    "world",
    "jesus",
    "januar",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "house",
    "park",
    "film",
    "festival",
    "prize",
    "award",
    "cup",
    "championship",
    "marathon",
    "station",
    "tower",
    "bridge",
    "castle",
    "church",
    "centre",
    "center",
    "garden",
    "gardens",
    "hall",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(german: &str, english: &str) -> Vec<String> {
        compare(german, english).iter().map(Finding::message).collect()
    }

    #[test]
    fn names_may_have_their_english_forms() {
        for (german, english) in [
            ("Der Zug fährt von München nach Köln.", "The train runs from Munich to Cologne."),
            ("Frankreichs Präsident kommt.", "The French president is coming."),
            ("Bürgermeisterin Voss sprach.", "Mayor Voss spoke."),
            ("Das Haus des Malers Jörg Müllers", "The house of the painter Joerg Mueller"),
            ("Die EZB hebt den Zins.", "The ECB raises its rate."),
            ("Die SPD stimmte zu.", "The SPD agreed."),
            ("Altrieds Bürgermeister Hanno Vogt", "Hanno Vogt, mayor of Altried"),
        ] {
            assert_eq!(found(german, english), [""; 0], "{german} | {english}");
        }
    }

    #[test]
    fn other_names_are_found() {
        for (german, english, message) in [
            ("Er fuhr nach München.", "He went to Vienna.", "name differs: München became Vienna"),
            ("Er fuhr nach Österreich.", "He left.", "name missing: Österreich"),
            ("Das sagte Anna Weber.", "Anna Meyer said so.", "name missing: Weber"),
            (
                "Die Gemeinde Altried baut.",
                "The village of Altred builds.",
                "name differs: Altried became Altred",
            ),
            ("Die SPD stimmte zu.", "The party agreed.", "name missing: SPD"),
        ] {
            let messages = found(german, english);
            assert!(messages.iter().any(|m| m == message), "{german}: {messages:?}");
        }
    }

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(distance("weber", "webber"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
