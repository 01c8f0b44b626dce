//! Word links of pieces, carried over to the sentence they were cut from.

use crate::model::WordLink;
use crate::support::Span;

/// A piece of a sentence and what came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'p> {
    /// The piece as the engine read it.
    pub(super) source: &'p str,
    /// Its translation.
    pub(super) target: &'p str,
    /// Links between the two.
    pub(super) links: &'p [WordLink],
}

/// The links of `pieces`, in order, as spans of the sentence `source` and its
/// translation `target`, which differ from the joined pieces in white space only.
pub(super) fn of_sentence(source: &str, target: &str, pieces: &[Piece<'_>]) -> Vec<WordLink> {
    if pieces.iter().all(|piece| piece.links.is_empty()) {
        return Vec::new();
    }
    let (from, to) = (Ink::of(source), Ink::of(target));
    let (mut source_before, mut target_before) = (0, 0);
    let mut links = Vec::new();
    for piece in pieces {
        let (source_ink, target_ink) = (Ink::of(piece.source), Ink::of(piece.target));
        links.extend(piece.links.iter().filter_map(|link| {
            Some(WordLink {
                source: source_ink.carry(link.source, source_before, &from)?,
                target: target_ink.carry(link.target, target_before, &to)?,
            })
        }));
        source_before += source_ink.places.len();
        target_before += target_ink.places.len();
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Where the bytes of a text are that are not white space: what stays the same
/// when white space is squeezed.
struct Ink {
    places: Vec<usize>,
}

impl Ink {
    fn of(text: &str) -> Self {
        let visible = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        Self { places: visible.flat_map(|(at, c)| at..at + c.len_utf8()).collect() }
    }

    /// `span` of this text, seen in the text of `whole`, where `before` visible
    /// bytes come first.
    fn carry(&self, span: Span, before: usize, whole: &Self) -> Option<Span> {
        let start = self.places.partition_point(|place| *place < span.start) + before;
        let last = self.places.partition_point(|place| *place < span.end) + before;
        let last = *whole.places.get(last.checked_sub(1)?)?;
        let start = *whole.places.get(start)?;
        (start <= last).then(|| Span::new(start, last + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_survive_squeezing_and_joining() {
        let source = "Der  Hafen ist\nzu, über Nacht.";
        let first = [WordLink::from([4, 9, 4, 11])];
        let second = [WordLink::from([0, 5, 0, 4])];
        let pieces = [
            Piece { source: "Der Hafen ist zu,", target: "The harbour is closed", links: &first },
            Piece { source: "über Nacht.", target: "over night.", links: &second },
        ];
        let target = "The harbour is closed over night.";
        let links = of_sentence(source, target, &pieces);
        let words: Vec<_> =
            links.iter().map(|link| (link.source.of(source), link.target.of(target))).collect();
        assert_eq!(words, [("Hafen", "harbour"), ("über", "over")]);
    }
}
