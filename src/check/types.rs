use std::fmt;

use serde::{Deserialize, Serialize};

use crate::support::Span;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A number, amount, percentage, score or ordinal.
    Number,
    /// A date, weekday, month, year or time of day.
    Date,
    /// A proper name.
    Name,
    /// A "not" too few or too many.
    Negation,
    /// The English repeats itself.
    Repetition,
    /// The English is much shorter or longer than the German asks for.
    Length,
    /// German words left in the English.
    Untranslated,
    /// Quotation marks or brackets that do not close.
    Quotes,
    /// The model was unsure of its words.
    Score,
    /// A term of the glossary is not translated as required.
    Term,
    /// A correction whose German has changed.
    Correction,
}

impl FindingKind {
    /// Every kind, in the order of this list.
    pub const ALL: [Self; 11] = [
        Self::Number,
        Self::Date,
        Self::Name,
        Self::Negation,
        Self::Repetition,
        Self::Length,
        Self::Untranslated,
        Self::Quotes,
        Self::Score,
        Self::Term,
        Self::Correction,
    ];

    /// The kind in a word or two, for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date or time",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Repetition => "repetition",
            Self::Length => "length",
            Self::Untranslated => "untranslated",
            Self::Quotes => "quotation marks",
            Self::Score => "low score",
            Self::Term => "term",
            Self::Correction => "correction",
        }
    }
}

/// How the English departs from the German.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is in the German and not in the English.
    Missing,
    /// It is in the English and not in the German.
    Added,
    /// It is in both, and differs.
    Changed,
    /// It differed, and the English was put right.
    Mended,
    /// The sentence as a whole.
    Whole,
}

/// How much a finding matters, in the terms of MQM (Multidimensional Quality
/// Metrics). Ordered: the worst is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A blemish, or a faint suspicion.
    Minor,
    /// The reader may be misled, or misses something.
    Major,
    /// The English very likely says something else than the German.
    Critical,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::Major, Self::Minor];

    /// For people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// Something about a translation that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// How the English departs from the German.
    pub fault: Fault,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the German sentence, in bytes from its start; `None` where the
    /// German has no such place, or the whole sentence is meant.
    pub source: Option<Span>,
    /// Where in the English sentence, likewise.
    pub target: Option<Span>,
    /// What the German asks for, in English form ("3,000,000 euros", "Munich").
    pub expected: Option<String>,
    /// What the English has instead.
    pub found: Option<String>,
}

impl Finding {
    /// The finding in one line of English, without a closing full stop.
    #[must_use]
    pub fn message(&self) -> String {
        let kind = self.kind.label();
        let expected = self.expected.as_deref().unwrap_or_default();
        let found = self.found.as_deref().unwrap_or_default();
        match (self.kind, self.fault) {
            (FindingKind::Negation, Fault::Missing) => {
                format!("negation lost: the German says “{expected}”")
            }
            (FindingKind::Negation, Fault::Added) => {
                format!("negation added: the English says “{found}”")
            }
            (FindingKind::Repetition, _) => "the English repeats itself".to_owned(),
            (FindingKind::Length, _) => format!("the English is {found}"),
            (FindingKind::Untranslated, _) => format!("left in German: “{found}”"),
            (FindingKind::Quotes, Fault::Missing) => format!("{kind} missing"),
            (FindingKind::Quotes, _) => format!("does not close: {found}"),
            (FindingKind::Score, _) => format!("the model was least sure here (score {found})"),
            (FindingKind::Term, Fault::Added) => format!("term: “{found}” is not to be used"),
            (FindingKind::Term, Fault::Changed) => {
                format!("term: “{found}” became “{expected}”, as the glossary asks")
            }
            (FindingKind::Term, _) => format!("term: the glossary asks for “{expected}”"),
            (FindingKind::Correction, _) => {
                format!("stale correction, written for another wording of the German: “{expected}”")
            }
            (_, Fault::Mended) => {
                format!("{kind}: “{found}” became “{expected}”, as in the German")
            }
            (_, Fault::Missing) => format!("{kind} missing: {expected}"),
            (_, Fault::Added) => format!("{kind} not in the German: {found}"),
            (_, Fault::Changed | Fault::Whole) => {
                format!("{kind} differs: {expected} became {found}")
            }
        }
    }

    /// What findings are sorted by: the worst first, then the order of the text.
    #[must_use]
    pub fn rank(&self) -> impl Ord + use<> {
        let place = self.target.or(self.source).map_or(0, |span| span.start);
        (std::cmp::Reverse(self.severity), place, self.kind, self.fault)
    }
}

/// Why a sentence was not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unchecked {
    /// The German stands: there is no English to check.
    KeptGerman,
    /// Figures and signs alone, carried over by rule.
    Copied,
    /// A person wrote the English; the checks do not correct people.
    Human,
    /// The checks did not run.
    NotRun,
}

impl Unchecked {
    /// For people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::KeptGerman => "not checked: the German stands",
            Self::Copied => "not checked: figures and signs alone",
            Self::Human => "not checked: written by a person",
            Self::NotRun => "not checked",
        }
    }
}

/// What the checks say of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Check {
    /// It was compared with the German.
    Checked {
        /// What was found, the worst first; empty where nothing was.
        findings: Vec<Finding>,
    },
    /// It was not compared.
    Unchecked {
        /// Why not.
        reason: Unchecked,
    },
}

impl Check {
    /// The checks did not run.
    pub const NOT_RUN: Self = Self::Unchecked { reason: Unchecked::NotRun };

    /// Checked, with these findings in the order of [`Finding::rank`].
    #[must_use]
    pub fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(Finding::rank);
        Self::Checked { findings }
    }

    /// Adds a finding; a sentence that was not compared counts as checked then.
    pub(super) fn add(&mut self, finding: Finding) {
        let mut findings = self.findings().to_vec();
        findings.push(finding);
        *self = Self::of(findings);
    }

    /// What was found; nothing where nothing was looked for.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Checked { findings } => findings,
            Self::Unchecked { .. } => &[],
        }
    }

    /// Whether the sentence was compared and nothing was found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        matches!(self, Self::Checked { findings } if findings.is_empty())
    }

    /// The severity of the worst finding.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings().iter().map(|finding| finding.severity).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity, start: usize) -> Finding {
        Finding {
            kind: FindingKind::Number,
            fault: Fault::Missing,
            severity,
            source: Some(Span::new(start, start + 1)),
            target: None,
            expected: Some("12".to_owned()),
            found: None,
        }
    }

    #[test]
    fn the_worst_comes_first_then_the_order_of_the_text() {
        let check = Check::of(vec![
            finding(Severity::Minor, 0),
            finding(Severity::Critical, 9),
            finding(Severity::Critical, 3),
        ]);
        let order: Vec<_> = check.findings().iter().filter_map(|f| f.source).collect();
        assert_eq!(order.iter().map(|span| span.start).collect::<Vec<_>>(), [3, 9, 0]);
        assert_eq!(check.worst(), Some(Severity::Critical));
    }

    #[test]
    fn nothing_found_is_not_the_same_as_not_looked_at() {
        assert!(Check::of(Vec::new()).is_clean());
        assert!(!Check::NOT_RUN.is_clean());
        assert!(Check::NOT_RUN.findings().is_empty());
    }

    #[test]
    fn a_message_names_both_sides() {
        let changed = Finding {
            fault: Fault::Changed,
            found: Some("21".to_owned()),
            ..finding(Severity::Critical, 0)
        };
        assert_eq!(changed.message(), "number differs: 12 became 21");
    }
}
