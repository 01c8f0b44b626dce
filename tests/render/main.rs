//! Stages 6 and 7 on one invented day: what the brief holds, and what every
//! format makes of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod brief;
mod builder;
mod day;
mod html;
mod index;
mod json;
mod markdown;

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
    let names: Vec<&str> = render_day(&day::day()).unwrap().iter().map(|file| file.name).collect();
    assert_eq!(names, ["brief.md", "brief.en.md", "brief.html", "brief.json"]);
}

/// `cargo test --test render -- --ignored` and a browser show what the tests
/// cannot judge.
#[test]
#[ignore = "writes the pages to look at"]
fn pages_to_look_at() {
    use tagesbrief::render::{Rendered, render_index};
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let write = |folder: &std::path::Path, files: Vec<Rendered>| {
        std::fs::create_dir_all(folder).unwrap();
        files.iter().for_each(|file| std::fs::write(folder.join(file.name), &file.bytes).unwrap());
    };
    let brief = day::day();
    write(&folder.join(brief.date.to_string()), render_day(&brief).unwrap());
    write(&folder, render_index(&index::entries()).unwrap());
}
