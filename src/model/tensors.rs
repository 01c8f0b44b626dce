//! Which tensors a model must have, and of which shapes.

use std::collections::BTreeMap;

use super::config::{Family, HubConfig};

/// Name → shape.
pub(crate) type Shapes = BTreeMap<String, Vec<usize>>;

/// The fixed position tables of a Marian model. Exports of transformers leave
/// them out, as they can be computed.
pub(crate) const POSITION_TABLES: [&str; 2] =
    ["model.encoder.embed_positions.weight", "model.decoder.embed_positions.weight"];

/// The embedding matrix of sources, targets and output. It is one matrix, and
/// tools store it under one, some or all of these names; any of them will do.
pub(crate) const EMBEDDING_NAMES: [&str; 4] = [
    "model.shared.weight",
    "model.encoder.embed_tokens.weight",
    "model.decoder.embed_tokens.weight",
    "lm_head.weight",
];

/// Added to a Marian model's output. It is zero in a model that has none stored.
pub(crate) const OUTPUT_BIAS: &str = "final_logits_bias";

/// Every tensor that the engine reads, with its shape.
pub(crate) fn expected(config: &HubConfig, family: Family) -> Shapes {
    let mut shapes = Shapes::new();
    let d = config.d_model;
    shapes.insert(EMBEDDING_NAMES[0].to_owned(), vec![config.vocab_size, d]);
    // BART's learned table has two rows more than positions (an inheritance from fairseq).
    let positions = config.max_position_embeddings + if family == Family::Bart { 2 } else { 0 };
    for name in POSITION_TABLES {
        shapes.insert(name.to_owned(), vec![positions, d]);
    }
    match family {
        Family::Marian => {
            shapes.insert(OUTPUT_BIAS.to_owned(), vec![1, config.vocab_size]);
        }
        Family::Bart => {
            norm(&mut shapes, "model.encoder.layernorm_embedding", d);
            norm(&mut shapes, "model.decoder.layernorm_embedding", d);
        }
    }
    for layer in 0..config.encoder_layers {
        let prefix = format!("model.encoder.layers.{layer}");
        layer_shapes(&mut shapes, &prefix, d, config.encoder_ffn_dim);
    }
    for layer in 0..config.decoder_layers {
        let prefix = format!("model.decoder.layers.{layer}");
        layer_shapes(&mut shapes, &prefix, d, config.decoder_ffn_dim);
        attention(&mut shapes, &format!("{prefix}.encoder_attn"), d);
        norm(&mut shapes, &format!("{prefix}.encoder_attn_layer_norm"), d);
    }
    shapes
}

fn layer_shapes(shapes: &mut Shapes, prefix: &str, d: usize, ffn: usize) {
    attention(shapes, &format!("{prefix}.self_attn"), d);
    norm(shapes, &format!("{prefix}.self_attn_layer_norm"), d);
    linear(shapes, &format!("{prefix}.fc1"), ffn, d);
    linear(shapes, &format!("{prefix}.fc2"), d, ffn);
    norm(shapes, &format!("{prefix}.final_layer_norm"), d);
}

fn attention(shapes: &mut Shapes, prefix: &str, d: usize) {
    for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
        linear(shapes, &format!("{prefix}.{projection}"), d, d);
    }
}

fn linear(shapes: &mut Shapes, prefix: &str, rows: usize, columns: usize) {
    shapes.insert(format!("{prefix}.weight"), vec![rows, columns]);
    shapes.insert(format!("{prefix}.bias"), vec![rows]);
}

fn norm(shapes: &mut Shapes, prefix: &str, d: usize) {
    shapes.insert(format!("{prefix}.weight"), vec![d]);
    shapes.insert(format!("{prefix}.bias"), vec![d]);
}

/// Compares what a weights file holds with what the engine will read.
///
/// # Errors
/// The first tensor that is missing or has another shape, in name order.
pub(crate) fn check(found: &Shapes, config: &HubConfig, family: Family) -> Result<(), String> {
    for (name, shape) in expected(config, family) {
        match found.get(stored_name(found, &name)) {
            Some(actual) if *actual == shape => {}
            Some(actual) => {
                return Err(format!(
                    "{name} has shape {actual:?}, but config.json asks for {shape:?}"
                ));
            }
            None if can_be_computed(&name, family) => {}
            None => {
                return Err(format!(
                    "{name} is missing (the model is not complete, or config.json belongs to another one)"
                ));
            }
        }
    }
    Ok(())
}

/// The name under which `found` holds the tensor `name`.
fn stored_name<'n>(found: &Shapes, name: &'n str) -> &'n str {
    if name == EMBEDDING_NAMES[0] { embedding_name(found) } else { name }
}

/// The name under which `found` holds the embedding matrix; the usual one if it
/// does not.
pub(crate) fn embedding_name(found: &Shapes) -> &'static str {
    let stored = EMBEDDING_NAMES.into_iter().find(|name| found.contains_key(*name));
    stored.unwrap_or(EMBEDDING_NAMES[0])
}

/// Whether a model may lack `name`, because its content is known.
fn can_be_computed(name: &str, family: Family) -> bool {
    family == Family::Marian && (POSITION_TABLES.contains(&name) || name == OUTPUT_BIAS)
}

/// How many parameters were trained: all that the engine reads but the fixed
/// position tables of a Marian model.
pub(crate) fn parameters(config: &HubConfig, family: Family) -> usize {
    expected(config, family)
        .iter()
        .filter(|(name, _)| family == Family::Bart || !POSITION_TABLES.contains(&name.as_str()))
        .map(|(_, shape)| shape.iter().product::<usize>())
        .sum()
}

/// The sinusoid table of a Marian model (Vaswani et al. 2017, section 3.5, with
/// all sines before all cosines): `positions` rows of `width` values.
pub(crate) fn sinusoid_table(positions: usize, width: usize) -> Vec<f32> {
    let half = width.div_ceil(2);
    let mut table = Vec::with_capacity(positions * width);
    for position in 0..positions {
        for column in 0..width {
            let pair = column % half;
            let angle = position as f64 / 10_000_f64.powf(2.0 * pair as f64 / width as f64);
            table.push(if column < half { angle.sin() } else { angle.cos() } as f32);
        }
    }
    table
}
