//! The brief as a document. Its JSON form is `brief.json`, described by
//! `src/render/brief.schema.json` and versioned by [`DayBrief::SCHEMA`].

use serde::{Deserialize, Serialize};

use crate::check::{Check, Severity};
use crate::ingest::{ArticleDate, ArticleId, BlockKind, BriefDate, Layout, Notice, SourceFile};
use crate::keypoints::KeyPointOrigin;
use crate::segment::SegmentId;
use crate::summarise::{Summary, SummaryOrigin};
use crate::translate::{Origin, Translation};

/// Which model made the English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// The folder's name.
    pub name: String,
    /// Hash over the files that matter.
    pub fingerprint: String,
}

/// The two models of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engines {
    /// German to English.
    pub translate: ModelInfo,
    /// English to summary.
    pub summarise: ModelInfo,
}

/// One line of the headline list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The article.
    pub article: ArticleId,
    /// English headline (the first sentence where there is no title).
    pub en: String,
    /// German headline (likewise).
    pub de: String,
    /// "Politik" …
    pub category: Option<String>,
    /// "Politics" …; `None` where there is no category or no known English
    /// name for it: the German one stands.
    pub category_en: Option<String>,
    /// Where the English headline comes from; `None` for an article without a
    /// single sentence, which goes by its file name.
    pub origin: Option<Origin>,
}

/// A sentence a key point rests on, in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceSentence {
    /// Its id: the anchor in the article's text.
    pub id: SegmentId,
    /// German.
    pub de: String,
    /// English, with origin and score: what is doubtful in the text is
    /// doubtful in the key point.
    pub en: Translation,
}

/// A key point with its sources spelt out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyPointBrief {
    /// See [`KeyPoint::id`](crate::keypoints::KeyPoint::id).
    pub id: String,
    /// The English statement.
    pub text: String,
    /// Who wrote it.
    pub origin: KeyPointOrigin,
    /// How many articles say it.
    pub articles: usize,
    /// What it is ordered by.
    pub importance: f64,
    /// What it rests on, most similar first.
    pub sources: Vec<SourceSentence>,
    /// Its numbers and dates against the German of those sentences.
    pub check: Check,
    /// The earlier key point that it repeats; left out of the JSON where it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<Continuation>,
}

/// A key point of an earlier brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuation {
    /// The brief's date.
    pub date: BriefDate,
    /// The key point's id: the anchor in that brief.
    pub key_point: String,
}

/// One sentence of an article in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentencePair {
    /// Its id, the anchor.
    pub id: SegmentId,
    /// What kind of block it stands in.
    pub block_kind: BlockKind,
    /// Which block (0-based): pairs of one block make one paragraph.
    pub block: usize,
    /// German.
    pub de: String,
    /// English, with origin and score.
    pub en: Translation,
    /// What comparing the two gave.
    pub check: Check,
}

/// One article in the brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleBrief {
    /// Its id, the anchor.
    pub id: ArticleId,
    /// The file.
    pub source: SourceFile,
    /// The shape that was recognised.
    pub layout: Layout,
    /// Its headline in both languages, never shortened.
    pub headline: Headline,
    /// Whether the headline is the article's own title (else its first sentence).
    pub has_title: bool,
    /// Its date with provenance, if any.
    pub date: Option<ArticleDate>,
    /// What was noticed at ingest.
    pub notices: Vec<Notice>,
    /// The English summary.
    pub summary: Option<Summary>,
    /// The whole text, sentence by sentence.
    pub pairs: Vec<SentencePair>,
}

/// Which issue of its date a brief is. Late articles make a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// 1 for the first issue; one more whenever articles come or go.
    pub number: u32,
    /// The articles that the issue before did not have, in the brief's order;
    /// none in the first.
    pub added: Vec<ArticleId>,
    /// How many articles of the issue before are not in this one.
    pub withdrawn: usize,
}

impl Default for Edition {
    /// The first.
    fn default() -> Self {
        Self { number: 1, added: Vec::new(), withdrawn: 0 }
    }
}

impl Edition {
    /// Whether it is the first.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.number == 1
    }
}

/// Everything about one date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayBrief {
    /// Version of this document's form: [`DayBrief::SCHEMA`].
    pub schema: u32,
    /// The date.
    pub date: BriefDate,
    /// Which issue of the date this is; left out of the JSON where it is the first.
    #[serde(default, skip_serializing_if = "Edition::is_first")]
    pub edition: Edition,
    /// The models that made the English.
    pub engines: Engines,
    /// The articles' headlines, in the articles' order. The first sentence of
    /// an untitled article is shortened here, visibly, and only here.
    pub headlines: Vec<Headline>,
    /// A paragraph for the reader in a hurry: the first summary sentence of the
    /// articles, in order of importance.
    pub overview: Vec<SourcedText>,
    /// The key points: what is new first, then what earlier briefs have told; most
    /// important first.
    pub key_points: Vec<KeyPointBrief>,
    /// The articles.
    pub articles: Vec<ArticleBrief>,
    /// How many sentences were checked, and how many of them gave findings.
    pub checks: CheckCounts,
    /// The checker's list: what to look at, the worst first.
    pub checklist: Vec<ChecklistEntry>,
}

/// Sentences by what the checks say of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckCounts {
    /// Compared with the German, nothing found.
    pub clean: usize,
    /// Compared, with findings.
    pub found: usize,
    /// Not compared.
    pub unchecked: usize,
}

/// A line of the checker's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistEntry {
    /// What to look at.
    pub subject: Subject,
    /// Its worst finding; German that stands counts as [`Severity::Major`].
    pub severity: Severity,
    /// How many findings it has (none where German stands).
    pub findings: usize,
}

/// Something the checker can look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A sentence of an article.
    Sentence(SegmentId),
    /// A key point, by its id.
    KeyPoint(String),
    /// A summary sentence.
    Summary {
        /// The article.
        article: ArticleId,
        /// 0-based place in its summary.
        sentence: usize,
    },
}

impl DayBrief {
    /// The version this software writes.
    pub const SCHEMA: u32 = 3;

    /// The sentence `id` in both languages.
    #[must_use]
    pub fn pair(&self, id: &SegmentId) -> Option<&SentencePair> {
        let article = self.articles.iter().find(|article| article.id == id.article)?;
        article.pairs.iter().find(|pair| pair.id == *id)
    }
}

/// A sentence of the overview and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcedText {
    /// The English sentence.
    pub text: String,
    /// The article it sums up.
    pub article: ArticleId,
    /// How it came to be.
    pub origin: SummaryOrigin,
    /// The sentences it rests on.
    pub sources: Vec<SegmentId>,
    /// Its numbers and dates against the German of those sentences.
    pub check: Check,
}
