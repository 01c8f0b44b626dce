//! BART (Lewis et al. 2019) behind [`Summariser`].

use rust_bert::bart::BartGenerator;
use rust_bert::pipelines::common::TokenizerOption;
use tokenizers::Tokenizer;

use super::Precision;
use super::generate::{Generated, Generator, generate_config};
use super::prepared::Prepared;
use crate::model::byte_level;
use crate::model::{Decoding, Hypothesis, ModelError, ModelFolder};
use crate::summarise::{Selection, Summariser};

/// The special tokens of every BART vocabulary.
const SPECIAL_TOKENS: &str = r#"{"bos_token":"<s>","eos_token":"</s>","unk_token":"<unk>",
"sep_token":"</s>","pad_token":"<pad>","cls_token":"<s>","mask_token":"<mask>"}"#;

/// English article to summary with a BART model folder.
pub struct BartSummariser {
    generator: Generator<BartGenerator>,
    tokenizer: Tokenizer,
    prefix: Option<String>,
    selection: Option<Selection>,
    fingerprint: String,
}

impl BartSummariser {
    /// Loads a checked folder.
    ///
    /// # Errors
    /// When the tokenizer or the weights cannot be loaded.
    pub fn load(folder: &ModelFolder, precision: Precision) -> Result<Self, ModelError> {
        let tokenizer = byte_level::tokenizer(folder)?;
        let prepared = Prepared::new(folder)?;
        let config = generate_config(folder, &prepared, precision)?;
        let json = tokenizer.to_string(false).map_err(failure)?;
        let json = prepared.write("tokenizer.json", json.as_bytes())?;
        let map = prepared.write("special_tokens_map.json", SPECIAL_TOKENS.as_bytes())?;
        let generator = Generator::load(folder, || {
            let own = TokenizerOption::from_hf_tokenizer_file(json, map).map_err(failure)?;
            BartGenerator::new_with_tokenizer(config, own).map_err(failure)
        })?;
        Ok(Self {
            generator,
            tokenizer,
            prefix: folder.config.prefix.clone(),
            selection: folder.selection.clone(),
            fingerprint: folder.fingerprint.clone(),
        })
    }

    fn encode(&self, text: &str) -> Result<Vec<i64>, ModelError> {
        let line = byte_level::source(self.prefix.as_deref(), text);
        let encoding = self.tokenizer.encode(line, true).map_err(failure)?;
        Ok(encoding.get_ids().iter().map(|id| i64::from(*id)).collect())
    }

    fn hypothesis(&self, generated: Generated) -> Result<Hypothesis, ModelError> {
        let text = self.tokenizer.decode(&generated.ids, true).map_err(failure)?;
        Ok(Hypothesis {
            text: text.trim().to_owned(),
            score: generated.score,
            tokens: generated.ids.len() + 1,
            truncated: generated.truncated,
            alignment: Vec::new(),
        })
    }
}

impl Summariser for BartSummariser {
    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn count_tokens(&self, text: &str) -> usize {
        // A text that cannot be encoded is not shortened by counting it wrongly.
        self.encode(text).map_or(usize::MAX, |ids| ids.len())
    }

    fn max_tokens(&self) -> usize {
        self.generator.max_tokens()
    }

    fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    fn summarise(
        &self,
        sources: &[&str],
        decoding: &Decoding,
        max_target_tokens: usize,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        let rows = sources.iter().map(|text| self.encode(text)).collect::<Result<Vec<_>, _>>()?;
        let generated = self.generator.generate(&rows, decoding, |_| max_target_tokens)?;
        generated.into_iter().map(|output| self.hypothesis(output)).collect()
    }
}

fn failure(error: impl ToString) -> ModelError {
    ModelError::Engine { model: "summarisation", problem: error.to_string() }
}
