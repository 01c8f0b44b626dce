//! Whole articles through [`segment`].

use tagesbrief::ingest::{Article, ArticleId, Block, BlockKind, Layout, SourceFile};
use tagesbrief::segment::{SegmentedArticle, segment};
use tagesbrief::support::Span;

const TEXT: &str = "5. März, 2025\n\nNeue Brücke fertig – Bürger feiern\n\nAm 5. März wurde die Brücke eröffnet. Sie kostete 12 Mio. Euro.\n\n \n\n„Endlich!“, rief Ute K. Dann fuhr sie los.\n";

fn block(kind: BlockKind, words: &str, line: usize) -> Block {
    let start = TEXT.find(words).unwrap();
    Block { kind, span: Span::new(start, start + words.len()), line }
}

fn article() -> Article {
    let blocks = vec![
        block(BlockKind::Title, "Neue Brücke fertig – Bürger feiern", 3),
        block(
            BlockKind::Lead,
            "Am 5. März wurde die Brücke eröffnet. Sie kostete 12 Mio. Euro.",
            5,
        ),
        block(BlockKind::Paragraph, " \n", 7),
        block(BlockKind::Paragraph, "„Endlich!“, rief Ute K. Dann fuhr sie los.", 9),
    ];
    Article {
        id: ArticleId("0123456789ab".into()),
        source: SourceFile {
            path: "a.txt".into(),
            encoding: "UTF-8".into(),
            encoding_guessed: false,
            bytes: 200,
        },
        layout: Layout::DateLine,
        text: TEXT.into(),
        category: None,
        date: None,
        blocks,
        dropped: Vec::new(),
        notices: Vec::new(),
    }
}

fn sources(article: &SegmentedArticle) -> Vec<&str> {
    (0..article.segments.len()).map(|index| article.source(index)).collect()
}

#[test]
fn blocks_become_sentences_in_reading_order() {
    let segmented = segment(article());
    let wanted = [
        "Neue Brücke fertig – Bürger feiern",
        "Am 5. März wurde die Brücke eröffnet.",
        "Sie kostete 12 Mio. Euro.",
        "„Endlich!“, rief Ute K.",
        "Dann fuhr sie los.",
    ];
    assert_eq!(sources(&segmented), wanted);
}

#[test]
fn segments_know_their_block_and_place() {
    let segmented = segment(article());
    let blocks: Vec<usize> = segmented.segments.iter().map(|segment| segment.block).collect();
    assert_eq!(blocks, [0, 1, 1, 3, 3]);
    let ids: Vec<String> =
        segmented.segments.iter().map(|segment| segment.id.to_string()).collect();
    assert_eq!(ids.first().unwrap(), "0123456789ab-1");
    assert_eq!(ids.last().unwrap(), "0123456789ab-5");
}

#[test]
fn an_article_without_blocks_has_no_segments() {
    let empty = Article { blocks: Vec::new(), ..article() };
    assert!(segment(empty).segments.is_empty());
}

#[test]
fn a_block_that_does_not_fit_its_text_is_passed_over() {
    let stray = Block { kind: BlockKind::Paragraph, span: Span::new(5, 9999), line: 1 };
    let article = Article { blocks: vec![stray], ..article() };
    assert!(segment(article).segments.is_empty());
}
