//! One article: heading, provenance, summary, the whole text.

use crate::brief::{ArticleBrief, SentencePair};
use crate::ingest::BlockKind;
use crate::render::notes::{self, Note};
use crate::render::{anchor, wording};
use crate::segment::SegmentId;
use crate::summarise::{Summary, SummarySentence};

use super::{Languages, anchor_tag, category, emphasised, escape, marks, references};

/// The blocks of the page that make up `article`.
pub(super) fn article(article: &ArticleBrief, languages: Languages) -> Vec<String> {
    let mut blocks = vec![heading(article, languages)];
    if languages == Languages::Both && article.headline.de != article.headline.en {
        blocks.push(format!("*{}*", escape(&article.headline.de)));
    }
    blocks.push(provenance(article));
    blocks.extend(notices(article));
    blocks.extend(article.summary.as_ref().map(|summary| summed_up(summary, article)));
    match languages {
        Languages::Both => blocks.extend(table(&article.pairs)),
        Languages::English => blocks.extend(running_text(article)),
    }
    blocks
}

/// On the English page, where no table repeats the title, the heading carries
/// the anchors of the title's sentences as well.
fn heading(article: &ArticleBrief, languages: Languages) -> String {
    let note: Vec<_> = article.headline.origin.and_then(notes::of_origin).into_iter().collect();
    let mut anchors = anchor_tag(&anchor::article(&article.id));
    if languages == Languages::English {
        let title = article.pairs.iter().filter(|pair| pair.block_kind == BlockKind::Title);
        anchors.extend(title.map(|pair| anchor_tag(&anchor::segment(&pair.id))));
    }
    format!("### {anchors}{}{}", marks(&note), escape(&article.headline.en))
}

/// Where the article is from: category, date, file, id.
fn provenance(article: &ArticleBrief) -> String {
    let mut parts: Vec<String> = category(&article.headline).into_iter().collect();
    if !article.has_title {
        parts.push("untitled: goes by its first sentence".to_owned());
    }
    parts.push(escape(&wording::provenance(article.date.as_ref())));
    parts.push(format!("file {}", escape(&article.source.path)));
    parts.push(format!("id {}", escape(&article.id.0)));
    parts.join(" · ")
}

fn notices(article: &ArticleBrief) -> Option<String> {
    if article.notices.is_empty() {
        return None;
    }
    let lines =
        article.notices.iter().map(|notice| format!("- {}", escape(&wording::notice(notice))));
    Some(format!("Noticed:\n\n{}", lines.collect::<Vec<_>>().join("\n")))
}

fn summed_up(summary: &Summary, article: &ArticleBrief) -> String {
    let sentences: Vec<String> =
        summary.sentences.iter().map(|sentence| summary_sentence(sentence, article)).collect();
    let title = wording::summary_title(summary);
    let coverage = wording::coverage(&summary.coverage)
        .map(|line| format!("\n\n*{}*", escape(&line)))
        .unwrap_or_default();
    format!("**{title}.** {}{coverage}", sentences.join(" "))
}

fn summary_sentence(sentence: &SummarySentence, article: &ArticleBrief) -> String {
    let note: Vec<_> = notes::of_check(&sentence.check)
        .into_iter()
        .chain(notes::of_summary(sentence.origin))
        .collect();
    let support: Vec<&SegmentId> = sentence
        .support
        .iter()
        .filter_map(|&index| article.pairs.get(index).map(|pair| &pair.id))
        .collect();
    format!("{}{} {}", marks(&note), escape(&sentence.text), references(support.into_iter()))
}

/// The whole text, German beside English, a row for every sentence, and a row
/// at the start of every block that says what the block is.
fn table(pairs: &[SentencePair]) -> Option<String> {
    if pairs.is_empty() {
        return None;
    }
    let mut rows = vec!["| Deutsch | English |".to_owned(), "| --- | --- |".to_owned()];
    for block in pairs.chunk_by(|one, next| one.block == next.block) {
        rows.extend(block.first().map(|pair| block_row(pair.block_kind)));
        rows.extend(block.iter().map(row));
    }
    Some(rows.join("\n"))
}

fn notes(pair: &SentencePair) -> Vec<Note> {
    notes::of_check(&pair.check).into_iter().chain(notes::of_translation(&pair.en)).collect()
}

fn block_row(kind: BlockKind) -> String {
    let (german, english) = wording::block_names(kind);
    format!("| *{german}* | *{english}* |")
}

fn row(pair: &SentencePair) -> String {
    let german = emphasised(pair.block_kind, escape(&pair.de));
    let english = emphasised(pair.block_kind, escape(&pair.en.text));
    let marks = marks(&notes(pair));
    format!("| {}{german} | {marks}{english} |", anchor_tag(&anchor::segment(&pair.id)))
}

/// The English text in paragraphs, without the title, which is the heading
/// already. German that was kept stands here, too, marked: a gap would be worse
/// for the reader.
fn running_text(article: &ArticleBrief) -> Vec<String> {
    let blocks = article.pairs.chunk_by(|one, next| one.block == next.block);
    blocks.map(paragraph).filter(|text| !text.is_empty()).collect()
}

fn paragraph(block: &[SentencePair]) -> String {
    let text = block.iter().filter(|pair| pair.block_kind != BlockKind::Title);
    text.map(sentence).collect::<Vec<_>>().join(" ")
}

fn sentence(pair: &SentencePair) -> String {
    let anchor = anchor_tag(&anchor::segment(&pair.id));
    let marks = marks(&notes(pair));
    format!("{anchor}{marks}{}", emphasised(pair.block_kind, escape(&pair.en.text)))
}
