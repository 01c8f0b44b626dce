//! What several pages show: headlines, sourced sentences, links. Every decision
//! is taken here; only text and addresses are left for a template. Nothing is
//! escaped: the template engine does that.

use serde::Serialize;

use crate::brief::{Headline, SourceSentence};
use crate::ingest::ArticleId;
use crate::render::notes::{self, Note};
use crate::render::{anchor, wording};
use crate::segment::SegmentId;

use super::findings::FindingView;
use super::spans::Run;

/// The page that links start from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The way to the date's folder: empty, or ends with `/`.
    pub(super) folder: &'a str,
    /// The article whose page this is.
    pub(super) own: Option<&'a ArticleId>,
}

/// On `brief.html`.
pub(super) const BRIEF: Place<'static> = Place { folder: "", own: None };

impl Place<'_> {
    /// The address of an article's page.
    pub(super) fn article(self, id: &ArticleId) -> String {
        format!("{}{}", self.folder, anchor::article_page(id))
    }

    /// The address of a sentence.
    pub(super) fn sentence(self, id: &SegmentId) -> String {
        let page =
            if self.own == Some(&id.article) { String::new() } else { self.article(&id.article) };
        format!("{page}#{}", anchor::segment(id))
    }

    /// A link to a sentence.
    pub(super) fn link(self, id: &SegmentId) -> LinkView {
        LinkView { href: self.sentence(id), number: id.number }
    }
}

/// A headline: in a list, or above its article.
#[derive(Debug, Serialize)]
pub(super) struct HeadlineView<'a> {
    anchor: String,
    href: String,
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
pub(super) struct SaidView<'a> {
    pub(super) text: Vec<Run<'a>>,
    pub(super) notes: Vec<Note>,
    pub(super) findings: Vec<FindingView>,
    pub(super) sources: Vec<LinkView>,
}

/// A link to a sentence, by its number.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    href: String,
    number: usize,
}

/// A sentence that something rests on, and the headline of its article.
#[derive(Debug, Serialize)]
pub(super) struct SourceView<'a> {
    link: LinkView,
    de: &'a str,
    en: &'a str,
    en_lang: &'static str,
    notes: Vec<Note>,
    headline: Option<HeadlineView<'a>>,
}

/// `headline`, seen from `place`.
pub(super) fn headline<'a>(headline: &'a Headline, place: Place<'_>) -> HeadlineView<'a> {
    HeadlineView {
        anchor: anchor::article(&headline.article),
        href: place.article(&headline.article),
        en: &headline.en,
        en_lang: notes::language(headline.origin),
        de: &headline.de,
        category: wording::category(headline).map(|(name, lang)| CategoryView { name, lang }),
        notes: headline.origin.and_then(notes::of_origin).into_iter().collect(),
    }
}

/// `source` with its headline from among `headlines`, seen from `place`.
pub(super) fn source<'a>(
    source: &'a SourceSentence,
    headlines: &'a [Headline],
    place: Place<'_>,
) -> SourceView<'a> {
    let of_article = headlines.iter().find(|line| line.article == source.id.article);
    SourceView {
        link: place.link(&source.id),
        de: &source.de,
        en: &source.en.text,
        en_lang: notes::language(Some(source.en.origin)),
        notes: notes::of_translation(&source.en),
        headline: of_article.map(|line| headline(line, place)),
    }
}
