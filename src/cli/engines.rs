//! Loading the two models with the engine that was chosen.

use super::config::{Config, Engine, Precision};
use crate::brief::ModelInfo;
use crate::model::fast::{self, FastSummariser, FastTranslator};
use crate::model::{Family, ModelFolder};
use crate::summarise::Summariser;
use crate::translate::Translator;

/// A translation engine and its name.
pub(super) struct LoadedTranslator {
    /// The engine.
    pub engine: Box<dyn Translator>,
    /// For the brief.
    pub info: ModelInfo,
}

/// A summarisation engine and its name.
pub(super) struct LoadedSummariser {
    /// The engine.
    pub engine: Box<dyn Summariser>,
    /// For the brief.
    pub info: ModelInfo,
}

/// Loads the translation model with the configured engine.
pub(super) fn translator(config: &Config) -> anyhow::Result<LoadedTranslator> {
    let folder = ModelFolder::open(&config.translate_model(), Family::Marian)?;
    let engine: Box<dyn Translator> = match fast_precision(config)? {
        Some(precision) => Box::new(FastTranslator::load(&folder, precision, config.threads)?),
        None => reference::translator(&folder, config)?,
    };
    Ok(LoadedTranslator { engine, info: info(&folder) })
}

/// Loads the summarisation model with the configured engine.
pub(super) fn summariser(config: &Config) -> anyhow::Result<LoadedSummariser> {
    let folder = ModelFolder::open(&config.summarise_model(), Family::Bart)?;
    let engine: Box<dyn Summariser> = match fast_precision(config)? {
        Some(precision) => Box::new(FastSummariser::load(&folder, precision, config.threads)?),
        None => reference::summariser(&folder, config)?,
    };
    Ok(LoadedSummariser { engine, info: info(&folder) })
}

/// The fast engine's arithmetic; `None` where the reference engine is asked for.
fn fast_precision(config: &Config) -> anyhow::Result<Option<fast::Precision>> {
    match (config.models.engine, config.models.precision) {
        (Engine::Fast, Precision::Float32) => Ok(Some(fast::Precision::Float32)),
        (Engine::Fast, Precision::Int8) => Ok(Some(fast::Precision::Int8)),
        (Engine::Fast, Precision::BFloat16) => {
            anyhow::bail!("precision bfloat16 needs the reference engine (--engine reference)")
        }
        (Engine::Reference, Precision::Int8) => {
            anyhow::bail!("precision int8 needs the fast engine (--engine fast)")
        }
        (Engine::Reference, _) => Ok(None),
    }
}

fn info(folder: &ModelFolder) -> ModelInfo {
    ModelInfo { name: folder.name.clone(), fingerprint: folder.fingerprint.clone() }
}

#[cfg(feature = "engine")]
mod reference {
    use super::{Config, ModelFolder, Precision, Summariser, Translator};
    use crate::model::engine::{self, BartSummariser, MarianTranslator, set_threads};

    pub(super) fn translator(
        folder: &ModelFolder,
        config: &Config,
    ) -> anyhow::Result<Box<dyn Translator>> {
        set_threads(config.threads);
        Ok(Box::new(MarianTranslator::load(folder, precision(config))?))
    }

    pub(super) fn summariser(
        folder: &ModelFolder,
        config: &Config,
    ) -> anyhow::Result<Box<dyn Summariser>> {
        set_threads(config.threads);
        Ok(Box::new(BartSummariser::load(folder, precision(config))?))
    }

    fn precision(config: &Config) -> engine::Precision {
        match config.models.precision {
            Precision::BFloat16 => engine::Precision::BFloat16,
            Precision::Float32 | Precision::Int8 => engine::Precision::Float32,
        }
    }
}

#[cfg(not(feature = "engine"))]
mod reference {
    use super::{Config, ModelFolder, Summariser, Translator};

    const NO_ENGINE: &str = "this build of tagesbrief has no reference engine; build it with the \
                             feature `engine`, or use --engine fast";

    pub(super) fn translator(
        _folder: &ModelFolder,
        _config: &Config,
    ) -> anyhow::Result<Box<dyn Translator>> {
        anyhow::bail!(NO_ENGINE)
    }

    pub(super) fn summariser(
        _folder: &ModelFolder,
        _config: &Config,
    ) -> anyhow::Result<Box<dyn Summariser>> {
        anyhow::bail!(NO_ENGINE)
    }
}
