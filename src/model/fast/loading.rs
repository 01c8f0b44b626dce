//! From a checked model folder to a network and the rules of its search.

use serde::Deserialize;

use super::Precision;
use super::generate::Source;
use super::kernels::Activation;
use super::network::{Architecture, Network, Stack};
use super::search::Rules;
use super::weights::Weights;
use crate::model::{Family, ModelError, ModelFolder, tensors};

/// The fields of the completed configuration that [`HubConfig`](crate::model::HubConfig) leaves out.
#[derive(Debug, Deserialize)]
struct Details {
    activation_function: String,
    #[serde(default)]
    scale_embedding: bool,
    #[serde(default)]
    normalize_embedding: bool,
    forced_bos_token_id: Option<u32>,
    forced_eos_token_id: Option<u32>,
}

/// A network with what is needed to ask it.
pub(super) struct Loaded {
    pub(super) network: Network,
    pub(super) rules: Rules,
    pub(super) family: Family,
    pub(super) max_tokens: usize,
    pub(super) fingerprint: String,
}

impl Loaded {
    /// Loads a checked folder.
    pub(super) fn open(folder: &ModelFolder, precision: Precision) -> Result<Self, ModelError> {
        let bad = |file: &str, problem: String| ModelError::BadFile {
            folder: folder.path.clone(),
            file: file.to_owned(),
            problem,
        };
        let details: Details = serde_json::from_str(&folder.engine_config)
            .map_err(|error| bad("config.json", error.to_string()))?;
        let architecture =
            architecture(folder, &details).map_err(|problem| bad("config.json", problem))?;
        let file = "model.safetensors";
        let (positions, width) = (architecture.positions, architecture.width);
        let network = Weights::open(&folder.file(file))
            .and_then(|weights| {
                Network::load(
                    weights,
                    architecture,
                    precision,
                    folder.family == Family::Marian,
                    || tensors::sinusoid_table(positions, width),
                )
            })
            .map_err(|problem| bad(file, problem))?;
        Ok(Self {
            network,
            rules: rules(folder, &details),
            family: folder.family,
            max_tokens: folder.config.max_position_embeddings,
            fingerprint: folder.fingerprint.clone(),
        })
    }

    /// A source for the network, or why it cannot be one.
    pub(super) fn source(&self, ids: Vec<u32>, limit: usize) -> Result<Source, ModelError> {
        let vocabulary = self.network.architecture.vocabulary;
        if ids.is_empty() || ids.len() > self.max_tokens {
            return Err(self.failure(format!(
                "a source has {} tokens; 1 to {} are possible",
                ids.len(),
                self.max_tokens
            )));
        }
        if let Some(id) = ids.iter().find(|id| **id as usize >= vocabulary) {
            return Err(self.failure(format!(
                "the tokenizer gave id {id}, but the model knows {vocabulary} pieces"
            )));
        }
        Ok(Source { ids, limit: limit.clamp(3, self.max_tokens) })
    }

    /// An error of this engine.
    pub(super) fn failure(&self, problem: impl ToString) -> ModelError {
        ModelError::Engine { model: self.family.task(), problem: problem.to_string() }
    }
}

fn architecture(folder: &ModelFolder, details: &Details) -> Result<Architecture, String> {
    let config = &folder.config;
    let name = &details.activation_function;
    let activation = Activation::named(name)
        .ok_or_else(|| format!("activation_function {name:?} is not supported"))?;
    let root = (config.d_model as f64).sqrt() as f32;
    Ok(Architecture {
        vocabulary: config.vocab_size,
        width: config.d_model,
        positions: config.max_position_embeddings,
        position_offset: if folder.family == Family::Bart { 2 } else { 0 },
        encoder: Stack {
            layers: config.encoder_layers,
            heads: config.encoder_attention_heads,
            inner: config.encoder_ffn_dim,
        },
        decoder: Stack {
            layers: config.decoder_layers,
            heads: config.decoder_attention_heads,
            inner: config.decoder_ffn_dim,
        },
        activation,
        embedding_scale: if details.scale_embedding { root } else { 1.0 },
        normalize_embedding: details.normalize_embedding,
    })
}

/// Marian never says its padding and always closes; BART does what its
/// configuration says, and stops early.
fn rules(folder: &ModelFolder, details: &Details) -> Rules {
    let config = &folder.config;
    let marian = folder.family == Family::Marian;
    Rules {
        start: config.decoder_start_token_id as u32,
        end: config.eos_token_id as u32,
        never: marian.then_some(config.pad_token_id as u32),
        forced_first: details.forced_bos_token_id.filter(|_| !marian),
        forced_end: marian || details.forced_eos_token_id.is_some(),
        early_stopping: !marian,
    }
}
