//! PyTorch checkpoints (`pytorch_model.bin`) as data, turned into safetensors.
//!
//! Such a file is a pickle: a program for a small stack machine, which may call
//! any Python function by name. The machine here knows the few instructions and
//! the four names that a table of plain tensors needs, calls nothing, and refuses
//! everything else. Both layouts are read: the ZIP archive of PyTorch 1.6 and
//! later, and the plain stream before it, in which the translation models of 2020
//! are stored (no crate reads that one). The Rust archives (`rust_model.ot`) in
//! the same repositories are left alone: libtorch loads them as TorchScript,
//! which is a program again.

mod archive;
mod error;
mod machine;
mod stream;
mod tensor;
mod value;
mod write;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

pub use error::CheckpointError;
pub use tensor::{ElementType, StoredTensor};

/// The tensors of a checkpoint: where in the file each one is.
#[derive(Debug)]
pub struct Checkpoint {
    /// By name, in the order of the file.
    pub tensors: Vec<(String, StoredTensor)>,
}

impl Checkpoint {
    /// Reads the table of a checkpoint, not the tensors themselves.
    ///
    /// # Errors
    /// [`CheckpointError`], also for a file that wants anything but plain tensors.
    pub fn read(path: &Path) -> Result<Self, CheckpointError> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut reader = BufReader::new(file);
        let mut start = [0; 2];
        reader.read_exact(&mut start).map_err(|_| CheckpointError::CutShort)?;
        reader.rewind()?;
        let tensors = match &start {
            b"PK" => archive::read(reader)?,
            _ => stream::read(reader, size)?,
        };
        for (name, tensor) in &tensors {
            tensor.check(size).map_err(|error| error.within(name))?;
        }
        Ok(Self { tensors })
    }

    /// Copies the tensors from `source`, the checkpoint's file, into a new
    /// safetensors file at `target`, which is synced. A name in `drop` that shares
    /// its numbers with another name is left out.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn write_safetensors(
        &self,
        source: &Path,
        target: &Path,
        drop: &[&str],
    ) -> Result<(), CheckpointError> {
        write::safetensors(&self.tensors, source, target, drop)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
