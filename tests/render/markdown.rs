use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use tagesbrief::brief::{DayBrief, assemble};
use tagesbrief::ingest::BriefDate;

use super::day::{articles, checked_day as day, engines};
use super::{rendered, shown};

fn events(markdown: &str) -> Vec<Event<'_>> {
    // Everything a renderer might understand, not only what the page needs.
    Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION).collect()
}

/// Rows (without the head) of every table, cells as plain text.
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut in_row = false;
    for event in events(markdown) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableRow) => {
                in_row = true;
                tables.last_mut().unwrap().push(Vec::new());
            }
            Event::End(TagEnd::TableRow) => in_row = false,
            Event::Start(Tag::TableCell) if in_row => row(&mut tables).push(String::new()),
            Event::Text(text) if in_row => row(&mut tables).last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    tables
}

fn row(tables: &mut [Vec<Vec<String>>]) -> &mut Vec<String> {
    tables.last_mut().unwrap().last_mut().unwrap()
}

fn is_ours(html: &str) -> bool {
    let id = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
    let harmless = |c: char| c.is_ascii_alphanumeric() || c == '-';
    id.is_some_and(|id| id.chars().all(harmless)) || html == "</a>" || html == "<!-- -->"
}

#[test]
fn snapshots() {
    insta::assert_snapshot!("brief.md", rendered(&day(), "brief.md"));
    insta::assert_snapshot!("brief.en.md", rendered(&day(), "brief.en.md"));
}

#[test]
fn every_sentence_has_its_row_and_comes_back_exactly() {
    let brief = day();
    let page = rendered(&brief, "brief.md");
    let tables = tables(&page);
    assert_eq!(tables.len(), brief.articles.len());
    for (article, rows) in brief.articles.iter().zip(&tables) {
        let blocks = article.pairs.chunk_by(|one, next| one.block == next.block).count();
        assert_eq!(rows.len(), article.pairs.len() + blocks);
        assert!(rows.iter().all(|cells| cells.len() == 2), "{rows:?}");
        let mut rows = rows.iter();
        let mut block = None;
        for pair in &article.pairs {
            if block.replace(pair.block) != Some(pair.block) {
                rows.next();
            }
            let cells = rows.next().unwrap();
            assert_eq!(cells[0], shown(&pair.de));
            let marks = cells[1].strip_suffix(shown(&pair.en.text).as_str()).unwrap();
            assert!(
                marks.is_empty()
                    || "⚠↻?!÷=".contains(&marks[..marks.chars().next().unwrap().len_utf8()])
            );
        }
    }
}

#[test]
fn hostile_text_makes_no_markup() {
    for name in ["brief.md", "brief.en.md"] {
        let page = rendered(&day(), name);
        for event in events(&page) {
            match event {
                Event::InlineHtml(html) => assert!(is_ours(&html), "{name}: {html}"),
                Event::Html(html) => panic!("{name}: {html}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with('#'), "{name}: {dest_url}");
                }
                Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::Start(
                    Tag::Image { .. }
                    | Tag::CodeBlock(_)
                    | Tag::Strikethrough
                    | Tag::Superscript
                    | Tag::DefinitionList
                    | Tag::MetadataBlock(_)
                    | Tag::FootnoteDefinition(_),
                ) => panic!("{name}: {event:?}"),
                _ => {}
            }
        }
    }
}

#[test]
fn the_headings_are_ours_alone() {
    // The checker's list needs both languages.
    for (name, sections) in [("brief.md", 5), ("brief.en.md", 4)] {
        let page = rendered(&day(), name);
        let count = |level: HeadingLevel| {
            let is = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: l, .. }) if *l == level);
            events(&page).iter().filter(|event| is(event)).count()
        };
        assert_eq!((count(HeadingLevel::H1), count(HeadingLevel::H2)), (1, sections), "{name}");
        assert_eq!(count(HeadingLevel::H3), day().articles.len(), "{name}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    for name in ["brief.md", "brief.en.md"] {
        let page = rendered(&day(), name);
        for event in events(&page) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event {
                let target = format!("<a id=\"{}\"></a>", &dest_url[1..]);
                assert_eq!(page.matches(&target).count(), 1, "{name}: {dest_url}");
            }
        }
    }
}

#[test]
fn the_english_page_holds_no_german_but_what_was_kept() {
    let page = rendered(&day(), "brief.en.md");
    assert!(!page.contains("beschlossen"));
    assert!(!page.contains("Fahrradwerk"));
    assert!(page.contains("*⚠ German kept: repetition:* Wer, wenn nicht wir"));
}

#[test]
fn dates_head_the_page() {
    let head = |date: BriefDate| {
        let brief: DayBrief = assemble(date, articles(), vec![], &engines());
        rendered(&brief, "brief.md").lines().next().unwrap().to_owned()
    };
    assert_eq!(
        head(BriefDate::Month { year: 2024, month: 10 }),
        "# Tagesbrief — October 2024, day unknown"
    );
    assert_eq!(head(BriefDate::Undated), "# Tagesbrief — Undated articles");
}

#[test]
fn an_empty_day_is_a_page_without_sections() {
    let brief = assemble(BriefDate::Undated, vec![], vec![], &engines());
    let page = rendered(&brief, "brief.md");
    assert!(page.contains("0 articles, 0 key points"));
    assert!(!page.contains("## "));
}
