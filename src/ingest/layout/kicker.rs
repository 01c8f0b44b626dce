//! Where a kicker ends and the title begins, when a scraper ran both together
//! (`Streit um Hafen Stadtrat vertagt Entscheidung`).
//!
//! There is no mark to go by, so only a border without rival is taken: two
//! capitalised words side by side, a noun phrase on the left, a verb on the
//! right. The body helps: words that stand side by side there (`Petra Muster`)
//! are not parted here. With two places left the line is kept whole as the title. Nothing is
//! lost either way; a wrong border would make two wrong translations.

use std::collections::BTreeSet;

use super::words::{
    closing, holds_verb, is_capitalised, is_noun_phrase, is_office, is_opener, looks_adjectival,
};

/// A kicker has no more words than this.
const LONGEST_KICKER: usize = 7;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Border {
    /// The title begins at this byte; the reason says how that is known.
    At(usize, &'static str),
    /// There is nothing that looks like a kicker.
    None,
    /// Several places would do.
    Unclear,
}

/// Looks for the border in `line` (trimmed), which stands above `body`.
pub(crate) fn border(line: &str, body: &str) -> Border {
    if let Some(at) = written_border(line) {
        return Border::At(at, "a mark parts kicker and title");
    }
    let words = Words::of(line, body);
    let sure = words.places(Words::opens_title);
    let possible = words.places(Words::could_open_title);
    match (sure.as_slice(), possible.as_slice()) {
        ([at], _) => {
            Border::At(words.start(*at), "the title opens with a word that no noun phrase holds")
        }
        ([], [at]) => {
            Border::At(words.start(*at), "the only place where a noun phrase meets a sentence")
        }
        ([], []) => Border::None,
        _ => Border::Unclear,
    }
}

/// A tab, two blanks, or a bar: the writer's own mark.
fn written_border(line: &str) -> Option<usize> {
    let marks = ["\t", "  ", " | ", " • ", " · ", " +++ "];
    let (at, mark) = marks.iter().find_map(|mark| line.find(mark).map(|at| (at, mark)))?;
    let rest = line.get(at + mark.len()..)?;
    let right = rest.trim_start();
    let only_one = !marks.iter().any(|mark| right.contains(mark));
    (only_one && !right.is_empty()).then_some(line.len() - right.len())
}

/// The line's words and where they begin.
struct Words<'t> {
    all: Vec<&'t str>,
    starts: Vec<usize>,
    /// Words of the body that stand side by side on one line.
    pairs: BTreeSet<(&'t str, &'t str)>,
    /// Words of the body.
    known: BTreeSet<&'t str>,
}

impl<'t> Words<'t> {
    fn of(line: &'t str, body: &'t str) -> Self {
        let all: Vec<&str> = line.split_whitespace().collect();
        let starts =
            all.iter().map(|word| word.as_ptr() as usize - line.as_ptr() as usize).collect();
        let text: Vec<&str> = body.split_whitespace().collect();
        let pairs = text.windows(2).filter_map(|pair| Some((*pair.first()?, stem(pair.get(1)?))));
        Self { all, starts, pairs: pairs.collect(), known: text.iter().map(|w| stem(w)).collect() }
    }

    fn start(&self, at: usize) -> usize {
        self.starts.get(at).copied().unwrap_or_default()
    }

    fn places(&self, judge: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        let last = LONGEST_KICKER.min(self.all.len().saturating_sub(2));
        (1..=last).filter(|at| self.could_be_border(*at) && judge(self, *at)).collect()
    }

    /// What holds for any border: the left side is a noun phrase that ends in
    /// a noun or number, the right side begins with a capital.
    fn could_be_border(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.all.get(..at), self.all.get(at..)) else {
            return false;
        };
        let (Some(last), Some(first)) = (left.last(), right.first()) else { return false };
        let ends = last.ends_with(char::is_alphanumeric) || closing_quote(last);
        let noun = is_capitalised(bare(last)) || last.chars().all(|c| c.is_ascii_digit());
        ends && noun && !is_opener(last) && is_capitalised(bare(first)) && is_noun_phrase(left)
    }

    /// Whether the body has the words before and behind `at` together: a name.
    /// The word before a name (`Herausforderin Petra Muster`) goes with it.
    fn side_by_side(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.all.get(at.wrapping_sub(1)), self.all.get(at)) else {
            return false;
        };
        is_capitalised(left) && is_capitalised(right) && self.pairs.contains(&(*left, stem(right)))
    }

    /// `Kieler` before a noun, if the body knows `Kiel`.
    fn is_place_adjective(&self, word: &str) -> bool {
        word.strip_suffix("er").is_some_and(|place| self.known.contains(place))
    }

    /// A sure sign: `Streit um Hafen | Wie der Rat …`, `… | „Wir bleiben“`.
    fn opens_title(&self, at: usize) -> bool {
        let (Some(first), Some(last)) = (self.all.get(at), self.all.last()) else { return false };
        let quoted_to_the_end = first.starts_with(['"', '„', '»', '“']) && closing_quote(last);
        is_opener(first) || quoted_to_the_end
    }

    /// A possible sign: noun beside noun, and a verb only on the right.
    fn could_open_title(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.all.get(..at), self.all.get(at..)) else {
            return false;
        };
        let last = left.last().copied().unwrap_or_default();
        let belongs_to_next = is_office(last)
            || (at == 1 && looks_adjectival(last))
            || self.is_place_adjective(last)
            || self.side_by_side(at)
            || (self.side_by_side(at + 1) && at > 1 && self.could_be_border(at - 1));
        !belongs_to_next && holds_verb(right) && closing(last).is_none()
    }
}

/// A word without the punctuation behind it.
fn stem(word: &str) -> &str {
    word.trim_end_matches([',', '.', ':', ';', '!', '?', '"', '“', '”', ')'])
}

fn bare(word: &str) -> &str {
    word.trim_start_matches(['"', '„', '»', '“', '«', '\'', '‚'])
}

fn closing_quote(word: &str) -> bool {
    word.ends_with(['"', '“', '”', '«'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kicker(line: &str) -> Option<&str> {
        match border(line, "") {
            Border::At(at, _) => line.get(..at).map(str::trim_end),
            _ => None,
        }
    }

    #[test]
    fn a_border_without_rival_is_taken() {
        assert_eq!(
            kicker("Streit um neuen Hafen Stadtrat vertagt die Entscheidung"),
            Some("Streit um neuen Hafen")
        );
        assert_eq!(
            kicker("Deutsch-dänische Fehmarnroute Reederei stellt neue Fähre vor"),
            Some("Deutsch-dänische Fehmarnroute")
        );
        assert_eq!(kicker("Haushalt 2025 Kämmerer warnt vor Lücke"), Some("Haushalt 2025"));
    }

    #[test]
    fn sure_signs_win() {
        assert_eq!(
            kicker("Streit um Hafen Wie der Rat in Emden entscheidet"),
            Some("Streit um Hafen")
        );
        assert_eq!(kicker("Pflege in Not \"Wir können nicht mehr\""), Some("Pflege in Not"));
    }

    #[test]
    fn written_marks_are_believed() {
        assert_eq!(kicker("Hafen | Rat vertagt Entscheidung"), Some("Hafen |"));
        assert_eq!(kicker("Hafen  Rat vertagt Entscheidung"), Some("Hafen"));
    }

    #[test]
    fn rivals_leave_the_line_whole() {
        assert_eq!(
            border("Wahl in Emden Herausforderin Petra Beispiel siegt klar", ""),
            Border::Unclear
        );
    }

    #[test]
    fn the_body_decides_between_rivals() {
        let at = |line: &str, body: &str| match border(line, body) {
            Border::At(at, _) => line.get(..at).map(|left| left.trim_end().to_owned()),
            _ => None,
        };
        let line = "Wahl in Emden Herausforderin Petra Beispiel siegt klar";
        assert_eq!(at(line, "Gewonnen hat Petra Beispiel."), Some("Wahl in Emden".to_owned()));
        let line = "Brand in Kieler Werft Feuerwehr verhindert Explosion";
        assert_eq!(at(line, "In Kiel brennt es."), Some("Brand in Kieler Werft".to_owned()));
    }

    #[test]
    fn a_headline_alone_has_no_kicker() {
        assert_eq!(border("Stadtrat vertagt die Entscheidung über den Hafen", ""), Border::None);
        assert_eq!(border("Ministerpräsidentin Beispiel tritt zurück", ""), Border::None);
        assert_eq!(border("", ""), Border::None);
    }
}
