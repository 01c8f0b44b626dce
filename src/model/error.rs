use std::path::PathBuf;

use thiserror::Error;

/// A model folder that cannot be used, or an engine that failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// There is nothing at the path, or a file.
    #[error(
        "there is no model folder {folder} (seen from the current folder); name one with --{task}-model or in tagesbrief.toml, or get one with `tagesbrief models fetch`"
    )]
    NoFolder {
        /// The path.
        folder: PathBuf,
        /// `translate` or `summarise`.
        task: &'static str,
    },
    /// A file of the folder is missing.
    #[error("model folder {folder}: {file} is missing; {remedy}")]
    MissingFile {
        /// The folder.
        folder: PathBuf,
        /// The file.
        file: String,
        /// What to do.
        remedy: String,
    },
    /// A file of the folder does not hold what it should.
    #[error("model folder {folder}: {file}: {problem}")]
    BadFile {
        /// The folder.
        folder: PathBuf,
        /// The file.
        file: String,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// The program was built without the reference engine.
    #[error(
        "this build of tagesbrief has no reference engine; build it with the feature `engine`, or use --engine fast"
    )]
    NoEngine,
    /// The engine has no such arithmetic.
    #[error("precision {precision} needs the {engine} engine (--engine {engine})")]
    Precision {
        /// What was asked for.
        precision: &'static str,
        /// The engine that has it.
        engine: &'static str,
    },
    /// The engine failed while running.
    #[error("the {model} model failed: {problem}")]
    Engine {
        /// "translation" or "summarisation".
        model: &'static str,
        /// What it said.
        problem: String,
    },
}
