//! Stages 6 and 7 on one invented day: what the brief holds, and what every
//! format makes of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod atom;
mod brief;
mod builder;
mod day;
mod html;
mod index;
mod json;
mod large;
mod later;
mod markdown;
mod search;

use tagesbrief::brief::DayBrief;
use tagesbrief::render::render_day;

/// The file `name` of `brief`, as text.
fn rendered(brief: &DayBrief, name: &str) -> String {
    let files = render_day(brief).unwrap();
    let file = files.into_iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.bytes).unwrap()
}

/// What a reader sees of `text`: one line, single spaces, no deceptive characters.
fn shown(text: &str) -> String {
    let text: Vec<&str> = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
    text.join(" ").replace(['\u{202e}', '\u{1b}'], "\u{fffd}")
}

#[test]
fn a_day_has_all_its_files() {
    let names: Vec<String> =
        render_day(&day::day()).unwrap().into_iter().map(|file| file.name).collect();
    assert_eq!(
        names,
        [
            "brief.html",
            "check.html",
            "articles/1a2b3c4d5e6f.html",
            "articles/2b3c4d5e6f70.html",
            "articles/3c4d5e6f7081.html",
            "articles/4d5e6f708192.html",
            "brief.md",
            "brief.en.md",
            "brief.tmx",
            "brief.xlf",
            "brief.json"
        ]
    );
}

/// Writes the site that `tests/browser` clicks through: the invented day with
/// its hostile article, some dates around it, and a date of 200 articles.
#[test]
#[ignore = "writes the site for the browser tests"]
fn site_for_the_browser() {
    use tagesbrief::render::{IndexEntry, Rendered, SiteOptions, render_index};
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    let _ = std::fs::remove_dir_all(&folder);
    let write = |folder: &std::path::Path, files: Vec<Rendered>| {
        for file in files {
            let path = folder.join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.bytes).unwrap();
        }
    };
    let briefs = large::dates();
    for brief in &briefs {
        write(&folder.join(brief.date.to_string()), render_day(brief).unwrap());
    }
    let entries: Vec<IndexEntry> = briefs.iter().map(IndexEntry::from_brief).collect();
    write(&folder, render_index(&entries, &SiteOptions::default()).unwrap());
    assert!(folder.join("2024-11-04/brief.html").is_file());
}
