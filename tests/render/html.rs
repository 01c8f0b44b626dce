use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use tagesbrief::brief::{ChecklistEntry, DayBrief, Subject, assemble};
use tagesbrief::check::Severity;
use tagesbrief::ingest::BriefDate;
use tagesbrief::render::{IndexEntry, SiteOptions, render_day, render_index};

use super::day::{
    HOSTILE, TRAM, UNTITLED, articles, checked_day as day, engines, key_points, thursday,
};
use super::later::friday;
use super::{index, rendered, shown};

fn article_page(id: &str) -> Html {
    Html::parse_document(&rendered(&day(), &format!("articles/{id}.html")))
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

/// Every file of a site with these briefs, by its path.
fn site(briefs: &[DayBrief]) -> BTreeMap<String, String> {
    let entries: Vec<IndexEntry> = briefs.iter().map(IndexEntry::from_brief).collect();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut files: BTreeMap<String, String> = render_index(&entries, &SiteOptions::default())
        .unwrap()
        .into_iter()
        .map(|file| (file.name, text(file.bytes)))
        .collect();
    for brief in briefs {
        for file in render_day(brief).unwrap() {
            files.insert(format!("{}/{}", brief.date, file.name), text(file.bytes));
        }
    }
    files
}

/// Where `href` on the page `from` leads.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (href, None),
    };
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            parts.pop().unwrap();
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), anchor)
}

#[test]
fn snapshots() {
    insta::assert_snapshot!("brief.html", rendered(&day(), "brief.html"));
    insta::assert_snapshot!("check.html", rendered(&day(), "check.html"));
    insta::assert_snapshot!("article.html", rendered(&day(), &format!("articles/{TRAM}.html")));
    let hostile = rendered(&day(), &format!("articles/{HOSTILE}.html"));
    insta::assert_snapshot!("hostile.html", hostile);
}

#[test]
fn every_sentence_comes_back_exactly_in_both_columns() {
    for article in day().articles {
        let page = article_page(&article.id.0);
        assert_eq!(all(&page, ".pair").len(), article.pairs.len());
        for pair in &article.pairs {
            let row = all(&page, &format!("[id='s-{}']", pair.id));
            assert_eq!(row.len(), 1);
            let cell = |class: &str| row[0].select(&Selector::parse(class).unwrap()).next();
            let (german, english) = (cell(".de").unwrap(), cell(".en").unwrap());
            assert_eq!(text(german), shown(&pair.de));
            assert_eq!(german.attr("lang"), Some("de"));
            assert!(["en", "de"].contains(&english.attr("lang").unwrap()));
            assert!(english.text().collect::<String>().ends_with(&shown(&pair.en.text)));
        }
    }
}

#[test]
fn words_know_their_partners() {
    let page = article_page(TRAM);
    let word = |side: &str, link: &str| -> String {
        let found = all(&page, &format!("#s-{TRAM}-4 {side} [data-link='{link}']"));
        assert_eq!(found.len(), 1);
        found[0].text().collect()
    };
    assert_eq!((word(".de", "1"), word(".en", "1")), ("Strecke".into(), "line".into()));
    assert_eq!((word(".de", "5"), word(".en", "5")), ("Euro".into(), "euros".into()));
    assert!(all(&page, &format!("#s-{TRAM}-3 [data-link]")).is_empty());
}

#[test]
fn a_finding_is_marked_in_both_languages_and_told_in_words() {
    let page = article_page(UNTITLED);
    let row = format!("#s-{UNTITLED}-2");
    for (side, number) in [(".de", "60"), (".en", "16")] {
        let marked: String =
            all(&page, &format!("{row} {side} mark")).iter().flat_map(|mark| mark.text()).collect();
        assert_eq!(marked, number);
    }
    let told: String = all(&page, &format!("{row} .findings li"))[0].text().collect();
    assert!(told.contains("60") && told.contains("16"), "{told}");
    let name = all(&page, &format!("{row} .number"))[0].attr("aria-label");
    assert_eq!(name, Some("Sentence 2, 1 finding"));
}

#[test]
fn clean_and_unchecked_sentences_differ() {
    let page = article_page(TRAM);
    let state = |number: usize| {
        let row = all(&page, &format!("#s-{TRAM}-{number}"))[0];
        let symbol: String = all(&page, &format!("#s-{TRAM}-{number} .state"))[0].text().collect();
        (row.attr("class").unwrap().to_owned(), symbol)
    };
    assert_eq!(state(4), ("pair clean".into(), "✓".into()));
    assert_eq!(state(6), ("pair unchecked flagged".into(), "○".into()));
    assert_eq!(state(9), ("pair unchecked".into(), "○".into()));
}

#[test]
fn the_checkers_list_has_the_worst_first_and_leads_to_each_place() {
    let brief = day();
    let page = Html::parse_document(&rendered(&brief, "check.html"));
    let lines = all(&page, ".checklist > li");
    assert_eq!(lines.len(), brief.checklist.len());
    let links: Vec<&str> =
        all(&page, ".checklist .meta a").iter().map(|link| link.attr("href").unwrap()).collect();
    let number = format!("articles/{UNTITLED}.html#s-{UNTITLED}-2");
    let kept = format!("articles/{TRAM}.html#s-{TRAM}-6");
    let place = |href: &str| links.iter().position(|link| *link == href);
    assert!(place(&number).unwrap() < place(&kept).unwrap(), "{links:?}");
}

#[test]
fn kept_german_is_marked_and_called_german() {
    let page = article_page(TRAM);
    let kept = all(&page, ".pair .en[lang=de]");
    assert_eq!(kept.len(), 1);
    let words: String = kept[0].text().collect();
    assert!(words.starts_with("⚠ German kept: repetition"), "{words}");
    assert_eq!(all(&page, ".pair .en[lang=de] .note[lang=en]").len(), 1);
}

#[test]
fn a_key_point_opens_its_sentences_and_links_to_them() {
    let brief = day();
    let page = Html::parse_document(&rendered(&brief, "brief.html"));
    for point in &brief.key_points {
        let sources = all(&page, &format!("[id='{}'] .source", point.id));
        assert_eq!(sources.len(), point.sources.len());
        for (shown_source, source) in sources.iter().zip(&point.sources) {
            let link = shown_source.select(&Selector::parse(".go a").unwrap()).next().unwrap();
            let address = format!("articles/{}.html#s-{}", source.id.article, source.id);
            assert_eq!(link.attr("href"), Some(address.as_str()));
        }
    }
}

/// A key point on the checker's list has the German beside it that it rests on.
#[test]
fn a_key_point_to_check_stands_beside_its_german() {
    let mut brief = day();
    let point = brief.key_points[0].clone();
    brief.checklist = vec![ChecklistEntry {
        subject: Subject::KeyPoint(point.id.clone()),
        severity: Severity::Major,
        findings: 1,
    }];
    let page = Html::parse_document(&rendered(&brief, "check.html"));
    let german: Vec<&str> = point.sources.iter().map(|source| source.de.as_str()).collect();
    assert_eq!(text(all(&page, ".checklist .de[lang=de]")[0]), german.join(" "));
    let link = format!("brief.html#{}", point.id);
    assert_eq!(all(&page, ".checklist a")[0].attr("href"), Some(link.as_str()));
}

#[test]
fn hostile_text_makes_no_markup() {
    let site = site(&[day()]);
    for (path, page) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Html::parse_document(page);
        let foreign = "img, iframe, object, embed, form, b, i, svg, base, script:not([src])";
        assert!(all(&page, foreign).is_empty(), "{path}");
        for script in all(&page, "script") {
            let source = script.attr("src").unwrap().trim_start_matches("../");
            assert!(["site/script.js", "site/dates.js"].contains(&source), "{source}");
        }
        for element in all(&page, "*") {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on") && name != "style", "{}", element.html());
                let known = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                assert!(known, "{}", element.html());
                assert!(!value.to_ascii_lowercase().contains("javascript:"));
            }
        }
        assert_eq!(all(&page, "body").len(), 1);
    }
    let title: String = all(&article_page(HOSTILE), "h1")[0].text().collect();
    assert!(title.contains("<script>alert(\"Hello\")</script> # Second line | {{ brief }}"));
}

#[test]
fn ids_are_unique_and_every_link_of_the_site_leads_somewhere() {
    let month = BriefDate::Month { year: 2024, month: 10 };
    let other = assemble(month, articles(), key_points(), &engines());
    let site = site(&[day(), other, friday()]);
    let pages: BTreeMap<&str, Html> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, page)| (path.as_str(), Html::parse_document(page)))
        .collect();
    let ids: BTreeMap<&str, Vec<&str>> = pages
        .iter()
        .map(|(path, page)| {
            (*path, all(page, "[id]").iter().map(|found| found.attr("id").unwrap()).collect())
        })
        .collect();
    assert!(pages.len() > 10);
    for (path, page) in &pages {
        let unique: BTreeSet<&&str> = ids[path].iter().collect();
        assert_eq!(unique.len(), ids[path].len(), "{path}");
        for link in all(page, "[href], script[src]") {
            let href = link.attr("href").or(link.attr("src")).unwrap();
            let (file, anchor) = target(path, href);
            assert!(site.contains_key(&file), "{path}: {href}");
            if let Some(anchor) = anchor {
                assert!(ids[file.as_str()].contains(&anchor.as_str()), "{path}: {href}");
            }
        }
    }
}

#[test]
fn a_page_may_load_nothing_but_its_style_and_its_scripts() {
    let site = site(&[day()]);
    for (path, page) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Html::parse_document(page);
        let policy = all(&page, "meta[http-equiv='Content-Security-Policy']");
        assert_eq!(
            policy[0].attr("content"),
            Some(
                "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; \
                 form-action 'none'"
            ),
            "{path}"
        );
        let before: Vec<_> = all(&page, "meta[http-equiv] ~ link, meta[http-equiv] ~ script");
        assert_eq!(
            before.len(),
            all(&page, "link, script").len(),
            "{path}: the policy comes first"
        );
    }
    let style = &site["site/style.css"];
    assert!(!style.contains("url(") && !style.contains("@import"));
    let script = &site["site/script.js"];
    for risky in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "Function(", "fetch("] {
        assert!(!script.contains(risky), "{risky}");
    }
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
    assert_eq!(render_day(&super::day::day()).unwrap(), render_day(&again).unwrap());
}

/// A late article, or a new date, must not change the pages around it.
#[test]
fn a_brief_is_a_matter_of_its_own_date() {
    let month = BriefDate::Month { year: 2024, month: 10 };
    let other = assemble(month, articles(), key_points(), &engines());
    let (alone, together) = (site(&[day()]), site(&[day(), other]));
    for (path, text) in alone.iter().filter(|(path, _)| path.starts_with("2024-10-24/")) {
        assert_eq!(Some(text), together.get(path), "{path}");
    }
}

#[test]
fn the_calendar_links_the_days_that_have_a_brief() {
    let files = render_index(&index::entries(), &SiteOptions::default()).unwrap();
    let page = files.into_iter().find(|file| file.name == "index.html").unwrap();
    let page = Html::parse_document(std::str::from_utf8(&page.bytes).unwrap());
    let links: Vec<&str> =
        all(&page, "td a").iter().map(|link| link.attr("href").unwrap()).collect();
    assert_eq!(
        links,
        ["2024-11-01", "2024-10-02", "2024-10-24", "2023-12-31"].map(|d| format!("{d}/brief.html"))
    );
    let name = all(&page, "td a")[2].attr("aria-label").unwrap();
    assert_eq!(name, "Thursday, 24 October 2024: 4 articles");
    let months: Vec<String> =
        all(&page, ".sheet h2").iter().map(|month| month.text().collect()).collect();
    assert_eq!(months, ["November 2024", "October 2024", "December 2023", "Without a date"]);
}
