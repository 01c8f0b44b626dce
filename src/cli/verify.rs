//! `tagesbrief verify`: whether the files of an output folder are what their
//! briefs give.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::args::{SharedArgs, VerifyOutputArgs};
use super::config::Config;
use super::exit::Exit;
use super::output::write_result;
use crate::brief::{brief_folders, read_brief};
use crate::render::{IndexEntry, Rendered, render_day, render_index};

/// Renders every brief anew and compares the bytes.
pub(super) fn execute(args: &VerifyOutputArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?;
    let output = args.output.as_ref().unwrap_or(&config.output);
    let site = config.settings(jiff::civil::Date::MIN).site;
    let mut tally = Tally::default();
    let mut entries = Vec::new();
    for folder in brief_folders(output)? {
        let brief = read_brief(&folder)?;
        tally.hold(&folder, &render_day(&brief)?);
        entries.push(IndexEntry::from_brief(&brief));
    }
    tally.hold(output, &render_index(&entries, &site)?);
    write_result(&tally.listing())?;
    let wrong = tally.wrong.len();
    anyhow::ensure!(
        wrong == 0,
        "files that are not what their briefs give: {wrong}; run again to write them anew, \
         with the configuration of that run"
    );
    Ok(Exit::Done)
}

#[derive(Default)]
struct Tally {
    same: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn hold(&mut self, folder: &Path, files: &[Rendered]) {
        for file in files {
            let path = folder.join(&file.name);
            match fs::read(&path) {
                Ok(bytes) if bytes == file.bytes => self.same += 1,
                Ok(_) => self.wrong.push(format!("{}: differs", path.display())),
                Err(error) => self.wrong.push(format!("{}: {error}", path.display())),
            }
        }
    }

    fn listing(&self) -> String {
        let mut text = String::new();
        for line in &self.wrong {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{line}");
        }
        let _ = writeln!(text, "files as their briefs give them: {}", self.same);
        text
    }
}
