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
    /// The family that a `config.json` names.
    ///
    /// # Errors
    /// One sentence, when it is another one or no such file.
    pub fn of(json: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Named {
            model_type: String,
        }
        let named: Named = serde_json::from_str(json).map_err(|error| error.to_string())?;
        [Self::Marian, Self::Bart]
            .into_iter()
            .find(|family| family.model_type() == named.model_type)
            .ok_or_else(|| {
                format!(
                    "model_type is {:?}, but only marian and bart can be used",
                    named.model_type
                )
            })
    }

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
    /// What a source must begin with: a blank for the BART models of news, which
    /// were trained on sources that had one.
    #[serde(default)]
    pub prefix: Option<String>,
    #[serde(default = "default_activation")]
    activation_function: String,
    #[serde(default)]
    normalize_before: bool,
    #[serde(default)]
    add_final_layer_norm: bool,
    #[serde(default = "yes")]
    share_encoder_decoder_embeddings: bool,
    #[serde(default = "yes")]
    tie_word_embeddings: bool,
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
        if !self.tie_word_embeddings {
            return Err("tie_word_embeddings must be true: a separate output matrix is not \
                        supported"
                .to_owned());
        }
        Ok(())
    }

    /// The configuration as rust-bert wants it: with the fields that newer and
    /// very old versions of transformers leave out (with the values they then
    /// assume), and without labels it cannot read. `generation` is the content of
    /// `generation_config.json`, whose fields win.
    ///
    /// # Errors
    /// When one of the two is not a JSON object.
    pub fn for_engine(
        json: &str,
        generation: Option<&str>,
        family: Family,
    ) -> Result<String, String> {
        let mut fields = object(json)?;
        for label in ["id2label", "label2id", "num_labels"] {
            fields.remove(label);
        }
        if fields.get("activation_function").and_then(Value::as_str) == Some("silu") {
            fields.insert("activation_function".to_owned(), json!("swish"));
        }
        add_forced_tokens(&mut fields, generation)?;
        let layers = fields.get("encoder_layers").cloned().unwrap_or(json!(0));
        let marian = family == Family::Marian;
        for (name, value) in [
            ("num_hidden_layers", layers),
            ("normalize_embedding", json!(!marian)),
            ("static_position_embeddings", json!(marian)),
            ("scale_embedding", json!(false)),
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

fn object(json: &str) -> Result<Map<String, Value>, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// The tokens that a target must begin and end with. They stand in
/// `generation_config.json` in newer folders, in `config.json` in older ones, and
/// in the oldest BART folders as a flag that stands for the opening token. The
/// closing one has always been `</s>`.
fn add_forced_tokens(
    fields: &mut Map<String, Value>,
    generation: Option<&str>,
) -> Result<(), String> {
    let generation = generation.map(object).transpose()?.unwrap_or_default();
    for name in ["forced_bos_token_id", "forced_eos_token_id"] {
        if let Some(value) = generation.get(name).filter(|value| !value.is_null()) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    let flag = fields.get("force_bos_token_to_be_generated") == Some(&json!(true));
    for (name, wanted, source) in [
        ("forced_bos_token_id", flag, "bos_token_id"),
        ("forced_eos_token_id", true, "eos_token_id"),
    ] {
        let missing = fields.get(name).is_none_or(Value::is_null);
        if let (true, true, Some(id)) = (wanted, missing, fields.get(source).cloned()) {
            fields.insert(name.to_owned(), id);
        }
    }
    Ok(())
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
            ("tie_word_embeddings", json!(false), "tie_word_embeddings"),
            ("encoder_layers", json!("six"), "invalid type"),
        ] {
            let error = HubConfig::parse(&with(field, value), Family::Marian).unwrap_err();
            assert!(error.contains(expected), "{field}: {error}");
        }
    }

    fn for_engine(json: &str, generation: Option<&str>, family: Family) -> Value {
        let json = HubConfig::for_engine(json, generation, family).unwrap();
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn the_engine_gets_what_newer_exports_leave_out() {
        let silu = with("activation_function", json!("silu"));
        let fields = for_engine(&silu, None, Family::Marian);
        assert_eq!(fields["num_hidden_layers"], 2);
        assert_eq!(fields["normalize_embedding"], false);
        assert_eq!(fields["activation_function"], "swish");
        assert_eq!(fields["forced_eos_token_id"], 0);
    }

    #[test]
    fn the_opening_token_is_found_where_each_age_of_folders_has_it() {
        let plain = json!({"bos_token_id": 0, "eos_token_id": 2});
        let older = json!({"bos_token_id": 0, "forced_bos_token_id": 7});
        let oldest = json!({"bos_token_id": 0, "force_bos_token_to_be_generated": true});
        let generation = r#"{"forced_bos_token_id": 5}"#;
        for (config, generation, expected) in [
            (&plain, None, Value::Null),
            (&older, None, json!(7)),
            (&oldest, None, json!(0)),
            (&plain, Some(generation), json!(5)),
            (&older, Some(generation), json!(5)),
        ] {
            let fields = for_engine(&config.to_string(), generation, Family::Bart);
            let found = fields.get("forced_bos_token_id").cloned().unwrap_or_default();
            assert_eq!(found, expected, "{config} {generation:?}");
        }
    }
}
