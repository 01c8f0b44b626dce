//! What a fetched folder holds and where it came from.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::support::fs::write_if_changed;

/// The manifest's name within a model folder.
pub const MANIFEST_FILE: &str = "fetched.json";

/// Size and checksum of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// In bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The record of a fetched model folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this record; 1.
    pub schema: u32,
    /// `organisation/name` on the hub.
    pub repository: String,
    /// The commit all files but the weights are of.
    pub revision: String,
    /// How the weights were come by.
    pub weights: WeightsOrigin,
    /// Every file of the folder, by name.
    pub files: BTreeMap<String, FileRecord>,
}

/// How `model.safetensors` was come by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightsOrigin {
    /// The file on the hub.
    pub file: String,
    /// The commit it is of.
    pub revision: String,
    /// SHA-256 of that file, if `model.safetensors` was made from it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_from_sha256: Option<String>,
}

impl Manifest {
    /// Reads a folder's manifest; `None` if it has none.
    ///
    /// # Errors
    /// When the file cannot be read or does not hold a manifest.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(MANIFEST_FILE)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the manifest into `folder`.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        write_if_changed(&folder.join(MANIFEST_FILE), &bytes).map(drop)
    }

    /// What does not match between `folder` and this record: a sentence for each
    /// file. `read` is told of the bytes as they are read.
    #[must_use]
    pub fn differences(&self, folder: &Path, read: &mut dyn FnMut(u64)) -> Vec<String> {
        self.files
            .iter()
            .filter_map(|(name, record)| {
                let found = match FileRecord::of(&folder.join(name), read) {
                    Ok(found) => found,
                    Err(error) => return Some(format!("{name}: {error}")),
                };
                if found.size != record.size {
                    return Some(format!(
                        "{name} has {} bytes, but {} were fetched",
                        found.size, record.size
                    ));
                }
                (found.sha256 != record.sha256)
                    .then(|| format!("{name} is not what was fetched: its checksum differs"))
            })
            .collect()
    }
}

impl FileRecord {
    /// Measures a file. `read` is told of the bytes as they are read.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn of(path: &Path, read: &mut dyn FnMut(u64)) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 18];
        let mut size = 0;
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            size += count as u64;
            read(count as u64);
        }
        Ok(Self { size, sha256: hexadecimal(&hasher.finalize()) })
    }
}

/// Lower-case hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_the_usual_checksum() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("x"), "abc")?;
        let mut seen = 0;
        let record = FileRecord::of(&dir.path().join("x"), &mut |bytes| seen += bytes)?;
        // The example of FIPS 180-4.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((record.size, record.sha256.as_str(), seen), (3, expected, 3));
        Ok(())
    }
}
