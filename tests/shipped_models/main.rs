//! The shipped translation model must not score below what its card says. The
//! sentences are invented and few: they tell a broken model or engine, not quality.
#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use assert_cmd::Command;

/// chrF points that other processors' arithmetic may cost.
const TOLERANCE: f64 = 1.0;

fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The figure in the card's line "On the regression set …: chrF2 12.34".
fn promised() -> f64 {
    let card = std::fs::read_to_string(checkout().join("models/translate/README.md")).unwrap();
    let line =
        card.lines().find(|line| line.contains("regression set")).expect("the card names the set");
    let figure = line.split("chrF2 ").nth(1).expect("the card gives chrF2");
    let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(figure.len());
    figure[..end].trim_end_matches('.').parse().unwrap()
}

#[test]
fn the_shipped_translation_model_is_as_good_as_its_card_says() {
    let folder = checkout().join("tests/shipped_models");
    let assert = Command::cargo_bin("tagesbrief")
        .unwrap()
        .current_dir(checkout())
        .args(["evaluate", "--quiet", "--source"])
        .arg(folder.join("source.de"))
        .arg("--reference")
        .arg(folder.join("reference.en"))
        .assert()
        .code(0);
    let report = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let line = report.lines().find(|line| line.starts_with("chrF2")).unwrap();
    let measured: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(
        measured + TOLERANCE >= promised(),
        "chrF2 {measured}, but the card says {}",
        promised()
    );
}
