//! Decides whether a sentence ends at a stop.

use super::chars::{is_low_quote, is_quote};
use super::context::{After, Before, Initial, just_bracketed, quotes_a_title};
use super::numbers;
use super::words::{self, Abbreviation};

/// A run of stops with its closing marks, and both sides of it.
#[derive(Debug)]
pub(super) struct Stop<'t> {
    /// The run itself: ".", "?!", "...".
    pub(super) mark: &'t str,
    /// The closing marks behind it.
    pub(super) closing: &'t str,
    /// Whether a parenthesis that opened in mid-sentence closes here.
    pub(super) leaves_parenthesis: bool,
    /// What stands before it.
    pub(super) before: Before<'t>,
    /// What follows.
    pub(super) after: After<'t>,
}

impl Stop<'_> {
    /// Whether the sentence ends here.
    pub(super) fn ends(&self) -> bool {
        if self.after.initial == Initial::Small || just_bracketed(self.before.sentence) {
            return false;
        }
        if self.leaves_parenthesis {
            return self.mark == "." && self.opener_follows();
        }
        if !self.after.gap {
            return self.ends_without_blank();
        }
        if self.mark.contains(['!', '?']) {
            return self.exclamation_ends();
        }
        if self.is_ellipsis() {
            return self.opener_follows() || self.closes_quote();
        }
        self.full_stop_ends()
    }

    /// `…`, `...`, but not the slip `..`.
    fn is_ellipsis(&self) -> bool {
        self.mark.contains('…') || self.mark.len() > 2
    }

    fn opener_follows(&self) -> bool {
        words::is_opener(self.after.word)
    }

    fn closes_quote(&self) -> bool {
        self.closing.contains(is_quote)
    }

    /// A quoted title or a name with its own mark may be followed by a noun.
    fn exclamation_ends(&self) -> bool {
        let within = if self.closes_quote() {
            quotes_a_title(self.before.sentence)
        } else {
            self.mark == "!" && words::is_shouting_name(&self.before.word)
        };
        !within || self.opener_follows()
    }

    fn full_stop_ends(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        if before.closed {
            return true;
        }
        if let Some(number) = numbers::number(&before.word) {
            return numbers::ends(number, before, after);
        }
        if numbers::is_roman(&before.word) {
            return numbers::roman_ends(before, after);
        }
        match abbreviation(before) {
            Some(class) => self.abbreviation_ends(class),
            None => single_letter(&before.word).is_none_or(|letter| self.letter_ends(letter)),
        }
    }

    fn abbreviation_ends(&self, class: Abbreviation) -> bool {
        let digit = self.after.initial == Initial::Digit;
        match class {
            Abbreviation::Never => false,
            Abbreviation::Number if digit => false,
            Abbreviation::Number => {
                single_letter(&self.before.word).is_none_or(|letter| self.letter_ends(letter))
            }
            Abbreviation::May => self.opener_follows(),
            Abbreviation::Likely => true,
            Abbreviation::Company => !words::is_company_form(self.after.word),
        }
    }

    /// "George W. Bush" goes on, "Plan B. Nun" ends, "Paul S. Er" ends.
    fn letter_ends(&self, letter: char) -> bool {
        let (before, after) = (&self.before, &self.after);
        if before.at_start {
            return false;
        }
        let measure = matches!(letter, 'm' | 'g' | 'l' | 't' | 'h' | 's')
            && numbers::number(before.previous).is_some();
        let named = letter.is_uppercase() && words::precedes_letter(before.previous);
        let surname =
            after.initial == Initial::Digit && before.previous.starts_with(char::is_uppercase);
        measure || named || surname || self.opener_follows()
    }

    /// A blank is missing: "gekommen.Danach" ends, "spiegel.de" and "z.B." not.
    fn ends_without_blank(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        if after.initial != Initial::Capital || !after.signs.chars().all(is_low_quote) {
            return false;
        }
        if self.is_ellipsis() {
            return self.opener_follows() && self.closing.is_empty();
        }
        if numbers::number(&before.word) == Some(numbers::Number::Whole(4)) {
            return self.opener_follows();
        }
        is_whole_word(before) && begins_a_word(after)
    }
}

/// Whether the word before the stop is written out: "gekommen", "Ende".
fn is_whole_word(before: &Before<'_>) -> bool {
    let word = before.word.as_str();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let written = word.ends_with(char::is_lowercase) || before.closed;
    let plain = !word.contains(['.', '/', '@', ':', '=', '?', '_']) && word != "www";
    let code = letters == 2 && words::is_address_ending(word);
    letters > 1 && !code && written && plain && abbreviation(before).is_none()
}

/// Whether what follows the stop is a word and no part of an address.
fn begins_a_word(after: &After<'_>) -> bool {
    let small = after.word.chars().nth(1).is_some_and(char::is_lowercase);
    let mut rest = after.rest.chars();
    let dotted = rest.next().is_some_and(|c| matches!(c, '.' | '/' | '@' | '_' | '('))
        && rest.next().is_some_and(char::is_alphanumeric);
    small && !dotted && !words::is_address_ending(after.word)
}

/// The class of the abbreviation before the stop, if it is one.
fn abbreviation(before: &Before<'_>) -> Option<Abbreviation> {
    let spaced = before.dotted().into_iter().find_map(|key| words::abbreviation(&key));
    spaced.or_else(|| compound(&before.word))
}

/// "Dr.-Ing", "Dr.med", "Hauptstr", "U.S", "Hptm".
fn compound(word: &str) -> Option<Abbreviation> {
    let tail = word.rsplit(['-', '.', '/']).next().unwrap_or(word);
    if tail.len() < word.len() && tail.chars().count() > 1 {
        return words::abbreviation(tail).filter(|_| !is_address(word));
    }
    let letters = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
    let street = word.ends_with("str") && word.len() > 4;
    (letters || street || words::looks_abbreviated(word)).then_some(Abbreviation::May)
}

/// "tagesschau.de": its last part is no abbreviation.
fn is_address(word: &str) -> bool {
    word.rsplit_once('.')
        .is_some_and(|(name, ending)| name.len() > 3 && words::is_address_ending(ending))
}

/// The letter of "J", "Karl-H" and "5 m".
fn single_letter(word: &str) -> Option<char> {
    let mut chars = word.rsplit('-').next().unwrap_or(word).chars();
    let letter = chars.next().filter(|c| c.is_alphabetic())?;
    chars.next().is_none().then_some(letter)
}
