//! Both engines against transformers: on small folders with random weights, in every
//! form in which folders of the hub come, the same text, length and ending as
//! transformers' `generate` (`scripts/model_cases.py` wrote down what it gave).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cases;
mod forms;

use std::env;
use std::path::{Path, PathBuf};

use cases::Cases;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/models").join(name)
}

#[test]
fn marian_answers_as_in_transformers() {
    Cases::of(&fixture("marian")).hold(&fixture("marian"));
}

#[test]
fn bart_answers_as_in_transformers() {
    Cases::of(&fixture("bart")).hold(&fixture("bart"));
}

/// `scripts/check-full-size` names the folders.
#[test]
#[ignore = "needs the gigabytes that scripts/check-full-size makes"]
fn full_size_models_answer_as_in_transformers() {
    let folders = env::var_os("TAGESBRIEF_FULL_SIZE").expect("TAGESBRIEF_FULL_SIZE is not set");
    for folder in env::split_paths(&folders) {
        Cases::of(&folder).hold(&folder);
    }
}
