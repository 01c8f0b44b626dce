//! The page of an article, German beside English, as its template sees it.

use serde::Serialize;

use crate::brief::{DayBrief, SentencePair};
use crate::ingest::{ArticleId, BlockKind};
use crate::render::notes::{self, LEGEND, Note};
use crate::render::{anchor, wording};
use crate::summarise::Summary;

use super::findings::{
    FindingView, STATES, StateView, english, findings, german, is_flagged, state, statement,
};
use super::spans::Run;
use super::view::{HeadlineView, Place, SaidView, headline};

/// The way from an article's page to the folder of its date.
const UP: &str = "../";

/// The page of one article.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    #[serde(skip)]
    id_of_page: &'a ArticleId,
    date: String,
    label: &'static str,
    place: String,
    previous: Option<HeadlineView<'a>>,
    next: Option<HeadlineView<'a>>,
    headline: HeadlineView<'a>,
    has_title: bool,
    provenance: String,
    file: &'a str,
    id: &'a str,
    notices: Vec<String>,
    summary: Option<SummaryView<'a>>,
    flagged: usize,
    blocks: Vec<BlockView<'a>>,
    legend_rows: Vec<(&'static str, &'static str, &'static str)>,
}

/// A summary, on the article's page or in the list of a brief.
#[derive(Debug, Serialize)]
pub(super) struct SummaryView<'a> {
    title: &'static str,
    sentences: Vec<SaidView<'a>>,
    coverage: Option<String>,
}

#[derive(Debug, Serialize)]
struct BlockView<'a> {
    kind: BlockKind,
    pairs: Vec<PairView<'a>>,
}

#[derive(Debug, Serialize)]
struct PairView<'a> {
    anchor: String,
    number: usize,
    de: Vec<Run<'a>>,
    en: Vec<Run<'a>>,
    en_lang: &'static str,
    notes: Vec<Note>,
    state: StateView,
    is_flagged: bool,
    findings: Vec<FindingView>,
}

/// The pages of all articles of `brief`, in its order.
pub(super) fn pages(brief: &DayBrief) -> impl Iterator<Item = Page<'_>> {
    (0..brief.articles.len()).filter_map(|index| page(brief, index))
}

impl Page<'_> {
    /// The file's name, from the folder of its date.
    pub(super) fn name(&self) -> String {
        anchor::article_page(self.id_of_page)
    }
}

fn page(brief: &DayBrief, index: usize) -> Option<Page<'_>> {
    let article = brief.articles.get(index)?;
    let place = Place { folder: UP, own: Some(&article.id) };
    let neighbour = |index: Option<usize>| {
        let article = brief.articles.get(index?)?;
        Some(headline(&article.headline, place))
    };
    Some(Page {
        id_of_page: &article.id,
        date: wording::heading_date(brief.date),
        label: wording::LABEL,
        place: format!("{} of {}", index + 1, wording::count(brief.articles.len(), "article")),
        previous: neighbour(index.checked_sub(1)),
        next: neighbour(index.checked_add(1)),
        headline: headline(&article.headline, place),
        has_title: article.has_title,
        provenance: wording::provenance(article.date.as_ref()),
        file: &article.source.path,
        id: &article.id.0,
        notices: article.notices.iter().map(wording::notice).collect(),
        summary: article.summary.as_ref().map(|summary| summed_up(summary, &article.pairs, place)),
        flagged: article.pairs.iter().filter(|pair| is_flagged(&pair.check)).count(),
        blocks: article.pairs.chunk_by(|one, next| one.block == next.block).map(block).collect(),
        legend_rows: LEGEND.iter().copied().chain(STATES).collect(),
    })
}

/// `summary` with links to the sentences it rests on.
pub(super) fn summed_up<'a>(
    summary: &'a Summary,
    pairs: &[SentencePair],
    place: Place<'_>,
) -> SummaryView<'a> {
    let sources = |support: &[usize]| {
        let known = support.iter().filter_map(|&index| pairs.get(index));
        known.map(|pair| place.link(&pair.id)).collect()
    };
    SummaryView {
        title: wording::summary_title(summary),
        coverage: wording::coverage(&summary.coverage),
        sentences: summary
            .sentences
            .iter()
            .map(|sentence| SaidView {
                text: statement(&sentence.text, &sentence.check),
                notes: notes::of_summary(sentence.origin).into_iter().collect(),
                findings: findings(&sentence.check),
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
        de: german(pair),
        en: english(pair),
        en_lang: notes::language(Some(pair.en.origin)),
        notes: notes::of_translation(&pair.en),
        state: state(&pair.check),
        is_flagged: is_flagged(&pair.check),
        findings: findings(&pair.check),
    }
}
