//! The feed, read back by a feed crate.

use atom_syndication::Feed;
use tagesbrief::brief::{DayBrief, assemble};
use tagesbrief::ingest::BriefDate;
use tagesbrief::render::{IndexEntry, SiteOptions, render_index};

use super::day::{HOSTILE, articles, day, engines, key_points};
use super::index::entries;

fn text(entries: &[IndexEntry], base: Option<&str>) -> String {
    let site = SiteOptions { base_url: base.map(str::to_owned) };
    let files = render_index(entries, &site).unwrap();
    let feed = files.into_iter().find(|file| file.name == "feed.atom").unwrap();
    String::from_utf8(feed.bytes).unwrap()
}

fn feed(entries: &[IndexEntry], base: Option<&str>) -> Feed {
    text(entries, base).parse().unwrap()
}

#[test]
fn snapshot() {
    insta::assert_snapshot!("feed.atom", text(&[IndexEntry::from_brief(&day())], None));
}

#[test]
fn the_feed_has_every_brief_the_newest_first() {
    let feed = feed(&entries(), None);
    let titles: Vec<&str> = feed.entries().iter().map(|entry| entry.title().as_str()).collect();
    assert_eq!(titles.len(), 6);
    assert_eq!(titles[0], "Friday, 1 November 2024");
    assert_eq!(feed.updated().to_rfc3339(), "2024-11-01T00:00:00+00:00");
    assert_eq!(feed.entries()[1].updated().to_rfc3339(), "2024-10-24T00:00:00+00:00");
    let summary = feed.entries()[1].summary().unwrap().as_str();
    assert!(summary.starts_with("The town council of Seehausen has approved"), "{summary}");
}

#[test]
fn ids_are_tags_and_links_relative_without_a_base_address() {
    let feed = feed(&entries(), None);
    assert_eq!(feed.entries()[1].id(), "tag:tagesbrief.invalid,2026:2024-10-24");
    assert_eq!(feed.entries()[1].links()[0].href(), "2024-10-24/brief.html");
    assert!(feed.links().iter().all(|link| link.rel() != "self"));
}

#[test]
fn ids_and_links_are_addresses_with_a_base_address() {
    for base in ["https://news.example/briefs", "https://news.example/briefs/"] {
        let feed = feed(&entries(), Some(base));
        let entry = &feed.entries()[1];
        assert_eq!(entry.id(), "https://news.example/briefs/2024-10-24/brief.html");
        assert_eq!(entry.links()[0].href(), entry.id());
        let own = feed.links().iter().find(|link| link.rel() == "self").unwrap();
        assert_eq!(own.href(), "https://news.example/briefs/feed.atom");
    }
}

/// What RFC 4287 asks of every feed and entry.
#[test]
fn nothing_that_must_be_there_is_missing_and_ids_are_unique() {
    let feed = feed(&entries(), None);
    assert!(!feed.id().is_empty() && !feed.authors().is_empty());
    let mut ids: Vec<&str> = feed.entries().iter().map(|entry| entry.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), feed.entries().len());
    assert!(feed.entries().iter().all(|entry| entry.links()[0].rel() == "alternate"));
}

#[test]
fn an_id_stays_when_the_brief_changes() {
    let other = DayBrief { key_points: vec![], ..day() };
    let id = |brief| feed(&[IndexEntry::from_brief(brief)], None).entries()[0].id().to_owned();
    assert_eq!(id(&day()), id(&other));
}

#[test]
fn hostile_text_comes_back_as_text() {
    let mut brief = day();
    brief.overview[0].text = "]]> </summary><b> \u{0}\u{ffff}\u{fffe} &amp; end".into();
    let feed = feed(&[IndexEntry::from_brief(&brief)], None);
    let summary = feed.entries()[0].summary().unwrap().as_str();
    assert!(
        summary.starts_with("]]> </summary><b> \u{fffd}\u{fffd}\u{fffd} &amp; end"),
        "{summary}"
    );
    let content = feed.entries()[0].content().unwrap().value().unwrap();
    assert!(!content.contains("<script"), "{content}");
    assert!(content.contains(&format!("2024-10-24/articles/{HOSTILE}.html")));
}

#[test]
fn a_year_of_mornings_leaves_the_newest_month() {
    let many: Vec<IndexEntry> = (1..=12)
        .flat_map(|month| (1..=28).map(move |day| jiff::civil::date(2023, month, day)))
        .map(|date| {
            let date = BriefDate::Day(date);
            IndexEntry::from_brief(&assemble(date, articles(), key_points(), &engines()))
        })
        .collect();
    let feed = feed(&many, None);
    assert_eq!(feed.entries().len(), 31);
    assert_eq!(feed.entries()[0].title().as_str(), "Thursday, 28 December 2023");
}

#[test]
fn an_empty_feed_is_a_feed() {
    assert!(feed(&[], None).entries().is_empty());
}
