//! The binary as a user runs it, with the real engines and the shipped models.
#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use assert_cmd::Command;
use predicates::prelude::*;
use tagesbrief::brief::DayBrief;
use tagesbrief::translate::Origin;
use tempfile::TempDir;

/// The shipped articles are dated up to here.
const TODAY: &str = "2026-11-22";

fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn tagesbrief() -> Command {
    let mut command = Command::cargo_bin("tagesbrief").unwrap();
    command.current_dir(checkout());
    // Each output folder has its own store in there; nothing goes into the user's.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("STATE_DIRECTORY");
    command
}

/// Every file a reader gets: `run.json` alone tells the time.
fn is_brief(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name != "run.json")
}

fn run(inbox: &Path, output: &Path) -> Command {
    let mut command = tagesbrief();
    command
        .arg("run")
        .arg(inbox)
        .arg("--output")
        .arg(output)
        .args(["--today", TODAY, "--beam", "2"]);
    command
}

/// Every file below `folder`, with its time stamp and bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && is_brief(entry.path()))
        .map(|entry| {
            let modified = entry.metadata().unwrap().modified().unwrap();
            (entry.path().to_owned(), (modified, fs::read(entry.path()).unwrap()))
        })
        .collect()
}

fn briefs(output: &Path) -> Vec<DayBrief> {
    let mut briefs = Vec::new();
    for entry in fs::read_dir(output).unwrap().map(Result::unwrap) {
        let file = entry.path().join("brief.json");
        if file.is_file() {
            briefs.push(serde_json::from_slice(&fs::read(file).unwrap()).unwrap());
        }
    }
    briefs
}

#[test]
fn the_shipped_inbox_becomes_briefs_and_a_second_run_changes_nothing() {
    let output = TempDir::new().unwrap();
    run(&checkout().join("seeds"), output.path()).assert().code(0);
    let briefs = briefs(output.path());
    let articles: usize = briefs.iter().map(|brief| brief.articles.len()).sum();
    assert_eq!(articles, fs::read_dir(checkout().join("seeds")).unwrap().count());
    for brief in &briefs {
        holds_together(brief);
        for name in ["brief.md", "brief.en.md", "brief.html"] {
            assert!(output.path().join(brief.date.to_string()).join(name).is_file(), "{name}");
        }
    }
    assert!(output.path().join("index.md").is_file());

    let first = tree(output.path());
    run(&checkout().join("seeds"), output.path()).assert().code(0);
    assert!(first == tree(output.path()), "a second run changed a byte or a time stamp");
}

/// What the checker relies on: everything is traced, nothing is empty.
fn holds_together(brief: &DayBrief) {
    let pairs: BTreeMap<String, (&str, &str)> = brief
        .articles
        .iter()
        .flat_map(|article| &article.pairs)
        .map(|pair| (pair.id.to_string(), (pair.de.as_str(), pair.en.text.as_str())))
        .collect();
    assert!(!brief.key_points.is_empty(), "{} has no key points", brief.date);
    for point in &brief.key_points {
        assert!(!point.sources.is_empty());
        for source in &point.sources {
            let (de, en) = pairs[&source.id.to_string()];
            assert_eq!((de, en), (source.de.as_str(), source.en.text.as_str()));
        }
    }
    for article in &brief.articles {
        for pair in &article.pairs {
            assert!(!pair.de.trim().is_empty() && !pair.en.text.trim().is_empty());
            let by_model = matches!(pair.en.origin, Origin::Model | Origin::Retry);
            assert!(by_model || pair.en.score.is_none());
        }
        let summary = article.summary.as_ref().expect("every shipped article can be summarised");
        for sentence in &summary.sentences {
            assert!(!sentence.support.is_empty());
            assert!(sentence.support.iter().all(|index| *index < article.pairs.len()));
        }
    }
}

#[test]
fn bad_files_are_named_and_the_rest_is_done() {
    let inbox = TempDir::new().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(inbox.path().join(name), bytes).unwrap();
    put("good.txt", "Neuer Steg am See\n\nDie Gemeinde hat am Montag einen neuen Steg eröffnet. Er ist zwölf Meter lang.\n".as_bytes());
    put("empty.txt", b"");
    put("binary.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 0, 255]);
    put("huge.txt", &vec![b'a'; 20 << 20]);
    put("broken.txt", b"Die Br\xc3\xbccke ist f\xc3 gesperrt und bleibt es bis M\xc3\xa4rz, sagte die B\xc3\xbcrgermeisterin.");
    put("french.txt", "Le conseil municipal a décidé hier soir de fermer le vieux pont pendant deux mois. Les habitants devront emprunter la route du nord pour se rendre au marché.".as_bytes());
    fs::create_dir(inbox.path().join("folder.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(inbox.path(), inbox.path().join("loop")).unwrap();
    let output = TempDir::new().unwrap();
    let mut assert = run(inbox.path(), output.path()).assert().code(3);
    for name in ["empty.txt", "binary.txt", "huge.txt", "broken.txt", "french.txt", "folder.txt"] {
        assert = assert.stderr(predicate::str::contains(format!("setback: {name}")));
    }
    #[cfg(unix)]
    let assert = assert.stderr(predicate::str::contains("setback: loop"));
    assert.stderr(predicate::str::contains("panicked").not());
    let briefs = briefs(output.path());
    assert_eq!(briefs.iter().map(|brief| brief.articles.len()).sum::<usize>(), 1);
}

/// An inbox of the first shipped articles, put there in this order.
fn some_articles(order: impl Iterator<Item = usize>) -> TempDir {
    let mut seeds: Vec<PathBuf> =
        fs::read_dir(checkout().join("seeds")).unwrap().map(|seed| seed.unwrap().path()).collect();
    seeds.sort();
    let inbox = TempDir::new().unwrap();
    for index in order {
        let name = seeds[index].file_name().unwrap();
        fs::copy(&seeds[index], inbox.path().join(name)).unwrap();
    }
    inbox
}

/// The bytes of every file that a reader gets.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = tree(folder).into_iter();
    files.map(|(path, (_, bytes))| (path.strip_prefix(folder).unwrap().to_owned(), bytes)).collect()
}

#[test]
fn threads_batches_and_the_order_of_files_do_not_show() {
    let (usual, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    run(some_articles(0..4).path(), usual.path()).args(["--threads", "2"]).assert().code(0);
    let settings = other.path().join("settings.toml");
    fs::write(&settings, "[translate]\nmax_batch_tokens = 150\n").unwrap();
    let output = other.path().join("output");
    run(some_articles((0..4).rev()).path(), &output)
        .args(["--threads", "1", "--config"])
        .arg(&settings)
        .assert()
        .code(0);
    assert!(bytes(usual.path()) == bytes(&output));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_with_everything_kept() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let inbox = some_articles(0..4);
    let (undisturbed, stopped) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    run(inbox.path(), undisturbed.path()).assert().code(0);
    let mut stops = 0;
    for (signal, wait) in [("-TERM", 0), ("-INT", 300), ("-TERM", 900), ("-INT", 1500)] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tagesbrief"));
        let plain = run(inbox.path(), stopped.path());
        command.args(plain.get_args()).current_dir(checkout()).stderr(Stdio::piped());
        command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("STATE_DIRECTORY");
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        // The plan is told after the signals are listened to, before a model is loaded.
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        assert!(line.contains("plan: "), "{line}");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let id = child.id().to_string();
        std::process::Command::new("kill").args([signal, &id]).status().unwrap();
        let told = std::io::read_to_string(log).unwrap();
        match child.wait().unwrap().code() {
            Some(3) => {
                stops += 1;
                assert!(told.contains("stopped, everything so far is kept"), "{told}");
                let json = fs::read_to_string(stopped.path().join("run.json")).unwrap();
                assert!(json.contains("\"outcome\": \"stopped\""), "{json}");
            }
            // It was quicker.
            code => assert_eq!(code, Some(0), "{told}"),
        }
    }
    assert!(stops > 0, "no run was stopped");
    run(inbox.path(), stopped.path()).assert().code(0);
    assert!(bytes(undisturbed.path()) == bytes(stopped.path()));
}

#[test]
fn translate_is_a_filter_of_lines() {
    let output = tagesbrief()
        .args(["translate", "--beam", "1"])
        .write_stdin("Der Hafen ist heute gesperrt.\n\n3.000\n")
        .assert()
        .code(0);
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(!lines[0].is_empty() && lines[1].is_empty());
    assert_eq!(lines[2], "3,000", "a number never reaches the model");
}

#[test]
fn a_bad_model_folder_is_an_error_that_names_the_file() {
    let copy = TempDir::new().unwrap();
    for entry in fs::read_dir(checkout().join("models/translate")).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let spoil: [(&str, &[u8]); 4] = [
        ("config.json", b"{}"),
        ("model.safetensors", b"nothing"),
        ("source.spm", b"not a SentencePiece model"),
        ("vocab.json", b"[]"),
    ];
    for (file, garbage) in spoil {
        let good = fs::read(copy.path().join(file)).unwrap();
        fs::write(copy.path().join(file), garbage).unwrap();
        tagesbrief()
            .args(["translate", "--translate-model"])
            .arg(copy.path())
            .write_stdin("Guten Tag.\n")
            .assert()
            .code(1)
            .stderr(predicate::str::contains(file))
            .stderr(predicate::str::contains("fault of its own").not());
        fs::write(copy.path().join(file), good).unwrap();
    }
}
