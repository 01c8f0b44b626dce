//! Articles longer than the model reads, cut on sentence borders.

use std::ops::Range;

/// Cuts sentences into consecutive windows whose text (sentences joined with a
/// blank) has at most `max_tokens` tokens by `count`.
///
/// Windows are about equally long: a last window of two sentences would make
/// the summary dwell on them. A sentence that is too long by itself is in no
/// window.
#[must_use]
pub fn windows(
    sentences: &[&str],
    max_tokens: usize,
    count: &dyn Fn(&str) -> usize,
) -> Vec<Range<usize>> {
    let lengths: Vec<usize> = sentences.iter().map(|sentence| count(sentence)).collect();
    let total: usize = lengths.iter().filter(|length| **length <= max_tokens).sum();
    let share = total.div_ceil(total.div_ceil(max_tokens.max(1)).max(1)).max(1);
    let mut windows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, length) in lengths.iter().enumerate() {
        if *length > max_tokens {
            close(&mut windows, start..at);
            (start, used) = (at + 1, 0);
            continue;
        }
        if used > 0 && (used >= share || used + length > max_tokens) {
            close(&mut windows, start..at);
            (start, used) = (at, 0);
        }
        used += length;
    }
    close(&mut windows, start..sentences.len());
    windows.into_iter().flat_map(|window| fitted(sentences, window, max_tokens, count)).collect()
}

fn close(windows: &mut Vec<Range<usize>>, window: Range<usize>) {
    if !window.is_empty() {
        windows.push(window);
    }
}

/// A blank between sentences can cost a token, so the joined text is counted,
/// too, and halved while it is too long.
fn fitted(
    sentences: &[&str],
    window: Range<usize>,
    max_tokens: usize,
    count: &dyn Fn(&str) -> usize,
) -> Vec<Range<usize>> {
    if window.len() <= 1 || count(&text(sentences, &window)) <= max_tokens {
        return vec![window];
    }
    let middle = window.start + window.len() / 2;
    let mut halves = fitted(sentences, window.start..middle, max_tokens, count);
    halves.extend(fitted(sentences, middle..window.end, max_tokens, count));
    halves
}

/// The text of a window.
#[must_use]
pub fn text(sentences: &[&str], window: &Range<usize>) -> String {
    sentences.get(window.clone()).unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(text: &str) -> usize {
        text.split_whitespace().count() + 2
    }

    #[test]
    fn a_short_article_is_one_window() {
        let whole = windows(&["a b", "c"], 20, &count);
        assert_eq!((whole.len(), whole.first()), (1, Some(&(0..2))));
        assert!(windows(&[], 20, &count).is_empty());
    }

    #[test]
    fn windows_are_balanced_and_giants_left_out() {
        let sentences = ["a b c"; 5];
        assert_eq!(windows(&sentences, 20, &count), [0..3, 3..5]);
        assert_eq!(windows(&["a", "b c d e f g", "h"], 5, &count), [0..1, 2..3]);
    }

    proptest! {
        #[test]
        fn every_sentence_that_fits_is_in_one_window(
            lengths in prop::collection::vec(1_usize..12, 0..40),
            max_tokens in 1_usize..40,
        ) {
            let texts: Vec<String> = lengths.iter().map(|n| vec!["w"; *n].join(" ")).collect();
            let sentences: Vec<&str> = texts.iter().map(String::as_str).collect();
            let windows = windows(&sentences, max_tokens, &count);
            let read: Vec<usize> = windows.iter().cloned().flatten().collect();
            let fitting = |index: &usize| count(sentences[*index]) <= max_tokens;
            prop_assert_eq!(read, (0..sentences.len()).filter(fitting).collect::<Vec<_>>());
            for window in &windows {
                prop_assert!(count(&text(&sentences, window)) <= max_tokens);
            }
        }
    }
}
