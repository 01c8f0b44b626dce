//! What is made of briefs read back: exports, comparisons, the proof of the files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tagesbrief::brief::DayBrief;
use tagesbrief::compare::{Cause, Part, compare, listing, page, word_diff};
use tagesbrief::exchange::{ExchangeFormat, export};
use tagesbrief::render::{IndexEntry, SiteOptions, render_day, render_index};
use tagesbrief::translate::Origin;
use tempfile::TempDir;

const BRIEF: &str = include_str!("render/snapshots/render__json__brief.json.snap");

/// The brief of the render tests.
fn brief() -> DayBrief {
    serde_json::from_str(BRIEF.splitn(3, "---\n").nth(2).unwrap()).unwrap()
}

/// The brief with other English in one sentence that a model wrote.
fn changed(change: impl FnOnce(&mut DayBrief)) -> DayBrief {
    let mut brief = brief();
    first(&mut brief).en.text = "Quite other words.".to_owned();
    change(&mut brief);
    brief
}

fn first(brief: &mut DayBrief) -> &mut tagesbrief::brief::SentencePair {
    let mut pairs = brief.articles.iter_mut().flat_map(|article| &mut article.pairs);
    pairs.find(|pair| pair.en.origin == Origin::Model).unwrap()
}

fn causes(after: &DayBrief) -> Vec<(Cause, usize)> {
    compare(&[brief()], std::slice::from_ref(after)).causes().into_iter().collect()
}

/// An output folder with the brief.
fn written() -> TempDir {
    let folder = TempDir::new().unwrap();
    let brief = brief();
    let day = folder.path().join(brief.date.to_string());
    let write = |folder: &Path, files: Vec<tagesbrief::render::Rendered>| {
        for file in files {
            let path = folder.join(&file.name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.bytes).unwrap();
        }
    };
    write(&day, render_day(&brief).unwrap());
    let entries = [IndexEntry::from_brief(&brief)];
    write(folder.path(), render_index(&entries, &SiteOptions::default()).unwrap());
    folder
}

fn tagesbrief() -> Command {
    let mut command = Command::cargo_bin("tagesbrief").unwrap();
    command.current_dir(std::env::temp_dir());
    command
}

#[test]
fn equal_runs_have_no_changes() {
    let comparison = compare(&[brief()], &[brief()]);
    assert!(comparison.changes.is_empty() && comparison.same > 5);
    assert!(listing(&comparison).starts_with("sentences that differ: 0; the same: "));
}

#[test]
fn every_change_has_its_cause() {
    assert_eq!(causes(&changed(|_| ())), [(Cause::Settings, 1)]);
    let other_model = changed(|brief| brief.engines.translate.fingerprint = "new".to_owned());
    assert_eq!(causes(&other_model), [(Cause::Model, 1)]);
    // A person's English is the cause, whatever the model.
    let corrected = changed(|brief| {
        brief.engines.translate.fingerprint = "new".to_owned();
        first(brief).en.origin = Origin::Human;
    });
    assert_eq!(causes(&corrected), [(Cause::Correction, 1)]);
    // The same text cut elsewhere: one sentence gone, one come.
    let cut = changed(|brief| first(brief).de.push_str(" Und mehr."));
    assert_eq!(causes(&cut), [(Cause::Segmentation, 2)]);
    // Another text under the same path.
    let edited = changed(|brief| {
        first(brief).de.push_str(" Und mehr.");
        for article in &mut brief.articles {
            article.id.0 = article.id.0.chars().rev().collect();
        }
    });
    assert_eq!(causes(&edited), [(Cause::Source, 2)]);
    let gone = compare(&[brief()], &[]);
    assert_eq!(gone.causes().into_keys().collect::<Vec<_>>(), [Cause::Source]);
    assert_eq!(gone.same, 0);
}

#[test]
fn words_are_compared() {
    assert_eq!(
        word_diff("The old bar is open.", "The new bar is open."),
        [
            Part::Same("The ".to_owned()),
            Part::Gone("old".to_owned()),
            Part::Come("new".to_owned()),
            Part::Same(" bar is open.".to_owned()),
        ]
    );
}

#[test]
fn a_comparison_escapes_articles() {
    let hostile = changed(|brief| {
        first(brief).en.text = "<script>alert(1)</script>\u{1b}[2J".to_owned();
    });
    let comparison = compare(&[brief()], &[hostile]);
    let page = page(&comparison).unwrap();
    assert!(!page.contains("<script") && page.contains("script&gt;"), "{page}");
    assert!(!listing(&comparison).contains('\u{1b}'));
}

#[test]
fn outputs_are_proved_and_a_touched_file_is_named() {
    let folder = written();
    let verify = |code| {
        let run = tagesbrief()
            .args(["verify", "--files-only", "--output"])
            .arg(folder.path())
            .assert()
            .code(code);
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    assert!(verify(0).starts_with("files as their briefs give them: "));
    let page = folder.path().join(brief().date.to_string()).join("brief.en.md");
    let mut text = fs::read_to_string(&page).unwrap();
    text.push_str("And a line by hand.\n");
    fs::write(&page, text).unwrap();
    assert!(verify(1).contains("brief.en.md: differs"));
    fs::remove_file(&page).unwrap();
    assert!(verify(1).contains("brief.en.md: "));
}

#[test]
fn what_is_no_output_folder_is_told() {
    let empty = TempDir::new().unwrap();
    let mut verify = tagesbrief();
    verify.args(["verify", "--output"]).arg(empty.path());
    let mut compare = tagesbrief();
    compare.arg("compare").args([empty.path(), empty.path()]);
    for mut run in [verify, compare] {
        run.assert().code(1).stderr(predicates::str::contains("holds no brief"));
    }
    fs::create_dir(empty.path().join("2026-01-01")).unwrap();
    fs::write(empty.path().join("2026-01-01/brief.json"), "{\"schema\": 0}").unwrap();
    let run = tagesbrief()
        .args(["verify", "--files-only", "--output"])
        .arg(empty.path())
        .assert()
        .code(1);
    run.stderr(predicates::str::contains("run again to write it anew"));
}

#[test]
fn a_comparison_on_the_command_line() {
    let (one, other) = (written(), written());
    let html = other.path().join("compare.html");
    let mut run = tagesbrief();
    run.arg("compare").args([one.path(), other.path()]).arg("--html").arg(&html);
    run.assert().success().stdout(predicates::str::contains("sentences that differ: 0"));
    assert!(fs::read_to_string(html).unwrap().contains("Two runs compared"));
}

/// Texts that try to be markup, formulas or control sequences.
fn hostile() -> DayBrief {
    changed(|brief| {
        let pair = first(brief);
        pair.de = "=HYPERLINK(\"http://x.invalid\") </source><x>&amp;\u{1}".to_owned();
        pair.en.text = "@SUM(1) ]]></seg><tu>\"&\u{8}".to_owned();
    })
}

/// Every text of the elements `name`, unescaped.
fn texts(xml: &[u8], name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut texts = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == name => {
                inside = true;
                texts.push(String::new());
            }
            Event::End(end) if end.name().as_ref() == name => inside = false,
            Event::Text(text) if inside => {
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(reference) if inside => {
                let reference = format!("&{};", &*reference);
                let plain = quick_xml::escape::unescape(&reference).unwrap().into_owned();
                texts.last_mut().unwrap().push_str(&plain);
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn exports_say_what_the_brief_says() {
    let brief = hostile();
    let pairs: Vec<_> = brief.articles.iter().flat_map(|article| &article.pairs).collect();
    let clean = |text: &str| text.replace(['\u{1}', '\u{8}', '\u{1b}'], "\u{fffd}");
    let all: Vec<String> = pairs.iter().map(|pair| clean(&pair.de)).collect();
    let translated = pairs.iter().filter(|pair| !matches!(pair.en.origin, Origin::Kept(_)));
    let english: Vec<String> = translated.clone().map(|pair| clean(&pair.en.text)).collect();
    assert!(english.len() < all.len());
    let xliff = export(&brief, ExchangeFormat::Xliff).unwrap();
    assert_eq!(texts(&xliff, "source"), all);
    assert_eq!(texts(&xliff, "target"), english);
    let tmx = export(&brief, ExchangeFormat::Tmx).unwrap();
    let both: Vec<String> =
        translated.flat_map(|pair| [clean(&pair.de), clean(&pair.en.text)]).collect();
    assert_eq!(texts(&tmx, "seg"), both);
}

#[test]
fn no_cell_of_the_table_is_a_formula() {
    let table = export(&hostile(), ExchangeFormat::Csv).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let mut rows = 0;
    let mut quoted = 0;
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        for cell in [0, 2, 3, 6] {
            assert!(!row[cell].starts_with(['=', '+', '-', '@']), "{}", &row[cell]);
            quoted += usize::from(row[cell].starts_with("'"));
        }
    }
    assert_eq!(rows, brief().articles.iter().map(|article| article.pairs.len()).sum::<usize>());
    assert!(quoted >= 2);
}

/// Writes exports for `tests/exchange/run.py`, which holds them against the schemas.
#[test]
#[ignore = "writes files for the check against the schemas"]
fn exports_for_the_schemas() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchange");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, brief) in [("ordinary", brief()), ("hostile", hostile())] {
        for (ending, format) in [("tmx", ExchangeFormat::Tmx), ("xlf", ExchangeFormat::Xliff)] {
            let bytes = export(&brief, format).unwrap();
            fs::write(folder.join(format!("{name}.{ending}")), bytes).unwrap();
        }
    }
}
