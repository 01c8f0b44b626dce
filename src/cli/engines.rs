//! Loading the two models with the engine that was chosen.

use std::cell::OnceCell;

use super::config::{Config, Engine, Precision};
use crate::brief::{Engines, ModelInfo};
use crate::model::fast::{self, FastSummariser, FastTranslator};
use crate::model::{Family, ModelError, ModelFolder};
use crate::pipeline::ModelSource;
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
pub(super) fn translator(config: &Config) -> Result<LoadedTranslator, ModelError> {
    let folder = ModelFolder::open(&config.translate_model(), Family::Marian)?;
    let engine: Box<dyn Translator> = match arithmetic(config)? {
        Arithmetic::Fast(precision) => {
            Box::new(FastTranslator::load(&folder, precision, config.threads)?)
        }
        Arithmetic::Reference(precision) => {
            reference::translator(&folder, precision, config.threads)?
        }
    };
    Ok(LoadedTranslator { engine, info: info(&folder) })
}

/// Loads the summarisation model with the configured engine.
pub(super) fn summariser(config: &Config) -> Result<LoadedSummariser, ModelError> {
    let folder = ModelFolder::open(&config.summarise_model(), Family::Bart)?;
    let engine: Box<dyn Summariser> = match arithmetic(config)? {
        Arithmetic::Fast(precision) => {
            Box::new(FastSummariser::load(&folder, precision, config.threads)?)
        }
        Arithmetic::Reference(precision) => {
            reference::summariser(&folder, precision, config.threads)?
        }
    };
    Ok(LoadedSummariser { engine, info: info(&folder) })
}

/// How the models compute: all that besides their files and the decoding settings
/// decides an answer.
#[derive(Debug, Clone, Copy)]
enum Arithmetic {
    Fast(fast::Precision),
    Reference(Precision),
}

/// Refuses what the chosen engine cannot do.
fn arithmetic(config: &Config) -> Result<Arithmetic, ModelError> {
    match (config.models.engine, config.models.resolved_precision()) {
        (Engine::Fast, Precision::Float32) => Ok(Arithmetic::Fast(fast::Precision::Float32)),
        (Engine::Fast, Precision::Int8 | Precision::Auto) => {
            Ok(Arithmetic::Fast(fast::Precision::Int8))
        }
        (Engine::Fast, Precision::BFloat16) => {
            Err(ModelError::Precision { precision: "bfloat16", engine: "reference" })
        }
        (Engine::Reference, Precision::Int8) => {
            Err(ModelError::Precision { precision: "int8", engine: "fast" })
        }
        (Engine::Reference, precision) => Ok(Arithmetic::Reference(precision)),
    }
}

fn info(folder: &ModelFolder) -> ModelInfo {
    ModelInfo { name: folder.name.clone(), fingerprint: folder.fingerprint.clone() }
}

#[cfg(feature = "engine")]
mod reference {
    use super::{ModelError, ModelFolder, Precision, Summariser, Translator};
    use crate::model::engine::{self, BartSummariser, MarianTranslator, set_threads};

    pub(super) fn translator(
        folder: &ModelFolder,
        arithmetic: Precision,
        threads: usize,
    ) -> Result<Box<dyn Translator>, ModelError> {
        set_threads(threads);
        Ok(Box::new(MarianTranslator::load(folder, precision(arithmetic))?))
    }

    pub(super) fn summariser(
        folder: &ModelFolder,
        arithmetic: Precision,
        threads: usize,
    ) -> Result<Box<dyn Summariser>, ModelError> {
        set_threads(threads);
        Ok(Box::new(BartSummariser::load(folder, precision(arithmetic))?))
    }

    fn precision(arithmetic: Precision) -> engine::Precision {
        match arithmetic {
            Precision::BFloat16 => engine::Precision::BFloat16,
            Precision::Auto | Precision::Float32 | Precision::Int8 => engine::Precision::Float32,
        }
    }
}

#[cfg(not(feature = "engine"))]
mod reference {
    use super::{ModelError, ModelFolder, Precision, Summariser, Translator};

    pub(super) fn translator(
        _folder: &ModelFolder,
        _arithmetic: Precision,
        _threads: usize,
    ) -> Result<Box<dyn Translator>, ModelError> {
        Err(ModelError::NoEngine)
    }

    pub(super) fn summariser(
        _folder: &ModelFolder,
        _arithmetic: Precision,
        _threads: usize,
    ) -> Result<Box<dyn Summariser>, ModelError> {
        Err(ModelError::NoEngine)
    }
}

/// The two models, checked and named at once, loaded when the first sentence
/// needs them.
pub(super) struct LazyModels<'c> {
    config: &'c Config,
    info: Engines,
    arithmetic: String,
    translator: OnceCell<LoadedTranslator>,
    summariser: OnceCell<LoadedSummariser>,
}

impl<'c> LazyModels<'c> {
    /// Checks both folders and whether the engine can compute as it is told to.
    pub(super) fn new(config: &'c Config) -> Result<Self, ModelError> {
        let arithmetic = format!("{:?}", arithmetic(config)?);
        let translate = ModelFolder::open(&config.translate_model(), Family::Marian)?;
        let summarise = ModelFolder::open(&config.summarise_model(), Family::Bart)?;
        Ok(Self {
            config,
            info: Engines { translate: info(&translate), summarise: info(&summarise) },
            arithmetic,
            translator: OnceCell::new(),
            summariser: OnceCell::new(),
        })
    }
}

impl ModelSource for LazyModels<'_> {
    fn info(&self) -> &Engines {
        &self.info
    }

    fn arithmetic(&self) -> &str {
        &self.arithmetic
    }

    fn translator(&self) -> Result<&dyn Translator, ModelError> {
        let loaded = match self.translator.get() {
            Some(loaded) => loaded,
            None => {
                let loaded = translator(self.config)?;
                self.translator.get_or_init(|| loaded)
            }
        };
        Ok(loaded.engine.as_ref())
    }

    fn summariser(&self) -> Result<&dyn Summariser, ModelError> {
        let loaded = match self.summariser.get() {
            Some(loaded) => loaded,
            None => {
                let loaded = summariser(self.config)?;
                self.summariser.get_or_init(|| loaded)
            }
        };
        Ok(loaded.engine.as_ref())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_cannot_do_is_refused_before_anything_is_read() {
        let mut config = Config::default();
        config.models.precision = Precision::BFloat16;
        assert!(arithmetic(&config).unwrap_err().to_string().contains("reference"));
        config.models.engine = Engine::Reference;
        assert!(arithmetic(&config).is_ok());
        config.models.precision = Precision::Int8;
        assert!(arithmetic(&config).unwrap_err().to_string().contains("fast"));
    }

    #[test]
    fn engine_and_precision_name_the_answers() {
        let mut config = Config::default();
        let name = |config: &Config| format!("{:?}", arithmetic(config).unwrap());
        let usual = name(&config);
        config.models.precision = Precision::Float32;
        let exact = name(&config);
        config.models.engine = Engine::Reference;
        let reference = name(&config);
        assert!(usual != exact && usual != reference && exact != reference);
        config.models.precision = Precision::Auto;
        assert_eq!(name(&config), reference);
    }
}
