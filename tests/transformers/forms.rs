//! The forms in which the same model comes: tensors left out because they can be
//! computed, the one embedding matrix under any of its names, older and newer
//! configurations.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::cases::Cases;
use super::fixture;

const EMBEDDING: [&str; 4] = [
    "model.shared.weight",
    "model.encoder.embed_tokens.weight",
    "model.decoder.embed_tokens.weight",
    "lm_head.weight",
];

/// Type, shape and bytes.
type Tensor = (Dtype, Vec<usize>, Vec<u8>);

/// A copy of a fixture to be changed.
struct Copy {
    dir: TempDir,
    cases: Cases,
}

impl Copy {
    fn of(name: &str) -> Self {
        let dir = TempDir::new().unwrap();
        for entry in fs::read_dir(fixture(name)).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
        Self { dir, cases: Cases::of(&fixture(name)) }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn weights(self, change: impl FnOnce(&mut BTreeMap<String, Tensor>)) -> Self {
        let file = self.path().join("model.safetensors");
        let bytes = fs::read(&file).unwrap();
        let mut tensors: BTreeMap<String, Tensor> = SafeTensors::deserialize(&bytes)
            .unwrap()
            .tensors()
            .into_iter()
            .map(|(name, view)| (name, (view.dtype(), view.shape().to_vec(), view.data().to_vec())))
            .collect();
        change(&mut tensors);
        let views = tensors.iter().map(|(name, (dtype, shape, data))| {
            (name, TensorView::new(*dtype, shape.clone(), data).unwrap())
        });
        fs::write(file, safetensors::serialize(views, None).unwrap()).unwrap();
        self
    }

    fn config(self, change: impl FnOnce(&mut Map<String, Value>)) -> Self {
        let file = self.path().join("config.json");
        let mut config: Map<String, Value> =
            serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        change(&mut config);
        fs::write(file, serde_json::to_vec(&config).unwrap()).unwrap();
        self
    }

    fn without(self, file: &str) -> Self {
        fs::remove_file(self.path().join(file)).unwrap();
        self
    }

    fn holds(&self) {
        self.cases.hold(self.path());
    }

    /// The engines agree, and their answers are not those of the unchanged model.
    fn differs_alike(&self, original: &str) {
        let answers = self.cases.answers(self.path());
        for (name, texts) in &answers {
            assert_eq!(texts, &answers[0].1, "{name}");
        }
        assert_ne!(answers[0].1, self.cases.answers(&fixture(original))[0].1);
    }
}

#[test]
fn position_tables_are_computed_where_they_are_missing() {
    Copy::of("marian")
        .weights(|tensors| tensors.retain(|name, _| !name.contains("embed_positions")))
        .holds();
}

#[test]
fn the_embedding_may_be_stored_under_all_its_names() {
    for family in ["marian", "bart"] {
        Copy::of(family)
            .weights(|tensors| {
                for name in EMBEDDING {
                    let matrix = tensors[EMBEDDING[0]].clone();
                    tensors.insert(name.to_owned(), matrix);
                }
            })
            .holds();
    }
}

#[test]
fn fields_that_new_exports_leave_out_are_completed() {
    for family in ["marian", "bart"] {
        Copy::of(family)
            .config(|config| {
                for name in
                    ["num_hidden_layers", "normalize_embedding", "static_position_embeddings"]
                {
                    config.remove(name);
                }
                config.remove("id2label");
                config.remove("label2id");
            })
            .holds();
    }
}

#[test]
fn the_opening_token_may_be_a_flag_or_an_id() {
    Copy::of("bart")
        .config(|config| {
            config.remove("forced_bos_token_id");
            config.insert("force_bos_token_to_be_generated".to_owned(), json!(true));
        })
        .holds();
    Copy::of("bart")
        .config(|config| {
            config.remove("force_bos_token_to_be_generated");
        })
        .holds();
}

#[test]
fn vocabulary_and_merges_will_do_without_a_tokenizer_file() {
    Copy::of("bart").without("tokenizer.json").holds();
}

#[test]
fn half_precision_is_read() {
    for family in ["marian", "bart"] {
        let halved = Copy::of(family).weights(|tensors| tensors.values_mut().for_each(halve));
        let answers = halved.cases.answers(halved.path());
        for (name, texts) in &answers {
            assert_eq!(texts, &answers[0].1, "{name}");
        }
    }
}

/// Rounds to 16 bits towards zero: near enough, and every value is a normal half.
fn halve(tensor: &mut Tensor) {
    let (dtype, _, bytes) = tensor;
    assert_eq!(*dtype, Dtype::F32);
    *bytes = bytes
        .chunks_exact(4)
        .flat_map(|value| {
            let bits = u32::from_le_bytes(value.try_into().unwrap());
            let exponent = ((bits >> 23) & 0xff) as i32 - 127 + 15;
            let sign = (bits >> 16) & 0x8000;
            let half = if exponent <= 0 {
                sign
            } else {
                assert!(exponent < 31, "a weight is too large for 16 bits");
                sign | (exponent as u32) << 10 | (bits >> 13) & 0x3ff
            };
            (half as u16).to_le_bytes()
        })
        .collect();
    *dtype = Dtype::F16;
}

#[test]
fn the_output_bias_counts_and_is_zero_where_it_is_missing() {
    let copy = Copy::of("marian").weights(|tensors| {
        tensors.remove("final_logits_bias").unwrap();
    });
    copy.differs_alike("marian");
}

#[test]
fn the_scale_of_the_embedding_counts() {
    Copy::of("marian")
        .config(|config| {
            config.insert("scale_embedding".to_owned(), json!(false));
        })
        .differs_alike("marian");
}
