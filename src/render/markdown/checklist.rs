//! The checker's list, the worst first.

use crate::brief::{ChecklistEntry, DayBrief, Subject};
use crate::check::{Check, Unchecked};
use crate::render::{anchor, wording};

use super::{escape, link};

/// The most lines; what is beyond is marked in the text.
const MOST: usize = 50;

/// The section, or nothing where there is nothing to look at.
pub(super) fn checklist(brief: &DayBrief) -> Option<String> {
    let lines: Vec<String> =
        brief.checklist.iter().take(MOST).filter_map(|entry| line(entry, brief)).collect();
    if lines.is_empty() {
        return None;
    }
    let more = match brief.checklist.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("\n- and {more} more, marked in the text"),
    };
    Some(format!(
        "## Checker's list\n\n{}\n\n{}{more}",
        wording::checks(&brief.checks),
        lines.join("\n")
    ))
}

fn line(entry: &ChecklistEntry, brief: &DayBrief) -> Option<String> {
    let (place, check) = match &entry.subject {
        Subject::Sentence(id) => {
            let pair = brief.pair(id)?;
            (link(&format!("Sentence {}", id.number), &anchor::segment(id)), &pair.check)
        }
        Subject::KeyPoint(id) => {
            let point = brief.key_points.iter().find(|point| point.id == *id)?;
            (link("Key point", &anchor::key_point(id)), &point.check)
        }
        Subject::Summary { article, sentence } => {
            let of = brief.articles.iter().find(|other| other.id == *article)?;
            let said = of.summary.as_ref()?.sentences.get(*sentence)?;
            (link("Summary", &anchor::article(article)), &said.check)
        }
    };
    Some(format!("- **{}** {place}{}: {}", entry.severity, of(entry, brief), words(check)))
}

/// Of which article.
fn of(entry: &ChecklistEntry, brief: &DayBrief) -> String {
    let article = match &entry.subject {
        Subject::Sentence(id) => &id.article,
        Subject::Summary { article, .. } => article,
        Subject::KeyPoint(_) => return String::new(),
    };
    let headline = brief.headlines.iter().find(|line| line.article == *article);
    headline.map(|line| format!(" of *{}*", escape(&line.en))).unwrap_or_default()
}

fn words(check: &Check) -> String {
    match check {
        Check::Unchecked { reason: reason @ Unchecked::KeptGerman } => reason.label().to_owned(),
        _ => {
            let findings = check.findings().iter().map(|finding| escape(&finding.message()));
            findings.collect::<Vec<_>>().join("; ")
        }
    }
}
