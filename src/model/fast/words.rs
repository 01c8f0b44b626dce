//! From token positions to words: which word of the target came from which
//! word of the source.

use std::ops::Range;

use crate::model::WordLink;
use crate::model::text::PlainLine;
use crate::support::Span;

/// For each token the characters it stands for.
pub(super) type Pieces = Vec<Range<usize>>;

/// Attention below this names no partner: it is spread over the sentence.
const SURE: f32 = 0.15;

/// A word without the punctuation around it.
struct Word {
    chars: Range<usize>,
    bytes: Span,
}

/// Links words whose tokens look at each other: `looked_at` has for each target
/// token the source token it was made from (as Marian models learn it in one head
/// of their last layer; Garg et al. 2019) and how surely.
pub(super) fn links(
    source: &PlainLine,
    source_pieces: &[Range<usize>],
    target: &str,
    target_pieces: &[Range<usize>],
    looked_at: &[(usize, f32)],
) -> Vec<WordLink> {
    let (from, to) = (words(&source.text), words(target));
    let mut links = Vec::new();
    for (piece, (position, weight)) in target_pieces.iter().zip(looked_at) {
        let Some(partner) = source_pieces.get(*position).filter(|_| *weight >= SURE) else {
            continue;
        };
        let (Some(word), Some(partner)) = (holding(&to, piece), holding(&from, partner)) else {
            continue;
        };
        if let Some(span) = source.original(&partner.chars) {
            links.push(WordLink { source: span, target: word.bytes });
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// The first word that shares a character with `piece`.
fn holding<'w>(words: &'w [Word], piece: &Range<usize>) -> Option<&'w Word> {
    let at = words.partition_point(|word| word.chars.end <= piece.start);
    words.get(at).filter(|word| word.chars.start < piece.end)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = 0;
    let mut bytes = 0;
    for part in text.split(' ') {
        let letters = |c: char| !c.is_alphanumeric();
        let left = part.len() - part.trim_start_matches(letters).len();
        let core = part.trim_matches(letters);
        let before = part[..left].chars().count();
        if !core.is_empty() {
            let start = chars + before;
            words.push(Word {
                chars: start..start + core.chars().count(),
                bytes: Span::new(bytes + left, bytes + left + core.len()),
            });
        }
        chars += part.chars().count() + 1;
        bytes += part.len() + 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_words_without_punctuation() {
        let source = PlainLine::of("Über  den »Hafen«, heute");
        let target = "About the “harbour”, today";
        // ▁Über ▁den ▁» Haf en «, ▁heute </s>
        let source_pieces = [0..4, 4..8, 8..10, 10..13, 13..15, 15..17, 17..23, 0..0];
        // ▁About ▁the ▁“ harbour ”, ▁today
        let target_pieces = [0..5, 5..9, 9..11, 11..18, 18..20, 20..26];
        let looked_at = [(0, 0.9), (1, 0.1), (2, 0.9), (4, 0.6), (5, 0.9), (6, 0.5)];
        let links = links(&source, &source_pieces, target, &target_pieces, &looked_at);
        let found: Vec<_> = links
            .iter()
            .map(|link| (link.source.of("Über  den »Hafen«, heute"), link.target.of(target)))
            .collect();
        assert_eq!(found, [("Über", "About"), ("Hafen", "harbour"), ("heute", "today")]);
    }
}
