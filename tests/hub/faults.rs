//! What can go wrong between the hub and the disk.

use std::fs;

use super::server::Fault;
use super::{Bench, fixture, modern};

const WEIGHTS: &str = "/large/*model.safetensors";

#[test]
fn what_the_hub_refuses_is_said_with_a_remedy() {
    let bench = Bench::new();
    let error = bench.failure();
    assert!(error.contains("404") && error.contains("check the name"), "{error}");
    for status in [401, 403] {
        let (bench, _) = Bench::with_model();
        bench.server.fail("/api/", [Fault::Status(status)]);
        let error = bench.failure();
        assert!(error.contains("HF_TOKEN") && error.contains("test says"), "{error}");
    }
    let (bench, _) = Bench::with_model();
    bench.server.fail("vocab.json", [Fault::Status(404)]);
    let error = bench.failure();
    assert!(error.contains("vocab.json of testers/opus-tiny"), "{error}");
    bench.assert_nothing_published();
}

#[test]
fn a_server_in_trouble_is_asked_again() {
    let (bench, _) = Bench::with_model();
    bench.server.fail("/api/", [Fault::Status(503), Fault::Status(500)]);
    bench.server.fail("config.json", [Fault::Status(429), Fault::Status(502)]);
    bench.fetch().unwrap();
    bench.assert_published(&modern());

    let (bench, _) = Bench::with_model();
    bench.server.fail("/api/", [503, 503, 503].map(Fault::Status));
    assert!(bench.failure().contains("503"), "it gives up in the end");
    assert_eq!(bench.server.seen("/api/").len(), 3);
}

#[test]
fn a_cut_download_goes_on_where_it_was_cut() {
    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [Fault::Cut(1000), Fault::Cut(2000)]);
    bench.fetch().unwrap();
    bench.assert_published(&modern());
    let ranges: Vec<String> =
        bench.server.seen(WEIGHTS).into_iter().filter_map(|seen| seen.range).collect();
    assert_eq!(ranges, ["bytes=1000-", "bytes=3000-"]);
}

#[test]
fn an_interrupted_fetch_is_resumed_by_the_next_one() {
    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [5000, 0, 0].map(Fault::Cut));
    let error = bench.failure();
    assert!(error.contains("model.safetensors") && error.contains("to go on"), "{error}");
    bench.assert_nothing_published();
    let part = bench.models().join(".fetch-opus-tiny/model.safetensors.part");
    assert_eq!(fs::metadata(&part).unwrap().len(), 5000);
    let before = bench.server.seen("config.json").len();

    bench.fetch().unwrap();
    bench.assert_published(&modern());
    let last = bench.server.seen(WEIGHTS).pop().unwrap();
    assert_eq!(last.range.as_deref(), Some("bytes=5000-"));
    assert_eq!(bench.server.seen("config.json").len(), before, "whole files are kept");
}

#[test]
fn what_an_earlier_commit_left_is_not_mixed_in() {
    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [5000, 0, 0].map(Fault::Cut));
    bench.failure();
    let mut files = modern();
    *files.get_mut("model.safetensors").unwrap().last_mut().unwrap() ^= 1;
    bench.server.put(super::REPOSITORY, "main", files.clone());
    bench.fetch().unwrap();
    bench.assert_published(&files);
}

#[test]
fn a_server_that_ignores_ranges_is_borne() {
    for fault in [Fault::Whole, Fault::OtherPart] {
        let (bench, _) = Bench::with_model();
        bench.server.fail(WEIGHTS, [Fault::Cut(1000), fault]);
        bench.fetch().unwrap();
        bench.assert_published(&modern());
    }
}

#[test]
fn a_wrong_length_is_noticed() {
    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [Fault::Longer(3)]);
    let error = bench.failure();
    assert!(error.contains("announced"), "{error}");
    bench.assert_nothing_published();

    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [Fault::Surplus(3)]);
    let error = bench.failure();
    assert!(error.contains("more comes"), "{error}");
    bench.assert_nothing_published();

    // Without an announcement only the connection's end and the checksum tell.
    let (bench, _) = Bench::with_model();
    bench.server.keep_silent();
    bench.server.fail(WEIGHTS, [Fault::Longer(3), Fault::Surplus(3)]);
    bench.fetch().unwrap();
    bench.assert_published(&modern());
}

#[test]
fn a_wrong_byte_is_noticed() {
    let (bench, _) = Bench::with_model();
    bench.server.fail(WEIGHTS, [Fault::Flipped]);
    bench.fetch().unwrap();
    bench.assert_published(&modern());
    assert_eq!(bench.server.seen(WEIGHTS).len(), 2, "fetched once more");

    for file in [WEIGHTS, "/resolve/*vocab.json"] {
        let (bench, _) = Bench::with_model();
        bench.server.fail(file, [Fault::Flipped, Fault::Flipped]);
        let error = bench.failure();
        assert!(error.contains("checksum"), "{error}");
        bench.assert_nothing_published();
        bench.fetch().unwrap();
        bench.assert_published(&modern());
    }
}

#[test]
fn a_failed_update_leaves_the_old_model() {
    let (bench, _) = Bench::with_model();
    bench.fetch().unwrap();
    let mut files = modern();
    files.insert("README.md".to_owned(), b"# Newer\n".to_vec());
    bench.server.put(super::REPOSITORY, "main", files);
    bench.server.fail(WEIGHTS, [0, 0, 0].map(Fault::Cut));
    bench.failure();
    for (name, bytes) in modern() {
        if !name.ends_with(".msgpack") {
            assert!(fs::read(bench.target().join(&name)).unwrap() == bytes, "{name}");
        }
    }
}

#[test]
fn a_model_that_cannot_run_is_refused_before_its_weights_come() {
    let mut files = modern();
    files.insert("config.json".to_owned(), br#"{"model_type": "t5"}"#.to_vec());
    let bench = Bench::new();
    bench.server.put(super::REPOSITORY, "main", files);
    let error = bench.failure();
    assert!(error.contains("t5") && error.contains("marian"), "{error}");
    assert!(bench.server.seen("model.safetensors").is_empty());
    bench.assert_nothing_published();
}

#[test]
fn a_model_that_does_not_check_out_is_not_published() {
    let mut files = modern();
    let bart = fixture("bart");
    files.insert("model.safetensors".to_owned(), bart["model.safetensors"].clone());
    let bench = Bench::new();
    bench.server.put(super::REPOSITORY, "main", files);
    let error = bench.failure();
    assert!(error.contains("config.json asks for"), "{error}");
    bench.assert_nothing_published();
    assert!(!bench.models().join(".fetch-opus-tiny").exists());
}

#[test]
fn two_fetches_at_once_do_not_mix() {
    let (bench, _) = Bench::with_model();
    let folder = bench.models().join(".fetch-opus-tiny");
    fs::create_dir(&folder).unwrap();
    let other = fs::File::open(&folder).unwrap();
    other.try_lock().unwrap();
    assert!(bench.failure().contains("another process"));
    drop(other);
    bench.fetch().unwrap();
}

/// A file system of 150 kB, of which there can be one only for root.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    use std::process::Command;

    let (bench, _) = Bench::with_model();
    let mount = |options: &str| {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(bench.models()).output()
    };
    if !mount("size=150k").is_ok_and(|output| output.status.success()) {
        println!("skipped: only root can mount a small file system");
        return;
    }
    let announced = bench.failure();
    bench.server.keep_silent();
    let unannounced = bench.failure();
    let kept = bench.models().join(".fetch-opus-tiny/config.json").is_file();
    mount("remount,size=2m").unwrap();
    let fetched = bench.fetch();
    let unmounted = Command::new("umount").arg(bench.models()).output();
    assert!(announced.contains("MB are needed"), "{announced}");
    assert!(unannounced.contains("make room"), "{unannounced}");
    assert!(kept, "what is complete stays");
    fetched.unwrap();
    assert!(unmounted.unwrap().status.success());
}
