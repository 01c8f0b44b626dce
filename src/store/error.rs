use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The store cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file system refused: no space, no permission, a read-only disk.
    #[error(
        "the store {path} cannot be read or written ({cause}); check the free space and the folder's permissions, then run again: it goes on where it stopped"
    )]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It is not a store, or a broken one.
    #[error(
        "the store {path} is damaged ({problem}); move the file away and run again: the outputs stay, but the models must answer everything anew"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A newer program made it.
    #[error(
        "the store {path} has format {found}, and this program knows {known}; use the newer program, or name another folder with --store"
    )]
    Format {
        /// The file.
        path: PathBuf,
        /// The file's format.
        found: u32,
        /// This program's.
        known: u32,
    },
    /// Another process has it.
    #[error(transparent)]
    Held(#[from] super::Held),
}

impl StoreError {
    /// What a disk says about `path`.
    pub(crate) fn disk(path: &Path, cause: io::Error) -> Self {
        Self::Disk { path: path.to_owned(), cause }
    }

    /// What redb says about the file `path`.
    pub(super) fn redb(path: &Path, error: impl Into<redb::Error>) -> Self {
        match error.into() {
            // So redb calls a file that is none of its own.
            redb::Error::Io(cause) if cause.kind() == io::ErrorKind::InvalidData => {
                Self::Damaged { path: path.to_owned(), problem: cause.to_string() }
            }
            redb::Error::Io(cause) => Self::disk(path, cause),
            redb::Error::PreviousIo => {
                Self::disk(path, io::Error::other("an earlier write had failed"))
            }
            redb::Error::DatabaseAlreadyOpen => Self::Held(super::Held::unnamed(path)),
            other => Self::Damaged { path: path.to_owned(), problem: other.to_string() },
        }
    }
}
