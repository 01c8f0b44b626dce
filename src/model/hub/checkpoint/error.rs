use std::io;

use thiserror::Error;

/// A checkpoint that cannot be read as a table of plain tensors.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The file ends where more is needed.
    #[error("the file is cut short")]
    CutShort,
    /// It is no checkpoint, or one of an unknown layout.
    #[error("this is no PyTorch checkpoint of a known layout ({0})")]
    Layout(String),
    /// It wants to run something.
    #[error("it asks for {0}, which a table of tensors does not need; refused")]
    Forbidden(String),
    /// A tensor does not fit into the file.
    #[error("tensor {name}: {problem}")]
    Tensor {
        /// The tensor.
        name: String,
        /// What is wrong.
        problem: String,
    },
}

impl CheckpointError {
    /// The same error, about the tensor `name`.
    pub(super) fn within(self, name: &str) -> Self {
        match self {
            Self::Layout(problem) => Self::Tensor { name: name.to_owned(), problem },
            other => other,
        }
    }
}

/// A [`CheckpointError::Layout`].
pub(super) fn layout(problem: impl Into<String>) -> CheckpointError {
    CheckpointError::Layout(problem.into())
}
