//! The folder in which a model is put together, `.fetch-NAME` beside its final
//! place, so that a rename moves it there.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with, statvfs};
use rustix::io::Errno;

use super::error::HubError;

/// Before the final name of the folder.
pub(super) const PREFIX: &str = ".fetch-";

/// Says which repository and commit the folder is of.
const STATE_FILE: &str = ".state";

/// A folder in the making. It stays when fetching fails, so that the next attempt
/// goes on; nothing that looks at models looks into it.
pub(super) struct Staging {
    folder: PathBuf,
    /// Locked as long as it is open; the lock goes with the process.
    _lock: File,
}

impl Staging {
    /// Opens the folder for `models/name`, empties it if it is of another `state`
    /// (repository and commit), and keeps other processes out.
    pub(super) fn open(models: &Path, name: &str, state: &str) -> Result<Self, HubError> {
        let folder = models.join(format!("{PREFIX}{name}"));
        let at = |error| HubError::disk(&folder, error);
        fs::create_dir_all(&folder).map_err(at)?;
        let lock = File::open(&folder).map_err(at)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(HubError::Busy { folder }),
            Err(TryLockError::Error(error)) => return Err(at(error)),
        }
        let staging = Self { folder: folder.clone(), _lock: lock };
        if fs::read_to_string(staging.file(STATE_FILE)).ok().as_deref() != Some(state) {
            staging.clear().map_err(at)?;
            fs::write(staging.file(STATE_FILE), state).map_err(at)?;
        }
        Ok(staging)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file in it.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// How many bytes of `name` are there, whole or in part.
    pub(super) fn have(&self, name: &str) -> u64 {
        let size = |path: PathBuf| fs::metadata(path).map(|metadata| metadata.len());
        size(self.file(name)).or_else(|_| size(self.file(&format!("{name}.part")))).unwrap_or(0)
    }

    /// Refuses to begin what cannot fit.
    pub(super) fn ensure_space(&self, needed: u64) -> Result<(), HubError> {
        // A file system that does not tell is given the benefit of the doubt.
        let Ok(system) = statvfs(&self.folder) else { return Ok(()) };
        let free = system.f_bavail.saturating_mul(system.f_frsize);
        if needed <= free {
            return Ok(());
        }
        let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
        Err(HubError::NoSpace {
            folder: self.folder.clone(),
            needed: megabytes(needed),
            free: free / 1_000_000,
        })
    }

    /// Deletes every file in the folder.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        Ok(())
    }

    /// Deletes the folder.
    pub(super) fn discard(self) -> Result<(), HubError> {
        fs::remove_dir_all(&self.folder).map_err(|error| HubError::disk(&self.folder, error))
    }

    /// Moves the folder to `target`, in place of what is there.
    pub(super) fn publish(self, target: &Path) -> Result<(), HubError> {
        let at = |error| HubError::disk(target, error);
        fs::remove_file(self.file(STATE_FILE)).map_err(at)?;
        File::open(&self.folder).and_then(|folder| folder.sync_all()).map_err(at)?;
        if fs::symlink_metadata(target).is_ok() {
            self.exchange(target).map_err(at)?;
        } else {
            fs::rename(&self.folder, target).map_err(at)?;
        }
        let parent = target.parent().unwrap_or_else(|| Path::new("."));
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(at)
    }

    /// Swaps the two folders in one step and deletes the old one.
    fn exchange(&self, target: &Path) -> io::Result<()> {
        match renameat_with(CWD, &self.folder, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => remove(&self.folder),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => self.replace(target),
            Err(error) => Err(error.into()),
        }
    }

    /// The same in two steps, for file systems that cannot swap.
    fn replace(&self, target: &Path) -> io::Result<()> {
        let old = self.folder.with_extension("old");
        fs::rename(target, &old)?;
        if let Err(error) = fs::rename(&self.folder, target) {
            fs::rename(&old, target)?;
            return Err(error);
        }
        remove(&old)
    }
}

/// Deletes a folder, or a link to one.
fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    }
}
