//! The product's own English words, the same in every format.

use jiff::civil::Date;

use crate::brief::{CheckCounts, Edition, Headline, KeyPointBrief};
use crate::ingest::{ArticleDate, BlockKind, BriefDate, DateRule, Notice};
use crate::keypoints::KeyPointOrigin;
use crate::summarise::{Coverage, Summary, SummaryOrigin};

/// What the reader must know before the first word.
pub(super) const LABEL: &str = "Machine translation, unreviewed";

/// `Thursday, 24 October 2024`, for headings.
pub(super) fn heading_date(date: BriefDate) -> String {
    match date {
        BriefDate::Day(day) => day.strftime("%A, %-d %B %Y").to_string(),
        BriefDate::Month { .. } => plain_date(date),
        BriefDate::Undated => "Undated articles".to_owned(),
    }
}

/// `24 October 2024`, within a sentence.
pub(super) fn plain_date(date: BriefDate) -> String {
    match date {
        BriefDate::Day(day) => day.strftime("%-d %B %Y").to_string(),
        BriefDate::Month { year, month } => match Date::new(year, month, 1) {
            Ok(first) => format!("{}, day unknown", first.strftime("%B %Y")),
            Err(_) => date.to_string(),
        },
        BriefDate::Undated => "undated".to_owned(),
    }
}

/// The article's date and how it is known.
pub(super) fn provenance(date: Option<&ArticleDate>) -> String {
    let Some(date) = date else { return "undated".to_owned() };
    let source = match date.evidence.rule {
        DateRule::FileName => "the file name ",
        DateRule::Stand | DateRule::DateLine | DateRule::ScraperField => "",
    };
    let line = date.evidence.line.map(|line| format!(", line {line}")).unwrap_or_default();
    format!("dated {} from {source}‘{}’{line}", plain_date(date.value), date.evidence.text)
}

/// `Updated: issue 2, with 1 new article and without 2 earlier ones`; `None` for
/// the first issue.
pub(super) fn update(edition: &Edition) -> Option<String> {
    if edition.is_first() {
        return None;
    }
    let mut changes = Vec::new();
    if !edition.added.is_empty() {
        changes.push(format!("with {}", count(edition.added.len(), "new article")));
    }
    if edition.withdrawn > 0 {
        let ones = if edition.withdrawn == 1 { "one" } else { "ones" };
        changes.push(format!("without {} earlier {ones}", edition.withdrawn));
    }
    let changes = if changes.is_empty() { "rewritten".to_owned() } else { changes.join(" and ") };
    Some(format!("Updated: issue {}, {changes}", edition.number))
}

/// How much there is in a brief.
pub(super) fn contents(articles: usize, key_points: usize) -> String {
    format!("{}, {}", count(articles, "article"), count(key_points, "key point"))
}

/// Something noticed at ingest, with its line.
pub(super) fn notice(notice: &Notice) -> String {
    match notice.line {
        Some(line) => format!("line {line}: {}", notice.text),
        None => notice.text.clone(),
    }
}

/// How much of the article the summary rests on, where that is not all of it.
pub(super) fn coverage(coverage: &Coverage) -> Option<String> {
    let Coverage { sentences_read: read, sentences_total: total, windows } = *coverage;
    match (read < total, windows > 1) {
        (true, _) => Some(format!("The summary rests on {read} of {total} sentences.")),
        (false, true) => Some(format!("All {total} sentences were read, in {windows} parts.")),
        (false, false) => None,
    }
}

/// What a summary is called: a short article has no summary, only its opening.
pub(super) fn summary_title(summary: &Summary) -> &'static str {
    if summary.sentences.iter().all(|sentence| sentence.origin == SummaryOrigin::Lead) {
        "Opening sentences"
    } else {
        "Summary"
    }
}

/// The department, and the language its name is in.
pub(super) fn category(headline: &Headline) -> Option<(&str, &'static str)> {
    let english = headline.category_en.as_deref().map(|name| (name, "en"));
    english.or_else(|| headline.category.as_deref().map(|name| (name, "de")))
}

/// Who wrote a key point and how many sentences it rests on.
pub(super) fn key_point_basis(point: &KeyPointBrief) -> String {
    let sentences = count(point.sources.len(), "source sentence");
    match point.origin {
        KeyPointOrigin::Summary => format!("Summarised from {sentences}"),
        KeyPointOrigin::Sentence => format!("Translated from {sentences}"),
    }
}

/// `1 article`, `2 articles`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// How much of a date was checked, and what came of it.
pub(super) fn checks(checks: &CheckCounts) -> String {
    let CheckCounts { clean, found, unchecked } = *checks;
    let was = |number| if number == 1 { "was" } else { "were" };
    let parts = [
        (clean, format!("{} checked and gave no finding", was(clean))),
        (found, "gave findings".to_owned()),
        (unchecked, format!("{} not checked", was(unchecked))),
    ];
    let parts: Vec<(usize, String)> = parts.into_iter().filter(|(number, _)| *number > 0).collect();
    match parts.as_slice() {
        [] => "There is nothing to check.".to_owned(),
        [(1, what)] => format!("The one sentence {what}."),
        [(number, what)] => format!("All {number} sentences {what}."),
        [rest @ .., (number, what)] => {
            let rest: Vec<String> =
                rest.iter().map(|(number, what)| format!("{number} {what}")).collect();
            let comma = if rest.len() > 1 { "," } else { "" };
            let all = clean + found + unchecked;
            format!("Of {all} sentences, {}{comma} and {number} {what}.", rest.join(", "))
        }
    }
}

/// What a block is called in the margin, German and English; a paragraph needs no name.
pub(super) fn block_names(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Title => ("Titel", "Title"),
        BlockKind::Kicker => ("Dachzeile", "Kicker"),
        BlockKind::Lead => ("Vorspann", "Lead"),
        BlockKind::Subhead => ("Zwischentitel", "Subheading"),
        BlockKind::Paragraph => ("¶", "¶"),
        BlockKind::SourceNote => ("Quellenhinweis", "Source note"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::DateEvidence;

    #[test]
    fn dates_are_written_out() {
        let day = BriefDate::Day(jiff::civil::date(2024, 10, 24));
        assert_eq!(heading_date(day), "Thursday, 24 October 2024");
        let month = BriefDate::Month { year: 2024, month: 10 };
        assert_eq!(heading_date(month), "October 2024, day unknown");
        assert_eq!(heading_date(BriefDate::Undated), "Undated articles");
        assert_eq!(heading_date(BriefDate::Month { year: 2024, month: 13 }), "2024-13");
    }

    #[test]
    fn a_date_says_where_it_is_from() {
        let date = |rule, line| ArticleDate {
            value: BriefDate::Day(jiff::civil::date(2024, 5, 3)),
            evidence: DateEvidence { rule, line, text: "Stand: 3.5.2024".into() },
        };
        assert_eq!(
            provenance(Some(&date(DateRule::Stand, Some(1)))),
            "dated 3 May 2024 from ‘Stand: 3.5.2024’, line 1"
        );
        assert_eq!(
            provenance(Some(&date(DateRule::FileName, None))),
            "dated 3 May 2024 from the file name ‘Stand: 3.5.2024’"
        );
        assert_eq!(provenance(None), "undated");
    }

    #[test]
    fn nothing_is_said_of_none() {
        let of = |clean, found, unchecked| checks(&CheckCounts { clean, found, unchecked });
        assert_eq!(of(0, 0, 0), "There is nothing to check.");
        assert_eq!(of(7, 0, 0), "All 7 sentences were checked and gave no finding.");
        assert_eq!(of(0, 0, 1), "The one sentence was not checked.");
        assert_eq!(
            of(6, 1, 0),
            "Of 7 sentences, 6 were checked and gave no finding and 1 gave findings."
        );
        assert_eq!(
            of(1, 2, 1),
            "Of 4 sentences, 1 was checked and gave no finding, 2 gave findings, and 1 was not checked."
        );
    }

    #[test]
    fn coverage_speaks_only_when_there_is_something_to_say() {
        let of = |sentences_read, sentences_total, windows| {
            coverage(&Coverage { sentences_read, sentences_total, windows })
        };
        assert_eq!(of(9, 9, 1), None);
        assert!(of(9, 9, 2).is_some_and(|line| line.contains("in 2 parts")));
        assert!(of(7, 9, 2).is_some_and(|line| line.contains("rests on 7 of 9")));
    }
}
