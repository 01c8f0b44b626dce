//! Briefs to files, and the index over all that were ever written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::report::Report;
use crate::brief::DayBrief;
use crate::render::{IndexEntry, RenderError, Rendered, SiteOptions, render_day, render_index};
use crate::support::fs::{Written, write_if_changed};

/// An output that could not be made or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The file system refused.
    #[error(
        "cannot write {path}: {source}; check the folder's permissions and the free space, then run again"
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A template failed.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Writes every brief into the folder of its date, then the index.
pub(super) fn write_all(
    output: &Path,
    briefs: &[DayBrief],
    site: &SiteOptions,
    report: &mut Report,
) -> Result<(), OutputError> {
    let mut entries = earlier_entries(output);
    for brief in briefs {
        let date = brief.date.to_string();
        write_files(&output.join(&date), &render_day(brief)?, report)?;
        entries.insert(date, IndexEntry::from_brief(brief));
    }
    let entries: Vec<IndexEntry> = entries.into_values().collect();
    write_files(output, &render_index(&entries, site)?, report)
}

fn write_files(folder: &Path, files: &[Rendered], report: &mut Report) -> Result<(), OutputError> {
    for file in files {
        let path = folder.join(&file.name);
        match write_if_changed(&path, &file.bytes) {
            Ok(Written::Changed) => report.changed.push(path),
            Ok(Written::Unchanged) => report.unchanged += 1,
            Err(source) => return Err(OutputError::Write { path, source }),
        }
    }
    Ok(())
}

/// The briefs of earlier runs, by folder name. A folder without a brief that can
/// be read is not ours, and stays out of the index.
fn earlier_entries(output: &Path) -> BTreeMap<String, IndexEntry> {
    let Ok(folders) = fs::read_dir(output) else { return BTreeMap::new() };
    folders
        .filter_map(Result::ok)
        .filter_map(|folder| {
            let name = folder.file_name().into_string().ok()?;
            let bytes = fs::read(folder.path().join("brief.json")).ok()?;
            match IndexEntry::from_json(&bytes) {
                Ok(entry) => Some((name, entry)),
                Err(error) => {
                    tracing::warn!("{name}/brief.json is left out of the index: {error}");
                    None
                }
            }
        })
        .collect()
}
