//! Joins everything known about one date into its [`DayBrief`].

use std::collections::BTreeMap;

use crate::check::{Check, check_statement};
use crate::ingest::{Article, BriefDate};
use crate::keypoints::KeyPoint;
use crate::segment::SegmentId;
use crate::summarise::SummarisedArticle;
use crate::translate::{BilingualArticle, Translation};

use super::checklist::{checklist, counts};
use super::headline::{headline, shortened};
use super::overview::overview;
use super::types::{
    ArticleBrief, DayBrief, Edition, Engines, KeyPointBrief, SentencePair, SourceSentence,
};

/// The brief of `date`.
///
/// Articles (and with them the headlines) stand in the order of their source
/// paths. Their importance would be the newspaper's order, but it moves when
/// one article is added; paths keep yesterday's page and today's comparable,
/// and the key points carry the importance already.
///
/// Key points stand by importance, the most important first; equals keep the
/// order they came in. A source id that no article has is left out, and so is a
/// key point without any source: what cannot be traced is not shown.
///
/// It is the first [`Edition`], and all its key points are new; who knows of earlier
/// briefs says so afterwards ([`relate`](super::relate)).
#[must_use]
pub fn assemble(
    date: BriefDate,
    mut articles: Vec<SummarisedArticle>,
    mut key_points: Vec<KeyPoint>,
    engines: &Engines,
) -> DayBrief {
    articles.sort_by(|a, b| order(&a.article.article).cmp(&order(&b.article.article)));
    key_points.sort_by(|a, b| b.importance.total_cmp(&a.importance));
    let overview = overview(&articles, &key_points);
    let key_points = trace(key_points, &articles);
    let articles: Vec<ArticleBrief> = articles.into_iter().map(article_brief).collect();
    DayBrief {
        schema: DayBrief::SCHEMA,
        date,
        edition: Edition::default(),
        engines: engines.clone(),
        headlines: articles.iter().map(listed).collect(),
        overview,
        checks: counts(&articles),
        checklist: checklist(&key_points, &articles),
        key_points,
        articles,
    }
}

/// The id settles what equal paths leave open, so that the order never
/// depends on the order of arrival.
fn order(article: &Article) -> (&str, &str) {
    (&article.source.path, &article.id.0)
}

/// The headline as it stands in the list.
fn listed(article: &ArticleBrief) -> super::Headline {
    if article.has_title { article.headline.clone() } else { shortened(&article.headline) }
}

fn trace(key_points: Vec<KeyPoint>, articles: &[SummarisedArticle]) -> Vec<KeyPointBrief> {
    let sentences = sentences_by_id(articles);
    let traced = key_points.into_iter().map(|point| key_point(point, &sentences));
    traced.filter(|point| !point.sources.is_empty()).collect()
}

fn sentences_by_id(articles: &[SummarisedArticle]) -> BTreeMap<SegmentId, SourceSentence> {
    articles.iter().flat_map(|article| pairs(&article.article)).map(source_sentence).collect()
}

fn source_sentence(pair: SentencePair) -> (SegmentId, SourceSentence) {
    let SentencePair { id, de, en, .. } = pair;
    (id.clone(), SourceSentence { id, de, en })
}

fn key_point(point: KeyPoint, sentences: &BTreeMap<SegmentId, SourceSentence>) -> KeyPointBrief {
    let sources: Vec<SourceSentence> =
        point.sources.iter().filter_map(|id| sentences.get(id).cloned()).collect();
    let german: Vec<&str> = sources.iter().map(|source| source.de.as_str()).collect();
    KeyPointBrief {
        check: check_statement(&german, &point.text),
        sources,
        id: point.id,
        text: point.text,
        origin: point.origin,
        articles: point.articles,
        continues: None,
        // JSON has no word for NaN or infinity.
        importance: if point.importance.is_finite() { point.importance } else { 0.0 },
    }
}

fn article_brief(article: SummarisedArticle) -> ArticleBrief {
    let SummarisedArticle { article: bilingual, summary } = article;
    let headline = headline(&bilingual);
    let pairs = pairs(&bilingual);
    let article = bilingual.article;
    ArticleBrief {
        has_title: article.title().is_some(),
        headline,
        pairs,
        summary,
        id: article.id,
        source: article.source,
        layout: article.layout,
        date: article.date,
        notices: article.notices,
    }
}

/// The whole text in reading order. A segment without a translation (which
/// stage 3 rules out) ends the list rather than pairing with a stranger.
fn pairs(article: &BilingualArticle) -> Vec<SentencePair> {
    let both = article.segments.iter().zip(&article.translations).enumerate();
    both.filter_map(|(index, (segment, translation))| {
        Some(SentencePair {
            id: segment.id.clone(),
            block_kind: article.article.blocks.get(segment.block)?.kind,
            block: segment.block,
            de: article.source(index).to_owned(),
            en: Translation {
                score: translation.score.filter(|score| score.is_finite()),
                ..translation.clone()
            },
            check: article.checks.get(index).cloned().unwrap_or(Check::NOT_RUN),
        })
    })
    .collect()
}
