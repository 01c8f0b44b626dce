//! The commands as a user types them.

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

use super::Bench;
use super::server::Fault;

impl Bench {
    fn tagesbrief(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("tagesbrief").unwrap();
        for name in ["HF_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
            command.env_remove(name);
        }
        command.env("HF_ENDPOINT", self.server.endpoint()).current_dir(self.models());
        command.arg("models").args(arguments).args(["--folder", "."]);
        command
    }
}

#[test]
fn fetch_list_and_verify_fit_together() {
    let (bench, commit) = Bench::with_model();
    bench
        .tagesbrief(&["fetch", super::REPOSITORY])
        .assert()
        .code(0)
        .stdout(contains("--translate-model opus-tiny").and(contains(commit)))
        .stderr(contains("panicked").not());
    bench
        .tagesbrief(&["list"])
        .assert()
        .code(0)
        .stdout(contains("opus-tiny").and(contains("Marian")).and(contains("good, fetched")));
    bench.tagesbrief(&["verify", "opus-tiny"]).assert().code(0).stdout(contains("as fetched from"));

    // A changed number is no fault that the checks could see.
    let weights = bench.target().join("model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&weights, bytes).unwrap();
    bench
        .tagesbrief(&["verify", "opus-tiny"])
        .assert()
        .code(1)
        .stdout(contains("model.safetensors is not what was fetched"));
    fs::remove_file(bench.target().join("source.spm")).unwrap();
    bench.tagesbrief(&["verify", "opus-tiny"]).assert().code(1).stdout(contains("source.spm"));
    bench.tagesbrief(&["list"]).assert().code(0).stdout(contains("source.spm is missing"));
}

#[test]
fn a_failed_fetch_is_code_1_with_a_remedy() {
    let (bench, _) = Bench::with_model();
    bench.server.fail("/large/", [Fault::Flipped, Fault::Flipped]);
    bench
        .tagesbrief(&["fetch", super::REPOSITORY])
        .assert()
        .code(1)
        .stderr(contains("was not fetched").and(contains("run the command again")));
    for (arguments, expected) in [
        (vec!["fetch", "nothing"], "organisation/name"),
        (vec!["fetch", super::REPOSITORY, "--name", "../x"], "--name"),
        (vec!["fetch", super::REPOSITORY, "--revision", "no such"], "no branch"),
        (vec!["fetch", "testers/missing"], "check the name"),
    ] {
        bench.tagesbrief(&arguments).assert().code(1).stderr(contains(expected));
    }
    bench.assert_nothing_published();
}

#[test]
fn the_usual_variables_are_honoured() {
    let (bench, _) = Bench::with_model();
    let fetch = ["fetch", super::REPOSITORY];
    bench
        .tagesbrief(&fetch)
        .env("HF_HUB_OFFLINE", "1")
        .assert()
        .code(1)
        .stderr(contains("HF_HUB_OFFLINE"));
    assert!(bench.server.seen("/").is_empty(), "nothing was asked for");
    bench
        .tagesbrief(&fetch)
        .env("HF_ENDPOINT", "ftp://x")
        .assert()
        .code(1)
        .stderr(contains("HF_ENDPOINT"));
    bench.tagesbrief(&fetch).env("HF_TOKEN", "secret").assert().code(0);
    assert_eq!(bench.server.seen("/api/")[0].authorization.as_deref(), Some("Bearer secret"));
}
