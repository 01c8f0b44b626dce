//! Briefs to files, and the index over all that were ever written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::driver::{Job, PipelineError};
use super::issue::{Desk, Issue, Recipe, are_intact, hash, hashes};
use super::report::Report;
use crate::brief::DayBrief;
use crate::render::{IndexEntry, RenderError, Rendered, render_day, render_index};
use crate::support::fs::{Written, remove, remove_leftovers, write_if_changed};

/// An output that could not be made or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The file system refused.
    #[error(
        "cannot write {path}: {cause}; check the folder's permissions and the free space, then run again: it goes on where it stopped"
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A template failed.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Makes the output folder if there is none, and clears away what a killed run
/// left half-written.
pub(super) fn prepare(output: &Path) -> Result<(), OutputError> {
    fs::create_dir_all(output)
        .map_err(|cause| OutputError::Write { path: output.to_owned(), cause })?;
    remove_leftovers(output);
    Ok(())
}

/// Writes a brief into the folder of its date, removes what its earlier issue had
/// and this one has not, and gives the files' hashes.
pub(super) fn write_brief(
    output: &Path,
    brief: &DayBrief,
    earlier: Option<&Issue>,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, OutputError> {
    let folder = output.join(brief.date.to_string());
    let files = render_day(brief)?;
    write_files(&folder, &files, report)?;
    let hashes = hashes(&files);
    let earlier = earlier.into_iter().flat_map(|issue| issue.files.keys());
    remove_files(&folder, earlier.filter(|name| !hashes.contains_key(*name)), report)?;
    Ok(hashes)
}

/// Removes a brief that no date stands for any more, and its folder if nothing
/// else is in it.
pub(super) fn remove_brief(
    output: &Path,
    folder: &str,
    issue: &Issue,
    report: &mut Report,
) -> Result<(), OutputError> {
    let folder = output.join(folder);
    remove_files(&folder, issue.files.keys(), report)?;
    // Someone's own files may be left in it.
    let _ = fs::remove_dir(&folder);
    Ok(())
}

fn write_files(folder: &Path, files: &[Rendered], report: &mut Report) -> Result<(), OutputError> {
    for file in files {
        let path = folder.join(&file.name);
        match write_if_changed(&path, &file.bytes) {
            Ok(Written::Changed) => report.changed.push(path),
            Ok(Written::Unchanged) => report.unchanged += 1,
            Err(cause) => return Err(OutputError::Write { path, cause }),
        }
    }
    Ok(())
}

fn remove_files<'n>(
    folder: &Path,
    names: impl Iterator<Item = &'n String>,
    report: &mut Report,
) -> Result<(), OutputError> {
    for name in names {
        let path = folder.join(name);
        remove(&path).map_err(|cause| OutputError::Write { path: path.clone(), cause })?;
        // A folder of pages goes with its last one; the date's own may hold others' files.
        if let Some(folder) = path.parent() {
            let _ = fs::remove_dir(folder);
        }
        report.removed.push(path);
    }
    Ok(())
}

/// From what the index was made, and which files it has.
#[derive(PartialEq, Serialize, Deserialize)]
struct IndexIssue {
    key: String,
    files: BTreeMap<String, String>,
}

/// Writes the index over all briefs in the output folder, those of earlier runs
/// included, unless it was made from just these.
pub(super) fn write_index(
    desk: &Desk<'_>,
    job: &Job<'_>,
    report: &mut Report,
) -> Result<(), PipelineError> {
    let briefs = briefs(desk.output);
    let key = key(&briefs, &Recipe::of(job));
    let record = desk.name("index", "");
    let known: Option<IndexIssue> = desk.store.record(&record)?;
    if let Some(known) = &known
        && known.key == key
        && are_intact(&known.files, desk.output)
    {
        report.unchanged += known.files.len();
        return Ok(());
    }
    let files = render_index(&entries(&briefs), &job.settings.site).map_err(OutputError::from)?;
    write_files(desk.output, &files, report)?;
    let hashes = hashes(&files);
    // A year without briefs has no search file any more.
    let earlier = known.iter().flat_map(|known| known.files.keys());
    remove_files(desk.output, earlier.filter(|name| !hashes.contains_key(*name)), report)?;
    desk.store.put_record(&record, &IndexIssue { key, files: hashes })?;
    Ok(())
}

/// The `brief.json` of every folder that has one, in the order of folder names.
pub(super) fn briefs(output: &Path) -> Vec<(String, PathBuf)> {
    let Ok(folders) = fs::read_dir(output) else { return Vec::new() };
    let mut briefs: Vec<_> = folders
        .filter_map(Result::ok)
        .filter_map(|folder| {
            let file = folder.path().join("brief.json");
            let name = folder.file_name().into_string().ok()?;
            file.is_file().then_some((name, file))
        })
        .collect();
    briefs.sort();
    briefs
}

fn key(briefs: &[(String, PathBuf)], recipe: &Recipe) -> String {
    let mut key = format!("{} {}", recipe.software, recipe.settings);
    for (name, file) in briefs {
        let bytes = fs::read(file).unwrap_or_default();
        key.push_str(&format!("\n{name} {}", hash(&bytes)));
    }
    hash(key.as_bytes())
}

/// What the index says of each. A folder without a brief that can be read is not
/// ours, and stays out.
fn entries(briefs: &[(String, PathBuf)]) -> Vec<IndexEntry> {
    briefs
        .iter()
        .filter_map(|(name, file)| match IndexEntry::from_json(&fs::read(file).ok()?) {
            Ok(entry) => Some(entry),
            Err(error) => {
                tracing::warn!("{name}/brief.json is left out of the index: {error}");
                None
            }
        })
        .collect()
}
