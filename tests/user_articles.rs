//! The articles of the future user, where they are at hand: counted by eye,
//! held against what ingest makes of them. They are not part of the project,
//! so the test says so and passes where they are missing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::path::{Path, PathBuf};

use jiff::civil::date;
use tagesbrief::ingest::{
    Article, BlockKind, BriefDate, DateRule, IngestOptions, Layout, read_inbox,
};

/// What the eye sees in one article.
struct Seen {
    prefix: &'static str,
    layout: Layout,
    date: BriefDate,
    rule: Option<DateRule>,
    category: Option<&'static str>,
    /// Words of the title and its first word.
    title: Option<(usize, &'static str)>,
    kicker_words: usize,
    leads: usize,
    subheads: usize,
    paragraphs: usize,
    notes: usize,
    dropped: &'static [&'static str],
}

fn what_the_eye_sees() -> [Seen; 5] {
    let day = |day| BriefDate::Day(date(2024, 10, day));
    let header = &["date line", "category", "the title once more"];
    [
        Seen {
            prefix: "000_",
            layout: Layout::DateLine,
            date: day(30),
            rule: Some(DateRule::DateLine),
            category: Some("Politik"),
            title: Some((9, "Pistorius")),
            kicker_words: 0,
            leads: 0,
            subheads: 0,
            paragraphs: 5,
            notes: 0,
            dropped: header,
        },
        Seen {
            prefix: "001_",
            layout: Layout::DateLine,
            date: day(24),
            rule: Some(DateRule::DateLine),
            category: Some("Politik"),
            title: Some((8, "Russland")),
            kicker_words: 0,
            leads: 0,
            subheads: 0,
            paragraphs: 6,
            notes: 0,
            dropped: header,
        },
        Seen {
            prefix: "002_",
            layout: Layout::StandHeader,
            date: day(24),
            rule: Some(DateRule::Stand),
            category: None,
            title: Some((6, "Südkorea")),
            kicker_words: 2,
            leads: 1,
            subheads: 3,
            paragraphs: 8,
            notes: 0,
            dropped: &["a scraper's date field", "date line"],
        },
        Seen {
            prefix: "003_",
            layout: Layout::Titled,
            date: BriefDate::Undated,
            rule: None,
            category: None,
            title: Some((9, "USA")),
            kicker_words: 0,
            leads: 0,
            subheads: 0,
            paragraphs: 8,
            notes: 0,
            dropped: &[],
        },
        Seen {
            prefix: "004_",
            layout: Layout::Plain,
            date: BriefDate::Undated,
            rule: None,
            category: None,
            title: None,
            kicker_words: 0,
            leads: 0,
            subheads: 0,
            paragraphs: 7,
            notes: 1,
            dropped: &[],
        },
    ]
}

/// The folder, beside the project or beside the folder of its working copies.
fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/seeds", "../../shared/seeds"]
        .iter()
        .map(|path| root.join(path))
        .find(|p| p.is_dir())
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn count(article: &Article, kind: BlockKind) -> usize {
    article.blocks.iter().filter(|block| block.kind == kind).count()
}

#[test]
fn the_users_articles_are_understood() {
    let Some(folder) = folder() else {
        eprintln!("skipped: the user's articles are not here (../shared/seeds)");
        return;
    };
    let inbox = read_inbox(&folder, &IngestOptions::new(date(2026, 11, 21))).unwrap();
    assert_eq!(inbox.setbacks, []);
    for seen in what_the_eye_sees() {
        let wanted = |article: &&Article| article.source.path.starts_with(seen.prefix);
        let article = inbox.articles.iter().find(wanted).expect(seen.prefix);
        compare(article, &seen);
    }
}

fn compare(article: &Article, seen: &Seen) {
    let file = seen.prefix;
    assert_eq!(article.layout, seen.layout, "{file}");
    assert_eq!(article.brief_date(), seen.date, "{file}");
    assert_eq!(article.date.as_ref().map(|date| date.evidence.rule), seen.rule, "{file}");
    assert_eq!(article.category.as_deref(), seen.category, "{file}");
    let title = article.title().map(|title| (words(title), title.split(' ').next().unwrap_or("")));
    assert_eq!(title, seen.title, "{file}");
    let kicker = article.blocks.iter().find(|block| block.kind == BlockKind::Kicker);
    assert_eq!(
        kicker.map_or(0, |block| words(block.span.of(&article.text))),
        seen.kicker_words,
        "{file}"
    );
    assert_eq!(count(article, BlockKind::Lead), seen.leads, "{file}: leads");
    assert_eq!(count(article, BlockKind::Subhead), seen.subheads, "{file}: subheads");
    assert_eq!(count(article, BlockKind::Paragraph), seen.paragraphs, "{file}: paragraphs");
    assert_eq!(count(article, BlockKind::SourceNote), seen.notes, "{file}: notes");
    let dropped: Vec<&str> =
        article.dropped.iter().map(|dropped| dropped.reason.as_str()).collect();
    assert_eq!(dropped, seen.dropped, "{file}: dropped");
    assert_eq!(article.notices, [], "{file}: notices");
    assert_eq!(article.source.encoding, "UTF-8", "{file}");
}
