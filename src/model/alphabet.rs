//! The characters a vocabulary can write, and other spellings for those it cannot.
//!
//! SentencePiece answers a character that its training text lacked with `<unk>`, and
//! a model drops what it has no piece for: *Peña* came out as "Pea". A small
//! vocabulary lacks most letters with accents; one of the hub's lacks few.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

/// The characters that occur in the pieces of a vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alphabet(HashSet<char>);

impl Alphabet {
    /// The characters of all `pieces`.
    pub(super) fn of<'p>(pieces: impl Iterator<Item = &'p str>) -> Self {
        Self(pieces.flat_map(str::chars).collect())
    }

    /// Whether a tokenizer with this vocabulary has pieces for `c`; SentencePiece
    /// brings text to NFKC first.
    fn writes(&self, c: char) -> bool {
        self.0.contains(&c) || std::iter::once(c).nfkc().all(|c| self.0.contains(&c))
    }

    /// What to write for a letter or mark that there are no pieces for: a letter
    /// without its accent or in the Latin script, a plain quotation mark. None where
    /// `c` needs no other spelling, or has none that there are pieces for.
    pub(super) fn spelling(&self, c: char) -> Option<&'static str> {
        if c.is_ascii() || self.writes(c) {
            return None;
        }
        let spelling = match c {
            '“' | '”' | '„' | '«' | '»' => "\"",
            '‘' | '’' | '‚' | '‹' | '›' => "'",
            '–' | '—' | '‒' | '−' => "-",
            '€' => "Euro",
            '£' => "Pfund",
            _ if c.is_alphabetic() => deunicode::deunicode_char(c)?.trim(),
            _ => return None,
        };
        (!spelling.is_empty() && spelling.chars().all(|c| self.writes(c))).then_some(spelling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Alphabet {
        Alphabet::of(
            ["▁Haus", "en", "ä", "C", "d", "i", "r", "l", "'", "\"", "-", "E", "o"].into_iter(),
        )
    }

    #[test]
    fn what_the_vocabulary_has_is_left() {
        let all = "Haus ä . ? 🙂";
        assert!(all.chars().all(|c| small().spelling(c).is_none()));
        // NFKC makes an "r" of it.
        assert_eq!(small().spelling('ｒ'), None);
    }

    #[test]
    fn letters_lose_their_accent_or_change_script() {
        for (c, spelling) in [('ñ', "n"), ('Ç', "C"), ('ł', "l"), ('ø', "o"), ('и', "i")] {
            assert_eq!(small().spelling(c), Some(spelling), "{c}");
        }
    }

    #[test]
    fn marks_become_plain() {
        for (c, spelling) in [('»', "\""), ('’', "'"), ('—', "-"), ('€', "Euro")] {
            assert_eq!(small().spelling(c), Some(spelling), "{c}");
        }
    }

    #[test]
    fn no_spelling_that_cannot_be_written_either() {
        assert_eq!(Alphabet::of(["en"].into_iter()).spelling('ø'), None);
        assert_eq!(Alphabet::default().spelling('€'), None);
    }
}
