//! `tagesbrief models`: fetching from a server on loopback that speaks the hub's
//! routes, with everything that can go wrong on the way.
#![cfg(feature = "fetch")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod command;
mod faults;
mod pickle;
mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tagesbrief::model::hub::{
    Fetched, Hub, HubError, Observer, Repository, Request, Retries, fetch,
};
use tempfile::TempDir;

use server::{Files, Server};

/// The repository of the tests.
const REPOSITORY: &str = "testers/opus-tiny";

/// A small model as the hub would have it.
fn fixture(name: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/models").join(name);
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_name() != "cases.json")
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// The same with safetensors alone, as most repositories are today.
fn modern() -> Files {
    let mut files = fixture("marian");
    files.remove("pytorch_model.bin");
    files.insert("flax_model.msgpack".to_owned(), b"not wanted".to_vec());
    files.insert("README.md".to_owned(), b"# A card\n".to_vec());
    files
}

/// A server, a models folder, and what a user does with them.
struct Bench {
    server: Server,
    dir: TempDir,
    token: Option<String>,
}

impl Bench {
    fn new() -> Self {
        Self { server: Server::start(), dir: TempDir::new().unwrap(), token: None }
    }

    /// With [`modern`] on the main branch.
    fn with_model() -> (Self, String) {
        let bench = Self::new();
        let commit = bench.server.put(REPOSITORY, "main", modern());
        (bench, commit)
    }

    fn models(&self) -> &Path {
        self.dir.path()
    }

    fn target(&self) -> PathBuf {
        self.models().join("opus-tiny")
    }

    fn fetch(&self) -> Result<Fetched, HubError> {
        self.fetch_revision("main", false)
    }

    fn fetch_revision(&self, revision: &str, replace: bool) -> Result<Fetched, HubError> {
        let retries = Retries { attempts: 3, first_pause: Duration::from_millis(1) };
        let hub = Hub::new(&self.server.endpoint(), self.token.clone(), retries)?;
        let repository: Repository = REPOSITORY.parse().unwrap();
        let request = Request {
            repository: &repository,
            revision,
            models: self.models(),
            name: repository.name(),
            replace,
        };
        fetch(&hub, request, &mut Ignored)
    }

    fn failure(&self) -> String {
        self.fetch().unwrap_err().to_string()
    }

    /// Nothing is there that could be taken for a model.
    fn assert_nothing_published(&self) {
        let names: Vec<String> = fs::read_dir(self.models())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with(".fetch-"))
            .collect();
        assert!(names.is_empty(), "{names:?}");
    }

    /// The folder holds the files of `expected` and the manifest, and nothing else.
    fn assert_published(&self, expected: &Files) {
        let left_out = |name: &str| name.ends_with(".msgpack") || name == "pytorch_model.bin";
        let mut names: BTreeSet<&str> =
            expected.keys().map(String::as_str).filter(|name| !left_out(name)).collect();
        for name in &names {
            assert!(fs::read(self.target().join(name)).unwrap() == expected[*name], "{name}");
        }
        names.extend(["fetched.json", "model.safetensors"]);
        let found: Vec<String> = fs::read_dir(self.target())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), names);
        assert!(!self.models().join(".fetch-opus-tiny").exists());
    }
}

struct Ignored;

impl Observer for Ignored {
    fn begin(&mut self, _name: &str, _size: Option<u64>, _have: u64) {}
    fn reach(&mut self, _bytes: u64) {}
    fn end(&mut self) {}
}

#[test]
fn a_model_is_fetched_recorded_and_not_fetched_twice() {
    let (bench, commit) = Bench::with_model();
    let fetched = bench.fetch().unwrap();
    assert!(!fetched.was_there);
    assert_eq!(fetched.folder.name, "opus-tiny");
    assert_eq!(fetched.manifest.revision, commit);
    bench.assert_published(&modern());
    let weights = &modern()["model.safetensors"];
    assert_eq!(fetched.manifest.files["model.safetensors"].sha256, server::sha256(weights));
    assert!(bench.server.seen("flax_model").is_empty(), "only what is needed is fetched");

    let requests = bench.server.seen("/resolve/").len();
    assert!(bench.fetch().unwrap().was_there);
    assert!(bench.fetch_revision(&commit, false).unwrap().was_there);
    assert_eq!(bench.server.seen("/resolve/").len(), requests);
}

#[test]
fn a_bart_model_is_fetched_too() {
    let bench = Bench::new();
    bench.server.put(REPOSITORY, "main", fixture("bart"));
    assert_eq!(bench.fetch().unwrap().folder.family, tagesbrief::model::Family::Bart);
    bench.assert_published(&fixture("bart"));
}

#[test]
fn a_hub_that_says_little_beforehand_will_do() {
    let (bench, _) = Bench::with_model();
    bench.server.keep_silent();
    bench.fetch().unwrap();
    bench.assert_published(&modern());
}

#[test]
fn a_newer_commit_takes_the_place_of_the_older() {
    let (bench, first) = Bench::with_model();
    bench.fetch().unwrap();
    let mut files = modern();
    files.insert("README.md".to_owned(), b"# Another card\n".to_vec());
    let second = bench.server.put(REPOSITORY, "main", files.clone());
    assert_eq!(bench.fetch().unwrap().manifest.revision, second);
    bench.assert_published(&files);
    bench.fetch_revision(&first, false).unwrap();
    bench.assert_published(&modern());
}

#[test]
fn a_damaged_folder_is_fetched_again() {
    let (bench, _) = Bench::with_model();
    bench.fetch().unwrap();
    fs::write(bench.target().join("source.spm"), "damaged").unwrap();
    assert!(!bench.fetch().unwrap().was_there);
    bench.assert_published(&modern());
}

#[test]
fn a_folder_of_the_users_own_is_left_alone() {
    let (bench, _) = Bench::with_model();
    fs::create_dir(bench.target()).unwrap();
    fs::write(bench.target().join("mine"), "precious").unwrap();
    assert!(bench.failure().contains("was not fetched by this program"));
    assert_eq!(fs::read(bench.target().join("mine")).unwrap(), b"precious");
    bench.fetch_revision("main", true).unwrap();
    bench.assert_published(&modern());
}

#[test]
fn the_token_goes_to_the_hub_alone() {
    let (mut bench, _) = Bench::with_model();
    bench.token = Some("secret".to_owned());
    bench.fetch().unwrap();
    let sent = |part: &str| bench.server.seen(part)[0].authorization.clone();
    assert_eq!(sent("/api/").as_deref(), Some("Bearer secret"));
    assert_eq!(sent("/resolve/").as_deref(), Some("Bearer secret"));
    assert_eq!(sent("/large/"), None);
}
