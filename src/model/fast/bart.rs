//! BART (Lewis et al. 2019) behind [`Summariser`].

use tokenizers::Tokenizer;

use super::generate::Generated;
use super::loading::Loaded;
use super::{Precision, threads};
use crate::model::byte_level;
use crate::model::{Decoding, Hypothesis, ModelError, ModelFolder};
use crate::summarise::{Selection, Summariser};

/// English article to summary with a BART model folder.
pub struct FastSummariser {
    loaded: Loaded,
    tokenizer: Tokenizer,
    prefix: Option<String>,
    selection: Option<Selection>,
    threads: usize,
}

impl FastSummariser {
    /// Loads a checked folder; `threads` decode at the same time, 0 is one for
    /// each processor.
    ///
    /// # Errors
    /// When the tokenizer or the weights cannot be loaded.
    pub fn load(
        folder: &ModelFolder,
        precision: Precision,
        requested: usize,
    ) -> Result<Self, ModelError> {
        let tokenizer = byte_level::tokenizer(folder)?;
        let loaded = Loaded::open(folder, precision)?;
        let prefix = folder.config.prefix.clone();
        let selection = folder.selection.clone();
        Ok(Self { loaded, tokenizer, prefix, selection, threads: threads(requested) })
    }

    fn encode(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        let line = byte_level::source(self.prefix.as_deref(), text);
        let encoding =
            self.tokenizer.encode(line, true).map_err(|error| self.loaded.failure(error))?;
        Ok(encoding.get_ids().to_vec())
    }

    fn hypothesis(&self, generated: &Generated) -> Result<Hypothesis, ModelError> {
        let text = self
            .tokenizer
            .decode(&generated.ids, true)
            .map_err(|error| self.loaded.failure(error))?;
        Ok(Hypothesis {
            text: text.trim().to_owned(),
            score: generated.score,
            tokens: generated.ids.len() + 1,
            truncated: generated.truncated,
            alignment: Vec::new(),
        })
    }
}

impl Summariser for FastSummariser {
    fn fingerprint(&self) -> &str {
        &self.loaded.fingerprint
    }

    fn count_tokens(&self, text: &str) -> usize {
        // A text that cannot be encoded is not shortened by counting it wrongly.
        self.encode(text).map_or(usize::MAX, |ids| ids.len())
    }

    fn max_tokens(&self) -> usize {
        self.loaded.max_tokens
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
        let loaded = &self.loaded;
        let rows = sources
            .iter()
            .map(|text| loaded.source(self.encode(text)?, max_target_tokens))
            .collect::<Result<Vec<_>, _>>()?;
        let generated = loaded
            .network
            .generate(&rows, loaded.rules, decoding, self.threads)
            .map_err(|problem| loaded.failure(problem))?;
        generated.iter().map(|answer| self.hypothesis(answer)).collect()
    }
}
