//! Killing a run at a hundred random points.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::desk::{Desk, Dice, assert_same, fill};

/// Tells this very test binary to be the run that is killed.
const CHILD: &str = "TAGESBRIEF_FAULT_TEST_ROOT";

const KILLS: usize = 100;

/// The run to be killed; as a test of its own it does nothing.
#[test]
fn child_run() {
    if let Some(root) = env::var_os(CHILD) {
        Desk::new(&PathBuf::from(root), "killed").run().unwrap();
    }
}

fn child(root: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["kill::child_run", "--exact", "--nocapture"])
        .env(CHILD, root)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn finish(child: Child) {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_run_killed_at_a_hundred_points_ends_as_an_undisturbed_one() {
    let root = TempDir::new().unwrap();
    let root = root.path();
    let (undisturbed, killed) = (Desk::new(root, "undisturbed"), Desk::new(root, "killed"));
    fill(&undisturbed.inbox, 3, 2);
    undisturbed.run().unwrap();
    let started = Instant::now();
    finish(child(root));
    let whole = started.elapsed();
    assert_same(&undisturbed.output, &killed.output);
    killed.clear();

    let mut dice = Dice::new(5);
    let (mut kills, mut ends) = (0, 0);
    while kills < KILLS {
        let mut run = child(root);
        sleep(whole.mul_f64(dice.below(1000) as f64 / 1000.0));
        match run.try_wait().unwrap() {
            None => {
                run.kill().unwrap();
                run.wait().unwrap();
                kills += 1;
                // Kills of runs over what is done already would try little.
                if kills % 5 == 0 {
                    finish(child(root));
                    assert_same(&undisturbed.output, &killed.output);
                    killed.clear();
                }
            }
            Some(_) => {
                finish(run);
                assert_same(&undisturbed.output, &killed.output);
                killed.clear();
                ends += 1;
            }
        }
    }
    finish(child(root));
    assert_same(&undisturbed.output, &killed.output);
    eprintln!("{kills} kills, {ends} runs that were quicker, {whole:?} for a whole run");
}

#[test]
fn a_second_run_is_told_who_the_first_is() {
    let root = TempDir::new().unwrap();
    let desk = Desk::new(root.path(), "killed");
    fill(&desk.inbox, 1, 1);
    let _lock = tagesbrief::store::Lock::acquire(&desk.store, None, "the first").unwrap();
    let error = desk.run().unwrap_err().to_string();
    assert!(error.contains("the first"), "{error}");
    // The lock of a killed process is gone with it.
    drop(_lock);
    let mut run = child(root.path());
    sleep(Duration::from_millis(30));
    run.kill().unwrap();
    run.wait().unwrap();
    desk.run().unwrap();
}

#[test]
fn a_store_that_was_being_made_is_made_again() {
    let root = TempDir::new().unwrap();
    let desk = Desk::new(root.path(), "half");
    fill(&desk.inbox, 1, 1);
    // As redb leaves a file in which it was killed: room, and no magic number yet.
    std::fs::create_dir_all(&desk.store).unwrap();
    let unfinished = desk.store.join("store.redb.new");
    std::fs::write(&unfinished, [0; 4096]).unwrap();
    desk.run().unwrap();
    assert!(!unfinished.exists());
    assert!(desk.store.join("store.redb").exists());
}
