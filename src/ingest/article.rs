//! The article as the inbox gave it: normalised text, and spans that say what
//! each part of that text is.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::support::Span;

/// Names an article for ever: the first 12 hexadecimal digits of the BLAKE3
/// hash of its normalised text. A moved or renamed file keeps its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Path relative to the inbox, `/`-separated, unprintable characters escaped.
    pub path: String,
    /// WHATWG name of the encoding it was decoded from, such as `UTF-8`.
    pub encoding: String,
    /// Whether the encoding was guessed (no byte order mark, not valid UTF-8).
    pub encoding_guessed: bool,
    /// Length of the file in bytes.
    pub bytes: u64,
}

/// The shape of the file that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A date line, often a category line, a title (often doubled), the body.
    DateLine,
    /// A scraper's one-line header: `date 2024-10 … Stand: 24.10.2024 12:42 Uhr`.
    StandHeader,
    /// A title and paragraphs, without a date.
    Titled,
    /// Paragraphs alone.
    Plain,
}

/// What a block of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The line above the headline.
    Kicker,
    /// The opening paragraph that sums the article up.
    Lead,
    /// A headline within the body.
    Subhead,
    /// A paragraph of the body.
    Paragraph,
    /// A note on sources, authors or agencies, mostly a closing one.
    SourceNote,
}

/// A part of the article's text that is translated and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// 1-based line in the (decoded) file.
    pub line: usize,
}

/// A part of the text that is not shown, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// 1-based line in the file.
    pub line: usize,
    /// Why it is left out, such as "the title once more".
    pub reason: String,
}

/// Something worth knowing that did not keep the article out, such as a
/// refused date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// 1-based line in the file, where there is one.
    pub line: Option<usize>,
    /// What was noticed.
    pub text: String,
}

/// The date a brief is for. Orders by time: undated first, a month before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BriefDate {
    /// A whole month, where no day is known.
    Month {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// A day.
    Day(Date),
    /// No date at all.
    Undated,
}

impl BriefDate {
    /// Year, month, day, with day 0 for a whole month.
    fn place_in_time(self) -> Option<(i16, i8, i8)> {
        match self {
            Self::Day(day) => Some((day.year(), day.month(), day.day())),
            Self::Month { year, month } => Some((year, month, 0)),
            Self::Undated => None,
        }
    }
}

impl Ord for BriefDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place_in_time().cmp(&other.place_in_time())
    }
}

impl PartialOrd for BriefDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for BriefDate {
    /// `2024-10-24`, `2024-10` or `undated`: also the name of the output folder.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::Undated => f.write_str("undated"),
        }
    }
}

/// Which rule dated the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateRule {
    /// `Stand: 24.10.2024 12:42 Uhr`.
    Stand,
    /// A line of its own: `24. Oktober, 2024`, `24.10.2024`, `2024-10-24`.
    DateLine,
    /// A scraper's `date 2024-10` or `date 2024-10-24`.
    ScraperField,
    /// The file's name.
    FileName,
}

/// How the article's date is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateEvidence {
    /// The rule.
    pub rule: DateRule,
    /// 1-based line in the file; `None` for the file name.
    pub line: Option<usize>,
    /// The words that were read as the date.
    pub text: String,
}

/// The article's date with its provenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDate {
    /// The date ([`BriefDate::Undated`] does not occur here).
    pub value: BriefDate,
    /// How it is known.
    pub evidence: DateEvidence,
}

/// A German article, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its name for ever.
    pub id: ArticleId,
    /// Where it came from.
    pub source: SourceFile,
    /// The shape that was recognised.
    pub layout: Layout,
    /// The whole file, decoded, NFC, line ends `\n`, without blanks at line ends
    /// and without invisible characters. All spans point into it.
    pub text: String,
    /// "Politik", "Wirtschaft" …, where the file names one.
    pub category: Option<String>,
    /// The date, where there is one.
    pub date: Option<ArticleDate>,
    /// What is translated and shown, in reading order, disjoint.
    pub blocks: Vec<Block>,
    /// What is not, and why.
    pub dropped: Vec<Dropped>,
    /// What else was noticed.
    pub notices: Vec<Notice>,
}

impl Article {
    /// The brief this article belongs to.
    #[must_use]
    pub fn brief_date(&self) -> BriefDate {
        self.date.as_ref().map_or(BriefDate::Undated, |date| date.value)
    }

    /// The German title, where the article has one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let block = self.blocks.iter().find(|block| block.kind == BlockKind::Title)?;
        Some(block.span.of(&self.text))
    }
}
