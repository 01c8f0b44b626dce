use serde::{Deserialize, Serialize};

use crate::support::Span;

/// A word of the source and a word of the target that came from it.
///
/// Spans are byte ranges of a source text and of its translation, each of one
/// word without the punctuation around it. A word may have several partners or
/// none. In JSON a link is `[source start, source end, target start, target end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "[usize; 4]", into = "[usize; 4]")]
pub struct WordLink {
    /// The word of the source.
    pub source: Span,
    /// The word of the target.
    pub target: Span,
}

impl From<[usize; 4]> for WordLink {
    fn from([source_start, source_end, target_start, target_end]: [usize; 4]) -> Self {
        Self {
            source: Span::new(source_start, source_end),
            target: Span::new(target_start, target_end),
        }
    }
}

impl From<WordLink> for [usize; 4] {
    fn from(link: WordLink) -> Self {
        [link.source.start, link.source.end, link.target.start, link.target.end]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_four_numbers_in_json() {
        let link = WordLink { source: Span::new(4, 9), target: Span::new(0, 3) };
        let json = serde_json::to_string(&link).unwrap();
        assert_eq!(json, "[4,9,0,3]");
        assert_eq!(serde_json::from_str::<WordLink>(&json).unwrap(), link);
    }
}
