//! One batch through rust-bert's generator, with every check it lacks.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_bert::pipelines::common::{ModelResource, ModelType};
use rust_bert::pipelines::generation_utils::{
    GenerateConfig, GenerateOptions, GeneratedIndicesOutput, LanguageGenerator,
};
use tch::{Device, Tensor};

use super::Precision;
use super::prepared::{Prepared, resource};
use crate::model::{Decoding, Family, HubConfig, ModelError, ModelFolder};
use crate::translate::batch::batches;

/// The decoder's start token and one more: rust-bert panics over the scores of a
/// hypothesis that ends before it has begun, and an empty answer is of no use.
const MIN_TARGET_TOKENS: i64 = 2;

/// Source tokens of a batch, padding included.
const MAX_BATCH_TOKENS: usize = 4096;

/// Sources of a batch.
const MAX_BATCH_ROWS: usize = 32;

/// What the decoder chose for one source, before it is text.
pub(super) struct Generated {
    /// Token ids, without the decoder's start token and without `</s>`.
    pub ids: Vec<u32>,
    /// Mean log-probability per token, `</s>` included; NaN where unknown.
    pub score: f64,
    /// Whether `</s>` never came.
    pub truncated: bool,
}

/// A rust-bert generator with the limits of its model.
pub(super) struct Generator<G> {
    inner: G,
    family: Family,
    config: HubConfig,
}

impl<G: LanguageGenerator> Generator<G> {
    /// Builds the generator with `load`, which may panic inside rust-bert.
    pub(super) fn load(
        folder: &ModelFolder,
        load: impl FnOnce() -> Result<G, ModelError>,
    ) -> Result<Self, ModelError> {
        let inner = shielded(folder.family, load)??;
        Ok(Self { inner, family: folder.family, config: folder.config.clone() })
    }

    /// The most tokens of a source or a target.
    pub(super) fn max_tokens(&self) -> usize {
        self.config.max_position_embeddings
    }

    /// Decodes `rows`: token ids with all special tokens, each of 1 to
    /// [`max_tokens`](Self::max_tokens). `limit` gives the most tokens of a target,
    /// the decoder's start token and `</s>` counted, for the longest source of a batch.
    pub(super) fn generate(
        &self,
        rows: &[Vec<i64>],
        decoding: &Decoding,
        limit: impl Fn(usize) -> usize,
    ) -> Result<Vec<Generated>, ModelError> {
        self.check(rows)?;
        let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
        let mut answers: Vec<Option<Generated>> = rows.iter().map(|_| None).collect();
        for batch in batches(&lengths, MAX_BATCH_TOKENS, MAX_BATCH_ROWS) {
            let part: Vec<&[i64]> = batch.iter().map(|row| rows[*row].as_slice()).collect();
            let longest = part.iter().map(|row| row.len()).max().unwrap_or_default();
            let generated = self.batch(&part, decoding, limit(longest))?;
            for (row, answer) in batch.into_iter().zip(generated) {
                answers[row] = Some(answer);
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// Decodes one batch, padded to its longest row.
    fn batch(
        &self,
        rows: &[&[i64]],
        decoding: &Decoding,
        max_target: usize,
    ) -> Result<Vec<Generated>, ModelError> {
        let max_target = max_target.clamp(3, self.max_tokens());
        let input = self.padded(rows);
        let options = GenerateOptions {
            min_length: Some(MIN_TARGET_TOKENS),
            max_length: Some(max_target as i64),
            num_beams: Some(decoding.beam.max(1) as i64),
            no_repeat_ngram_size: Some(decoding.no_repeat_ngram as i64),
            length_penalty: Some(decoding.length_penalty),
            output_scores: true,
            ..Default::default()
        };
        let outputs = match self.decode(&input, options) {
            // rust-bert also panics over the scores of a one-token hypothesis. The
            // batch is asked for row by row then; that row goes without a score.
            Err(_) if rows.len() == 1 => {
                self.decode(&input, GenerateOptions { output_scores: false, ..options })?
            }
            outputs => outputs?,
        };
        if outputs.len() != rows.len() {
            return Err(self.failure("it returned another number of hypotheses than sources"));
        }
        let generated = |output| self.generated(output, decoding, max_target);
        Ok(outputs.into_iter().map(generated).collect())
    }

    fn decode(
        &self,
        input: &Tensor,
        options: GenerateOptions<'_>,
    ) -> Result<Vec<GeneratedIndicesOutput>, ModelError> {
        let input = input.shallow_clone();
        shielded(self.family, || self.inner.generate_from_ids_and_past(input, None, Some(options)))?
            .map_err(|error| self.failure(error))
    }

    fn check(&self, rows: &[Vec<i64>]) -> Result<(), ModelError> {
        let vocabulary = self.config.vocab_size as i64;
        for row in rows {
            if row.is_empty() || row.len() > self.max_tokens() {
                return Err(self.failure(format!(
                    "a source has {} tokens; 1 to {} are possible",
                    row.len(),
                    self.max_tokens()
                )));
            }
            if let Some(id) = row.iter().find(|id| !(0..vocabulary).contains(*id)) {
                return Err(self.failure(format!(
                    "the tokenizer gave id {id}, but the model knows {vocabulary} pieces"
                )));
            }
        }
        Ok(())
    }

    /// `[rows, longest row]`, padded on the right.
    fn padded(&self, rows: &[&[i64]]) -> Tensor {
        let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let mut flat = Vec::with_capacity(rows.len() * width);
        for row in rows {
            flat.extend_from_slice(row);
            flat.resize(flat.len() + width - row.len(), self.config.pad_token_id as i64);
        }
        Tensor::from_slice(&flat).view([rows.len() as i64, width as i64])
    }

    fn generated(
        &self,
        output: GeneratedIndicesOutput,
        decoding: &Decoding,
        max_target: usize,
    ) -> Generated {
        let body = output.indices.get(1..).unwrap_or_default();
        let end = body.iter().position(|id| *id == self.config.eos_token_id as i64);
        let ids: Vec<u32> = body[..end.unwrap_or(body.len())]
            .iter()
            .filter(|id| **id != self.config.pad_token_id as i64)
            .filter_map(|id| u32::try_from(*id).ok())
            .collect();
        let length = (ids.len() + 1) as f64;
        let score = if decoding.beam > 1 {
            // rust-bert divides the sum by length^penalty; the sum divided by the
            // length is comparable whatever the penalty.
            output.score.unwrap_or(f64::NAN) * length.powf(decoding.length_penalty) / length
        } else {
            let steps = output.token_scores.unwrap_or_else(|| vec![f64::NAN]);
            steps.iter().take(ids.len() + 1).sum::<f64>() / length
        };
        // At the limit `</s>` is forced: then it is no end.
        let truncated = end.is_none_or(|end| end + 2 >= max_target);
        Generated { ids, score, truncated }
    }

    fn failure(&self, problem: impl ToString) -> ModelError {
        let problem = first_line(&problem.to_string());
        ModelError::Engine { model: self.family.task(), problem }
    }
}

/// Runs `work` and turns a panic inside rust-bert or libtorch into an error.
/// (The binary's panic hook keeps such a panic off the terminal.)
fn shielded<T>(family: Family, work: impl FnOnce() -> T) -> Result<T, ModelError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let problem = cause
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "it stopped without a message".to_owned());
        ModelError::Engine { model: family.task(), problem: first_line(&problem) }
    })
}

/// libtorch appends its call stack, which helps no operator; rust-bert often
/// shows it quoted, with `\n` spelt out.
fn first_line(problem: &str) -> String {
    let line = problem.lines().next().unwrap_or_default();
    line.split("\\n").next().unwrap_or_default().trim().to_owned()
}

/// What rust-bert needs to build a generator. Decoding settings are given anew
/// with each batch; the values here only have to be valid.
pub(super) fn generate_config(
    folder: &ModelFolder,
    prepared: &Prepared,
    precision: Precision,
) -> Result<GenerateConfig, ModelError> {
    let (model_type, vocabulary, merges) = match folder.family {
        Family::Marian => (ModelType::Marian, "vocab.json", "source.spm"),
        Family::Bart => (ModelType::Bart, "vocab.json", "merges.txt"),
    };
    Ok(GenerateConfig {
        model_type,
        model_resource: ModelResource::Torch(prepared.weights()?),
        config_resource: prepared.config(),
        vocab_resource: resource(folder.file(vocabulary)),
        merges_resource: Some(resource(folder.file(merges))),
        min_length: 0,
        max_length: Some(folder.config.max_position_embeddings as i64),
        do_sample: false,
        early_stopping: folder.family == Family::Bart,
        num_beams: 1,
        temperature: 1.0,
        top_k: 0,
        top_p: 1.0,
        repetition_penalty: 1.0,
        length_penalty: 1.0,
        no_repeat_ngram_size: 0,
        num_return_sequences: 1,
        num_beam_groups: None,
        diversity_penalty: None,
        device: Device::Cpu,
        kind: Some(precision.kind()),
    })
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn call_stacks_are_cut_off() {
        assert_eq!(first_line("Torch(\"bad\\nframe #0\""), "Torch(\"bad");
        assert_eq!(first_line("bad\nframe #0"), "bad");
    }
}
