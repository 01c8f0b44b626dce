//! Disks that are full or read-only, on a real small file system. Mounting one
//! needs root; elsewhere these tests say that they did nothing.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::desk::{Desk, assert_same, fill};

/// A file system in memory, until it is dropped.
struct Mounted<'p>(&'p Path);

impl<'p> Mounted<'p> {
    fn new(path: &'p Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(path).unwrap();
        let options = format!("size={size}");
        let done = mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], path);
        if !done {
            eprintln!("skipped: mounting a small file system needs root");
        }
        done.then_some(Self(path))
    }

    fn again(&self, options: &str) {
        assert!(mount(&["-o", &format!("remount,{options}")], self.0));
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

fn mount(arguments: &[&str], path: &Path) -> bool {
    let output = Command::new("mount").args(arguments).arg(path).output();
    output.is_ok_and(|output| output.status.success())
}

fn desks(root: &Path) -> (Desk, Desk) {
    let (undisturbed, disturbed) = (Desk::new(root, "undisturbed"), Desk::new(root, "disturbed"));
    fill(&undisturbed.inbox, 6, 3);
    undisturbed.run().unwrap();
    (undisturbed, disturbed)
}

/// What every such error must say.
fn assert_helpful(error: &str, path: &Path) {
    assert!(error.contains(&path.display().to_string()), "which file? {error}");
    assert!(error.contains("free space") && error.contains("run again"), "what to do? {error}");
}

#[test]
fn a_full_output_disk_is_named_and_the_next_run_goes_on() {
    let root = TempDir::new().unwrap();
    let (undisturbed, desk) = desks(root.path());
    let Some(disk) = Mounted::new(&desk.output, "100k") else { return };
    let error = desk.run().unwrap_err().to_string();
    assert_helpful(&error, &desk.output);
    disk.again("size=64m");
    desk.run().unwrap();
    assert_same(&undisturbed.output, &desk.output);
}

#[test]
fn a_read_only_output_is_named_and_the_next_run_goes_on() {
    let root = TempDir::new().unwrap();
    let (undisturbed, desk) = desks(root.path());
    let Some(disk) = Mounted::new(&desk.output, "64m") else { return };
    disk.again("ro");
    let error = desk.run().unwrap_err().to_string();
    assert_helpful(&error, &desk.output);
    disk.again("rw");
    let report = desk.run().unwrap();
    let asked = report.tallies().iter().map(|stage| stage.done).sum::<usize>();
    assert!(asked > 0);
    assert_same(&undisturbed.output, &desk.output);
}

#[test]
fn a_full_store_is_named_and_the_next_run_goes_on() {
    let root = TempDir::new().unwrap();
    let (undisturbed, desk) = desks(root.path());
    for size in ["8k", "1600k"] {
        let Some(disk) = Mounted::new(&desk.store, size) else { return };
        let error = desk.run();
        if size == "8k" {
            assert_helpful(&error.unwrap_err().to_string(), &desk.store);
        }
        disk.again("size=64m");
        desk.run().unwrap();
        assert_same(&undisturbed.output, &desk.output);
        std::fs::remove_dir_all(&desk.output).unwrap();
    }
}
