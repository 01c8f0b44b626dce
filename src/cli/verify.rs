//! `tagesbrief verify`: whether an output folder is what inbox, models and settings
//! give.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::args::{SharedArgs, VerifyOutputArgs};
use super::engines::LazyModels;
use super::exit::Exit;
use super::output::write_result;
use super::session::Place;
use crate::brief::{brief_folders, read_brief};
use crate::pipeline::{self, Proof, Stop};
use crate::render::{IndexEntry, Rendered, SiteOptions, render_day, render_index};

/// Makes every brief anew from the German and the remembered answers, or only
/// renders it anew, and compares the bytes.
pub(super) fn execute(args: &VerifyOutputArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let place = Place::new(&args.work, shared)?;
    let output = &place.config.output;
    // A typing error should make nothing.
    brief_folders(output)?;
    if args.files_only {
        let site = place.config.settings(jiff::civil::Date::MIN).site;
        return files_only(output, &site);
    }
    let session = place.look("verify")?;
    let models = LazyModels::new(&place.config)?;
    let inbox = pipeline::list(&place.config.inbox, &session.settings)?;
    let stop = Stop::new();
    let job = session.job(&place, &models, &stop);
    let proof = pipeline::prove(inbox, &job)?;
    write_result(&listing(&proof))?;
    let wrong = proof.faults.len();
    anyhow::ensure!(
        wrong == 0,
        "what is not as it should be: {wrong}; if nobody changed it on purpose, run again, with \
         the configuration of that run"
    );
    Ok(Exit::Done)
}

fn listing(proof: &Proof) -> String {
    let mut text = String::new();
    for (path, fault) in &proof.faults {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{path}: {fault}");
    }
    for path in &proof.others {
        let _ = writeln!(text, "{path}: not from here, left alone");
    }
    let _ =
        writeln!(text, "files that inbox, models and settings give byte by byte: {}", proof.proved);
    if proof.rendered > 0 {
        let _ = writeln!(
            text,
            "files that only their own brief.json gives (no articles in the inbox): {}",
            proof.rendered
        );
    }
    text
}

fn files_only(output: &Path, site: &SiteOptions) -> anyhow::Result<Exit> {
    let mut tally = Tally::default();
    let mut entries = Vec::new();
    for folder in brief_folders(output)? {
        let brief = read_brief(&folder)?;
        tally.hold(&folder, &render_day(&brief)?);
        entries.push(IndexEntry::from_brief(&brief));
    }
    tally.hold(output, &render_index(&entries, site)?);
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
