//! Loading the two models, or saying that this build has none.

use super::config::Config;
use crate::brief::ModelInfo;
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

#[cfg(feature = "engine")]
mod load {
    use super::{Config, LoadedSummariser, LoadedTranslator, ModelInfo};
    use crate::cli::config;
    use crate::model::engine::{BartSummariser, MarianTranslator, Precision, set_threads};
    use crate::model::{Family, ModelFolder};

    pub(crate) fn translator(config: &Config) -> anyhow::Result<LoadedTranslator> {
        set_threads(config.threads);
        let folder = ModelFolder::open(&config.translate_model(), Family::Marian)?;
        let engine = Box::new(MarianTranslator::load(&folder, precision(config))?);
        Ok(LoadedTranslator { engine, info: info(&folder) })
    }

    pub(crate) fn summariser(config: &Config) -> anyhow::Result<LoadedSummariser> {
        set_threads(config.threads);
        let folder = ModelFolder::open(&config.summarise_model(), Family::Bart)?;
        let engine = Box::new(BartSummariser::load(&folder, precision(config))?);
        Ok(LoadedSummariser { engine, info: info(&folder) })
    }

    fn precision(config: &Config) -> Precision {
        match config.models.precision {
            config::Precision::Float32 => Precision::Float32,
            config::Precision::BFloat16 => Precision::BFloat16,
        }
    }

    fn info(folder: &ModelFolder) -> ModelInfo {
        ModelInfo { name: folder.name.clone(), fingerprint: folder.fingerprint.clone() }
    }
}

#[cfg(not(feature = "engine"))]
mod load {
    use super::{Config, LoadedSummariser, LoadedTranslator};

    const NO_ENGINE: &str =
        "this build of tagesbrief has no engine; build it with the feature `engine`";

    pub(crate) fn translator(_config: &Config) -> anyhow::Result<LoadedTranslator> {
        anyhow::bail!(NO_ENGINE)
    }

    pub(crate) fn summariser(_config: &Config) -> anyhow::Result<LoadedSummariser> {
        anyhow::bail!(NO_ENGINE)
    }
}

pub(super) use load::{summariser, translator};
