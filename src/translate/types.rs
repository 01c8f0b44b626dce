use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::ingest::Article;
use crate::model::WordLink;
use crate::segment::{Segment, SegmentedArticle};

/// Why a German sentence stands untranslated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptReason {
    /// The model repeated itself, also when tried again.
    Repetition,
    /// The translation was absurdly long or short, also when tried again.
    Length,
    /// The model gave nothing.
    Empty,
    /// The engine failed on this sentence.
    EngineError,
}

/// Where an English sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "reason")]
pub enum Origin {
    /// The model's first answer.
    Model,
    /// The model's answer to a second try with stricter decoding.
    Retry,
    /// Numbers and symbols alone: carried over (with English number format),
    /// never shown to the model.
    Copied,
    /// A person's correction.
    Human,
    /// No usable answer: the German stands.
    Kept(KeptReason),
}

/// The English for one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// The English text (the German if the origin is [`Origin::Kept`]).
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Mean log-probability per token of the chosen hypothesis (0 is certain);
    /// `None` where no model spoke, or the engine cannot tell.
    pub score: Option<f64>,
    /// In how many parts the sentence went through the model: 1, or more where it
    /// is longer than the model reads at once.
    pub parts: usize,
    /// Which English word came from which German one: spans of the segment's
    /// German and of `text`. Empty where no model spoke, or the engine cannot tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignment: Vec<WordLink>,
}

/// An article in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BilingualArticle {
    /// The German article.
    pub article: Article,
    /// Its sentences.
    pub segments: Vec<Segment>,
    /// Their translations, one for each segment, same order.
    pub translations: Vec<Translation>,
    /// What the checks say of them, one for each segment, same order; empty
    /// until stage 4 has run.
    pub checks: Vec<Check>,
}

impl BilingualArticle {
    /// Joins sentences and translations (`translations[i]` belongs to segment `i`).
    #[must_use]
    pub fn new(source: SegmentedArticle, translations: Vec<Translation>) -> Self {
        let SegmentedArticle { article, segments } = source;
        Self { article, segments, translations, checks: Vec::new() }
    }

    /// The German text of segment `index`.
    #[must_use]
    pub fn source(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", |segment| segment.span.of(&self.article.text))
    }

    /// The German text of every segment.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map(|segment| segment.span.of(&self.article.text))
    }

    /// The English text of segment `index`.
    #[must_use]
    pub fn target(&self, index: usize) -> &str {
        self.translations.get(index).map_or("", |translation| translation.text.as_str())
    }
}
