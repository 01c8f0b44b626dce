//! Which sentences of a date may become key points, and what each weighs.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::ArticleId;
use crate::segment::SegmentId;
use crate::summarise::source::is_usable;
use crate::summarise::{SummarisedArticle, SummaryOrigin};
use crate::text::facts::Evidence;
use crate::text::numbers::{Number, numbers};
use crate::text::vectors::{Terms, Vector};
use crate::text::words::content_stems;
use crate::translate::{Origin, Translation};

use super::form::{independence, is_statement};
use super::lexrank::lexrank;
use super::{KeyPointOptions, KeyPointOrigin};

/// How many of an article's own sentences compete with its summary.
const SENTENCES_PER_ARTICLE: usize = 3;

/// What the summariser's choice adds: it has read the whole article.
const SUMMARY_FACTOR: f64 = 1.25;

/// Translation scores (mean log-probability per token) from which on a
/// translation weighs so much; below the last, [`POOR`].
const SCORE_BANDS: [(f64, f64); 3] = [(-0.5, 1.0), (-1.0, 0.9), (-1.75, 0.75)];

/// Weight of a translation the model itself hardly believed in.
const POOR: f64 = 0.5;

/// Weight of a translation that needed a second try.
const RETRY_FACTOR: f64 = 0.85;

/// How fast importance falls towards an article's end: the eleventh sentence
/// weighs half as much as the first.
const POSITION_DECAY: f64 = 0.1;

/// A sentence that may become a key point.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) origin: KeyPointOrigin,
    pub(super) article: ArticleId,
    /// What it rests on, never empty.
    pub(super) sources: Vec<SegmentId>,
    /// Importance before it is known how many articles say it.
    pub(super) weight: f64,
    pub(super) vector: Vector,
    pub(super) numbers: Vec<Number>,
}

/// A sentence of an article's body.
#[derive(Debug, Clone)]
struct Sentence {
    segment: usize,
    /// 0-based place among the body's usable sentences.
    place: usize,
    salience: f64,
    vector: Vector,
}

/// All sentences of a date, ranked among each other.
pub(super) struct Date<'a> {
    articles: Vec<&'a SummarisedArticle>,
    sentences: Vec<Vec<Sentence>>,
    terms: Terms,
    vectors: BTreeMap<SegmentId, Vector>,
}

impl<'a> Date<'a> {
    /// Ranks the sentences of `articles`. They are taken by id, each once, so
    /// that their order in the inbox changes nothing.
    pub(super) fn of(articles: &'a [SummarisedArticle]) -> Self {
        let by_id: BTreeMap<&ArticleId, &SummarisedArticle> =
            articles.iter().map(|article| (&article.article.article.id, article)).collect();
        let articles: Vec<&SummarisedArticle> = by_id.into_values().collect();
        let bodies: Vec<Vec<usize>> = articles.iter().map(|article| body(article)).collect();
        let stems: Vec<Vec<String>> = articles
            .iter()
            .zip(&bodies)
            .flat_map(|(article, body)| {
                body.iter().map(|i| content_stems(article.article.target(*i)))
            })
            .collect();
        let terms = Terms::of(&stems);
        let vectors: Vec<Vector> = stems.iter().map(|stems| terms.vector(stems)).collect();
        let priors: Vec<f64> =
            bodies.iter().flat_map(|body| (0..body.len()).map(position_weight)).collect();
        let mut ranked = vectors.clone().into_iter().zip(lexrank(&vectors, &priors));
        let mut sentences = Vec::with_capacity(bodies.len());
        for body in &bodies {
            let row = body.iter().enumerate().zip(ranked.by_ref());
            let row = row.map(|((place, segment), (vector, salience))| Sentence {
                segment: *segment,
                place,
                salience,
                vector,
            });
            sentences.push(row.collect::<Vec<_>>());
        }
        let mut date = Self { articles, sentences, terms, vectors: BTreeMap::new() };
        date.vectors = date.vectors_by_id();
        date
    }

    /// How many articles the date has.
    pub(super) fn articles(&self) -> usize {
        self.articles.len()
    }

    /// The vector of a body sentence.
    pub(super) fn vector(&self, id: &SegmentId) -> Option<&Vector> {
        self.vectors.get(id)
    }

    /// All candidates, in the order of the articles' ids.
    pub(super) fn candidates(&self, options: &KeyPointOptions) -> Vec<Candidate> {
        let mut all = Vec::new();
        for (article, sentences) in self.articles.iter().zip(&self.sentences) {
            all.extend(self.summary_candidates(article, sentences, options));
            all.extend(self.body_candidates(article, sentences, options));
        }
        all
    }

    fn vectors_by_id(&self) -> BTreeMap<SegmentId, Vector> {
        let rows = self.articles.iter().zip(&self.sentences);
        let ids = rows.flat_map(|(article, sentences)| {
            sentences.iter().filter_map(|s| Some((id(article, s.segment)?, s.vector.clone())))
        });
        ids.collect()
    }

    fn summary_candidates(
        &self,
        article: &SummarisedArticle,
        sentences: &[Sentence],
        options: &KeyPointOptions,
    ) -> Vec<Candidate> {
        let summary = article.summary.iter().flat_map(|summary| &summary.sentences);
        let candidates = summary.filter_map(|sentence| {
            let by_model = sentence.origin == SummaryOrigin::Model;
            let support: Option<Vec<&Sentence>> = sentence
                .support
                .iter()
                .map(|segment| sentences.iter().find(|own| own.segment == *segment))
                .collect();
            let origin = if by_model { KeyPointOrigin::Summary } else { KeyPointOrigin::Sentence };
            let mut candidate =
                self.candidate(article, &sentence.text, &support?, origin, options)?;
            candidate.weight *= SUMMARY_FACTOR;
            Some(candidate)
        });
        candidates.collect()
    }

    /// The article's most salient sentences.
    fn body_candidates(
        &self,
        article: &SummarisedArticle,
        sentences: &[Sentence],
        options: &KeyPointOptions,
    ) -> Vec<Candidate> {
        let candidates = sentences.iter().filter_map(|sentence| {
            let text = article.article.target(sentence.segment);
            self.candidate(article, text, &[sentence], KeyPointOrigin::Sentence, options)
        });
        let mut candidates: Vec<Candidate> = candidates.collect();
        candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        candidates.truncate(SENTENCES_PER_ARTICLE);
        candidates
    }

    fn candidate(
        &self,
        article: &SummarisedArticle,
        text: &str,
        support: &[&Sentence],
        origin: KeyPointOrigin,
        options: &KeyPointOptions,
    ) -> Option<Candidate> {
        let texts: Vec<&str> = support.iter().map(|s| article.article.target(s.segment)).collect();
        // The body's own sentences cannot but say what they say.
        let own = texts.contains(&text);
        let says = |text| own || Evidence::of(&texts).lacks(text).is_empty();
        if !is_statement(text, options) || !says(text) {
            return None;
        }
        let sources: BTreeSet<SegmentId> =
            support.iter().filter_map(|s| id(article, s.segment)).collect();
        let salience = support.iter().map(|s| s.salience).fold(0.0, f64::max);
        let place = support.iter().map(|s| s.place).min()?;
        let translation = support
            .iter()
            .filter_map(|s| article.article.translations.get(s.segment))
            .map(translation_weight)
            .fold(1.0, f64::min);
        let weight = salience * position_weight(place) * translation * independence(text);
        let vector = self.terms.vector(&content_stems(text));
        (!sources.is_empty()).then(|| Candidate {
            text: text.to_owned(),
            origin,
            article: article.article.article.id.clone(),
            sources: sources.into_iter().collect(),
            weight,
            vector,
            numbers: numbers(text),
        })
    }
}

fn body(article: &SummarisedArticle) -> Vec<usize> {
    let article = &article.article;
    (0..article.segments.len()).filter(|index| is_usable(article, *index)).collect()
}

fn id(article: &SummarisedArticle, segment: usize) -> Option<SegmentId> {
    article.article.segments.get(segment).map(|segment| segment.id.clone())
}

fn position_weight(place: usize) -> f64 {
    1.0 / (1.0 + POSITION_DECAY * place as f64)
}

fn translation_weight(translation: &Translation) -> f64 {
    let band = |score: f64| {
        SCORE_BANDS.iter().find(|(least, _)| score >= *least).map_or(POOR, |(_, weight)| *weight)
    };
    let retry = if translation.origin == Origin::Retry { RETRY_FACTOR } else { 1.0 };
    translation.score.map_or(1.0, band) * retry
}
