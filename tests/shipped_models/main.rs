//! The shipped translation model must not score below what its card says, and the
//! shipped summariser must summarise. The sentences are invented and few: they tell a
//! broken model or engine, not quality.
#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use assert_cmd::Command;

/// chrF points that other processors' arithmetic may cost.
const TOLERANCE: f64 = 1.0;

fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The figure in the card's line "On the … set: chrF2 12.34".
fn promised(set: &str) -> f64 {
    let card = std::fs::read_to_string(checkout().join("models/translate/README.md")).unwrap();
    let line = card.lines().find(|line| line.contains(set)).expect("the card names the set");
    let figure = line.split("chrF2 ").nth(1).expect("the card gives chrF2");
    let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(figure.len());
    figure[..end].trim_end_matches('.').parse().unwrap()
}

/// chrF2 of the shipped translation model.
fn measured(source: &str, reference: &str) -> f64 {
    let folder = checkout().join("tests/shipped_models");
    let assert = Command::cargo_bin("tagesbrief")
        .unwrap()
        .current_dir(checkout())
        .args(["evaluate", "--quiet", "--source"])
        .arg(folder.join(source))
        .arg("--reference")
        .arg(folder.join(reference))
        .assert()
        .code(0);
    let report = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let line = report.lines().find(|line| line.starts_with("chrF2")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn the_shipped_translation_model_is_as_good_as_its_card_says() {
    for (set, source, reference) in [
        ("On the regression set", "source.de", "reference.en"),
        ("On the invented reports", "news.de", "news.en"),
    ] {
        let (measured, promised) = (measured(source, reference), promised(set));
        assert!(
            measured + TOLERANCE >= promised,
            "{set}: chrF2 {measured}, but the card says {promised}"
        );
    }
}

/// An invented article whose first sentence says it all.
const ARTICLE: &str = "The town of Altmoor will close its outdoor pool on Friday because the \
    filters have failed. Repairs are expected to cost 240,000 euros, the town council said on \
    Tuesday. Visitors with a season ticket will get half of the price back. The pool was built in \
    1962 and had 18,000 visitors last summer. A swimming club will train in the neighbouring town \
    of Bergsee until the spring. The mayor hopes that the pool can open again in May. Residents \
    had collected signatures for a new building two years ago.";

#[test]
fn the_shipped_summariser_says_what_the_article_says() {
    let summarise = |format: &str| {
        let assert = Command::cargo_bin("tagesbrief")
            .unwrap()
            .current_dir(checkout())
            .args(["summarise", "--quiet", "--format", format])
            .write_stdin(format!("{ARTICLE}\n\n{ARTICLE}\n"))
            .assert()
            .code(0);
        String::from_utf8(assert.get_output().stdout.clone()).unwrap()
    };
    let lines: Vec<String> = summarise("text").lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].split(' ').count() >= 8 && lines[0].len() < ARTICLE.len() / 2, "{}", lines[0]);
    assert_eq!((lines[1].as_str(), &lines[2]), ("", &lines[0]));
    let table = summarise("tsv");
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split('\t').collect()).collect();
    let said: Vec<&str> = rows.iter().filter(|row| row[0] == "1").map(|row| row[1]).collect();
    assert_eq!(said.join(" "), lines[0]);
    assert!(rows.iter().all(|row| row.len() == 4 && !row[2].is_empty()), "{table}");
    assert!(rows.iter().all(|row| ["model", "replaced"].contains(&row[3])), "{table}");
}
