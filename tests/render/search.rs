//! What the pages' script reads.

use std::collections::BTreeMap;

use serde_json::Value;
use tagesbrief::render::{SiteOptions, render_index};

use super::index::entries;

fn scripts() -> BTreeMap<String, String> {
    let files = render_index(&entries(), &SiteOptions::default()).unwrap().into_iter();
    files
        .filter(|file| file.name.ends_with(".js"))
        .map(|file| (file.name, String::from_utf8(file.bytes).unwrap()))
        .collect()
}

/// The argument of the one call in a search file.
fn searched(script: &str) -> Vec<Value> {
    let list = script
        .strip_prefix("(window.tagesbriefSearch = window.tagesbriefSearch || []).push(\n")
        .and_then(|rest| rest.strip_suffix("\n);\n"))
        .unwrap();
    serde_json::from_str(&format!("[{list}]")).unwrap()
}

#[test]
fn a_year_has_its_own_file() {
    let names: Vec<String> = scripts().into_keys().collect();
    assert_eq!(
        names,
        [
            "site/dates.js",
            "site/script.js",
            "site/search-2023.js",
            "site/search-2024.js",
            "site/search-undated.js"
        ]
    );
}

#[test]
fn every_title_and_key_point_can_be_found() {
    let scripts = scripts();
    let dates = searched(&scripts["site/search-2024.js"]);
    let folders: Vec<&str> = dates.iter().map(|date| date["folder"].as_str().unwrap()).collect();
    assert_eq!(folders, ["2024-11-01", "2024-10-24", "2024-10-02", "2024-10"]);
    let thursday = &dates[1];
    let entry = entries().into_iter().find(|entry| entry.date.to_string() == "2024-10-24").unwrap();
    for (row, line) in thursday["titles"].as_array().unwrap().iter().zip(&entry.headlines) {
        assert_eq!(row[0], line.en.as_str());
        assert_eq!(row[1], line.de.as_str());
        assert_eq!(row[2], format!("articles/{}.html", line.article));
    }
    let points = thursday["points"].as_array().unwrap();
    assert_eq!(points.len(), entry.key_points.len());
    assert_eq!(points[0][1], format!("brief.html#{}", entry.key_points[0].id));
}

#[test]
fn the_list_of_dates_has_the_newest_first() {
    let scripts = scripts();
    let list = scripts["site/dates.js"]
        .strip_prefix("window.tagesbriefDates = ")
        .and_then(|rest| rest.strip_suffix(";\n"))
        .unwrap();
    let dates: Vec<(String, String, usize)> = serde_json::from_str(list).unwrap();
    assert_eq!(dates[0], ("2024-11-01".into(), "Friday, 1 November 2024".into(), 4));
    assert_eq!(dates.last().unwrap().0, "undated");
}

/// The hostile article's title holds a script element.
#[test]
fn no_article_can_end_a_script() {
    for (name, script) in scripts().iter().filter(|(name, _)| *name != "site/script.js") {
        assert!(!script.contains(['<', '>', '\u{2028}', '\u{2029}']), "{name}");
    }
}
