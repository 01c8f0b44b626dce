//! The model folders that are there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::model::{Family, ModelError, ModelFolder};

/// What a folder turned out to be.
#[derive(Debug)]
pub enum Verdict {
    /// A model that can be used.
    Sound(Box<ModelFolder>),
    /// Not one, and why; a sentence for each fault.
    Faulty(Vec<String>),
}

/// A model folder.
#[derive(Debug)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// Its own name.
    pub name: String,
    /// Bytes of all its files.
    pub bytes: u64,
    /// Its record, if it was fetched.
    pub manifest: Option<Manifest>,
    /// Whether it can be used.
    pub verdict: Verdict,
}

/// The model folders in `models`, by name. Those that are still being fetched are
/// not models yet and left out.
///
/// # Errors
/// When the folder cannot be read.
pub fn inventory(models: &Path) -> io::Result<Vec<Entry>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(models)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.path().is_dir() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths.iter().map(|path| Entry::of(path)).collect())
}

impl Entry {
    /// Looks at the folder `path`.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let (manifest, fault) = match Manifest::read(path) {
            Ok(manifest) => (manifest, None),
            Err(error) => (None, Some(format!("{}: {error}", super::MANIFEST_FILE))),
        };
        let verdict = match (open(path), fault) {
            (Ok(folder), None) => Verdict::Sound(Box::new(folder)),
            (Ok(_), Some(fault)) => Verdict::Faulty(vec![fault]),
            (Err(error), fault) => {
                Verdict::Faulty([Some(error.to_string()), fault].into_iter().flatten().collect())
            }
        };
        Self { path: path.to_owned(), name: name(path), bytes: bytes(path), manifest, verdict }
    }
}

/// Looks at the folder `path` and compares every file with its record, if there is
/// one. `read` is told of the bytes as they are read.
#[must_use]
pub fn verify(path: &Path, read: &mut dyn FnMut(u64)) -> Entry {
    let mut entry = Entry::of(path);
    let differences = entry
        .manifest
        .as_ref()
        .map(|manifest| manifest.differences(path, read))
        .unwrap_or_default();
    if !differences.is_empty() {
        match &mut entry.verdict {
            Verdict::Faulty(faults) => faults.extend(differences),
            verdict @ Verdict::Sound(_) => *verdict = Verdict::Faulty(differences),
        }
    }
    entry
}

/// Opens a folder as what its `config.json` says it is.
fn open(path: &Path) -> Result<ModelFolder, ModelError> {
    let json = fs::read_to_string(path.join("config.json")).unwrap_or_default();
    // A folder without one is refused by `open` in better words.
    if json.is_empty() {
        return ModelFolder::open(path, Family::Marian);
    }
    let family = Family::of(&json).map_err(|problem| ModelError::BadFile {
        folder: path.to_owned(),
        file: "config.json".to_owned(),
        problem,
    })?;
    ModelFolder::open(path, family)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| "model".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn bytes(path: &Path) -> u64 {
    let sizes = walkdir::WalkDir::new(path).into_iter().flatten().filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    });
    sizes.sum()
}
