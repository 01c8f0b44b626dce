//! What transformers generated with a folder, and asking the engines the same.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tagesbrief::model::fast::{self, FastSummariser, FastTranslator};
use tagesbrief::model::{Decoding, Family, Hypothesis, ModelFolder};
use tagesbrief::summarise::Summariser;
use tagesbrief::translate::Translator;

/// `cases.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Cases {
    family: String,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Case {
    source: String,
    source_ids: Vec<u32>,
    beam: usize,
    length_penalty: f64,
    no_repeat_ngram: usize,
    max_target: usize,
    text: String,
    tokens: usize,
    truncated: bool,
}

/// An engine of either family.
pub(crate) enum Engine {
    Translator(Box<dyn Translator>),
    Summariser(Box<dyn Summariser>),
}

/// Loads an engine.
type Load = Box<dyn Fn() -> Engine>;

impl Engine {
    fn count_tokens(&self, source: &str) -> usize {
        match self {
            Self::Translator(engine) => engine.count_tokens(source),
            Self::Summariser(engine) => engine.count_tokens(source),
        }
    }

    fn ask(&self, case: &Case) -> Hypothesis {
        let decoding = Decoding {
            beam: case.beam,
            no_repeat_ngram: case.no_repeat_ngram,
            length_penalty: case.length_penalty,
        };
        let answers = match self {
            Self::Translator(engine) => engine.translate(&[&case.source], &decoding),
            Self::Summariser(engine) => {
                engine.summarise(&[&case.source], &decoding, case.max_target)
            }
        };
        answers.unwrap().remove(0)
    }
}

impl Cases {
    /// The cases in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        let json = fs::read(folder.join("cases.json")).unwrap();
        serde_json::from_slice(&json).unwrap()
    }

    fn family(&self) -> Family {
        if self.family == "marian" { Family::Marian } else { Family::Bart }
    }

    /// The engines with the model of `folder`, by name. They are loaded one after the
    /// other: two full-size models would take much memory.
    fn engines(&self, folder: &Path) -> Vec<(&'static str, Load)> {
        let folder = ModelFolder::open(folder, self.family()).unwrap();
        let copy = folder.clone();
        vec![
            ("fast", Box::new(move || fast_engine(&copy))),
            #[cfg(feature = "engine")]
            ("reference", Box::new(move || reference_engine(&folder))),
        ]
    }

    /// Every engine gives with the model of `folder` what transformers gave.
    pub(crate) fn hold(&self, folder: &Path) {
        let mut differences = Vec::new();
        for (name, load) in self.engines(folder) {
            let engine = load();
            for case in &self.cases {
                assert_eq!(engine.count_tokens(&case.source), case.source_ids.len(), "{name}");
                let answer = engine.ask(case);
                let given = (answer.text.as_str(), answer.tokens, answer.truncated);
                let expected = (case.text.as_str(), case.tokens, case.truncated);
                if given != expected {
                    differences.push(format!(
                        "{name}, beam {}, penalty {}, n-gram {}, {:?}:\n  is       {given:?}\n  \
                         expected {expected:?}",
                        case.beam, case.length_penalty, case.no_repeat_ngram, case.source
                    ));
                }
            }
        }
        assert!(!self.cases.is_empty());
        assert!(
            differences.is_empty(),
            "{}: {} of {} answers for each engine:\n{}",
            folder.display(),
            differences.len(),
            self.cases.len(),
            differences.join("\n")
        );
    }

    /// What every engine answers, whatever transformers says.
    pub(crate) fn answers(&self, folder: &Path) -> Vec<(&'static str, Vec<String>)> {
        let engines = self.engines(folder).into_iter();
        engines
            .map(|(name, load)| {
                let engine = load();
                (name, self.cases.iter().map(|case| engine.ask(case).text).collect())
            })
            .collect()
    }
}

fn fast_engine(folder: &ModelFolder) -> Engine {
    let precision = fast::Precision::Float32;
    match folder.family {
        Family::Marian => {
            Engine::Translator(Box::new(FastTranslator::load(folder, precision, 1).unwrap()))
        }
        Family::Bart => {
            Engine::Summariser(Box::new(FastSummariser::load(folder, precision, 1).unwrap()))
        }
    }
}

#[cfg(feature = "engine")]
fn reference_engine(folder: &ModelFolder) -> Engine {
    use tagesbrief::model::engine::{BartSummariser, MarianTranslator, Precision};

    let precision = Precision::Float32;
    match folder.family {
        Family::Marian => {
            Engine::Translator(Box::new(MarianTranslator::load(folder, precision).unwrap()))
        }
        Family::Bart => {
            Engine::Summariser(Box::new(BartSummariser::load(folder, precision).unwrap()))
        }
    }
}
