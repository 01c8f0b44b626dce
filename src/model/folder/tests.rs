use std::collections::BTreeMap;

use serde_json::json;

use super::*;

/// Writes a tiny but complete Marian folder and lets `spoil` change it.
fn folder(
    spoil: impl FnOnce(&Path, &mut Shapes),
) -> (tempfile::TempDir, Result<ModelFolder, ModelError>) {
    let dir = tempfile::tempdir().unwrap();
    let config = json!({
        "model_type": "marian", "d_model": 4, "vocab_size": 6, "max_position_embeddings": 32,
        "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2,
        "decoder_attention_heads": 2, "encoder_ffn_dim": 8, "decoder_ffn_dim": 8,
        "pad_token_id": 5, "eos_token_id": 0, "decoder_start_token_id": 5
    });
    fs::write(dir.path().join("config.json"), config.to_string()).unwrap();
    fs::write(dir.path().join("source.spm"), "spm").unwrap();
    fs::write(dir.path().join("vocab.json"), r#"{"</s>":0,"<pad>":5}"#).unwrap();
    let parsed = HubConfig::parse(&config.to_string(), Family::Marian).unwrap();
    let mut shapes = tensors::expected(&parsed, Family::Marian);
    write_weights(dir.path(), &shapes);
    spoil(dir.path(), &mut shapes);
    let opened = ModelFolder::open(dir.path(), Family::Marian);
    (dir, opened)
}

/// A safetensors file of zeros.
fn write_weights(dir: &Path, shapes: &Shapes) {
    let mut header = BTreeMap::new();
    let mut end = 0;
    for (name, shape) in shapes {
        let bytes = 4 * shape.iter().product::<usize>();
        header.insert(
            name,
            json!({"dtype": "F32", "shape": shape, "data_offsets": [end, end + bytes]}),
        );
        end += bytes;
    }
    let header = serde_json::to_vec(&header).unwrap();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.resize(file.len() + end, 0);
    fs::write(dir.join("model.safetensors"), file).unwrap();
}

fn problem(spoil: impl FnOnce(&Path, &mut Shapes)) -> String {
    folder(spoil).1.unwrap_err().to_string()
}

#[test]
fn a_complete_folder_opens() {
    let opened = folder(|_, _| {}).1.unwrap();
    assert_eq!(opened.fingerprint.len(), 16);
    assert!(opened.has_position_tables);
}

#[test]
fn the_fingerprint_follows_the_weights() {
    let first = folder(|_, _| {}).1.unwrap().fingerprint;
    let second = folder(|dir, _| fs::write(dir.join("vocab.json"), r#"{"</s>":0,"x":1}"#).unwrap());
    assert_ne!(first, second.1.unwrap().fingerprint);
}

#[test]
fn position_tables_may_be_left_out() {
    let opened = folder(|dir, shapes| {
        shapes.retain(|name, _| !name.contains("embed_positions"));
        write_weights(dir, shapes);
    });
    assert!(!opened.1.unwrap().has_position_tables);
}

#[test]
fn a_shape_that_would_broadcast_is_refused() {
    let error = problem(|dir, shapes| {
        shapes.insert("model.encoder.layers.0.fc1.bias".to_owned(), vec![1]);
        write_weights(dir, shapes);
    });
    assert!(error.contains("fc1.bias has shape [1]"), "{error}");
}

#[test]
fn every_missing_or_broken_file_is_named() {
    for file in ["config.json", "model.safetensors", "source.spm", "vocab.json"] {
        let error = problem(|dir, _| fs::remove_file(dir.join(file)).unwrap());
        assert!(error.contains(file) && error.contains("missing"), "{error}");
    }
    for file in ["config.json", "model.safetensors", "vocab.json"] {
        let error = problem(|dir, _| fs::write(dir.join(file), "garbage!").unwrap());
        assert!(error.contains(file), "{error}");
    }
}

#[test]
fn a_cut_weights_file_is_noticed() {
    let error = problem(|dir, _| {
        let path = dir.join("model.safetensors");
        let bytes = fs::read(&path).unwrap();
        fs::write(path, &bytes[..bytes.len() - 7]).unwrap();
    });
    assert!(error.contains("copy it again"), "{error}");
}

#[test]
fn a_tensor_whose_bytes_do_not_fit_its_shape_is_named() {
    let error = problem(|dir, _| {
        let path = dir.join("model.safetensors");
        let mut bytes = fs::read(&path).unwrap();
        let place = bytes.windows(5).position(|word| word == b"\"F32\"").unwrap();
        bytes[place..place + 5].copy_from_slice(b"\"F16\"");
        fs::write(path, bytes).unwrap();
    });
    assert!(error.contains("do not fit its shape"), "{error}");
}

#[test]
fn a_missing_tensor_is_named() {
    let error = problem(|dir, shapes| {
        shapes.remove("model.decoder.layers.0.fc2.bias");
        write_weights(dir, shapes);
    });
    assert!(error.contains("fc2.bias is missing"), "{error}");
}

#[test]
fn the_output_bias_may_be_left_out() {
    let opened = folder(|dir, shapes| {
        shapes.remove("final_logits_bias");
        write_weights(dir, shapes);
    });
    assert!(!opened.1.unwrap().has_output_bias);
}

#[test]
fn the_embedding_is_found_under_each_of_its_names() {
    for name in tensors::EMBEDDING_NAMES {
        let opened = folder(|dir, shapes| {
            let shape = shapes.remove("model.shared.weight").unwrap();
            shapes.insert(name.to_owned(), shape);
            write_weights(dir, shapes);
        });
        assert_eq!(opened.1.unwrap().embedding_name, name);
    }
    let error = problem(|dir, shapes| {
        shapes.remove("model.shared.weight");
        write_weights(dir, shapes);
    });
    assert!(error.contains("model.shared.weight is missing"), "{error}");
}

#[test]
fn fixed_tables_are_not_counted_as_parameters() {
    let opened = folder(|_, _| {}).1.unwrap();
    // 24 for the embedding, 6 for the output bias; an attention has 80, a
    // feed-forward part 76, a norm 8.
    assert_eq!(opened.parameters, 24 + 6 + (80 + 76 + 2 * 8) + (2 * 80 + 76 + 3 * 8));
}

#[test]
fn a_vocabulary_beyond_the_embedding_is_refused() {
    let error = problem(|dir, _| fs::write(dir.join("vocab.json"), r#"{"x":6}"#).unwrap());
    assert!(error.contains("vocab_size"), "{error}");
}

#[test]
fn a_mask_token_beyond_the_embedding_is_no_fault() {
    let vocabulary = r#"{"</s>":0,"<pad>":5,"<mask>":6}"#;
    let opened = folder(|dir, _| fs::write(dir.join("vocab.json"), vocabulary).unwrap());
    opened.1.unwrap();
}

#[test]
fn no_folder_no_panic() {
    let error = ModelFolder::open(Path::new("no/such/folder"), Family::Bart).unwrap_err();
    assert!(error.to_string().contains("--summarise-model"), "{error}");
}
