//! Proper names, told from ordinary words by their capitals.

use std::collections::BTreeSet;

use super::vocabulary::{DEMONYMS, is_common, is_stop_word, is_title};
use super::words::{fold, is_acronym, stem, words};

/// Endings by which forms of one name differ: German, Germany, Germans.
const ENDINGS: &[&str] =
    &["s", "es", "n", "an", "ian", "ean", "er", "ns", "ans", "ians", "eans", "ers", "y"];

/// Names shorter than this have no other forms ("Iran" has "Iranian").
const MIN_STEM: usize = 4;

/// Small words that stand inside long names and give no letter to the acronym.
const LINKS: &[&str] = &["and", "for", "of", "the"];

/// A word that must be a name, or may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Whether it opens a sentence or a quotation, where any word is capitalised.
    pub opening: bool,
}

/// The words of `text` that are names: capitalised words that open no sentence,
/// words that open one and are not ordinary English, acronyms, offices before names.
#[must_use]
pub fn names(text: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut words = words(text).peekable();
    while let Some(word) = words.next() {
        if !is_capitalised(word.text) {
            continue;
        }
        let opening = opens(text.get(..word.start).unwrap_or_default());
        // In "President Weber" the office is claimed of Weber.
        let before_name = words.peek().is_some_and(|next| is_capitalised(next.text));
        let title = before_name && is_title(&fold(word.text));
        if title || is_name(word.text, opening) {
            names.push(Name { text: word.text.to_owned(), opening });
        }
    }
    names
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_name(word: &str, opening: bool) -> bool {
    if is_acronym(word) {
        return true;
    }
    let folded = fold(word);
    let ordinary = if opening { is_common(&folded) } else { is_stop_word(&folded) };
    // "I'm", "We've", "Don't"
    let contracted = folded.split('\'').next().is_some_and(is_stop_word);
    !ordinary && !contracted
}

/// Whether a word after `before` is capitalised for its place alone.
fn opens(before: &str) -> bool {
    let last = before.trim_end().chars().next_back();
    last.is_none_or(|c| ".!?…:;\"“”„«»‘(–—-".contains(c))
        // In "Kramp-Karrenbauer" the hyphen opens nothing.
        && !before.ends_with('-')
        // Nor does the full stop of an initial or an abbreviation: "J. Weber".
        && !ends_in_initial(before)
}

fn ends_in_initial(before: &str) -> bool {
    let Some(rest) = before.trim_end().strip_suffix('.') else { return false };
    let word = rest.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    word.chars().count() == 1 || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen")
}

/// All that a source says, ready to be asked for names.
#[derive(Debug, Clone, Default)]
pub struct KnownNames {
    capitalised: BTreeSet<String>,
    stems: BTreeSet<String>,
    /// Initials of runs of capitalised words, the runs parted by blanks.
    initials: String,
}

impl KnownNames {
    /// What `texts` say.
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        let mut known = Self::default();
        for text in texts {
            known.learn(text);
        }
        known
    }

    fn learn(&mut self, text: &str) {
        for word in words(text) {
            let folded = fold(word.text);
            self.stems.insert(stem(&folded));
            match word.text.chars().next().filter(|c| c.is_uppercase()) {
                Some(initial) => {
                    self.initials.push(initial);
                    self.capitalised.insert(folded);
                }
                None if LINKS.contains(&folded.as_str()) => {}
                None => self.initials.push(' '),
            }
        }
        self.initials.push(' ');
    }

    /// Whether the source has this name, in any of its forms; an acronym also
    /// where the words it stands for are there.
    #[must_use]
    pub fn holds(&self, name: &Name) -> bool {
        let folded = fold(&name.text);
        if self.capitalised.contains(&folded) {
            return true;
        }
        if is_acronym(&name.text) {
            let letters: String = name.text.chars().filter(|c| c.is_uppercase()).collect();
            return letters.chars().count() >= 2 && self.initials.contains(&letters);
        }
        let ordinary = name.opening || is_common(&folded);
        (ordinary && self.stems.contains(&stem(&folded))) || self.holds_other_form(&folded)
    }

    fn holds_other_form(&self, folded: &str) -> bool {
        let has = |word: &str| self.capitalised.contains(word);
        let longer = folded.chars().count() >= MIN_STEM
            && ENDINGS.iter().any(|ending| has(&format!("{folded}{ending}")));
        let shorter = ENDINGS
            .iter()
            .filter_map(|ending| folded.strip_suffix(ending))
            .any(|stem| stem.chars().count() >= MIN_STEM && has(stem));
        longer
            || shorter
            || DEMONYMS.iter().any(|(people, country)| {
                (folded == *people && has(country)) || (folded == *country && has(people))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        names(text).into_iter().map(|name| name.text).collect()
    }

    fn missing(source: &str, claim: &str) -> Vec<String> {
        let known = KnownNames::of(&[source]);
        names(claim).into_iter().filter(|n| !known.holds(n)).map(|n| n.text).collect()
    }

    #[test]
    fn capitals_make_names_except_at_the_opening() {
        assert_eq!(found("Talks in Kassel ended. The EU said “We agree”."), ["Kassel", "EU"]);
        assert_eq!(found("Weber spoke; I'm told J. Vogt left."), ["Weber", "J", "Vogt"]);
        assert_eq!(found("Nord-Link is late"), ["Nord", "Link"]);
    }

    #[test]
    fn forms_of_a_name_support_each_other() {
        let source = "Germany and the European Union met French and Iranian envoys in Ulm.";
        assert_eq!(missing(source, "The German, EU, France and Iran envoys met"), [""; 0]);
        assert_eq!(missing(source, "Envoys met in Austria"), ["Austria"]);
        assert_eq!(missing("Niger signed.", "Today Nigeria signed."), ["Nigeria"]);
    }

    #[test]
    fn titles_may_be_written_small_in_the_source() {
        let source = "The chancellor, Weber, spoke.";
        assert_eq!(missing(source, "Yesterday Chancellor Weber spoke"), [""; 0]);
        assert_eq!(missing(source, "President Weber spoke"), ["President"]);
        assert_eq!(missing(source, "Mayors and a King spoke"), ["King"]);
    }
}
