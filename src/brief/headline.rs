//! The name an article goes by: its title, else its first sentence, else its
//! file name.

use crate::ingest::BlockKind;
use crate::translate::{BilingualArticle, Origin};

use super::departments::english_department;
use super::types::Headline;

/// The longest a first sentence may be in the headline list, in characters:
/// two lines on a phone.
const LIST_LENGTH: usize = 96;

/// The headline of `article`, in full.
pub(super) fn headline(article: &BilingualArticle) -> Headline {
    let sentences = title_sentences(article);
    let (de, en) = if sentences.is_empty() {
        (article.article.source.path.clone(), article.article.source.path.clone())
    } else {
        (join(&sentences, |index| article.source(index)), join(&sentences, |i| article.target(i)))
    };
    let category = article.article.category.clone();
    Headline {
        article: article.article.id.clone(),
        en,
        de,
        category_en: category.as_deref().and_then(english_department),
        category,
        origin: weakest(
            sentences
                .iter()
                .filter_map(|&i| article.translations.get(i))
                .map(|translation| translation.origin),
        ),
    }
}

/// Indices of the segments that make up the headline: all of the title, or the
/// first sentence of the text, or the first sentence of any kind.
fn title_sentences(article: &BilingualArticle) -> Vec<usize> {
    let kind = |index: usize| {
        let block = article.segments.get(index)?.block;
        Some(article.article.blocks.get(block)?.kind)
    };
    let all = 0..article.segments.len().min(article.translations.len());
    let title: Vec<usize> =
        all.clone().filter(|&index| kind(index) == Some(BlockKind::Title)).collect();
    if !title.is_empty() {
        return title;
    }
    let is_text =
        |&index: &usize| matches!(kind(index), Some(BlockKind::Lead | BlockKind::Paragraph));
    all.clone().find(is_text).or_else(|| all.clone().next()).into_iter().collect()
}

fn join<'a>(indices: &[usize], text: impl Fn(usize) -> &'a str) -> String {
    indices.iter().map(|&index| text(index)).collect::<Vec<_>>().join(" ")
}

/// The origin a reader must know of when a headline is made of several
/// sentences: German left standing weighs more than a second try.
fn weakest(origins: impl Iterator<Item = Origin>) -> Option<Origin> {
    origins.max_by_key(|origin| match origin {
        Origin::Model | Origin::Human => 0,
        Origin::Copied => 1,
        Origin::Retry => 2,
        Origin::Kept(_) => 3,
    })
}

/// `headline` with both texts at list length.
pub(super) fn shortened(headline: &Headline) -> Headline {
    Headline {
        en: shorten(&headline.en, LIST_LENGTH),
        de: shorten(&headline.de, LIST_LENGTH),
        ..headline.clone()
    }
}

/// `text`, or its first words and an ellipsis where it is longer than `limit`
/// characters. The no-break space keeps the ellipsis with the last word.
fn shorten(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    // The character at the cut may itself be the space after a whole word.
    let within = text.get(..=cut).unwrap_or(text.get(..cut).unwrap_or(text));
    match within.rfind(is_word_border) {
        Some(border) if border > 0 => {
            let words = within.get(..border).unwrap_or(within);
            format!(
                "{}\u{a0}…",
                words.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c))
            )
        }
        _ => format!("{}…", text.get(..cut).unwrap_or(text)),
    }
}

/// No-break spaces hold `10 Mio.` together.
fn is_word_border(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_text_stays_as_it_is() {
        assert_eq!(shorten("Kurz und gut.", 13), "Kurz und gut.");
    }

    #[test]
    fn long_text_ends_after_a_whole_word() {
        assert_eq!(shorten("Der Damm hält, sagt die Stadt", 15), "Der Damm hält\u{a0}…");
        assert_eq!(shorten("Der Damm hält noch", 8), "Der Damm\u{a0}…");
        assert_eq!(shorten("Der Damm hält noch", 7), "Der\u{a0}…");
    }

    #[test]
    fn a_no_break_space_is_no_border() {
        assert_eq!(shorten("Fast 10\u{a0}Mio. Euro", 9), "Fast\u{a0}…");
    }

    #[test]
    fn one_long_word_is_cut_between_characters() {
        assert_eq!(shorten("Überübertragungsnetz", 4), "Über…");
    }
}
