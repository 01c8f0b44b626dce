//! MarianMT (Junczys-Dowmunt et al. 2018) behind [`Translator`].

use rust_bert::marian::MarianGenerator;
use rust_bert::pipelines::common::{ModelType, TokenizerOption};
use rust_tokenizers::tokenizer::TruncationStrategy;

use super::Precision;
use super::generate::{Generated, Generator, generate_config};
use super::prepared::Prepared;
use crate::model::text::PlainLine;
use crate::model::{Alphabet, Decoding, Hypothesis, ModelError, ModelFolder, target_limit};
use crate::translate::Translator;

/// German to English with a MarianMT model folder.
pub struct MarianTranslator {
    generator: Generator<MarianGenerator>,
    tokenizer: TokenizerOption,
    alphabet: Alphabet,
    fingerprint: String,
}

impl MarianTranslator {
    /// Loads a checked folder.
    ///
    /// # Errors
    /// When the tokenizer or the weights cannot be loaded.
    pub fn load(folder: &ModelFolder, precision: Precision) -> Result<Self, ModelError> {
        let prepared = Prepared::new(folder)?;
        let config = generate_config(folder, &prepared, precision)?;
        let generator = Generator::load(folder, || {
            MarianGenerator::new_with_tokenizer(config, tokenizer(folder)?).map_err(failure)
        })?;
        Ok(Self {
            generator,
            tokenizer: tokenizer(folder)?,
            alphabet: folder.alphabet.clone(),
            fingerprint: folder.fingerprint.clone(),
        })
    }

    fn encode(&self, source: &str) -> Vec<i64> {
        let line = PlainLine::within(source, &self.alphabet).text;
        // No limit here: a source that is too long must be noticed, not cut.
        let strategy = TruncationStrategy::DoNotTruncate;
        let mut encoded = self.tokenizer.encode_list(&[line], usize::MAX, &strategy, 0);
        encoded.pop().map(|tokens| tokens.token_ids).unwrap_or_default()
    }

    fn hypothesis(&self, generated: Generated) -> Hypothesis {
        let ids: Vec<i64> = generated.ids.iter().map(|id| i64::from(*id)).collect();
        let text = self.tokenizer.decode(&ids, true, false);
        Hypothesis {
            text: text.trim().to_owned(),
            score: generated.score,
            tokens: generated.ids.len() + 1,
            truncated: generated.truncated,
            alignment: Vec::new(),
        }
    }
}

impl Translator for MarianTranslator {
    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn count_tokens(&self, source: &str) -> usize {
        self.encode(source).len()
    }

    fn max_tokens(&self) -> usize {
        self.generator.max_tokens()
    }

    fn translate(
        &self,
        sources: &[&str],
        decoding: &Decoding,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        let rows: Vec<Vec<i64>> = sources.iter().map(|source| self.encode(source)).collect();
        let generated = self.generator.generate(&rows, decoding, target_limit)?;
        Ok(generated.into_iter().map(|output| self.hypothesis(output)).collect())
    }
}

/// The SentencePiece model with the vocabulary that maps its pieces to ids.
fn tokenizer(folder: &ModelFolder) -> Result<TokenizerOption, ModelError> {
    let vocabulary = folder.file("vocab.json");
    let pieces = folder.file("source.spm");
    TokenizerOption::from_file(
        ModelType::Marian,
        &vocabulary.to_string_lossy(),
        Some(&pieces.to_string_lossy()),
        false,
        None,
        None,
    )
    .map_err(|error| ModelError::BadFile {
        folder: folder.path.clone(),
        file: "source.spm".to_owned(),
        problem: error.to_string(),
    })
}

fn failure(error: impl ToString) -> ModelError {
    ModelError::Engine { model: "translation", problem: error.to_string() }
}
