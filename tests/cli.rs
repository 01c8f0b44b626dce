//! Arguments, configuration and exit codes; no engine is needed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use tempfile::TempDir;

fn tagesbrief(dir: &TempDir) -> Command {
    let mut command = Command::cargo_bin("tagesbrief").unwrap();
    command.current_dir(dir.path());
    command
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let dir = TempDir::new().unwrap();
    let mut assert = tagesbrief(&dir).arg("--help").assert().code(0);
    for word in ["run", "explain", "translate", "Exit codes"] {
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
