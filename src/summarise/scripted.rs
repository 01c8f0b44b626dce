//! The summarisation engine of tests and dry runs.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Decoding, Hypothesis, ModelError};

use super::{Selection, Summariser, sentences};

/// What [`ScriptedSummariser`] does wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mischief {
    /// Puts a number into its first sentence that is not in the source.
    InventNumber,
    /// Puts a name into its first sentence that is not in the source.
    InventName,
    /// Stops in the middle of its last sentence.
    Incomplete,
    /// Repeats the first words of the source.
    Loop,
    /// Says nothing.
    Empty,
    /// Says this, whatever the source.
    Say(String),
    /// Makes the engine fail, and with it the whole batch.
    Fail,
}

/// Gives the first sentences of its source back, word for word, unless told to
/// misbehave.
#[derive(Debug)]
pub struct ScriptedSummariser {
    sentences: usize,
    max_tokens: usize,
    selection: Option<Selection>,
    mischief: Vec<(String, Mischief)>,
    calls: AtomicUsize,
}

impl Default for ScriptedSummariser {
    fn default() -> Self {
        Self {
            sentences: 3,
            max_tokens: 1024,
            selection: None,
            mischief: Vec::new(),
            calls: AtomicUsize::new(0),
        }
    }
}

impl ScriptedSummariser {
    /// An engine that gives the first three sentences.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many sentences it gives.
    #[must_use]
    pub fn with_sentences(mut self, sentences: usize) -> Self {
        self.sentences = sentences;
        self
    }

    /// Sets the most tokens (words and two) a source may have.
    #[must_use]
    pub fn with_max_tokens(mut self, max_tokens: usize) -> Self {
        self.max_tokens = max_tokens;
        self
    }

    /// Lets it read only what `selection` chooses.
    #[must_use]
    pub fn with_selection(mut self, selection: Selection) -> Self {
        self.selection = Some(selection);
        self
    }

    /// Misbehaves on every source that contains `part`.
    #[must_use]
    pub fn misbehaving(mut self, part: &str, mischief: Mischief) -> Self {
        self.mischief.push((part.to_owned(), mischief));
        self
    }

    /// How often the engine was called.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn mischief(&self, source: &str) -> Option<&Mischief> {
        let hit = self.mischief.iter().find(|(part, _)| source.contains(part.as_str()));
        hit.map(|(_, mischief)| mischief)
    }

    fn answer(&self, source: &str, max_target_tokens: usize) -> Hypothesis {
        let first: Vec<&str> = sentences::split(source).into_iter().take(self.sentences).collect();
        let plain = first.join(" ");
        let text = match self.mischief(source) {
            Some(Mischief::InventNumber) => format!("In all 98,765 cases {plain}"),
            Some(Mischief::InventName) => format!("According to Quentin Zapfhahn, {plain}"),
            Some(Mischief::Incomplete) => {
                let words: Vec<&str> = plain.split_whitespace().collect();
                words.get(..words.len().saturating_sub(3)).unwrap_or_default().join(" ")
            }
            Some(Mischief::Loop) => {
                let head: Vec<&str> = plain.split_whitespace().take(4).collect();
                vec![head.join(" "); 6].join(" ")
            }
            Some(Mischief::Empty) => String::new(),
            Some(Mischief::Say(text)) => text.clone(),
            Some(Mischief::Fail) | None => plain,
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let truncated = words.len() + 2 > max_target_tokens;
        let kept = words.get(..max_target_tokens.saturating_sub(2)).unwrap_or(&words);
        Hypothesis {
            text: kept.join(" "),
            score: -0.5,
            tokens: kept.len() + 2,
            truncated,
            alignment: Vec::new(),
        }
    }
}

impl Summariser for ScriptedSummariser {
    fn fingerprint(&self) -> &str {
        "scripted-summariser-1"
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.split_whitespace().count() + 2
    }

    fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    fn summarise(
        &self,
        sources: &[&str],
        _decoding: &Decoding,
        max_target_tokens: usize,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        for source in sources {
            let too_long = self.count_tokens(source) > self.max_tokens;
            if too_long || self.mischief(source) == Some(&Mischief::Fail) {
                let problem = "scripted failure".to_owned();
                return Err(ModelError::Engine { model: "summarisation", problem });
            }
        }
        Ok(sources.iter().map(|source| self.answer(source, max_target_tokens)).collect())
    }
}
