//! The driver with scripted engines: what is written, when, and what is not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::date;
use tagesbrief::brief::{DayBrief, Engines, ModelInfo};
use tagesbrief::ingest::BriefDate;
use tagesbrief::pipeline::{self, Models, NoProgress, PipelineError, Report, Settings};
use tagesbrief::summarise::ScriptedSummariser;
use tagesbrief::translate::{Mistreatment, ScriptedTranslator};
use tempfile::TempDir;

const STEG: &str = "12. März, 2025\n\nLokales\n\nNeuer Steg am Moorsee\n\nNeuer Steg am Moorsee\n\n\
                    Die Gemeinde Altried hat einen Steg gebaut. Er ist zwölf Meter lang. \
                    Der Bau kostete 40.000 Euro. Am Sonntag wird gefeiert. Es spielt die Kapelle.\n";
const BUS: &str = "13. März, 2025\n\nLokales\n\nBus fährt öfter\n\nBus fährt öfter\n\n\
                   Der Bus nach Altried fährt ab Mai jede Stunde. Der Kreis zahlt 90.000 Euro.\n";
const UNDATED: &str = "Die Bücherei bleibt am Freitag zu. Der Grund ist ein Rohrbruch im Keller.\n";

/// An inbox and an output folder.
struct Desk {
    inbox: TempDir,
    output: TempDir,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self { inbox: TempDir::new().unwrap(), output: TempDir::new().unwrap() };
        for (name, text) in files {
            desk.put(name, text);
        }
        desk
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.inbox.path().join(name), text).unwrap();
    }

    fn run(&self) -> Report {
        self.run_with(&ScriptedTranslator::new()).unwrap()
    }

    fn run_with(&self, translator: &ScriptedTranslator) -> Result<Report, PipelineError> {
        let settings = Settings::new(date(2026, 11, 22));
        let info = |name: &str| ModelInfo { name: name.to_owned(), fingerprint: "0".repeat(16) };
        let summariser = ScriptedSummariser::new();
        let models = Models {
            translator,
            summariser: &summariser,
            info: Engines { translate: info("table"), summarise: info("first") },
        };
        let inbox = pipeline::read(self.inbox.path(), &settings)?;
        pipeline::run(inbox, self.output.path(), &settings, &models, &NoProgress)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.output.path().join(path)).unwrap()
    }

    fn stamps(&self) -> BTreeMap<PathBuf, SystemTime> {
        let files = walkdir::WalkDir::new(self.output.path()).into_iter().map(Result::unwrap);
        files
            .filter(|file| file.file_type().is_file())
            .map(|file| (file.path().to_owned(), file.metadata().unwrap().modified().unwrap()))
            .collect()
    }
}

fn in_folder(path: &Path, folder: &str) -> bool {
    path.components().any(|part| part.as_os_str() == folder)
}

#[test]
fn each_date_has_its_folder_and_the_index_names_them_all() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS), ("c.txt", UNDATED)]);
    let report = desk.run();
    let dates: Vec<String> = report.briefs.iter().map(|(date, _)| date.to_string()).collect();
    assert_eq!(dates, ["undated", "2025-03-12", "2025-03-13"]);
    let index = desk.read("index.md");
    for date in dates {
        assert!(index.contains(&date), "{index}");
        for file in ["brief.md", "brief.en.md", "brief.json", "brief.html"] {
            assert!(!desk.read(&format!("{date}/{file}")).is_empty());
        }
    }
    assert!(report.setbacks.is_empty());
}

#[test]
fn an_unchanged_inbox_changes_nothing() {
    let desk = Desk::new(&[("a.txt", STEG), ("c.txt", UNDATED)]);
    let first = desk.run();
    assert_eq!(first.unchanged, 0);
    let stamps = desk.stamps();
    let second = desk.run();
    assert!(second.changed.is_empty(), "{:?}", second.changed);
    assert_eq!(second.unchanged, first.changed.len());
    assert_eq!(desk.stamps(), stamps);
}

#[test]
fn a_late_article_touches_its_own_date_and_the_index_alone() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    desk.put("late.txt", &STEG.replace("Moorsee", "Weiher").replace("zwölf", "neun"));
    let report = desk.run();
    assert!(report.changed.iter().any(|path| in_folder(path, "2025-03-12")));
    assert!(!report.changed.iter().any(|path| in_folder(path, "2025-03-13")));
}

#[test]
fn earlier_briefs_stay_in_the_index_when_their_files_leave_the_inbox() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    fs::remove_file(desk.inbox.path().join("a.txt")).unwrap();
    let report = desk.run();
    assert_eq!(report.briefs.len(), 1);
    assert!(desk.read("index.md").contains("2025-03-12"));
    assert!(!desk.read("2025-03-12/brief.md").is_empty());
}

#[test]
fn a_strange_folder_among_the_outputs_is_left_alone() {
    let desk = Desk::new(&[("a.txt", STEG)]);
    let strange = desk.output.path().join("notes");
    fs::create_dir(&strange).unwrap();
    fs::write(strange.join("brief.json"), "{\"schema\": 1, \"mine\": true}").unwrap();
    desk.run();
    assert!(!desk.read("index.md").contains("notes"));
    assert_eq!(desk.read("notes/brief.json"), "{\"schema\": 1, \"mine\": true}");
}

#[test]
fn a_sentence_without_usable_english_stands_in_german_and_is_counted() {
    let desk = Desk::new(&[("a.txt", STEG)]);
    let translator =
        ScriptedTranslator::new().mistreating("Er ist zwölf Meter lang.", Mistreatment::Loop);
    let report = desk.run_with(&translator).unwrap();
    assert_eq!(report.kept_german, 1);
    assert!(report.setbacks.is_empty());
    let brief: DayBrief = serde_json::from_str(&desk.read("2025-03-12/brief.json")).unwrap();
    assert_eq!(brief.date, BriefDate::Day(date(2025, 3, 12)));
    let kept = &brief.articles[0].pairs[2];
    assert_eq!(kept.de, kept.en.text);
}

#[test]
fn an_engine_that_fails_on_a_sentence_is_a_setback() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    let translator =
        ScriptedTranslator::new().mistreating("Er ist zwölf Meter lang.", Mistreatment::Fail);
    let report = desk.run_with(&translator).unwrap();
    assert_eq!(report.setbacks.len(), 1);
    let setback = report.setbacks[0].to_string();
    assert!(setback.starts_with("a.txt: ") && setback.contains("translate"), "{setback}");
    assert_eq!(report.briefs.len(), 2);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error_that_names_it() {
    let desk = Desk::new(&[("a.txt", STEG)]);
    fs::write(desk.output.path().join("2025-03-12"), "in the way").unwrap();
    let error = desk.run_with(&ScriptedTranslator::new()).unwrap_err().to_string();
    assert!(error.contains("2025-03-12"), "{error}");
}

#[test]
fn an_empty_inbox_gives_an_index_and_no_brief() {
    let desk = Desk::new(&[]);
    let report = desk.run();
    assert!(report.briefs.is_empty());
    assert!(!desk.read("index.md").is_empty());
}
