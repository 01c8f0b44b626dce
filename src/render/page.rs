//! The brief as its HTML template sees it: every decision taken, only text and
//! anchors left. Nothing is escaped here; the template engine does that.

use serde::Serialize;

use crate::brief::{
    ArticleBrief, DayBrief, Headline, KeyPointBrief, ModelInfo, SentencePair, SourceSentence,
};
use crate::ingest::BlockKind;
use crate::segment::SegmentId;
use crate::summarise::Summary;

use super::notes::{self, LEGEND, Note};
use super::{anchor, wording};

/// All of `brief.html`.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    date: String,
    contents: String,
    label: &'static str,
    headlines: Vec<HeadlineView<'a>>,
    overview: Vec<SaidView<'a>>,
    key_points: Vec<KeyPointView<'a>>,
    articles: Vec<ArticleView<'a>>,
    legend: [(&'static str, &'static str, &'static str); 6],
    translate: &'a ModelInfo,
    summarise: &'a ModelInfo,
}

/// A headline, in the list of a brief, above its article, and in the index.
#[derive(Debug, Serialize)]
pub(super) struct HeadlineView<'a> {
    anchor: String,
    en: &'a str,
    en_lang: &'static str,
    de: &'a str,
    category: Option<CategoryView<'a>>,
    notes: Vec<Note>,
}

#[derive(Debug, Serialize)]
struct CategoryView<'a> {
    name: &'a str,
    lang: &'static str,
}

/// A sentence of an overview or a summary.
#[derive(Debug, Serialize)]
struct SaidView<'a> {
    text: &'a str,
    notes: Vec<Note>,
    sources: Vec<LinkView>,
}

/// A link to a sentence, by its number.
#[derive(Debug, Serialize)]
struct LinkView {
    anchor: String,
    number: usize,
}

#[derive(Debug, Serialize)]
struct KeyPointView<'a> {
    anchor: String,
    text: &'a str,
    notes: Vec<Note>,
    articles: Option<String>,
    basis: String,
    sources: Vec<SourceView<'a>>,
}

/// A sentence a key point rests on, and the headline of its article.
#[derive(Debug, Serialize)]
struct SourceView<'a> {
    anchor: String,
    number: usize,
    de: &'a str,
    en: &'a str,
    en_lang: &'static str,
    notes: Vec<Note>,
    headline: Option<HeadlineView<'a>>,
}

#[derive(Debug, Serialize)]
struct PairView<'a> {
    anchor: String,
    number: usize,
    de: &'a str,
    en: &'a str,
    en_lang: &'static str,
    notes: Vec<Note>,
}

#[derive(Debug, Serialize)]
struct ArticleView<'a> {
    headline: HeadlineView<'a>,
    has_title: bool,
    provenance: String,
    file: &'a str,
    id: &'a str,
    notices: Vec<String>,
    summary: Option<SummaryView<'a>>,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Debug, Serialize)]
struct SummaryView<'a> {
    title: &'static str,
    sentences: Vec<SaidView<'a>>,
    coverage: Option<String>,
}

#[derive(Debug, Serialize)]
struct BlockView<'a> {
    kind: BlockKind,
    pairs: Vec<PairView<'a>>,
}

impl<'a> Page<'a> {
    /// The page of `brief`.
    pub(super) fn new(brief: &'a DayBrief) -> Self {
        Self {
            date: wording::heading_date(brief.date),
            contents: wording::contents(brief.articles.len(), brief.key_points.len()),
            label: wording::LABEL,
            headlines: brief.headlines.iter().map(headline).collect(),
            overview: brief
                .overview
                .iter()
                .map(|said| SaidView {
                    text: &said.text,
                    notes: notes::of_summary(said.origin).into_iter().collect(),
                    sources: said.sources.iter().map(link).collect(),
                })
                .collect(),
            key_points: brief.key_points.iter().map(|point| key_point(point, brief)).collect(),
            articles: brief.articles.iter().map(article).collect(),
            legend: LEGEND,
            translate: &brief.engines.translate,
            summarise: &brief.engines.summarise,
        }
    }
}

/// The headline as a template sees it.
pub(super) fn headline(headline: &Headline) -> HeadlineView<'_> {
    HeadlineView {
        anchor: anchor::article(&headline.article),
        en: &headline.en,
        en_lang: notes::language(headline.origin),
        de: &headline.de,
        category: wording::category(headline).map(|(name, lang)| CategoryView { name, lang }),
        notes: headline.origin.and_then(notes::of_origin).into_iter().collect(),
    }
}

fn link(id: &SegmentId) -> LinkView {
    LinkView { anchor: anchor::segment(id), number: id.number }
}

fn key_point<'a>(point: &'a KeyPointBrief, brief: &'a DayBrief) -> KeyPointView<'a> {
    KeyPointView {
        anchor: anchor::key_point(&point.id),
        text: &point.text,
        notes: notes::of_key_point(point),
        articles: (point.articles > 1).then(|| wording::count(point.articles, "article")),
        basis: wording::key_point_basis(point),
        sources: point.sources.iter().map(|from| source(from, brief)).collect(),
    }
}

fn source<'a>(source: &'a SourceSentence, brief: &'a DayBrief) -> SourceView<'a> {
    let mut headlines = brief.headlines.iter();
    SourceView {
        headline: headlines.find(|line| line.article == source.id.article).map(headline),
        anchor: anchor::segment(&source.id),
        number: source.id.number,
        de: &source.de,
        en: &source.en.text,
        en_lang: notes::language(Some(source.en.origin)),
        notes: notes::of_translation(&source.en),
    }
}

fn article(article: &ArticleBrief) -> ArticleView<'_> {
    ArticleView {
        headline: headline(&article.headline),
        has_title: article.has_title,
        provenance: wording::provenance(article.date.as_ref()),
        file: &article.source.path,
        id: &article.id.0,
        notices: article.notices.iter().map(wording::notice).collect(),
        summary: article.summary.as_ref().map(|summary| summed_up(summary, &article.pairs)),
        blocks: article.pairs.chunk_by(|one, next| one.block == next.block).map(block).collect(),
    }
}

fn summed_up<'a>(summary: &'a Summary, pairs: &[SentencePair]) -> SummaryView<'a> {
    let sources = |support: &[usize]| {
        support.iter().filter_map(|&index| pairs.get(index)).map(|pair| link(&pair.id)).collect()
    };
    SummaryView {
        title: wording::summary_title(summary),
        coverage: wording::coverage(&summary.coverage),
        sentences: summary
            .sentences
            .iter()
            .map(|sentence| SaidView {
                text: &sentence.text,
                notes: notes::of_summary(sentence.origin).into_iter().collect(),
                sources: sources(&sentence.support),
            })
            .collect(),
    }
}

fn block(pairs: &[SentencePair]) -> BlockView<'_> {
    BlockView {
        kind: pairs.first().map_or(BlockKind::Paragraph, |pair| pair.block_kind),
        pairs: pairs.iter().map(pair).collect(),
    }
}

fn pair(pair: &SentencePair) -> PairView<'_> {
    PairView {
        anchor: anchor::segment(&pair.id),
        number: pair.id.number,
        de: &pair.de,
        en: &pair.en.text,
        en_lang: notes::language(Some(pair.en.origin)),
        notes: notes::of_translation(&pair.en),
    }
}
