//! The morning after, in its second issue: what is new comes first, what the day
//! before told leads back to it, and every format says that the brief was updated.

use scraper::{ElementRef, Html, Selector};
use tagesbrief::brief::{DayBrief, Edition, Told, assemble, relate};
use tagesbrief::ingest::{ArticleId, BriefDate};
use tagesbrief::render::{BRIEF_SCHEMA, IndexEntry, SiteOptions, render_index};

use super::day::{TRAM, articles, day, engines, key_points};
use super::rendered;

const UPDATED: &str = "Updated: issue 2, with 1 new article and without 1 earlier one";

/// The same articles a day later. Two of the key points were told.
pub(crate) fn friday() -> DayBrief {
    let BriefDate::Day(thursday) = day().date else { panic!("a day") };
    let date = BriefDate::Day(thursday.tomorrow().unwrap());
    let told: Vec<Told> = day().key_points[..2]
        .iter()
        .map(|point| Told { day: thursday, id: point.id.clone(), text: point.text.clone() })
        .collect();
    let brief = relate(assemble(date, articles(), key_points(), &engines()), &told);
    let added = vec![ArticleId(TRAM.to_owned())];
    DayBrief { edition: Edition { number: 2, added, withdrawn: 1 }, ..brief }
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn told_ids() -> Vec<String> {
    day().key_points[..2].iter().map(|point| point.id.clone()).collect()
}

#[test]
fn what_is_new_stands_before_what_was_told() {
    let brief = friday();
    let ids: Vec<String> = brief.key_points.iter().map(|point| point.id.clone()).collect();
    assert!(ids.len() > 2);
    assert_eq!(ids[ids.len() - 2..], told_ids());
    for point in &brief.key_points {
        let continues = point.continues.as_ref().map(|it| (it.date, it.key_point.clone()));
        let told = told_ids().contains(&point.id).then(|| (day().date, point.id.clone()));
        assert_eq!(continues, told);
    }
    let texts = |brief: &DayBrief| brief.key_points.len();
    assert_eq!(texts(&relate(brief.clone(), &[])), texts(&brief));
    assert!(relate(brief, &[]).key_points.iter().all(|point| point.continues.is_none()));
}

#[test]
fn the_page_has_them_under_a_heading_of_their_own_with_links() {
    let page = Html::parse_document(&rendered(&friday(), "brief.html"));
    let links: Vec<&str> = all(&page, "#continuing + .key-points a.note")
        .into_iter()
        .map(|link| link.attr("href").unwrap())
        .collect();
    let expected = told_ids().into_iter().map(|id| format!("../2024-10-24/brief.html#{id}"));
    assert_eq!(links, expected.collect::<Vec<_>>());
    assert_eq!(all(&page, ".key-points a.note").len(), 2, "none of the new ones");
    assert!(all(&Html::parse_document(&rendered(&day(), "brief.html")), "#continuing").is_empty());
}

#[test]
fn markdown_links_to_the_same_kind_of_page() {
    for file in ["brief.md", "brief.en.md"] {
        let page = rendered(&friday(), file);
        for id in told_ids() {
            let mark =
                format!("*↪ [continuing from 24 October 2024](../2024-10-24/{file}#{id}):* ");
            assert!(page.contains(&mark), "{file}: {page}");
        }
        assert_eq!(page.matches("↪ [continuing").count(), 2);
        assert!(page.contains(&format!("*{UPDATED}*: [")), "{file}");
    }
}

#[test]
fn the_json_keeps_the_schema_and_comes_back() {
    let json = rendered(&friday(), "brief.json");
    assert_eq!(serde_json::from_str::<DayBrief>(&json).unwrap(), friday());
    let schema = jsonschema::validator_for(&serde_json::from_str(BRIEF_SCHEMA).unwrap()).unwrap();
    let brief: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(schema.is_valid(&brief));
    for field in ["/edition", "/key_points/2/continues"] {
        let mut more = brief.clone();
        let object = more.pointer_mut(field).unwrap().as_object_mut().unwrap();
        object.insert("unknown".into(), 1.into());
        assert!(!schema.is_valid(&more), "{field} may have any field");
    }
}

#[test]
fn a_later_issue_says_so_on_its_page_in_the_index_and_in_the_feed() {
    let page = Html::parse_document(&rendered(&friday(), "brief.html"));
    let note: String = all(&page, ".update")[0].text().collect();
    assert!(note.starts_with(UPDATED), "{note}");
    assert_eq!(
        all(&page, ".update a")[0].attr("href"),
        Some(format!("articles/{TRAM}.html").as_str())
    );
    assert!(!rendered(&day(), "brief.html").contains("Updated"));

    let files = |brief: &DayBrief| {
        let entry = IndexEntry::from_json(rendered(brief, "brief.json").as_bytes()).unwrap();
        assert_eq!(entry, IndexEntry::from_brief(brief));
        render_index(&[entry], &SiteOptions::default()).unwrap()
    };
    let text = |brief: &DayBrief, name: &str| {
        let file = files(brief).into_iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.bytes).unwrap()
    };
    for name in ["index.html", "index.md", "feed.atom"] {
        assert!(text(&friday(), name).contains(UPDATED), "{name}");
        assert!(!text(&day(), name).contains("Updated"), "{name}");
    }
    let first = DayBrief { edition: Edition::default(), ..friday() };
    let updated = |brief: &DayBrief| {
        let feed: atom_syndication::Feed = text(brief, "feed.atom").parse().unwrap();
        feed.entries()[0].updated().to_rfc3339()
    };
    assert_eq!(updated(&first), "2024-10-25T00:00:00+00:00");
    assert_eq!(updated(&friday()), "2024-10-25T00:00:01+00:00");
}
