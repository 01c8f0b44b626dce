//! Sentences longer than the model reads at once.

use crate::support::Span;

/// Pieces of `text` that `fits` accepts, each as long as may be, cut at blanks
/// and by preference behind a comma, semicolon, colon or dash. A single word
/// that does not fit is a piece all the same.
pub(super) fn pieces(text: &str, fits: &dyn Fn(&str) -> bool) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    while start < text.trim_end().len() {
        let rest = text.get(start..).unwrap_or_default().trim_end();
        let length = longest_prefix(rest, fits);
        pieces.push(Span::new(start, start + length));
        let after = rest.get(length..).unwrap_or_default();
        start += length + (after.len() - after.trim_start().len());
    }
    pieces
}

/// Length in bytes of the longest head of `rest` that fits, at least one word.
fn longest_prefix(rest: &str, fits: &dyn Fn(&str) -> bool) -> usize {
    if fits(rest) {
        return rest.len();
    }
    let ends: Vec<usize> = rest.match_indices(char::is_whitespace).map(|(at, _)| at).collect();
    let head = |end: usize| rest.get(..end).unwrap_or_default();
    // Longer heads have more tokens, so the border can be searched by halves.
    let fitting = ends.partition_point(|end| fits(head(*end)));
    let fitting = ends.get(..fitting).unwrap_or_default();
    let clause = fitting.iter().rev().take(fitting.len().div_ceil(2));
    let clause = clause.copied().find(|end| head(*end).trim_end().ends_with([',', ';', ':', '–']));
    clause
        .or_else(|| fitting.last().copied())
        .or_else(|| ends.first().copied())
        .map_or(rest.len(), |end| head(end).trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, words: usize) -> Vec<&str> {
        let fits = |piece: &str| piece.split_whitespace().count() <= words;
        pieces(text, &fits).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn clauses_are_preferred_borders() {
        assert_eq!(cut("Er kam, sah und siegte am Tag", 4), ["Er kam, sah und", "siegte am Tag"]);
        assert_eq!(cut("Er kam heim, sah und siegte", 4), ["Er kam heim,", "sah und siegte"]);
    }

    #[test]
    fn nothing_is_lost_and_a_huge_word_ends_it() {
        assert_eq!(cut(" a  b ", 1), ["a", "b"]);
        assert_eq!(pieces("abc", &|_| false), [Span::new(0, 3)]);
        assert_eq!(cut("  ", 1), [""; 0]);
    }
}
