//! What keeps a file from being an article, and what stops the whole stage.

use std::io;
use std::path::PathBuf;

use crate::setback::{Setback, Stage};

/// The inbox as a whole cannot be read: nothing can be done tonight.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// There is nothing at the path.
    #[error("the inbox {path} does not exist; create the folder or name another inbox", path = path.display())]
    Missing {
        /// The inbox.
        path: PathBuf,
    },
    /// There is a file where the folder should be.
    #[error("the inbox {path} is not a folder; name the folder that holds the articles", path = path.display())]
    NotAFolder {
        /// The inbox.
        path: PathBuf,
    },
    /// The folder cannot be listed.
    #[error("the inbox {path} cannot be read ({source}); check its permissions", path = path.display())]
    Unreadable {
        /// The inbox.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// A problem with one file, before it is tied to a path: `reason` and `remedy`
/// of the later [`Setback`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) reason: String,
    pub(crate) remedy: String,
}

impl Problem {
    pub(crate) fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into() }
    }

    /// The setback for the file shown as `path`.
    pub(crate) fn at(self, path: &str) -> Setback {
        Setback {
            path: path.to_owned(),
            stage: Stage::Ingest,
            reason: self.reason,
            remedy: self.remedy,
        }
    }
}
