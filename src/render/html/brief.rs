//! `brief.html` as its template sees it.

use serde::Serialize;

use crate::brief::{ArticleBrief, Continuation, DayBrief, KeyPointBrief, ModelInfo};
use crate::render::notes::{self, LEGEND, Note};
use crate::render::{anchor, wording};

use super::article::{SummaryView, summed_up};
use super::check::worst;
use super::findings::{self, FindingView, findings, is_flagged, statement};
use super::spans::Run;
use super::view::{BRIEF, HeadlineView, SaidView, SourceView, headline, source};

/// The most headlines beside the key points; all articles follow below.
const BESIDE: usize = 12;

/// The lines of the checker's list that are shown here; the list has a page of its own.
const WORST: usize = 3;

/// All of `brief.html`.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    folder: String,
    date: String,
    contents: String,
    label: &'static str,
    update: Option<UpdateView<'a>>,
    headlines: Vec<HeadlineView<'a>>,
    more: usize,
    overview: Vec<SaidView<'a>>,
    key_points: Vec<KeyPointView<'a>>,
    continuing: Vec<KeyPointView<'a>>,
    articles: Vec<EntryView<'a>>,
    checks: String,
    worst: Vec<findings::EntryView<'a>>,
    checklist: usize,
    legend_rows: &'static [(&'static str, &'static str, &'static str)],
    translate: &'a ModelInfo,
    summarise: &'a ModelInfo,
}

/// What is new in a later issue.
#[derive(Debug, Serialize)]
struct UpdateView<'a> {
    words: String,
    added: Vec<HeadlineView<'a>>,
}

#[derive(Debug, Serialize)]
struct KeyPointView<'a> {
    anchor: String,
    continues: Option<ContinuesView>,
    text: Vec<Run<'a>>,
    notes: Vec<Note>,
    findings: Vec<FindingView>,
    articles: Option<String>,
    basis: String,
    sources: Vec<SourceView<'a>>,
}

/// The mark of a key point that an earlier brief told, a link to it there.
#[derive(Debug, Serialize)]
struct ContinuesView {
    href: String,
    note: Note,
}

/// An article in the list: its text has a page of its own.
#[derive(Debug, Serialize)]
struct EntryView<'a> {
    headline: HeadlineView<'a>,
    summary: Option<SummaryView<'a>>,
    length: String,
    flagged: usize,
}

impl<'a> Page<'a> {
    /// The page of `brief`.
    pub(super) fn new(brief: &'a DayBrief) -> Self {
        Self {
            folder: brief.date.to_string(),
            date: wording::heading_date(brief.date),
            contents: wording::contents(brief.articles.len(), brief.key_points.len()),
            label: wording::LABEL,
            update: update(brief),
            headlines: brief
                .headlines
                .iter()
                .take(BESIDE)
                .map(|line| headline(line, BRIEF))
                .collect(),
            more: brief.headlines.len().saturating_sub(BESIDE),
            overview: brief
                .overview
                .iter()
                .map(|said| SaidView {
                    text: statement(&said.text, &said.check),
                    notes: notes::of_summary(said.origin).into_iter().collect(),
                    findings: findings(&said.check),
                    sources: said.sources.iter().map(|id| BRIEF.link(id)).collect(),
                })
                .collect(),
            key_points: key_points(brief, false),
            continuing: key_points(brief, true),
            articles: brief.articles.iter().map(entry).collect(),
            checks: wording::checks(&brief.checks),
            worst: worst(brief, WORST),
            checklist: brief.checklist.len(),
            legend_rows: LEGEND,
            translate: &brief.engines.translate,
            summarise: &brief.engines.summarise,
        }
    }
}

fn update(brief: &DayBrief) -> Option<UpdateView<'_>> {
    let is_new = |line: &&crate::brief::Headline| brief.edition.added.contains(&line.article);
    let added = brief.headlines.iter().filter(is_new);
    Some(UpdateView {
        words: wording::update(&brief.edition)?,
        added: added.map(|line| headline(line, BRIEF)).collect(),
    })
}

/// The key points that are new, or those that are not.
fn key_points(brief: &DayBrief, continuing: bool) -> Vec<KeyPointView<'_>> {
    let points = brief.key_points.iter();
    let points = points.filter(|point| point.continues.is_some() == continuing);
    points.map(|point| key_point(point, brief)).collect()
}

fn continues(continues: &Continuation) -> ContinuesView {
    ContinuesView {
        href: anchor::continued(continues, "brief.html"),
        note: notes::continuing(continues),
    }
}

fn key_point<'a>(point: &'a KeyPointBrief, brief: &'a DayBrief) -> KeyPointView<'a> {
    KeyPointView {
        anchor: anchor::key_point(&point.id),
        continues: point.continues.as_ref().map(continues),
        text: statement(&point.text, &point.check),
        notes: notes::of_key_point(point),
        findings: findings(&point.check),
        articles: (point.articles > 1).then(|| wording::count(point.articles, "article")),
        basis: wording::key_point_basis(point),
        sources: point.sources.iter().map(|from| source(from, &brief.headlines, BRIEF)).collect(),
    }
}

fn entry(article: &ArticleBrief) -> EntryView<'_> {
    EntryView {
        headline: headline(&article.headline, BRIEF),
        summary: article.summary.as_ref().map(|summary| summed_up(summary, &article.pairs, BRIEF)),
        length: wording::count(article.pairs.len(), "sentence"),
        flagged: article.pairs.iter().filter(|pair| is_flagged(&pair.check)).count(),
    }
}
