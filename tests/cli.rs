//! Arguments, configuration and exit codes; no engine is needed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use tagesbrief::store::{Lock, Store};
use tempfile::TempDir;

fn tagesbrief(dir: &TempDir) -> Command {
    let mut command = Command::cargo_bin("tagesbrief").unwrap();
    command.current_dir(dir.path());
    command.env("XDG_STATE_HOME", dir.path().join("state")).env_remove("STATE_DIRECTORY");
    command
}

/// The command with the shipped models, which are read but not run.
fn with_models(dir: &TempDir, command: &str) -> Command {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut it = tagesbrief(dir);
    it.arg(command).arg("inbox").arg("--translate-model").arg(models.join("translate"));
    it.arg("--summarise-model").arg(models.join("summarise"));
    it
}

/// A folder with an inbox of these files.
fn desk(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("inbox")).unwrap();
    for (name, text) in files {
        fs::write(dir.path().join("inbox").join(name), text).unwrap();
    }
    dir
}

const STEG: &str = "Neuer Steg am See\n\nDie Gemeinde Altried hat am Montag einen neuen Steg \
                    eröffnet. Er ist zwölf Meter lang.\n";

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let dir = TempDir::new().unwrap();
    let mut assert = tagesbrief(&dir).arg("--help").assert().code(0);
    for word in
        ["run", "explain", "translate", "summarise", "status", "doctor", "prune", "Exit codes"]
    {
        assert = assert.stdout(predicate::str::contains(word));
    }
}

#[test]
fn wrong_usage_is_code_2() {
    let dir = TempDir::new().unwrap();
    for arguments in [&["frobnicate"][..], &["run", "--beam", "0"], &["run", "--today", "31.12."]] {
        tagesbrief(&dir).args(arguments).assert().code(2);
    }
}

#[test]
fn a_missing_inbox_is_named() {
    let dir = TempDir::new().unwrap();
    tagesbrief(&dir)
        .args(["run", "nowhere"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("nowhere"));
}

#[test]
fn an_unknown_setting_is_refused_by_name() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("tagesbrief.toml"), "[translate]\nbeem = 3\n").unwrap();
    tagesbrief(&dir)
        .args(["explain", "x.txt"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("beem").and(predicate::str::contains("tagesbrief.toml")));
}

#[test]
fn explain_shows_layout_date_and_sentences() {
    let dir = TempDir::new().unwrap();
    let text = "12. März, 2025\n\nPolitik\n\nRat beschließt Radweg\n\nRat beschließt Radweg\n\n\
                Der Stadtrat hat am Montag zugestimmt. Gebaut wird ab dem 1. Mai.\n";
    fs::write(dir.path().join("a.txt"), text).unwrap();
    tagesbrief(&dir)
        .args(["explain", "a.txt", "--today", "2026-11-22"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("2025-03-12 from a date line"))
        .stdout(predicate::str::contains("Category  Politik"))
        .stdout(predicate::str::contains("Title     Rat beschließt Radweg"))
        .stdout(predicate::str::contains("Gebaut wird ab dem 1. Mai."));
}

#[test]
fn explain_of_a_file_that_is_no_article_is_code_3() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("leer.txt"), "").unwrap();
    tagesbrief(&dir)
        .args(["explain", "leer.txt"])
        .assert()
        .code(3)
        .stdout(predicate::str::contains("leer.txt"));
    tagesbrief(&dir)
        .args(["explain", "fehlt.txt"])
        .assert()
        .code(3)
        .stdout(predicate::str::contains("fehlt.txt"));
}

#[test]
fn a_dry_run_says_how_much_there_is_and_does_nothing() {
    let dir = desk(&[("a.txt", STEG)]);
    with_models(&dir, "run")
        .arg("--dry-run")
        .assert()
        .code(0)
        .stdout(predicate::str::contains("1 of 1 dates to do (1 new): 1 articles, 3 sentences"));
    with_models(&dir, "status")
        .assert()
        .code(0)
        .stdout(predicate::str::contains("none yet").and(predicate::str::contains("1 of 1 dates")));
    let left: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["inbox"], "looking makes nothing");
}

#[test]
fn a_run_waits_for_a_command_that_only_looks() {
    let dir = desk(&[]);
    with_models(&dir, "run").args(["--store", "store"]).assert().code(0);
    let store = dir.path().join("store");
    let lock = Lock::acquire(&store, None, "status (only looking) since just now").unwrap();
    let looker = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(500));
        drop(lock);
    });
    with_models(&dir, "run").args(["--store", "store"]).assert().code(0);
    looker.join().unwrap();
}

#[test]
fn a_run_that_could_not_begin_tells_the_metrics() {
    let dir = desk(&[]);
    let run = |inbox: &str| {
        let mut command = with_models(&dir, "run");
        command.args(["--metrics", "m.prom"]);
        if !inbox.is_empty() {
            fs::rename(dir.path().join("inbox"), dir.path().join(inbox)).unwrap();
        }
        command
    };
    let read = || fs::read_to_string(dir.path().join("m.prom")).unwrap();
    run("").assert().code(0);
    let success = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("tagesbrief_last_success_seconds "));
        line.unwrap().to_owned()
    };
    let before = success(&read());
    run("unmounted").assert().code(1).stderr(predicate::str::contains("inbox"));
    assert!(read().contains("tagesbrief_success 0\n"), "{}", read());
    assert_eq!(success(&read()), before);
}

#[test]
fn a_run_without_articles_needs_no_engine_and_leaves_report_and_metrics() {
    let dir = desk(&[("leer.txt", "")]);
    with_models(&dir, "run").args(["--metrics", "m.prom"]).assert().code(3);
    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let run: serde_json::Value = serde_json::from_str(&read("outputs/run.json")).unwrap();
    assert_eq!((run["outcome"].as_str(), run["exit_code"].as_u64()), (Some("setbacks"), Some(3)));
    assert_eq!(run["setbacks"][0]["path"], "leer.txt");
    assert!(read("m.prom").contains("tagesbrief_exit_code 3\n"));
    assert!(read("m.prom").contains("tagesbrief_last_success_seconds 1"));
    assert!(!dir.path().join("outputs/store.redb").exists(), "the store is not for readers");
    with_models(&dir, "status")
        .assert()
        .code(0)
        .stdout(predicate::str::contains("setbacks").and(predicate::str::contains("Store")));
}

#[test]
fn a_failed_run_leaves_a_report_too() {
    let dir = desk(&[("a.txt", STEG)]);
    tagesbrief(&dir)
        .args(["run", "inbox", "--translate-model", "nowhere", "--metrics", "m.prom"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("nowhere"));
    let json = fs::read_to_string(dir.path().join("outputs/run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(run["outcome"], "failed");
    assert!(run["error"].as_str().unwrap().contains("nowhere"));
    let metrics = fs::read_to_string(dir.path().join("m.prom")).unwrap();
    assert!(metrics.contains("tagesbrief_success 0\n") && !metrics.contains("last_success"));
}

#[test]
fn the_second_run_is_code_4_and_names_the_first() {
    let dir = desk(&[("a.txt", STEG)]);
    let store = dir.path().join("store");
    let lock = Lock::acquire(&store, None, "the first run").unwrap();
    let first = format!("process {}, the first run", std::process::id());
    with_models(&dir, "run")
        .args(["--store", "store", "--dry-run"])
        .assert()
        .code(4)
        .stderr(predicate::str::contains(first.as_str()));
    with_models(&dir, "status")
        .args(["--store", "store"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains(first.as_str()));
    drop(lock);
    with_models(&dir, "run").args(["--store", "store", "--dry-run"]).assert().code(0);
}

#[test]
fn a_clock_that_went_back_is_not_believed() {
    let dir = desk(&[("a.txt", STEG)]);
    let store = Store::open(&dir.path().join("store")).unwrap();
    store.put_record("last day", &jiff::civil::date(2099, 1, 1)).unwrap();
    drop(store);
    let dated = format!("11. November, 2098\n\nLokales\n\n{STEG}");
    fs::write(dir.path().join("inbox/b.txt"), dated).unwrap();
    with_models(&dir, "run")
        .args(["--store", "store", "--dry-run"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("2 of 2 dates"))
        .stderr(predicate::str::contains("an earlier run was on 2099-01-01"));
    with_models(&dir, "run")
        .args(["--store", "store", "--dry-run", "--today", "2026-11-22"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("1 of 1 dates"));
}

#[test]
fn a_clock_that_went_ahead_is_set_right_by_hand() {
    let dir = desk(&[]);
    with_models(&dir, "run").args(["--today", "2099-01-01"]).assert().code(0);
    let today = jiff::Zoned::now().date().to_string();
    let remedy = format!("--today {today}");
    let warning = || predicate::str::contains(remedy.as_str());
    with_models(&dir, "run").assert().code(0).stderr(warning());
    with_models(&dir, "run").args(["--today", &today]).assert().code(0);
    with_models(&dir, "run").assert().code(0).stderr(warning().not());
}

#[test]
fn a_store_that_is_none_is_named_with_a_remedy() {
    let dir = desk(&[("a.txt", STEG)]);
    fs::create_dir(dir.path().join("store")).unwrap();
    fs::write(dir.path().join("store/store.redb"), "something else altogether").unwrap();
    with_models(&dir, "run").args(["--store", "store"]).assert().code(1).stderr(
        predicate::str::contains("store.redb").and(predicate::str::contains("move the file away")),
    );
}

#[test]
fn json_logs_are_json_to_the_last_line() {
    let dir = desk(&[("leer.txt", "")]);
    let assert = with_models(&dir, "run").args(["--log-format", "json"]).assert().code(3);
    let log = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let setback = lines.iter().find(|line| line["message"] == "setback").unwrap();
    assert_eq!(setback["path"], "leer.txt");
    let assert = tagesbrief(&dir).args(["run", "nowhere", "--log-format", "json"]).assert().code(1);
    let log = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(log.trim()).is_ok(), "{log}");
}

#[test]
fn prune_says_what_it_would_remove_and_keeps_what_the_inbox_has() {
    let dir = desk(&[]);
    with_models(&dir, "run").assert().code(0);
    with_models(&dir, "prune")
        .args(["--keep", "30"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("0 briefs").and(predicate::str::contains("--yes")));
}

#[test]
fn completions_and_man_pages_come_from_the_binary() {
    let dir = TempDir::new().unwrap();
    for (shell, word) in [("bash", "complete -F"), ("zsh", "#compdef"), ("fish", "complete -c")] {
        tagesbrief(&dir)
            .args(["generate", shell])
            .assert()
            .code(0)
            .stdout(predicate::str::contains(word).and(predicate::str::contains("prune")));
    }
    tagesbrief(&dir).args(["generate", "man", "--directory", "man"]).assert().code(0);
    for page in
        ["tagesbrief.1", "tagesbrief-run.1", "tagesbrief-doctor.1", "tagesbrief-models-fetch.1"]
    {
        let text = fs::read_to_string(dir.path().join("man").join(page)).unwrap();
        assert!(text.contains(".TH"), "{page}");
    }
    let run = fs::read_to_string(dir.path().join("man/tagesbrief-run.1")).unwrap();
    assert!(run.contains("metrics") && run.contains("tagesbrief\\-run"), "{run}");
}

#[test]
fn doctor_gives_a_remedy_for_what_is_wrong() {
    let dir = TempDir::new().unwrap();
    tagesbrief(&dir)
        .args(["doctor", "nowhere"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("WRONG    inbox"))
        .stdout(predicate::str::contains("models/translate"))
        .stdout(predicate::str::contains("→"));
}

#[test]
fn bench_wants_texts_and_batches_that_make_sense() {
    let dir = TempDir::new().unwrap();
    for arguments in
        [&["bench"][..], &["bench", "--sentences", "a", "--batch", "0"], &["bench", "--batch", "x"]]
    {
        tagesbrief(&dir).args(arguments).assert().code(2);
    }
    fs::write(dir.path().join("empty.de"), "\n \n").unwrap();
    let assert = tagesbrief(&dir).args(["bench", "--sentences", "empty.de"]).assert().code(1);
    assert.stderr(predicate::str::contains("empty.de holds no line"));
}

#[test]
fn bench_measures_what_it_is_asked_for_and_keeps_the_answers() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("two.de"), "Der Steg ist neu.\n\nEs regnet am See.\n").unwrap();
    let mut command = tagesbrief(&dir);
    command.args(["bench", "--sentences", "two.de", "--batch", "1,night", "--growth", "3"]);
    command.args(["--repeat", "2", "--answers", "answers", "--format", "json", "--quiet"]);
    command.arg("--translate-model").arg(models.join("translate"));
    let output = command.assert().code(0).get_output().stdout.clone();
    let report: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let timings = report["translate"]["timings"].as_array().unwrap();
    let cases: Vec<_> =
        timings.iter().map(|timing| (timing["batch"].as_str().unwrap(), &timing["beam"])).collect();
    assert_eq!(cases.len(), 4, "{cases:?}");
    assert!(timings.iter().all(|timing| timing["seconds"].as_array().unwrap().len() == 2));
    assert_eq!(report["translate"]["growth"][0]["texts"], 3);
    assert_eq!(report["summarise"], serde_json::Value::Null);
    let answers = fs::read_to_string(dir.path().join("answers")).unwrap();
    let first: Vec<&str> = answers.lines().next().unwrap().split('\t').collect();
    assert_eq!(answers.lines().count(), 2);
    assert!(first[0].parse::<usize>().unwrap() > 1 && first[2].parse::<f64>().unwrap() < 0.0);
}
