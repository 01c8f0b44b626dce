use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::checkpoint::CheckpointError;
use crate::model::ModelError;

/// A model that could not be fetched. What was there before is as it was.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HubError {
    /// The hub's address cannot be one.
    #[error("the hub's address {0:?} (HF_ENDPOINT) is not of the form https://host")]
    BadEndpoint(String),
    /// The revision cannot be one.
    #[error("{0:?} is no branch, tag or commit")]
    BadRevision(String),
    /// The hub does not know it or does not hand it out.
    #[error("{what}: the hub answers {status}{said}; {remedy}")]
    Refused {
        /// What was asked for.
        what: String,
        /// HTTP status.
        status: u16,
        /// What the hub said about it, in brackets.
        said: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The connection failed, again and again.
    #[error("{what}: {problem}; what was fetched so far is kept, run the command again to go on")]
    Network {
        /// What was asked for.
        what: String,
        /// What happened last.
        problem: String,
    },
    /// The hub answered something it should not.
    #[error("{what}: {problem}")]
    Answer {
        /// What was asked for.
        what: String,
        /// What is wrong.
        problem: String,
    },
    /// What came is not what the hub announced.
    #[error("{file}: {problem}; nothing of it is kept, run the command again")]
    Damaged {
        /// The file.
        file: String,
        /// What differs.
        problem: String,
    },
    /// The repository holds no model that this program runs.
    #[error("{repository}: {problem}")]
    Unusable {
        /// The repository.
        repository: String,
        /// Why not.
        problem: String,
    },
    /// There is another model under that name.
    #[error(
        "{folder} is there already and {why}; name another folder with --name, or replace it with --replace"
    )]
    InTheWay {
        /// The folder.
        folder: PathBuf,
        /// What it is.
        why: String,
    },
    /// Another process fetches into the same folder.
    #[error("another process is fetching into {folder}; wait for it")]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The disk is too small for it.
    #[error("{folder}: {needed} MB are needed there, but {free} MB are free")]
    NoSpace {
        /// The folder.
        folder: PathBuf,
        /// Megabytes.
        needed: u64,
        /// Megabytes.
        free: u64,
    },
    /// A file could not be written or read.
    #[error("{path}: {error}{hint}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
        /// What to do, if that is known.
        hint: &'static str,
    },
    /// The weights cannot be read as plain tensors.
    #[error("{file}: {error}")]
    Checkpoint {
        /// The file.
        file: String,
        /// What is wrong.
        error: CheckpointError,
    },
    /// The fetched folder does not pass the checks.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl HubError {
    /// An error of the file system at `path`.
    pub(super) fn disk(path: &std::path::Path, error: io::Error) -> Self {
        let hint = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "; make room, then run the command again to go on"
            }
            _ => "",
        };
        Self::Disk { path: path.to_owned(), error, hint }
    }

    /// An answer that should not be.
    pub(super) fn answer(what: impl Into<String>, problem: impl ToString) -> Self {
        Self::Answer { what: what.into(), problem: problem.to_string() }
    }
}
