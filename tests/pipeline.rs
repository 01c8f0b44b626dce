//! The driver with scripted engines: what is written, when, and what is not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::date;
use tagesbrief::brief::{DayBrief, Engines, ModelInfo};
use tagesbrief::ingest::BriefDate;
use tagesbrief::model::{Decoding, Hypothesis, ModelError};
use tagesbrief::pipeline::{
    self, Circumstances, Fault, Job, Listing, Models, NoProgress, Outcome, PipelineError,
    RUN_SCHEMA, Reason, Report, Settings, StageTally, Stop, Work, last_success, metrics, run_json,
    summary,
};
use tagesbrief::store::Store;
use tagesbrief::summarise::ScriptedSummariser;
use tagesbrief::translate::{Mistreatment, ScriptedTranslator, Translator};
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
    store: Store,
    settings: Settings,
    software: String,
    fingerprint: String,
    retry: bool,
    stop: Stop,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self {
            inbox: TempDir::new().unwrap(),
            output: TempDir::new().unwrap(),
            store: Store::in_memory().unwrap(),
            settings: Settings::new(date(2026, 11, 22)),
            software: "test".to_owned(),
            fingerprint: "0".repeat(16),
            retry: false,
            stop: Stop::new(),
        };
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

    fn run_with(&self, translator: &dyn Translator) -> Result<Report, PipelineError> {
        let mut report = Report::default();
        self.with_job(translator, |inbox, job| pipeline::run(inbox, job, &mut report))?;
        Ok(report)
    }

    fn rehearse(&self) -> Work {
        let translator = ScriptedTranslator::new();
        self.with_job(&translator, pipeline::rehearse).unwrap()
    }

    fn with_job<T>(
        &self,
        translator: &dyn Translator,
        work: impl FnOnce(Listing, &Job<'_>) -> Result<T, PipelineError>,
    ) -> Result<T, PipelineError> {
        let summariser = ScriptedSummariser::new();
        let models = Models {
            translator,
            summariser: &summariser,
            info: Engines { translate: self.info("table"), summarise: self.info("first") },
        };
        let job = Job {
            output: self.output.path(),
            settings: &self.settings,
            models: &models,
            store: &self.store,
            software: &self.software,
            retry: self.retry,
            stop: &self.stop,
            progress: &NoProgress,
        };
        work(pipeline::list(self.inbox.path(), &self.settings)?, &job)
    }

    fn info(&self, name: &str) -> ModelInfo {
        ModelInfo { name: name.to_owned(), fingerprint: self.fingerprint.clone() }
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

/// Counts what a run asks the models.
fn asked(desk: &Desk) -> (Report, usize) {
    let translator = ScriptedTranslator::new();
    let report = desk.run_with(&translator).unwrap();
    (report, translator.sentences_seen())
}

/// Every file of a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.file_type().is_file());
    files
        .map(|file| {
            let name = file.path().strip_prefix(folder).unwrap().to_owned();
            (name, fs::read_to_string(file.path()).unwrap())
        })
        .collect()
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

#[test]
fn a_second_run_asks_no_model() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    let (_, first) = asked(&desk);
    assert!(first > 0);
    let (report, again) = asked(&desk);
    assert_eq!(again, 0);
    assert!(report.work.is_empty());
    assert_eq!(report.briefs.len(), 2, "what is left alone is reported, too");
}

#[test]
fn a_new_article_costs_itself_and_its_brief_says_so() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    let late = STEG.replace("zwölf Meter", "neun Meter").replace("Neuer Steg", "Alter Steg");
    desk.put("late.txt", &late);
    let (report, asked) = asked(&desk);
    let sentences = "title, once more, and the sentence that differs";
    assert!((1..=3).contains(&asked), "{asked}: {sentences}");
    assert_eq!(report.work.dates, BTreeMap::from([(Reason::Articles, 1)]));
    assert_eq!(report.inputs.new, 1);
    let brief: DayBrief = serde_json::from_str(&desk.read("2025-03-12/brief.json")).unwrap();
    assert_eq!((brief.edition.number, brief.edition.added.len()), (2, 1));
    let page = desk.read("2025-03-12/brief.md");
    assert!(page.contains("Updated: issue 2, with 1 new article"), "{page}");
    assert!(!desk.read("2025-03-13/brief.md").contains("Updated"));
}

#[test]
fn another_program_or_setting_makes_briefs_anew_without_the_models() {
    let mut desk = Desk::new(&[("a.txt", STEG)]);
    desk.run();
    desk.software = "test 2".to_owned();
    let (report, questions) = asked(&desk);
    assert_eq!((report.work.dates, questions), (BTreeMap::from([(Reason::Software, 1)]), 0));
    desk.settings.key_points.max_points = 1;
    let (report, questions) = asked(&desk);
    assert_eq!((report.work.dates, questions), (BTreeMap::from([(Reason::Settings, 1)]), 0));
    desk.settings.translate.decoding.beam = 2;
    let (report, questions) = asked(&desk);
    assert_eq!(report.work.dates, BTreeMap::from([(Reason::Settings, 1)]));
    assert!(questions > 0, "decoding otherwise is another answer");
}

#[test]
fn another_model_is_asked_everything_and_says_so_beforehand() {
    let mut desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    desk.fingerprint = "1".repeat(16);
    let work = desk.rehearse();
    assert_eq!(work.dates, BTreeMap::from([(Reason::Models, 2)]));
    assert_eq!(work.remembered, 0);
    let (report, questions) = asked(&desk);
    assert!(questions > 0);
    assert_eq!(report.work, work);
    desk.fingerprint = "0".repeat(16);
    assert_eq!(asked(&desk).1, 0, "the first model's answers are still known");
}

#[test]
fn moved_edited_and_deleted_files_are_told_apart() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS), ("c.txt", UNDATED)]);
    desk.run();
    let at = |name: &str| desk.inbox.path().join(name);
    fs::create_dir(at("old")).unwrap();
    fs::rename(at("a.txt"), at("old/x.txt")).unwrap();
    desk.put("b.txt", &BUS.replace("90.000", "95.000"));
    fs::remove_file(at("c.txt")).unwrap();
    let (report, questions) = asked(&desk);
    assert_eq!(report.inputs.moved.len(), 1);
    assert_eq!(report.inputs.moved[0].to, "old/x.txt");
    assert_eq!(report.inputs.edited, ["b.txt"]);
    assert_eq!(report.inputs.gone, ["c.txt"]);
    assert_eq!(questions, 1, "only the edited sentence is new");
    assert!(desk.read("2025-03-12/brief.md").contains("old/x.txt"));
    assert!(!desk.read("undated/brief.md").is_empty(), "what is gone keeps its brief");
}

#[test]
fn an_article_that_gets_another_date_leaves_its_old_one() {
    let desk = Desk::new(&[("c.txt", UNDATED)]);
    desk.run();
    let at = |name: &str| desk.inbox.path().join(name);
    fs::rename(at("c.txt"), at("2025-03-14_c.txt")).unwrap();
    let report = desk.run();
    assert!(!report.removed.is_empty());
    assert!(!desk.output.path().join("undated").exists());
    assert!(desk.read("index.md").contains("2025-03-14"));
    assert!(!desk.read("index.md").contains("undated"), "{}", desk.read("index.md"));
}

#[test]
fn outputs_that_were_lost_or_changed_are_mended() {
    let desk = Desk::new(&[("a.txt", STEG)]);
    desk.run();
    let page = desk.read("2025-03-12/brief.md");
    fs::write(desk.output.path().join("2025-03-12/brief.md"), "vandals").unwrap();
    fs::remove_file(desk.output.path().join("index.md")).unwrap();
    let (report, questions) = asked(&desk);
    assert_eq!((report.work.dates, questions), (BTreeMap::from([(Reason::Outputs, 1)]), 0));
    assert_eq!(desk.read("2025-03-12/brief.md"), page);
    assert!(!desk.read("index.md").is_empty());
}

#[test]
fn what_the_engine_failed_on_rests_until_something_changes() {
    let mut desk = Desk::new(&[("a.txt", STEG)]);
    let part = "Er ist zwölf Meter lang.";
    let failing = || ScriptedTranslator::new().mistreating(part, Mistreatment::Fail);
    desk.run_with(&failing()).unwrap();
    let (report, questions) = asked(&desk);
    assert_eq!(questions, 0, "it is not tried every night");
    assert_eq!(report.setbacks.len(), 1, "but it is named every night");
    assert_eq!(report.kept_german, 1);
    desk.software = "test 2".to_owned();
    let (report, questions) = asked(&desk);
    assert_eq!((questions, report.setbacks.len(), report.kept_german), (1, 0, 0));
}

#[test]
fn a_failure_can_be_tried_again_by_hand() {
    let mut desk = Desk::new(&[("a.txt", STEG)]);
    let translator = ScriptedTranslator::new().mistreating("Kapelle", Mistreatment::Fail);
    desk.run_with(&translator).unwrap();
    desk.retry = true;
    let (report, questions) = asked(&desk);
    assert_eq!((questions, report.setbacks.len()), (1, 0));
}

#[test]
fn a_lost_store_loses_no_edition() {
    let mut desk = Desk::new(&[("a.txt", STEG)]);
    desk.run();
    desk.put("late.txt", &STEG.replace("zwölf", "neun"));
    desk.run();
    let page = desk.read("2025-03-12/brief.md");
    desk.store = Store::in_memory().unwrap();
    desk.run();
    assert_eq!(desk.read("2025-03-12/brief.md"), page);
}

#[test]
fn a_stopped_run_keeps_its_answers_and_the_next_goes_on() {
    let mut desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.settings.translate.max_batch_rows = 1;
    let undisturbed = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    undisturbed.run();
    let (mut nights, mut known) = (0, 0);
    loop {
        nights += 1;
        desk.stop = Stop::new();
        let translator =
            StopAfter { inner: ScriptedTranslator::new(), batches: 2, stop: desk.stop.clone() };
        let report = desk.run_with(&translator).unwrap();
        if !report.stopped {
            break;
        }
        // What was done before the stop counts, and the next night knows it.
        let translate = tally(&report, "translate");
        assert!(translate.done > 0 || tally(&report, "summarise").remembered > 0, "{report:?}");
        assert_eq!(translate.remembered, known);
        known += translate.done;
        assert!(nights < 30);
    }
    assert!(nights > 3, "{nights}");
    assert_eq!(tree(desk.output.path()), tree(undisturbed.output.path()));
}

/// What a stage did.
fn tally(report: &Report, stage: &str) -> StageTally {
    report.tallies().into_iter().find(|tally| tally.stage.name() == stage).unwrap()
}

#[test]
fn a_run_may_be_stopped_between_two_briefs() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    // The briefs are made anew from what is remembered, without a batch to stop at.
    for date in ["2025-03-12", "2025-03-13"] {
        fs::remove_file(desk.output.path().join(date).join("brief.md")).unwrap();
    }
    desk.stop.request();
    let report = desk.run();
    assert!(report.stopped && report.changed.is_empty(), "{report:?}");
}

#[test]
fn a_year_without_briefs_leaves_no_search_file() {
    let desk = Desk::new(&[("a.txt", &STEG.replace("2025", "2024")), ("b.txt", BUS)]);
    desk.run();
    assert!(desk.output.path().join("site/search-2024.js").is_file());
    desk.put("a.txt", STEG);
    desk.run();
    assert!(!desk.output.path().join("2024-03-12").exists());
    assert!(!desk.output.path().join("site/search-2024.js").exists());
    assert!(desk.output.path().join("site/search-2025.js").is_file());
}

#[test]
fn batches_and_the_order_of_work_do_not_show() {
    let files = [("a.txt", STEG), ("b.txt", BUS), ("c.txt", UNDATED)];
    let whole = Desk::new(&files);
    whole.run();
    let mut small = Desk::new(&files);
    small.settings.translate.max_batch_rows = 1;
    small.settings.summarise.max_batch_rows = 1;
    small.run();
    assert_eq!(tree(small.output.path()), tree(whole.output.path()));
    // One file after the other, the last date first; only the editions may tell.
    let piecemeal = Desk::new(&[]);
    for (name, text) in files.iter().rev() {
        piecemeal.put(name, text);
        piecemeal.run();
    }
    assert_eq!(tree(piecemeal.output.path()), tree(whole.output.path()));
}

#[test]
fn run_json_keeps_its_schema() {
    let desk = Desk::new(&[("a.txt", STEG), ("leer.txt", "")]);
    let translator = ScriptedTranslator::new().mistreating("Kapelle", Mistreatment::Fail);
    let report = desk.run_with(&translator).unwrap();
    let facts = Circumstances {
        started: "2026-11-22T03:00:00Z".to_owned(),
        seconds: 1.5,
        outcome: Outcome::Setbacks,
        error: None,
        version: "0".to_owned(),
        software: "test".to_owned(),
        arithmetic: "none".to_owned(),
        threads: 2,
        peak_memory_bytes: Some(1),
    };
    let engines = Engines { translate: desk.info("a"), summarise: desk.info("b") };
    let json = run_json(&report, &facts, Some(&engines), &desk.settings, desk.output.path());
    let run: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(RUN_SCHEMA).unwrap()).unwrap();
    let complaints: Vec<String> = schema.iter_errors(&run).map(|error| error.to_string()).collect();
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(run["setbacks"].as_array().unwrap().len(), 2);
    let written = run["files"]["written"].as_array().unwrap();
    assert!(written.contains(&"2025-03-12/brief.md".into()), "{written:?}");
    for stage in ["ingest", "plan", "segment", "translate", "check", "summarise", "render"] {
        let stages = run["stages"].as_array().unwrap();
        assert!(stages.iter().any(|it| it["stage"] == stage), "{stage} is not told");
    }
    assert_eq!(run["settings"]["check"]["corrections"], 0);
    holds_for_people(&summary(&run).join("\n"));
    let mut more = run;
    more["unknown"] = true.into();
    assert!(!schema.is_valid(&more));
    let text = metrics(&report, &facts, Some(1_700_000_000));
    assert!(text.contains("\ntagesbrief_last_success_seconds 1700000000\n"), "{text}");
    assert!(text.contains("\ntagesbrief_setbacks 2\n"), "{text}");
    assert!(text.contains("\ntagesbrief_findings{kind=\"date\"} "), "{text}");
    assert!(text.contains("\ntagesbrief_stage_set_back{stage=\"ingest\"} 1\n"), "{text}");
    assert_eq!(last_success(&text), Some(1_700_000_000));
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        assert_eq!(line.split_whitespace().count(), 2, "a time stamp? {line}");
    }
}

/// What the operator asks: which models and settings, how far each stage came, how
/// quickly, what was found and set back, and how much memory it took.
fn holds_for_people(summary: &str) {
    for part in [
        "translate a (fingerprint 0000000000000000), summarise b (fingerprint 0000000000000000); none, 2 threads",
        "translate: decoding.beam 4, decoding.length_penalty 1.0",
        "ingest     1 articles done, 0 from memory, 1 set back",
        "German words, ",
        " a second",
        "1 with 1 articles; files: ",
        "1 sentences left in German",
        "setback    leer.txt: ",
        "memory     0 MiB at most",
    ] {
        assert!(summary.contains(part), "{part:?} is not in\n{summary}");
    }
}

/// An engine that wishes the run to stop after some batches.
struct StopAfter {
    inner: ScriptedTranslator,
    batches: usize,
    stop: Stop,
}

impl Translator for StopAfter {
    fn fingerprint(&self) -> &str {
        self.inner.fingerprint()
    }

    fn count_tokens(&self, source: &str) -> usize {
        self.inner.count_tokens(source)
    }

    fn max_tokens(&self) -> usize {
        self.inner.max_tokens()
    }

    fn translate(
        &self,
        sources: &[&str],
        decoding: &Decoding,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        if self.inner.calls() + 1 >= self.batches {
            self.stop.request();
        }
        self.inner.translate(sources, decoding)
    }
}

/// The harbour is closed on the 12th and still on the 13th, which has news, too.
const CLOSED: &str = "Der Hafen Wesum bleibt nach dem Sturm für alle grossen Schiffe gesperrt.";
const OPEN: &str = "Die Fähre nach Langeness fährt ab Freitag wieder nach dem alten Fahrplan.";

fn harbour(day: &str, sentences: &[&str]) -> String {
    format!(
        "{day}. März, 2025\n\nLokales\n\nTitel {day}\n\nTitel {day}\n\n{}\n",
        sentences.join(" ")
    )
}

fn brief(desk: &Desk, date: &str) -> DayBrief {
    serde_json::from_str(&desk.read(&format!("{date}/brief.json"))).unwrap()
}

/// Which key points repeat which date's.
fn continued(desk: &Desk, date: &str) -> Vec<Option<String>> {
    let points = brief(desk, date).key_points;
    points.iter().map(|it| it.continues.as_ref().map(|it| it.date.to_string())).collect()
}

#[test]
fn what_an_earlier_brief_told_is_marked_and_stands_last() {
    let desk = Desk::new(&[
        ("a.txt", &harbour("12", &[CLOSED])),
        ("b.txt", &harbour("13", &[CLOSED, OPEN])),
    ]);
    desk.run();
    assert_eq!(continued(&desk, "2025-03-12"), [None]);
    assert_eq!(continued(&desk, "2025-03-13"), [None, Some("2025-03-12".to_owned())]);
    let id = &brief(&desk, "2025-03-12").key_points[0].id;
    let page = desk.read("2025-03-13/brief.md");
    let mark = format!("[continuing from 12 March 2025](../2025-03-12/brief.md#{id})");
    assert!(page.contains(&mark), "{page}");
    let stamps = desk.stamps();
    assert!(desk.run().changed.is_empty());
    assert_eq!(desk.stamps(), stamps);
}

/// Whatever comes late, and whatever is gone: the briefs are those of one run over all.
#[test]
fn a_late_date_marks_later_briefs_as_if_it_had_been_there() {
    let (first, second) = (harbour("12", &[CLOSED]), harbour("13", &[CLOSED, OPEN]));
    let whole = Desk::new(&[("a.txt", &first), ("b.txt", &second)]);
    whole.run();

    let late = Desk::new(&[("b.txt", &second)]);
    late.run();
    assert_eq!(continued(&late, "2025-03-13"), [None, None]);
    late.put("a.txt", &first);
    let (report, _) = asked(&late);
    assert!(report.changed.iter().any(|path| in_folder(path, "2025-03-13")));
    assert_eq!(tree(late.output.path()), tree(whole.output.path()));
    assert!(late.run().changed.is_empty());

    let emptied = Desk::new(&[("b.txt", &second)]);
    emptied.run();
    fs::remove_file(emptied.inbox.path().join("b.txt")).unwrap();
    emptied.put("a.txt", &first);
    emptied.run();
    assert_eq!(tree(emptied.output.path()), tree(whole.output.path()));
}

#[test]
fn a_brief_that_is_gone_is_continued_no_more() {
    let desk = Desk::new(&[
        ("a.txt", &harbour("12", &[CLOSED])),
        ("b.txt", &harbour("13", &[CLOSED, OPEN])),
    ]);
    desk.run();
    fs::remove_file(desk.inbox.path().join("a.txt")).unwrap();
    fs::remove_dir_all(desk.output.path().join("2025-03-12")).unwrap();
    desk.run();
    assert_eq!(continued(&desk, "2025-03-13"), [None, None]);
    assert_eq!(brief(&desk, "2025-03-13").edition.number, 1, "its articles are the same");
}

impl Desk {
    fn prove(&self) -> pipeline::Proof {
        self.with_job(&ScriptedTranslator::new(), pipeline::prove).unwrap()
    }

    /// What `verify` says is wrong.
    fn faults(&self) -> Vec<(String, Fault)> {
        self.prove().faults
    }
}

#[test]
fn outputs_are_proved_from_the_german_to_the_last_byte() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS), ("c.txt", UNDATED)]);
    let report = desk.run();
    let stamps = desk.stamps();
    let proof = desk.prove();
    assert_eq!((proof.proved, proof.rendered), (report.changed.len(), 0));
    assert!(proof.faults.is_empty() && proof.others.is_empty(), "{proof:?}");
    assert_eq!(desk.stamps(), stamps);
    desk.put("late.txt", &STEG.replace("Moorsee", "Weiher").replace("zwölf", "neun"));
    desk.run();
    assert!(desk.faults().is_empty(), "a second edition is proved, too");
}

#[test]
fn what_is_altered_missing_or_extra_is_named() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    let at = |path: &str| desk.output.path().join(path);
    let page = desk.read("2025-03-12/brief.md");
    fs::write(at("2025-03-12/brief.md"), page.replace("Altried", "Neuried")).unwrap();
    fs::remove_file(at("2025-03-13/brief.html")).unwrap();
    fs::write(at("2025-03-13/articles/more.html"), "more").unwrap();
    fs::write(at("robots.txt"), "User-agent: *").unwrap();
    let proof = desk.prove();
    let faults = [
        ("2025-03-12/brief.md".to_owned(), Fault::Differs),
        ("2025-03-13/articles/more.html".to_owned(), Fault::Extra),
        ("2025-03-13/brief.html".to_owned(), Fault::Missing),
    ];
    assert_eq!(proof.faults, faults);
    assert_eq!(proof.others, ["robots.txt"]);
}

/// A forger who changes the JSON and renders everything from it is found out: the
/// proof starts from the German.
#[test]
fn a_brief_that_is_consistent_and_wrong_is_no_proof() {
    let desk = Desk::new(&[("a.txt", STEG)]);
    desk.run();
    let mut forged = brief(&desk, "2025-03-12");
    forged.articles[0].pairs[2].en.text = "It is a hundred metres long.".to_owned();
    for file in tagesbrief::render::render_day(&forged).unwrap() {
        fs::write(desk.output.path().join("2025-03-12").join(file.name), file.bytes).unwrap();
    }
    let faults = desk.faults();
    assert!(faults.contains(&("2025-03-12/brief.json".to_owned(), Fault::Differs)), "{faults:?}");
}

#[test]
fn other_settings_models_or_inputs_give_other_files() {
    let mut desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    desk.settings.site.base_url = Some("https://news.example".to_owned());
    assert_eq!(desk.faults(), [("feed.atom".to_owned(), Fault::Differs)]);
    desk.settings.site.base_url = None;
    desk.fingerprint = "1".repeat(16);
    let unproven = |faults: Vec<(String, Fault)>| {
        faults.iter().filter(|(_, fault)| matches!(fault, Fault::Unproven(_))).count()
    };
    assert_eq!(unproven(desk.faults()), 2, "no answers of this model");
    desk.fingerprint = "0".repeat(16);
    desk.put("b.txt", &BUS.replace("90.000", "95.000"));
    assert_eq!(unproven(desk.faults()), 1, "an answer to another sentence");
    desk.put("b.txt", BUS);
    desk.store = Store::in_memory().unwrap();
    assert_eq!(unproven(desk.faults()), 2, "nothing is remembered");
}

#[test]
fn of_a_brief_without_articles_the_rendering_is_proved() {
    let desk = Desk::new(&[("a.txt", STEG), ("b.txt", BUS)]);
    desk.run();
    fs::remove_file(desk.inbox.path().join("a.txt")).unwrap();
    desk.run();
    let proof = desk.prove();
    assert!(proof.faults.is_empty() && proof.rendered > 3, "{proof:?}");
    fs::write(desk.output.path().join("2025-03-12/check.html"), "").unwrap();
    assert_eq!(desk.faults(), [("2025-03-12/check.html".to_owned(), Fault::Differs)]);
}

/// A correction is stale if nothing in the whole inbox is written like it, whichever
/// dates a night makes.
#[test]
fn a_correction_is_judged_by_the_whole_inbox() {
    let like = "Der Hafen Wesum bleibt nach dem Sturm für alle kleinen Schiffe gesperrt.";
    let mut desk = Desk::new(&[
        ("a.txt", &harbour("12", &[CLOSED])),
        ("b.txt", &harbour("13", &[like, OPEN])),
    ]);
    let table = format!("{CLOSED}\tThe port of Wesum stays closed.\n");
    desk.settings.check.corrections = tagesbrief::check::Corrections::parse(&table).unwrap();
    let stale = |desk: &Desk| -> usize {
        let pairs = ["2025-03-12", "2025-03-13"].map(|date| brief(desk, date).articles);
        let pairs = pairs.iter().flatten().flat_map(|article| &article.pairs);
        let findings = pairs.flat_map(|pair| pair.check.findings());
        findings.filter(|one| one.kind == tagesbrief::check::FindingKind::Correction).count()
    };
    let report = desk.run();
    assert!(report.stale_corrections.is_empty() && stale(&desk) == 0, "it has its place");
    assert!(desk.read("2025-03-12/brief.md").contains("The port of Wesum stays closed."));

    // The article is edited: now the sentence of the day after is the nearest one left,
    // although nothing about that day has changed.
    desk.put("a.txt", &harbour("12", &["Der Hafen ist wieder frei."]));
    let report = desk.run();
    let dates = BTreeMap::from([(CLOSED.to_owned(), [day(13)].into())]);
    assert_eq!((report.stale_corrections, stale(&desk)), (dates.clone(), 1));
    assert_eq!(report.work.dates[&Reason::Corrections], 1);
    assert!(desk.faults().is_empty());
    let report = desk.run();
    assert!(report.changed.is_empty());
    assert_eq!(report.stale_corrections, dates, "said every night, like a setback");

    // The sentence is back, in another date's article.
    desk.put("c.txt", &harbour("14", &[CLOSED]));
    let report = desk.run();
    assert!(report.stale_corrections.is_empty() && stale(&desk) == 0);
    assert!(desk.faults().is_empty());
}

fn day(day: i8) -> BriefDate {
    BriefDate::Day(date(2025, 3, day))
}
