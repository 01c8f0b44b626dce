//! `config.json` as the model hub writes it, checked field by field.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The two architectures the pipeline runs. Marian is BART with fixed sinusoid
/// positions, no layer norm on the embeddings and a bias on the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// MarianMT (Junczys-Dowmunt et al. 2018), for translation.
    Marian,
    /// BART (Lewis et al. 2019), for summarisation.
    Bart,
}

impl Family {
    /// The `model_type` of `config.json`.
    #[must_use]
    pub fn model_type(self) -> &'static str {
        match self {
            Self::Marian => "marian",
            Self::Bart => "bart",
        }
    }

    /// The stage the model serves, as options and settings name it.
    #[must_use]
    pub fn stage(self) -> &'static str {
        match self {
            Self::Marian => "translate",
            Self::Bart => "summarise",
        }
    }

    /// What the model is for, in words.
    #[must_use]
    pub fn task(self) -> &'static str {
        match self {
            Self::Marian => "translation",
            Self::Bart => "summarisation",
        }
    }
}

/// The activation functions that the engine knows, under the hub's names.
const ACTIVATIONS: [&str; 7] = ["gelu", "relu", "swish", "silu", "gelu_new", "mish", "tanh"];

/// The fields of `config.json` that decide whether and how a model runs.
#[derive(Debug, Clone, Deserialize)]
pub struct HubConfig {
    /// `marian` or `bart`.
    pub model_type: String,
    /// Width of the hidden states.
    pub d_model: usize,
    /// Rows of the embedding matrix.
    pub vocab_size: usize,
    /// The most tokens of a source or a target.
    pub max_position_embeddings: usize,
    /// Encoder depth.
    pub encoder_layers: usize,
    /// Decoder depth.
    pub decoder_layers: usize,
    /// Attention heads of an encoder layer; divides `d_model`.
    pub encoder_attention_heads: usize,
    /// Attention heads of a decoder layer; divides `d_model`.
    pub decoder_attention_heads: usize,
    /// Inner width of an encoder layer's feed-forward part.
    pub encoder_ffn_dim: usize,
    /// Inner width of a decoder layer's feed-forward part.
    pub decoder_ffn_dim: usize,
    /// Id of the padding token.
    pub pad_token_id: usize,
    /// Id of the closing token.
    pub eos_token_id: usize,
    /// Id the decoder starts with.
    pub decoder_start_token_id: usize,
    #[serde(default = "default_activation")]
    activation_function: String,
    #[serde(default)]
    normalize_before: bool,
    #[serde(default)]
    add_final_layer_norm: bool,
    #[serde(default = "yes")]
    share_encoder_decoder_embeddings: bool,
    decoder_vocab_size: Option<usize>,
}

fn default_activation() -> String {
    "gelu".to_owned()
}

fn yes() -> bool {
    true
}

impl HubConfig {
    /// Reads and checks a `config.json`.
    ///
    /// # Errors
    /// One sentence that names the field and what is expected of it.
    pub fn parse(json: &str, family: Family) -> Result<Self, String> {
        let config: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        config.check(family)?;
        Ok(config)
    }

    fn check(&self, family: Family) -> Result<(), String> {
        if self.model_type != family.model_type() {
            return Err(format!(
                "model_type is {:?}, but a {} model must be {:?}",
                self.model_type,
                family.task(),
                family.model_type()
            ));
        }
        self.check_sizes()?;
        self.check_ids()?;
        self.check_variant()
    }

    fn check_sizes(&self) -> Result<(), String> {
        let sizes = [
            ("d_model", self.d_model),
            ("vocab_size", self.vocab_size),
            ("encoder_layers", self.encoder_layers),
            ("decoder_layers", self.decoder_layers),
            ("encoder_ffn_dim", self.encoder_ffn_dim),
            ("decoder_ffn_dim", self.decoder_ffn_dim),
        ];
        if let Some((name, _)) = sizes.iter().find(|(_, size)| *size == 0) {
            return Err(format!("{name} is 0"));
        }
        // Below this not even a sentence fits; the window arithmetic relies on it.
        if self.max_position_embeddings < 32 {
            return Err(format!(
                "max_position_embeddings is {}, expected at least 32",
                self.max_position_embeddings
            ));
        }
        for (name, heads) in [
            ("encoder_attention_heads", self.encoder_attention_heads),
            ("decoder_attention_heads", self.decoder_attention_heads),
        ] {
            if heads == 0 || !self.d_model.is_multiple_of(heads) {
                return Err(format!(
                    "{name} is {heads}, which does not divide d_model {}",
                    self.d_model
                ));
            }
        }
        Ok(())
    }

    fn check_ids(&self) -> Result<(), String> {
        for (name, id) in [
            ("pad_token_id", self.pad_token_id),
            ("eos_token_id", self.eos_token_id),
            ("decoder_start_token_id", self.decoder_start_token_id),
        ] {
            if id >= self.vocab_size {
                return Err(format!("{name} is {id}, beyond vocab_size {}", self.vocab_size));
            }
        }
        Ok(())
    }

    /// Refuses variants that rust-bert would load and then compute wrongly.
    fn check_variant(&self) -> Result<(), String> {
        if !ACTIVATIONS.contains(&self.activation_function.as_str()) {
            return Err(format!(
                "activation_function {:?} is not supported; it must be one of {}",
                self.activation_function,
                ACTIVATIONS.join(", ")
            ));
        }
        if self.normalize_before || self.add_final_layer_norm {
            return Err(
                "normalize_before and add_final_layer_norm must be false: pre-norm models \
                        are not supported"
                    .to_owned(),
            );
        }
        let separate = self.decoder_vocab_size.is_some_and(|size| size != self.vocab_size);
        if separate || !self.share_encoder_decoder_embeddings {
            return Err(
                "separate vocabularies for encoder and decoder are not supported".to_owned()
            );
        }
        Ok(())
    }

    /// The configuration as rust-bert wants it: with the fields that newer
    /// versions of transformers leave out, and without labels it cannot read.
    ///
    /// # Errors
    /// When `json` is not a JSON object.
    pub fn for_engine(json: &str, family: Family) -> Result<String, String> {
        let mut fields: Map<String, Value> =
            serde_json::from_str(json).map_err(|error| error.to_string())?;
        for label in ["id2label", "label2id", "num_labels"] {
            fields.remove(label);
        }
        if fields.get("activation_function").and_then(Value::as_str) == Some("silu") {
            fields.insert("activation_function".to_owned(), json!("swish"));
        }
        let layers = fields.get("encoder_layers").cloned().unwrap_or(json!(0));
        let marian = family == Family::Marian;
        for (name, value) in [
            ("num_hidden_layers", layers),
            ("normalize_embedding", json!(!marian)),
            ("static_position_embeddings", json!(marian)),
            ("scale_embedding", json!(marian)),
            ("activation_function", json!("gelu")),
            ("activation_dropout", json!(0.0)),
            ("attention_dropout", json!(0.0)),
            ("dropout", json!(0.1)),
            ("encoder_layerdrop", json!(0.0)),
            ("decoder_layerdrop", json!(0.0)),
            ("init_std", json!(0.02)),
        ] {
            fields.entry(name).or_insert(value);
        }
        // The engine reads attention weights or hidden states nowhere, and
        // keeping them costs memory.
        fields.insert("output_attentions".to_owned(), json!(false));
        fields.insert("output_hidden_states".to_owned(), json!(false));
        serde_json::to_string_pretty(&fields).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn marian() -> Value {
        json!({
            "model_type": "marian", "d_model": 64, "vocab_size": 100, "max_position_embeddings": 512,
            "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 4,
            "decoder_attention_heads": 4, "encoder_ffn_dim": 128, "decoder_ffn_dim": 128,
            "pad_token_id": 99, "eos_token_id": 0, "decoder_start_token_id": 99,
            "activation_function": "swish"
        })
    }

    fn with(field: &str, value: Value) -> String {
        let mut config = marian();
        config[field] = value;
        config.to_string()
    }

    #[test]
    fn a_hub_config_passes() {
        assert!(HubConfig::parse(&marian().to_string(), Family::Marian).is_ok());
    }

    #[test]
    fn each_fault_is_named() {
        for (field, value, expected) in [
            ("model_type", json!("t5"), "model_type"),
            ("d_model", json!(0), "d_model"),
            ("d_model", json!(66), "encoder_attention_heads"),
            ("decoder_attention_heads", json!(0), "decoder_attention_heads"),
            ("vocab_size", json!(50), "pad_token_id"),
            ("eos_token_id", json!(100), "eos_token_id"),
            ("max_position_embeddings", json!(8), "max_position_embeddings"),
            ("activation_function", json!("relu6"), "activation_function"),
            ("normalize_before", json!(true), "normalize_before"),
            ("decoder_vocab_size", json!(40), "vocabularies"),
            ("encoder_layers", json!("six"), "invalid type"),
        ] {
            let error = HubConfig::parse(&with(field, value), Family::Marian).unwrap_err();
            assert!(error.contains(expected), "{field}: {error}");
        }
    }

    #[test]
    fn the_engine_gets_what_newer_exports_leave_out() {
        let json =
            HubConfig::for_engine(&with("activation_function", json!("silu")), Family::Marian);
        let fields: Value = serde_json::from_str(&json.unwrap()).unwrap();
        assert_eq!(fields["num_hidden_layers"], 2);
        assert_eq!(fields["normalize_embedding"], false);
        assert_eq!(fields["activation_function"], "swish");
    }
}
