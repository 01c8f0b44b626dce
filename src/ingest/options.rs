//! What the operator can decide about the ingest stage.

use jiff::civil::Date;

/// The largest file that is read unless the operator allows more: 10 MiB, some
/// thousand times a long newspaper article.
pub const DEFAULT_MAX_BYTES: u64 = 10 * 1024 * 1024;

/// What happens to a text that is reliably not German.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForeignText {
    /// It is a setback: a German model makes nonsense of it.
    #[default]
    Refuse,
    /// It is taken, with a notice.
    Take,
}

/// How the inbox is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IngestOptions {
    /// The day of the run: later dates are refused. Comes in from outside, so
    /// that the same inbox gives the same articles on every rerun.
    pub today: Date,
    /// Larger files are refused before they are read.
    pub max_bytes: u64,
    /// What to do with French.
    pub foreign: ForeignText,
}

impl IngestOptions {
    /// The defaults, for a run on the day `today`.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self { today, max_bytes: DEFAULT_MAX_BYTES, foreign: ForeignText::default() }
    }
}
