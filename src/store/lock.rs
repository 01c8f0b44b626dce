//! Keeping two runs apart.
//!
//! The locks are the kernel's (`flock`): they end with the process, however it
//! dies, and none is ever left behind. A run holds two: the file `run.lock` of its
//! store, and its output folder itself.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::StoreError;

/// Locked by the run that uses the store; says who that is.
const FILE: &str = "run.lock";

/// Someone else is at work.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("another run has {what}: {holder}; wait until it is done")]
pub struct Held {
    /// What is taken, such as the output folder's path.
    pub what: String,
    /// Who has it.
    pub holder: String,
}

impl Held {
    pub(super) fn unnamed(path: &Path) -> Self {
        Self { what: format!("the store {}", path.display()), holder: "its name is unknown".into() }
    }
}

/// The locks of a run, until it is dropped or the process dies.
#[derive(Debug)]
pub struct Lock {
    _files: Vec<File>,
}

impl Lock {
    /// Takes the store in `folder` and the folder `output`, if that is given;
    /// `name` tells others who has them.
    ///
    /// # Errors
    /// [`StoreError::Held`] with the other's name; [`StoreError::Disk`] if the
    /// lock's file cannot be made.
    pub fn acquire(folder: &Path, output: Option<&Path>, name: &str) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let refused = |source| StoreError::disk(&path, source);
        fs::create_dir_all(folder).map_err(refused)?;
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(refused)?;
        take(&file, || format!("the store {}", folder.display()))?;
        let mut files = Vec::new();
        if let Some(output) = output {
            files.extend(lock_folder(output)?);
        }
        write_name(&mut file, name).map_err(refused)?;
        files.push(file);
        Ok(Self { _files: files })
    }

    /// Who holds the store in `folder` now, if anybody does.
    #[must_use]
    pub fn holder(folder: &Path) -> Option<String> {
        let file = File::open(folder.join(FILE)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&file)),
            _ => None,
        }
    }
}

/// Locks a folder; one that does not exist has no run in it, and a file system
/// without locks on folders leaves it at the store's.
fn lock_folder(folder: &Path) -> Result<Option<File>, StoreError> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    take(&file, || format!("the output folder {}", folder.display()))?;
    Ok(Some(file))
}

fn take(file: &File, what: impl Fn() -> String) -> Result<(), Held> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Held { what: what(), holder: holder(file) }),
        Err(TryLockError::Error(error)) => {
            tracing::warn!("{} cannot be locked ({error}); see that no other run uses it", what());
            Ok(())
        }
    }
}

fn write_name(file: &mut File, name: &str) -> io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "process {}, {name}", std::process::id())
}

/// What the holder wrote into the file, else its process number from the kernel.
fn holder(mut file: &File) -> String {
    let mut text = String::new();
    let _ = file.read_to_string(&mut text);
    let text = text.trim();
    if !text.is_empty() {
        return text.to_owned();
    }
    process_with_lock(file)
        .map_or_else(|| "its name is unknown".to_owned(), |process| process.to_string())
}

/// A process number.
struct Process(u32);

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.0)
    }
}

/// Reads `/proc/locks`, whose lines are like
/// `1: FLOCK  ADVISORY  WRITE 1234 08:02:5678 0 EOF`.
#[cfg(target_os = "linux")]
fn process_with_lock(file: &File) -> Option<Process> {
    use std::os::unix::fs::MetadataExt;
    let inode = file.metadata().ok()?.ino();
    let locks = fs::read_to_string(PathBuf::from("/proc/locks")).ok()?;
    locks.lines().find_map(|line| {
        let mut words = line.split_whitespace().skip_while(|word| *word != "FLOCK").skip(3);
        let (process, place) = (words.next()?, words.next()?);
        let same = place.rsplit(':').next()?.parse() == Ok(inode);
        same.then_some(Process(process.parse().ok()?))
    })
}

#[cfg(not(target_os = "linux"))]
fn process_with_lock(_file: &File) -> Option<Process> {
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::acquire(dir.path(), None, "the first").unwrap();
        let error = Lock::acquire(dir.path(), None, "the second").unwrap_err().to_string();
        assert!(error.contains("the first") && error.contains("process "), "{error}");
        assert!(Lock::holder(dir.path()).unwrap().contains("the first"));
        drop(first);
        assert_eq!(Lock::holder(dir.path()), None);
        Lock::acquire(dir.path(), None, "the third").unwrap();
    }

    #[test]
    fn two_stores_do_not_share_an_output() {
        let (one, two, output) = (
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
        );
        let _first = Lock::acquire(one.path(), Some(output.path()), "the first").unwrap();
        let error = Lock::acquire(two.path(), Some(output.path()), "the second").unwrap_err();
        let process = format!("process {}", std::process::id());
        assert!(cfg!(not(target_os = "linux")) || error.to_string().contains(&process), "{error}");
    }
}
