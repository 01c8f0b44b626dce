//! What the filters `translate` and `summarise` read.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context;

/// The text of `file`; of standard input where that is `-` or not given.
pub(super) fn read(file: Option<&Path>) -> anyhow::Result<String> {
    match file {
        Some(path) if path != Path::new("-") => fs::read_to_string(path)
            .with_context(|| format!("cannot read {} as UTF-8 text", path.display())),
        _ => {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .context("cannot read standard input as UTF-8 text")?;
            Ok(text)
        }
    }
}
