//! A model folder in the hub's layout, checked before any engine sees it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::alphabet::Alphabet;
use super::config::{Family, HubConfig};
use super::error::ModelError;
use super::header::Header;
use super::tensors::{self, Shapes};
use crate::summarise::selection::{self, Selection};

/// Files that decide what a model answers, in the order they are hashed.
const DECIDING_FILES: [&str; 9] = [
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "source.spm",
    "target.spm",
    "vocab.json",
    "merges.txt",
    "tokenizer.json",
    selection::FILE,
];

/// A model folder that passed every check that needs no engine.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name: the folder's own, for people.
    pub name: String,
    /// What it is for.
    pub family: Family,
    /// The first 16 hexadecimal digits of a BLAKE3 hash over the files that
    /// decide what the model answers.
    pub fingerprint: String,
    /// `config.json`, checked.
    pub config: HubConfig,
    /// `config.json` as rust-bert wants it.
    pub engine_config: String,
    /// How many parameters were trained.
    pub parameters: usize,
    /// Whether the weights hold the fixed position tables of a Marian model.
    pub has_position_tables: bool,
    /// Whether the weights hold the bias on the output.
    pub has_output_bias: bool,
    /// The characters that the pieces of `vocab.json` can write.
    pub alphabet: Alphabet,
    /// What chooses the sentences that a BART model reads, where the folder brings it.
    pub selection: Option<Selection>,
    /// The name under which the weights hold the embedding matrix.
    pub embedding_name: &'static str,
}

impl ModelFolder {
    /// Opens and checks `path` as a model of `family`.
    ///
    /// # Errors
    /// [`ModelError::MissingFile`] or [`ModelError::BadFile`], naming the file
    /// and what to do.
    pub fn open(path: &Path, family: Family) -> Result<Self, ModelError> {
        let fault = Fault { folder: path };
        if !path.is_dir() {
            return Err(ModelError::NoFolder { folder: path.to_owned(), task: family.stage() });
        }
        for file in required_files(path, family) {
            if !path.join(file).is_file() {
                return Err(fault.missing(file, "copy it from the model's page on the hub"));
            }
        }
        let json = fs::read_to_string(path.join("config.json"))
            .map_err(|error| fault.bad("config.json", error))?;
        let config =
            HubConfig::parse(&json, family).map_err(|problem| fault.bad("config.json", problem))?;
        let generation = read_if_present(&path.join("generation_config.json"))
            .map_err(|error| fault.bad("generation_config.json", error))?;
        let engine_config = HubConfig::for_engine(&json, generation.as_deref(), family)
            .map_err(|problem| fault.bad("generation_config.json", problem))?;
        let shapes = read_shapes(&path.join("model.safetensors"))
            .map_err(|problem| fault.bad("model.safetensors", problem))?;
        tensors::check(&shapes, &config, family)
            .map_err(|problem| fault.bad("model.safetensors", problem))?;
        let mut alphabet = Alphabet::default();
        if path.join("vocab.json").is_file() {
            alphabet = read_vocabulary(&path.join("vocab.json"), &config)
                .map_err(|problem| fault.bad("vocab.json", problem))?;
        }
        let selection = read_if_present(&path.join(selection::FILE))
            .map_err(|error| error.to_string())
            .and_then(|json| json.as_deref().map(Selection::parse).transpose())
            .map_err(|problem| fault.bad(selection::FILE, problem))?;
        Ok(Self {
            path: path.to_owned(),
            name: folder_name(path),
            family,
            fingerprint: fingerprint(path)
                .map_err(|error| fault.bad("model.safetensors", error))?,
            parameters: tensors::parameters(&config, family),
            config,
            engine_config,
            alphabet,
            selection,
            has_position_tables: tensors::POSITION_TABLES
                .iter()
                .all(|name| shapes.contains_key(*name)),
            has_output_bias: shapes.contains_key(tensors::OUTPUT_BIAS),
            embedding_name: tensors::embedding_name(&shapes),
        })
    }

    /// The folder of `file` within this model.
    #[must_use]
    pub fn file(&self, file: &str) -> PathBuf {
        self.path.join(file)
    }
}

/// Makes errors that name this folder.
struct Fault<'f> {
    folder: &'f Path,
}

impl Fault<'_> {
    fn missing(&self, file: &str, remedy: &str) -> ModelError {
        ModelError::MissingFile {
            folder: self.folder.to_owned(),
            file: file.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    fn bad(&self, file: &str, problem: impl ToString) -> ModelError {
        ModelError::BadFile {
            folder: self.folder.to_owned(),
            file: file.to_owned(),
            problem: problem.to_string(),
        }
    }
}

fn folder_name(path: &Path) -> String {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real.file_name().map_or_else(|| "model".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn read_if_present(path: &Path) -> std::io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn required_files(path: &Path, family: Family) -> Vec<&'static str> {
    let mut files = vec!["config.json", "model.safetensors"];
    match family {
        Family::Marian => files.extend(["source.spm", "vocab.json"]),
        Family::Bart if path.join("tokenizer.json").is_file() => files.push("tokenizer.json"),
        Family::Bart => files.extend(["vocab.json", "merges.txt"]),
    }
    files
}

/// The shape of every tensor of a weights file.
fn read_shapes(path: &Path) -> Result<Shapes, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let tensors = Header::read(&file)?.tensors;
    Ok(tensors.into_iter().map(|(name, info)| (name, info.shape)).collect())
}

/// Checks the ids of a vocabulary; gives the characters of its pieces.
fn read_vocabulary(path: &Path, config: &HubConfig) -> Result<Alphabet, String> {
    let json = fs::read(path).map_err(|error| error.to_string())?;
    let vocabulary: HashMap<String, usize> =
        serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    // bart-large-cnn has an id for <mask>, but no row: no text contains that token.
    let pieces = vocabulary.iter().filter(|(piece, _)| *piece != "<mask>");
    let highest = pieces.map(|(_, id)| *id).max().unwrap_or_default();
    if vocabulary.is_empty() || highest >= config.vocab_size {
        return Err(format!(
            "{} pieces with ids up to {highest}, but vocab_size in config.json is {}",
            vocabulary.len(),
            config.vocab_size
        ));
    }
    Ok(Alphabet::of(vocabulary.keys().map(String::as_str)))
}

fn fingerprint(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    for name in DECIDING_FILES {
        let file = path.join(name);
        if file.is_file() {
            // The name keeps "a in this file" and "a in that file" apart.
            hasher.update(name.as_bytes());
            hasher.update_reader(File::open(file)?)?;
        }
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
