//! Articles for the stage tests: built from blocks, split at ". ", one
//! sentence a segment.

#![allow(dead_code)]

use tagesbrief::ingest::{Article, ArticleId, Block, BlockKind, Layout, SourceFile};
use tagesbrief::segment::{Segment, SegmentId, SegmentedArticle};
use tagesbrief::support::Span;
use tagesbrief::translate::{BilingualArticle, Origin, Translation};

/// A paragraph's kind.
pub(crate) const BODY: BlockKind = BlockKind::Paragraph;

/// An article of the given blocks.
pub(crate) fn article(id: &str, blocks: &[(BlockKind, &str)]) -> SegmentedArticle {
    let mut text = String::new();
    let mut spans = Vec::new();
    for (kind, block) in blocks {
        let start = text.len();
        text.push_str(block);
        spans.push(Block {
            kind: *kind,
            span: Span::new(start, text.len()),
            line: spans.len() + 1,
        });
        text.push('\n');
    }
    let id = ArticleId(id.to_owned());
    let mut segments = Vec::new();
    for (block, place) in spans.iter().enumerate() {
        for span in sentences(place.span.of(&text)) {
            let number = segments.len() + 1;
            let name = SegmentId { article: id.clone(), number };
            segments.push(Segment { id: name, block, span: span.shifted(place.span.start) });
        }
    }
    SegmentedArticle { article: document(id, text, spans), segments }
}

fn document(id: ArticleId, text: String, blocks: Vec<Block>) -> Article {
    let source = SourceFile {
        path: format!("{id}.txt"),
        encoding: "UTF-8".to_owned(),
        encoding_guessed: false,
        bytes: text.len() as u64,
    };
    Article {
        id,
        source,
        layout: Layout::Plain,
        text,
        category: None,
        date: None,
        blocks,
        dropped: Vec::new(),
        notices: Vec::new(),
    }
}

fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        spans.push(Span::new(start, at + 1));
        start = at + 2;
    }
    if start < text.len() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}

/// An article whose English is its "German", as if a perfect model had spoken.
pub(crate) fn english(id: &str, blocks: &[(BlockKind, &str)]) -> BilingualArticle {
    let article = article(id, blocks);
    let translations = (0..article.segments.len()).map(|index| translated(article.source(index)));
    let translations = translations.collect();
    BilingualArticle::new(article, translations)
}

/// A translation by the model, of middling score.
pub(crate) fn translated(text: &str) -> Translation {
    Translation {
        text: text.to_owned(),
        origin: Origin::Model,
        score: Some(-0.3),
        parts: 1,
        alignment: Vec::new(),
    }
}
