//! Briefs read back from an output folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::DayBrief;

/// A brief that cannot be read back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The file system refused.
    #[error("cannot read {path}: {source}; name the output folder of a run")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no brief of this program's version.
    #[error(
        "{path} is not a brief that this version can read: {source}; run again to write it anew"
    )]
    Json {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// No date has a brief.
    #[error("{0} holds no brief; name the output folder of a run")]
    Empty(PathBuf),
}

/// The brief in the folder of a date.
///
/// # Errors
/// If there is none that can be read.
pub fn read_brief(folder: &Path) -> Result<DayBrief, StoredError> {
    let path = folder.join("brief.json");
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(source) => return Err(StoredError::Read { path, source }),
    };
    serde_json::from_slice(&bytes).map_err(|source| StoredError::Json { path, source })
}

/// The folders of an output folder that hold a brief, by name.
///
/// # Errors
/// If `output` cannot be listed, or no folder in it holds a brief.
pub fn brief_folders(output: &Path) -> Result<Vec<PathBuf>, StoredError> {
    let unreadable = |source| StoredError::Read { path: output.to_owned(), source };
    let mut folders = Vec::new();
    for entry in fs::read_dir(output).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.join("brief.json").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() { Err(StoredError::Empty(output.to_owned())) } else { Ok(folders) }
}

/// Every brief of an output folder, by the folders' names.
///
/// # Errors
/// See [`brief_folders`] and [`read_brief`].
pub fn read_briefs(output: &Path) -> Result<Vec<DayBrief>, StoredError> {
    brief_folders(output)?.iter().map(|folder| read_brief(folder)).collect()
}
