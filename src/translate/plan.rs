//! What a night has to translate: every sentence once, in pieces the model can
//! read.

use std::collections::HashMap;

use crate::segment::split_long;
use crate::text::squeeze;

use super::Translator;
use super::bypass::bypass;

/// What is to be done with a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Task {
    /// Nothing: this is the English.
    Copied(String),
    /// Translate these pieces ([`Plan::pieces`]).
    Pieces(Vec<usize>),
    /// Even its pieces are too long for the model.
    Unreadable,
}

/// A different German sentence, however many sources say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// What is to be done.
    pub(super) task: Task,
}

/// A night's work.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The different sentences.
    pub(super) sentences: Vec<Sentence>,
    /// For each source that was given: its sentence.
    pub(super) of_source: Vec<usize>,
    /// The different pieces of text the model is asked for, white space squeezed.
    pub(super) pieces: Vec<String>,
    /// Their lengths in the model's tokens.
    pub(super) lengths: Vec<usize>,
}

impl Plan {
    /// Collects the different sentences among `sources`.
    pub(super) fn of(sources: &[&str], engine: &dyn Translator) -> Self {
        let mut plan = Self::default();
        let mut sentences: HashMap<String, usize> = HashMap::new();
        let mut pieces: HashMap<String, usize> = HashMap::new();
        for source in sources.iter().map(|source| squeeze(source)) {
            let known = sentences.get(&source).copied();
            let number = known.unwrap_or_else(|| plan.add(&source, &mut pieces, engine));
            sentences.insert(source, number);
            plan.of_source.push(number);
        }
        plan
    }

    fn add(
        &mut self,
        source: &str,
        known: &mut HashMap<String, usize>,
        engine: &dyn Translator,
    ) -> usize {
        let task = match bypass(source) {
            Some(english) => Task::Copied(english),
            None => self.cut(source, known, engine),
        };
        self.sentences.push(Sentence { task });
        self.sentences.len() - 1
    }

    fn cut(
        &mut self,
        source: &str,
        known: &mut HashMap<String, usize>,
        engine: &dyn Translator,
    ) -> Task {
        let most = engine.max_tokens();
        let spans = split_long(source, &|piece| engine.count_tokens(piece) <= most);
        let mut numbers = Vec::with_capacity(spans.len());
        for span in spans {
            let piece = span.of(source);
            let length = engine.count_tokens(piece);
            if length > most {
                return Task::Unreadable;
            }
            let number = *known.entry(piece.to_owned()).or_insert_with(|| {
                self.pieces.push(piece.to_owned());
                self.lengths.push(length);
                self.pieces.len() - 1
            });
            numbers.push(number);
        }
        Task::Pieces(numbers)
    }
}
