use jiff::civil::date;
use tagesbrief::brief::DayBrief;
use tagesbrief::ingest::BriefDate;
use tagesbrief::render::{IndexEntry, RenderError, SiteOptions, render_index};

use super::day::day;
use super::rendered;

fn of(date: BriefDate) -> IndexEntry {
    IndexEntry::from_brief(&DayBrief { date, ..day() })
}

pub(crate) fn entries() -> Vec<IndexEntry> {
    let mut older = of(BriefDate::Day(date(2024, 10, 2)));
    older.headlines.truncate(1);
    older.key_points.truncate(1);
    let mut busy = of(BriefDate::Day(date(2023, 12, 31)));
    busy.headlines = std::iter::repeat_n(busy.headlines[0].clone(), 15).collect();
    vec![
        of(BriefDate::Undated),
        older,
        busy,
        of(BriefDate::Month { year: 2024, month: 10 }),
        of(BriefDate::Day(date(2024, 11, 1))),
        of(BriefDate::Day(date(2024, 10, 24))),
    ]
}

fn index(entries: &[IndexEntry], name: &str) -> String {
    let files = render_index(entries, &SiteOptions::default()).unwrap();
    String::from_utf8(files.into_iter().find(|file| file.name == name).unwrap().bytes).unwrap()
}

#[test]
fn snapshots() {
    insta::assert_snapshot!("index.md", index(&entries(), "index.md"));
    insta::assert_snapshot!("index.html", index(&entries(), "index.html"));
    insta::assert_snapshot!("search-2024.js", index(&entries(), "site/search-2024.js"));
}

#[test]
fn the_newest_date_comes_first_and_the_undated_last() {
    let page = index(&entries(), "index.md");
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(
        headings,
        [
            "## [Friday, 1 November 2024](2024-11-01/brief.md)",
            "## [Thursday, 24 October 2024](2024-10-24/brief.md)",
            "## [Wednesday, 2 October 2024](2024-10-02/brief.md)",
            "## [October 2024, day unknown](2024-10/brief.md)",
            "## [Sunday, 31 December 2023](2023-12-31/brief.md)",
            "## [Undated articles](undated/brief.md)",
        ]
    );
}

#[test]
fn the_order_of_the_entries_does_not_matter() {
    let mut reversed = entries();
    reversed.reverse();
    assert_eq!(
        render_index(&reversed, &SiteOptions::default()).unwrap(),
        render_index(&entries(), &SiteOptions::default()).unwrap()
    );
}

#[test]
fn an_empty_index_says_so() {
    assert!(index(&[], "index.html").contains("no brief yet"));
    assert!(index(&[], "index.md").contains("0 briefs"));
}

#[test]
fn an_earlier_brief_gives_the_same_entry_as_a_new_one() {
    let stored = IndexEntry::from_json(rendered(&day(), "brief.json").as_bytes()).unwrap();
    assert_eq!(stored, IndexEntry::from_brief(&day()));
}

#[test]
fn the_first_of_two_entries_for_one_date_counts() {
    let mut second = of(BriefDate::Undated);
    second.headlines.clear();
    let page = index(&[of(BriefDate::Undated), second], "index.md");
    assert_eq!(page.matches("## ").count(), 1);
    assert!(page.contains("4 articles"));
}

#[test]
fn foreign_bytes_are_refused() {
    assert!(matches!(IndexEntry::from_json(b"{}"), Err(RenderError::ReadJson(_))));
    assert!(matches!(IndexEntry::from_json(b"\xff"), Err(RenderError::ReadJson(_))));
    let newer = IndexEntry::from_json(b"{\"schema\": 9, \"date\": 7}");
    assert!(matches!(newer, Err(RenderError::Schema { found: 9, known: DayBrief::SCHEMA })));
}
