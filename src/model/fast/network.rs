//! The weights of an encoder-decoder in memory, ready for use.

use super::Precision;
use super::kernels::{Activation, Isa};
use super::linear::Linear;
use super::weights::Weights;
use crate::model::tensors::EMBEDDING_NAMES;

/// What the configuration says of a network. Marian is BART with fixed sinusoid
/// positions, no layer norm on the embeddings and a bias on the output.
#[derive(Debug, Clone)]
pub(super) struct Architecture {
    pub(super) vocabulary: usize,
    pub(super) width: usize,
    pub(super) positions: usize,
    /// Rows of a learned position table before the first position.
    pub(super) position_offset: usize,
    pub(super) encoder: Stack,
    pub(super) decoder: Stack,
    pub(super) activation: Activation,
    pub(super) embedding_scale: f32,
    pub(super) normalize_embedding: bool,
}

/// The layers of one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stack {
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) inner: usize,
}

/// A layer normalisation.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// One layer of the encoder, or what a decoder layer has in common with it.
pub(super) struct Layer {
    /// Query, key and value side by side.
    pub(super) qkv: Linear,
    pub(super) attended: Linear,
    pub(super) attention_norm: Norm,
    pub(super) inner: Linear,
    pub(super) outer: Linear,
    pub(super) final_norm: Norm,
}

/// How a decoder layer looks at the source.
pub(super) struct CrossAttention {
    pub(super) query: Linear,
    /// Key and value side by side, applied once to a source.
    pub(super) key_value: Linear,
    pub(super) attended: Linear,
    pub(super) norm: Norm,
}

/// One side's position table and the norm over its embeddings.
pub(super) struct Entry {
    pub(super) positions: Vec<f32>,
    pub(super) norm: Option<Norm>,
}

/// The network. It is read only, so that any number of threads may share it.
pub(super) struct Network {
    pub(super) architecture: Architecture,
    pub(super) isa: Isa,
    /// Whether the decoder keeps what it looked at.
    pub(super) records_attention: bool,
    pub(super) embedding: Vec<f32>,
    pub(super) encoder_entry: Entry,
    pub(super) decoder_entry: Entry,
    pub(super) encoder: Vec<Layer>,
    pub(super) decoder: Vec<(Layer, CrossAttention)>,
    pub(super) output: Linear,
}

impl Network {
    /// Loads and packs the weights. `sinusoids` makes the position table of a
    /// file that has none.
    pub(super) fn load(
        weights: Weights,
        architecture: Architecture,
        precision: Precision,
        records_attention: bool,
        sinusoids: impl Fn() -> Vec<f32>,
    ) -> Result<Self, String> {
        let isa = Isa::detect();
        let mut reader =
            Reader { weights, precision, isa, width: architecture.width, room: Vec::new() };
        // Stored under any of its names; `ModelFolder::open` has seen that it is there.
        let [usual, ..] = EMBEDDING_NAMES;
        let mut names = EMBEDDING_NAMES.into_iter();
        let name = names.find(|name| reader.weights.has(name)).unwrap_or(usual);
        let embedding = reader.weights.tensor(name)?;
        let bias = if reader.weights.has("final_logits_bias") {
            reader.weights.tensor("final_logits_bias")?
        } else {
            vec![0.0; architecture.vocabulary]
        };
        let normalised = architecture.normalize_embedding;
        let encoder_entry = reader.entry("encoder", normalised, &sinusoids)?;
        let decoder_entry = reader.entry("decoder", normalised, &sinusoids)?;
        let encoder = (0..architecture.encoder.layers)
            .map(|layer| {
                reader.layer(&format!("model.encoder.layers.{layer}"), architecture.encoder)
            })
            .collect::<Result<_, _>>()?;
        let decoder = (0..architecture.decoder.layers)
            .map(|layer| {
                let prefix = format!("model.decoder.layers.{layer}");
                Ok((reader.layer(&prefix, architecture.decoder)?, reader.cross(&prefix)?))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self {
            isa,
            records_attention,
            output: Linear::new(&embedding, bias, architecture.width, precision, isa),
            encoder_entry,
            decoder_entry,
            embedding,
            encoder,
            decoder,
            architecture,
        })
    }

    /// Writes the embedding of `token` at `position` (norm excluded) to `row`.
    pub(super) fn embed(&self, entry: &Entry, token: u32, position: usize, row: &mut [f32]) {
        let width = self.architecture.width;
        let scale = self.architecture.embedding_scale;
        let token = &self.embedding[token as usize * width..][..width];
        let at = (position + self.architecture.position_offset) * width;
        let position = &entry.positions[at..][..width];
        for ((x, token), position) in row.iter_mut().zip(token).zip(position) {
            *x = token * scale + position;
        }
    }
}

struct Reader {
    weights: Weights,
    precision: Precision,
    isa: Isa,
    width: usize,
    /// A weight as the file has it, before it is packed.
    room: Vec<f32>,
}

impl Reader {
    fn entry(
        &mut self,
        side: &str,
        normalised: bool,
        sinusoids: &impl Fn() -> Vec<f32>,
    ) -> Result<Entry, String> {
        let name = format!("model.{side}.embed_positions.weight");
        let stored = self.weights.has(&name);
        let positions = if stored { self.weights.tensor(&name)? } else { sinusoids() };
        let norm = format!("model.{side}.layernorm_embedding");
        let norm = if normalised { Some(self.norm(&norm)?) } else { None };
        Ok(Entry { positions, norm })
    }

    fn layer(&mut self, prefix: &str, stack: Stack) -> Result<Layer, String> {
        let attention = format!("{prefix}.self_attn");
        Ok(Layer {
            qkv: self.joined(&attention, &["q_proj", "k_proj", "v_proj"])?,
            attended: self.joined(&attention, &["out_proj"])?,
            attention_norm: self.norm(&format!("{prefix}.self_attn_layer_norm"))?,
            inner: self.joined(prefix, &["fc1"])?,
            outer: self.linear(prefix, &["fc2"], stack.inner)?,
            final_norm: self.norm(&format!("{prefix}.final_layer_norm"))?,
        })
    }

    fn cross(&mut self, prefix: &str) -> Result<CrossAttention, String> {
        let attention = format!("{prefix}.encoder_attn");
        Ok(CrossAttention {
            query: self.joined(&attention, &["q_proj"])?,
            key_value: self.joined(&attention, &["k_proj", "v_proj"])?,
            attended: self.joined(&attention, &["out_proj"])?,
            norm: self.norm(&format!("{attention}_layer_norm"))?,
        })
    }

    fn joined(&mut self, prefix: &str, parts: &[&str]) -> Result<Linear, String> {
        self.linear(prefix, parts, self.width)
    }

    /// Layers with the same input as one.
    fn linear(&mut self, prefix: &str, parts: &[&str], depth: usize) -> Result<Linear, String> {
        let mut bias = Vec::new();
        self.room.clear();
        for part in parts {
            self.weights.append(&format!("{prefix}.{part}.weight"), &mut self.room)?;
            self.weights.append(&format!("{prefix}.{part}.bias"), &mut bias)?;
        }
        Ok(Linear::new(&self.room, bias, depth, self.precision, self.isa))
    }

    fn norm(&mut self, name: &str) -> Result<Norm, String> {
        Ok(Norm {
            weight: self.weights.tensor(&format!("{name}.weight"))?,
            bias: self.weights.tensor(&format!("{name}.bias"))?,
        })
    }
}
