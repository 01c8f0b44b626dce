//! MarianMT (Junczys-Dowmunt et al. 2018) behind [`Translator`].

use rust_tokenizers::tokenizer::{MarianTokenizer, Tokenizer, TruncationStrategy};

use super::generate::Generated;
use super::loading::Loaded;
use super::words::{Pieces, links};
use super::{Precision, threads};
use crate::model::text::PlainLine;
use crate::model::{Alphabet, Decoding, Hypothesis, ModelError, ModelFolder, target_limit};
use crate::translate::Translator;

/// German to English with a MarianMT model folder.
pub struct FastTranslator {
    loaded: Loaded,
    tokenizer: MarianTokenizer,
    alphabet: Alphabet,
    threads: usize,
}

impl FastTranslator {
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
        let tokenizer = MarianTokenizer::from_files(
            folder.file("vocab.json"),
            folder.file("source.spm"),
            false,
        )
        .map_err(|error| ModelError::BadFile {
            folder: folder.path.clone(),
            file: "source.spm".to_owned(),
            problem: error.to_string(),
        })?;
        let loaded = Loaded::open(folder, precision)?;
        let alphabet = folder.alphabet.clone();
        Ok(Self { loaded, tokenizer, alphabet, threads: threads(requested) })
    }

    /// Ids of a line, `</s>` included, with the characters each came from.
    fn encode(&self, line: &str) -> (Vec<u32>, Pieces) {
        // No limit here: a source that is too long must be noticed, not cut.
        let strategy = TruncationStrategy::DoNotTruncate;
        let encoded = self.tokenizer.encode(line, None, usize::MAX, &strategy, 0);
        let ids = encoded.token_ids.iter().map(|id| u32::try_from(*id).unwrap_or(u32::MAX));
        let places = encoded
            .token_offsets
            .iter()
            .map(|offset| offset.map_or(0..0, |offset| offset.begin as usize..offset.end as usize));
        (ids.collect(), places.collect())
    }

    fn hypothesis(&self, source: &Prepared, generated: &Generated) -> Hypothesis {
        let ids: Vec<i64> = generated.ids.iter().map(|id| i64::from(*id)).collect();
        let text = self.tokenizer.decode(&ids, true, false).trim().to_owned();
        Hypothesis {
            score: generated.score,
            tokens: ids.len() + 1,
            truncated: generated.truncated,
            alignment: links(
                &source.line,
                &source.pieces,
                &text,
                &self.places(&ids, &text),
                &generated.looked_at,
            ),
            text,
        }
    }

    /// The characters of `text` that each id became.
    fn places(&self, ids: &[i64], text: &str) -> Pieces {
        let mut whole = String::new();
        let mut places = Vec::with_capacity(ids.len());
        let mut length = 0;
        for id in ids {
            let start = length;
            let piece = self.tokenizer.decode(&[*id], true, false);
            length += piece.chars().count();
            whole.push_str(&piece);
            places.push(start..length);
        }
        let blank = whole.chars().take_while(|c| c.is_whitespace()).count();
        if whole.trim() != text {
            return Vec::new();
        }
        places
            .into_iter()
            .map(|place| place.start.saturating_sub(blank)..place.end.saturating_sub(blank))
            .collect()
    }
}

/// A source between its text and its answer.
struct Prepared {
    line: PlainLine,
    pieces: Pieces,
}

impl Translator for FastTranslator {
    fn fingerprint(&self) -> &str {
        &self.loaded.fingerprint
    }

    fn count_tokens(&self, source: &str) -> usize {
        self.encode(&PlainLine::within(source, &self.alphabet).text).0.len()
    }

    fn max_tokens(&self) -> usize {
        self.loaded.max_tokens
    }

    fn translate(
        &self,
        sources: &[&str],
        decoding: &Decoding,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        let (mut prepared, mut rows) = (Vec::new(), Vec::new());
        for source in sources {
            let line = PlainLine::within(source, &self.alphabet);
            let (ids, pieces) = self.encode(&line.text);
            let limit = target_limit(ids.len());
            rows.push(self.loaded.source(ids, limit)?);
            prepared.push(Prepared { line, pieces });
        }
        let loaded = &self.loaded;
        let generated = loaded
            .network
            .generate(&rows, loaded.rules, decoding, self.threads)
            .map_err(|problem| loaded.failure(problem))?;
        Ok(prepared
            .iter()
            .zip(&generated)
            .map(|(source, answer)| self.hypothesis(source, answer))
            .collect())
    }
}
