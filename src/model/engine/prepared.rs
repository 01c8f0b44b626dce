//! The files rust-bert reads, where the hub's are not enough.

use std::fs;
use std::path::PathBuf;

use rust_bert::resources::LocalResource;
use tch::Tensor;
use tempfile::TempDir;

use crate::model::{ModelError, ModelFolder, tensors};

/// A temporary folder beside the model's own; it is needed only while loading.
pub(super) struct Prepared<'m> {
    folder: &'m ModelFolder,
    temporary: TempDir,
}

impl<'m> Prepared<'m> {
    /// Writes the completed configuration.
    pub(super) fn new(folder: &'m ModelFolder) -> Result<Self, ModelError> {
        let prepared =
            Self { folder, temporary: tempfile::tempdir().map_err(|e| engine(folder, e))? };
        prepared.write("config.json", folder.engine_config.as_bytes())?;
        Ok(prepared)
    }

    /// The completed configuration, as a resource.
    pub(super) fn config(&self) -> Box<LocalResource> {
        resource(self.temporary.path().join("config.json"))
    }

    /// Writes a further file for the time of loading.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, ModelError> {
        let path = self.temporary.path().join(name);
        fs::write(&path, bytes).map_err(|error| engine(self.folder, error))?;
        Ok(path)
    }

    /// The weights; a Marian model without position tables gets them computed.
    pub(super) fn weights(&self) -> Result<Box<LocalResource>, ModelError> {
        let original = self.folder.file("model.safetensors");
        if self.folder.family == crate::model::Family::Bart || self.folder.has_position_tables {
            return Ok(resource(original));
        }
        let config = &self.folder.config;
        let table = Tensor::from_slice(&tensors::sinusoid_table(
            config.max_position_embeddings,
            config.d_model,
        ))
        .view([config.max_position_embeddings as i64, config.d_model as i64]);
        let mut named = Tensor::read_safetensors(original).map_err(|e| engine(self.folder, e))?;
        named.retain(|(name, _)| !tensors::POSITION_TABLES.contains(&name.as_str()));
        for name in tensors::POSITION_TABLES {
            named.push((name.to_owned(), table.shallow_clone()));
        }
        let completed = self.temporary.path().join("model.safetensors");
        Tensor::write_safetensors(&named, &completed).map_err(|e| engine(self.folder, e))?;
        Ok(resource(completed))
    }
}

/// A local file as rust-bert names it.
pub(super) fn resource(path: PathBuf) -> Box<LocalResource> {
    Box::new(LocalResource { local_path: path })
}

fn engine(folder: &ModelFolder, error: impl ToString) -> ModelError {
    ModelError::Engine { model: folder.family.task(), problem: error.to_string() }
}
