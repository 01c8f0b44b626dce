use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};
use tagesbrief::brief::assemble;
use tagesbrief::ingest::BriefDate;
use tagesbrief::render::{IndexEntry, render_day, render_index};

use super::day::{articles, day, engines, key_points, thursday};
use super::{rendered, shown};

fn page() -> Html {
    Html::parse_document(&rendered(&day(), "brief.html"))
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element without the notes in it.
fn text(element: ElementRef<'_>) -> String {
    let notes: String =
        element.select(&Selector::parse(".note").unwrap()).flat_map(|note| note.text()).collect();
    let whole: String = element.text().collect();
    whole.strip_prefix(&notes).map_or(whole.clone(), |rest| rest.trim_start().to_owned())
}

#[test]
fn snapshot() {
    let page = rendered(&day(), "brief.html");
    // The style is read in its own file and looked at in a browser.
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!("brief.html", format!("{head}<style>…</style>{body}"));
}

#[test]
fn every_sentence_comes_back_exactly_in_both_columns() {
    let page = page();
    for pair in day().articles.iter().flat_map(|article| &article.pairs) {
        let row = all(&page, &format!("[id='s-{}']", pair.id));
        assert_eq!(row.len(), 1);
        let cell = |class: &str| row[0].select(&Selector::parse(class).unwrap()).next().unwrap();
        assert_eq!(text(cell(".de")), shown(&pair.de));
        assert_eq!(cell(".de").attr("lang"), Some("de"));
        let english: String = cell(".en").text().collect();
        assert!(english.ends_with(&shown(&pair.en.text)), "{english}");
    }
}

#[test]
fn kept_german_is_marked_and_called_german() {
    let page = page();
    let kept = all(&page, ".pair .en[lang=de]");
    assert_eq!(kept.len(), 1);
    let words: String = kept[0].text().collect();
    assert!(words.starts_with("⚠ German kept: repetition"), "{words}");
}

#[test]
fn hostile_text_makes_no_markup() {
    let page = page();
    assert!(
        all(&page, "script, img, iframe, object, embed, form, b, i, svg, link, base").is_empty()
    );
    for element in all(&page, "*") {
        let known = [
            "id",
            "class",
            "lang",
            "href",
            "open",
            "type",
            "charset",
            "name",
            "content",
            "http-equiv",
            "aria-label",
            "aria-labelledby",
            "aria-hidden",
        ];
        for (name, _) in element.value().attrs() {
            assert!(known.contains(&name), "{}", element.html());
        }
    }
    assert_eq!(all(&page, "body").len(), 1);
    assert_eq!(all(&page, "article").len(), 4);
    let title: String = all(&page, "article:last-of-type h3")[0].text().collect();
    assert!(title.contains("<script>alert(\"Hello\")</script> # Second line | {{ brief }}"));
}

#[test]
fn ids_are_unique_and_every_link_leads_somewhere() {
    let page = page();
    let ids: Vec<&str> = all(&page, "[id]").iter().map(|found| found.attr("id").unwrap()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len());
    for link in all(&page, "[href]") {
        let href = link.attr("href").unwrap();
        match href.strip_prefix('#') {
            Some(id) => assert!(unique.contains(id), "{href}"),
            None => assert!(
                ["../index.html", "brief.md", "brief.en.md", "brief.json"].contains(&href),
                "{href}"
            ),
        }
    }
}

#[test]
fn links_of_the_index_lead_to_anchors_of_the_brief() {
    let index = render_index(&[IndexEntry::from_brief(&day())]).unwrap().pop().unwrap();
    let index = Html::parse_document(std::str::from_utf8(&index.bytes).unwrap());
    let brief = page();
    let links = all(&index, ".headlines a");
    assert_eq!(links.len(), 4);
    for link in links {
        let (file, anchor) = link.attr("href").unwrap().split_once('#').unwrap();
        assert_eq!(file, "2024-10-24/brief.html");
        assert_eq!(all(&brief, &format!("[id='{anchor}']")).len(), 1);
    }
    assert!(all(&index, "script, b, i").is_empty());
}

#[test]
fn the_page_needs_nothing_from_anywhere() {
    let page = rendered(&day(), "brief.html");
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    assert!(!style.contains("url(") && !style.contains("@import"));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn other_dates_and_empty_days_render() {
    let month = BriefDate::Month { year: 2024, month: 10 };
    assert!(
        rendered(&assemble(month, articles(), key_points(), &engines()), "brief.html")
            .contains("<h1>October 2024, day unknown</h1>")
    );
    assert!(
        rendered(&assemble(BriefDate::Undated, vec![], vec![], &engines()), "brief.html")
            .contains("<h1>Undated articles</h1>")
    );
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let again = assemble(thursday(), articles(), key_points(), &engines());
    assert_eq!(render_day(&day()).unwrap(), render_day(&again).unwrap());
}
