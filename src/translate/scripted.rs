//! The translation engine of tests and dry runs: no model, no surprises.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::model::{Decoding, Hypothesis, ModelError};

use super::Translator;
use super::bypass::english_numbers;

/// How [`ScriptedTranslator`] mistreats a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistreatment {
    /// Says the first word over and over.
    Loop,
    /// The same, but answers properly where repeated n-grams are forbidden.
    LoopAtFirst,
    /// Goes on and on, without repeating itself.
    RunAway,
    /// Says nothing.
    Empty,
    /// Is cut off at the length limit.
    CutOff,
    /// Makes the engine fail, and with it the whole batch.
    Fail,
    /// Makes the engine fail in company; alone the sentence is translated.
    FailInCompany,
}

/// Translates word by word from a small table, deterministically: words that are
/// not in the table stay German, numbers become English. Scores depend on the
/// length alone.
#[derive(Debug)]
pub struct ScriptedTranslator {
    words: BTreeMap<String, String>,
    sentences: BTreeMap<String, String>,
    mistreated: Vec<(String, Mistreatment)>,
    max_tokens: usize,
    calls: AtomicUsize,
    sentences_seen: AtomicUsize,
}

const WORDS: &[(&str, &str)] = &[
    ("am", "on"),
    ("auf", "on"),
    ("aus", "from"),
    ("bei", "at"),
    ("das", "the"),
    ("dem", "the"),
    ("den", "the"),
    ("der", "the"),
    ("des", "of the"),
    ("die", "the"),
    ("ein", "a"),
    ("eine", "a"),
    ("einen", "a"),
    ("für", "for"),
    ("hat", "has"),
    ("im", "in the"),
    ("ist", "is"),
    ("mit", "with"),
    ("nicht", "not"),
    ("oder", "or"),
    ("sich", "itself"),
    ("sind", "are"),
    ("und", "and"),
    ("von", "of"),
    ("war", "was"),
    ("wird", "will be"),
    ("wurde", "was"),
];

impl Default for ScriptedTranslator {
    fn default() -> Self {
        Self {
            words: WORDS.iter().map(|(de, en)| ((*de).to_owned(), (*en).to_owned())).collect(),
            sentences: BTreeMap::new(),
            mistreated: Vec::new(),
            max_tokens: 512,
            calls: AtomicUsize::new(0),
            sentences_seen: AtomicUsize::new(0),
        }
    }
}

impl ScriptedTranslator {
    /// An engine that knows a few dozen words.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Teaches it a word (`german` in small letters).
    #[must_use]
    pub fn with_word(mut self, german: &str, english: &str) -> Self {
        self.words.insert(german.to_owned(), english.to_owned());
        self
    }

    /// Teaches it a whole sentence.
    #[must_use]
    pub fn with_sentence(mut self, german: &str, english: &str) -> Self {
        self.sentences.insert(german.to_owned(), english.to_owned());
        self
    }

    /// Mistreats every source that contains `part`.
    #[must_use]
    pub fn mistreating(mut self, part: &str, how: Mistreatment) -> Self {
        self.mistreated.push((part.to_owned(), how));
        self
    }

    /// Sets the most tokens (words and one) a source may have.
    #[must_use]
    pub fn with_max_tokens(mut self, max_tokens: usize) -> Self {
        self.max_tokens = max_tokens;
        self
    }

    /// How often the engine was called.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// How many sources it was given, repeats included.
    #[must_use]
    pub fn sentences_seen(&self) -> usize {
        self.sentences_seen.load(Ordering::Relaxed)
    }

    fn mistreatment(&self, source: &str) -> Option<Mistreatment> {
        let hit = self.mistreated.iter().find(|(part, _)| source.contains(part.as_str()));
        hit.map(|(_, how)| *how)
    }

    fn answer(&self, source: &str, decoding: &Decoding) -> Hypothesis {
        let plain = self.plain(source);
        let first = plain.split_whitespace().next().unwrap_or_default();
        let how = self.mistreatment(source);
        let text = match how {
            Some(Mistreatment::Loop) => [first; 12].join(" "),
            Some(Mistreatment::LoopAtFirst) if decoding.no_repeat_ngram == 0 => {
                [first; 12].join(" ")
            }
            Some(Mistreatment::RunAway) => run_away(&plain),
            Some(Mistreatment::Empty) => String::new(),
            _ => plain,
        };
        let tokens = text.split_whitespace().count() + 1;
        let score = -0.1 - 0.01 * tokens as f64;
        let truncated = how == Some(Mistreatment::CutOff);
        Hypothesis { text, score, tokens, truncated, alignment: Vec::new() }
    }

    fn plain(&self, source: &str) -> String {
        if let Some(known) = self.sentences.get(source) {
            return known.clone();
        }
        let words: Vec<String> = source.split_whitespace().map(|word| self.word(word)).collect();
        english_numbers(&words.join(" "))
    }

    /// One word; punctuation around it and a capital at its head stay.
    fn word(&self, word: &str) -> String {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(english) = self.words.get(&core.to_lowercase()) else { return word.to_owned() };
        let mut letters = english.chars();
        let english = match letters.next() {
            Some(head) if core.starts_with(char::is_uppercase) => {
                head.to_uppercase().chain(letters).collect()
            }
            _ => english.clone(),
        };
        word.replacen(core, &english, 1)
    }
}

/// Sixty different words more than were asked for.
fn run_away(plain: &str) -> String {
    let more: Vec<String> = (1..=60).map(|n| format!("word{n}")).collect();
    format!("{plain} {}", more.join(" "))
}

impl Translator for ScriptedTranslator {
    fn fingerprint(&self) -> &str {
        "scripted-translator-1"
    }

    fn count_tokens(&self, source: &str) -> usize {
        source.split_whitespace().count() + 1
    }

    fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    fn translate(
        &self,
        sources: &[&str],
        decoding: &Decoding,
    ) -> Result<Vec<Hypothesis>, ModelError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.sentences_seen.fetch_add(sources.len(), Ordering::Relaxed);
        for source in sources {
            let fails = match self.mistreatment(source) {
                Some(Mistreatment::Fail) => true,
                Some(Mistreatment::FailInCompany) => sources.len() > 1,
                _ => self.count_tokens(source) > self.max_tokens,
            };
            if fails {
                let problem = format!("scripted failure on “{source}”");
                return Err(ModelError::Engine { model: "translation", problem });
            }
        }
        Ok(sources.iter().map(|source| self.answer(source, decoding)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_capitals() {
        let engine = ScriptedTranslator::new().with_word("hund", "dog");
        assert_eq!(engine.plain("Der Hund, 3.000 und 1,5."), "The Dog, 3,000 and 1.5.");
    }
}
