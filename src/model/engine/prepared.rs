//! The files rust-bert reads, where the hub's are not enough.

use std::fs;
use std::path::PathBuf;

use rust_bert::resources::LocalResource;
use tch::{Device, Kind, Tensor};
use tempfile::TempDir;

use crate::model::{Family, ModelError, ModelFolder, tensors};

const CPU_FLOAT: (Kind, Device) = (Kind::Float, Device::Cpu);

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

    /// The weights, with what rust-bert misses: the embedding under its usual
    /// name, and a Marian model's position tables and output bias.
    pub(super) fn weights(&self) -> Result<Box<LocalResource>, ModelError> {
        let original = self.folder.file("model.safetensors");
        let marian = self.folder.family == Family::Marian;
        let usual_name = tensors::EMBEDDING_NAMES[0];
        let renamed = self.folder.embedding_name != usual_name;
        let tables = marian && !self.folder.has_position_tables;
        let bias = marian && !self.folder.has_output_bias;
        if !(renamed || tables || bias) {
            return Ok(resource(original));
        }
        let mut named = Tensor::read_safetensors(original).map_err(|e| engine(self.folder, e))?;
        if renamed
            && let Some((name, _)) =
                named.iter_mut().find(|(name, _)| name == self.folder.embedding_name)
        {
            usual_name.clone_into(name);
        }
        if tables {
            named.retain(|(name, _)| !tensors::POSITION_TABLES.contains(&name.as_str()));
            named.extend(self.position_tables());
        }
        if bias {
            let zeros = Tensor::zeros([1, self.folder.config.vocab_size as i64], CPU_FLOAT);
            named.push((tensors::OUTPUT_BIAS.to_owned(), zeros));
        }
        let completed = self.temporary.path().join("model.safetensors");
        Tensor::write_safetensors(&named, &completed).map_err(|e| engine(self.folder, e))?;
        Ok(resource(completed))
    }

    fn position_tables(&self) -> [(String, Tensor); 2] {
        let (rows, width) =
            (self.folder.config.max_position_embeddings, self.folder.config.d_model);
        let table = Tensor::from_slice(&tensors::sinusoid_table(rows, width))
            .view([rows as i64, width as i64]);
        tensors::POSITION_TABLES.map(|name| (name.to_owned(), table.shallow_clone()))
    }
}

/// A local file as rust-bert names it.
pub(super) fn resource(path: PathBuf) -> Box<LocalResource> {
    Box::new(LocalResource { local_path: path })
}

fn engine(folder: &ModelFolder, error: impl ToString) -> ModelError {
    ModelError::Engine { model: folder.family.task(), problem: error.to_string() }
}
