//! Repositories whose weights are a pickle only.

use std::fs;

use safetensors::SafeTensors;
use serde_json::{Value, json};

use super::server::{Fault, Files};
use super::{Bench, REPOSITORY, fixture};

const PICKLE: &str = "pytorch_model.bin";

/// As in 2020: no safetensors.
fn old() -> Files {
    let mut files = fixture("marian");
    files.remove("model.safetensors");
    files
}

fn conversion(number: u64, author: &str, status: &str) -> Value {
    json!({
        "num": number, "isPullRequest": true, "status": status, "author": { "name": author },
        "title": "Adding `safetensors` variant of this model"
    })
}

#[test]
fn a_pickle_becomes_safetensors_here() {
    let bench = Bench::new();
    let commit = bench.server.put(REPOSITORY, "main", old());
    let fetched = bench.fetch().unwrap();
    bench.assert_published(&old());
    let weights = &fetched.manifest.weights;
    assert_eq!((weights.file.as_str(), weights.revision.as_str()), (PICKLE, commit.as_str()));
    assert_eq!(
        weights.converted_from_sha256.as_deref(),
        Some(super::server::sha256(&old()[PICKLE]).as_str())
    );
    let made = fs::read(bench.target().join("model.safetensors")).unwrap();
    let (made, expected) = (SafeTensors::deserialize(&made).unwrap(), fixture("marian"));
    let expected = SafeTensors::deserialize(&expected["model.safetensors"]).unwrap();
    for (name, view) in expected.tensors() {
        assert!(made.tensor(&name).unwrap().data() == view.data(), "{name}");
    }
    assert!(made.tensor("lm_head.weight").is_err(), "tied names are stored once");
    assert!(bench.fetch().unwrap().was_there);
}

/// A branch with the pickle `pickle` and weights converted from it.
fn offered(pickle: &[u8]) -> Files {
    let mut files = fixture("marian");
    files.insert(PICKLE.to_owned(), pickle.to_vec());
    files
}

#[test]
fn the_hubs_own_conversion_of_the_same_pickle_is_taken() {
    let bench = Bench::new();
    bench.server.put(REPOSITORY, "main", old());
    bench.server.offer(conversion(3, "SFconvertbot", "open"));
    let commit = bench.server.put(REPOSITORY, "refs/pr/3", offered(&old()[PICKLE]));
    let fetched = bench.fetch().unwrap();
    assert_eq!(fetched.manifest.weights.revision, commit);
    assert_eq!(fetched.manifest.weights.file, "model.safetensors");
    assert!(bench.server.seen("/large/*pytorch_model").is_empty());
    bench.assert_published(&fixture("marian"));
}

#[test]
fn other_peoples_and_outdated_conversions_are_not_taken() {
    let strangers = conversion(3, "somebody", "open");
    let closed = conversion(3, "SFconvertbot", "closed");
    let mut other = old()[PICKLE].clone();
    other.push(0);
    let bots = conversion(3, "SFconvertbot", "open");
    for (discussion, pickle) in
        [(strangers, &old()[PICKLE]), (closed, &old()[PICKLE]), (bots, &other)]
    {
        let bench = Bench::new();
        bench.server.put(REPOSITORY, "main", old());
        bench.server.put(REPOSITORY, "refs/pr/3", offered(pickle));
        bench.server.offer(discussion.clone());
        assert_eq!(bench.fetch().unwrap().manifest.weights.file, PICKLE, "{discussion}");
    }
}

#[test]
fn a_hub_without_such_a_list_will_do() {
    let bench = Bench::new();
    bench.server.put(REPOSITORY, "main", old());
    bench.server.fail("/discussions", [Fault::Status(403)]);
    bench.fetch().unwrap();
    bench.assert_published(&old());
}

#[test]
fn a_pickle_that_wants_to_run_something_is_refused() {
    let mut files = old();
    let malice = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}.\
                   \x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";
    files.insert(PICKLE.to_owned(), malice.to_vec());
    let bench = Bench::new();
    bench.server.put(REPOSITORY, "main", files);
    let error = bench.failure();
    assert!(error.contains("posix.system") && error.contains("refused"), "{error}");
    bench.assert_nothing_published();
}

#[test]
fn no_weights_no_model() {
    let mut files = old();
    files.remove(PICKLE);
    let bench = Bench::new();
    bench.server.put(REPOSITORY, "main", files);
    let error = bench.failure();
    assert!(error.contains("neither model.safetensors nor pytorch_model.bin"), "{error}");
}
