//! A paragraph for the reader in a hurry.

use std::collections::BTreeSet;

use crate::keypoints::KeyPoint;
use crate::summarise::{SummarisedArticle, SummarySentence};
use crate::translate::{BilingualArticle, Origin};

use super::types::SourcedText;

/// The most sentences the paragraph has.
const SENTENCES: usize = 5;

/// From this share of the shorter sentence's words found in the other one, two
/// sentences tell the same.
const SAME_STORY: f64 = 0.7;

/// The first summary sentence of the articles, in order of the importance of
/// their key points (which are `key_points`' order), then of the rest in their
/// own order, until the paragraph is full. A sentence that says what an earlier
/// one said is passed over, and so is one that rests on untranslated German.
pub(super) fn overview(
    articles: &[SummarisedArticle],
    key_points: &[KeyPoint],
) -> Vec<SourcedText> {
    let mut paragraph: Vec<SourcedText> = Vec::new();
    for index in by_importance(articles, key_points) {
        if paragraph.len() == SENTENCES {
            break;
        }
        let Some(sentence) = articles.get(index).and_then(opening) else { continue };
        if !paragraph.iter().any(|earlier| tell_the_same(&earlier.text, &sentence.text)) {
            paragraph.push(sentence);
        }
    }
    paragraph
}

/// Indices of all articles, each once. The second and later articles of a
/// merged key point wait behind the first articles of all key points: they
/// would tell the same story again.
fn by_importance(articles: &[SummarisedArticle], key_points: &[KeyPoint]) -> Vec<usize> {
    let position = |source: &crate::segment::SegmentId| {
        articles.iter().position(|article| article.article.article.id == source.article)
    };
    let first = key_points.iter().filter_map(|point| point.sources.first());
    let further = key_points.iter().flat_map(|point| point.sources.iter().skip(1));
    let mut seen = BTreeSet::new();
    let ordered = first.chain(further).filter_map(position).chain(0..articles.len());
    ordered.filter(|&index| seen.insert(index)).collect()
}

/// The first summary sentence of an article that an English reader can use.
fn opening(article: &SummarisedArticle) -> Option<SourcedText> {
    let summary = article.summary.as_ref()?;
    let sentence =
        summary.sentences.iter().find(|sentence| is_english(sentence, &article.article))?;
    let segments = &article.article.segments;
    Some(SourcedText {
        text: sentence.text.clone(),
        article: article.article.article.id.clone(),
        origin: sentence.origin,
        check: sentence.check.clone(),
        sources: sentence
            .support
            .iter()
            .filter_map(|&index| segments.get(index).map(|segment| segment.id.clone()))
            .collect(),
    })
}

/// Whether not all the sentence rests on is untranslated.
fn is_english(sentence: &SummarySentence, article: &BilingualArticle) -> bool {
    let origin = |&index: &usize| article.translations.get(index).map(|found| found.origin);
    let mut origins = sentence.support.iter().filter_map(origin);
    origins.any(|origin| !matches!(origin, Origin::Kept(_)))
}

fn tell_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let shorter = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    shorter > 0 && shared as f64 >= SAME_STORY * shorter as f64
}

/// The words that carry a sentence: short ones ("the", "of") are in all of
/// them, numbers count however short.
fn words(sentence: &str) -> BTreeSet<String> {
    let tokens = sentence.split(|c: char| !c.is_alphanumeric());
    let carries =
        |token: &&str| token.chars().count() > 3 || token.chars().any(|c| c.is_ascii_digit());
    tokens.filter(carries).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::tell_the_same;

    #[test]
    fn rewordings_tell_the_same() {
        assert!(tell_the_same(
            "The harbour bridge is closed until 12 May for repairs.",
            "Until 12 May the harbour bridge is closed.",
        ));
    }

    #[test]
    fn different_news_do_not() {
        assert!(!tell_the_same(
            "The harbour bridge is closed until 12 May.",
            "The harbour festival begins on 14 June.",
        ));
        assert!(!tell_the_same("", ""));
    }
}
