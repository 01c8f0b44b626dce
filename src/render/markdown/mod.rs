//! `brief.md` (German and English) and `brief.en.md` (English alone).
//!
//! Both are GitHub's Markdown: tables, and `<a id>` for the anchors, the only
//! raw HTML (besides an empty comment inside mail addresses, see [`escape()`]).

mod article;
mod checklist;
mod escape;

pub(super) use escape::escape;

use crate::brief::{DayBrief, Engines, Headline, KeyPointBrief, SourceSentence, SourcedText};
use crate::ingest::BlockKind;
use crate::segment::SegmentId;

use super::notes::{self, LEGEND, Note};
use super::{RenderError, anchor, wording};

/// Which languages a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Languages {
    Both,
    English,
}

/// `brief.md`.
#[expect(clippy::unnecessary_wraps, reason = "every format has the same signature")]
pub(super) fn bilingual(brief: &DayBrief) -> Result<Vec<u8>, RenderError> {
    Ok(page(brief, Languages::Both).into_bytes())
}

/// `brief.en.md`.
#[expect(clippy::unnecessary_wraps, reason = "every format has the same signature")]
pub(super) fn english(brief: &DayBrief) -> Result<Vec<u8>, RenderError> {
    Ok(page(brief, Languages::English).into_bytes())
}

fn page(brief: &DayBrief, languages: Languages) -> String {
    let mut blocks = vec![
        format!("# Tagesbrief — {}", escape(&wording::heading_date(brief.date))),
        format!(
            "{}. *{}.*",
            wording::contents(brief.articles.len(), brief.key_points.len()),
            wording::LABEL
        ),
    ];
    blocks.extend(update(brief));
    blocks.extend(headlines(&brief.headlines, languages));
    blocks.extend(overview(&brief.overview));
    blocks.extend(key_points(&brief.key_points, languages));
    if !brief.articles.is_empty() {
        blocks.push("## Articles".to_owned());
    }
    for article in &brief.articles {
        blocks.extend(article::article(article, languages));
    }
    if languages == Languages::Both {
        blocks.extend(checklist::checklist(brief));
    }
    blocks.push("---".to_owned());
    blocks.push(legend());
    blocks.push(engines(&brief.engines));
    blocks.join("\n\n") + "\n"
}

/// What is new in a later issue, with links.
fn update(brief: &DayBrief) -> Option<String> {
    let note = wording::update(&brief.edition)?;
    let is_new = |line: &&Headline| brief.edition.added.contains(&line.article);
    let new = brief.headlines.iter().filter(is_new);
    let links: Vec<String> =
        new.map(|line| link(&line.en, &anchor::article(&line.article))).collect();
    let colon = if links.is_empty() { "." } else { ": " };
    Some(format!("*{note}*{colon}{}", links.join(" · ")))
}

fn headlines(headlines: &[Headline], languages: Languages) -> Option<String> {
    if headlines.is_empty() {
        return None;
    }
    let lines: Vec<String> = headlines.iter().map(|line| headline(line, languages)).collect();
    Some(format!("## Headlines\n\n{}", lines.join("\n")))
}

fn headline(headline: &Headline, languages: Languages) -> String {
    let link = link(&headline.en, &anchor::article(&headline.article));
    let note = marks(&headline.origin.and_then(notes::of_origin).into_iter().collect::<Vec<_>>());
    let mut line = format!("- {note}{link}");
    if languages == Languages::Both && headline.de != headline.en {
        line.push_str(&format!(" — *{}*", escape(&headline.de)));
    }
    if let Some(category) = category(headline) {
        line.push_str(&format!(" · {category}"));
    }
    line
}

/// The department; a German name, for want of an English one, in italics.
fn category(headline: &Headline) -> Option<String> {
    let (name, language) = wording::category(headline)?;
    Some(if language == "de" { format!("*{}*", escape(name)) } else { escape(name) })
}

fn overview(sentences: &[SourcedText]) -> Option<String> {
    if sentences.is_empty() {
        return None;
    }
    let said: Vec<String> = sentences
        .iter()
        .map(|sentence| {
            let notes = notes::of_check(&sentence.check).into_iter();
            let notes: Vec<Note> = notes.chain(notes::of_summary(sentence.origin)).collect();
            let note = marks(&notes);
            format!("{note}{} {}", escape(&sentence.text), references(sentence.sources.iter()))
        })
        .collect();
    Some(format!("## Overview\n\n{}", said.join(" ")))
}

fn key_points(points: &[KeyPointBrief], languages: Languages) -> Option<String> {
    if points.is_empty() {
        return None;
    }
    let bullets: Vec<String> = points.iter().map(|point| key_point(point, languages)).collect();
    Some(format!("## Key points\n\n{}", bullets.join("\n")))
}

fn key_point(point: &KeyPointBrief, languages: Languages) -> String {
    let notes = notes::of_check(&point.check).into_iter();
    let notes: Vec<Note> = notes.chain(notes::of_key_point(point)).collect();
    let mut bullet = format!(
        "- {}{}{}{}",
        anchor_tag(&anchor::key_point(&point.id)),
        continuing(point, languages),
        marks(&notes),
        escape(&point.text)
    );
    if point.articles > 1 {
        bullet.push_str(&format!(" ({})", wording::count(point.articles, "article")));
    }
    match languages {
        Languages::Both => {
            let quotes: Vec<String> = point.sources.iter().map(quote).collect();
            bullet.push('\n');
            bullet.push_str(&quotes.join("\n  >\n"));
        }
        Languages::English => {
            bullet.push(' ');
            bullet.push_str(&references(point.sources.iter().map(|source| &source.id)));
        }
    }
    bullet
}

/// The mark of a key point that an earlier brief told, a link to it there.
fn continuing(point: &KeyPointBrief, languages: Languages) -> String {
    let Some(continues) = &point.continues else { return String::new() };
    let Note { symbol, words, .. } = notes::continuing(continues);
    let file = match languages {
        Languages::Both => "brief.md",
        Languages::English => "brief.en.md",
    };
    format!("*{symbol} [{}]({}):* ", escape(&words), anchor::continued(continues, file))
}

/// The German original of a key point, below its bullet.
fn quote(source: &SourceSentence) -> String {
    format!("  > {} {}", escape(&source.de), references([&source.id].into_iter()))
}

/// Links to sentences, by their number in the article: `[3](#s-…)`.
fn references<'a>(ids: impl Iterator<Item = &'a SegmentId>) -> String {
    let links: Vec<String> =
        ids.map(|id| format!("[{}](#{})", id.number, anchor::segment(id))).collect();
    format!("({})", links.join(", "))
}

fn link(text: &str, anchor: &str) -> String {
    format!("[{}](#{anchor})", escape(text))
}

fn anchor_tag(anchor: &str) -> String {
    format!("<a id=\"{anchor}\"></a>")
}

/// Notes in front of the sentence they are about, in italics, so that they
/// cannot be taken for it.
fn marks(notes: &[Note]) -> String {
    notes.iter().map(|note| format!("*{} {}:* ", note.symbol, escape(&note.words))).collect()
}

/// Headlines within the text stand out from it.
fn emphasised(kind: BlockKind, text: String) -> String {
    match kind {
        BlockKind::Title | BlockKind::Subhead => format!("**{text}**"),
        BlockKind::Kicker | BlockKind::SourceNote => format!("*{text}*"),
        BlockKind::Lead | BlockKind::Paragraph => text,
    }
}

fn legend() -> String {
    let lines: Vec<String> = LEGEND
        .iter()
        .map(|(symbol, words, meaning)| format!("- {} *{words}*: {meaning}", escape(symbol)))
        .collect();
    format!(
        "A number in brackets links to the sentence of that number in its article. \
         Marks before a sentence:\n\n{}",
        lines.join("\n")
    )
}

fn engines(engines: &Engines) -> String {
    let model = |info: &crate::brief::ModelInfo| {
        format!("{} ({})", escape(&info.name), escape(&info.fingerprint))
    };
    format!(
        "{}. Translated by {}, summarised by {}.",
        wording::LABEL,
        model(&engines.translate),
        model(&engines.summarise)
    )
}
