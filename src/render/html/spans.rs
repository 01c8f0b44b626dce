//! A sentence cut where something begins or ends in it: a word with a partner in
//! the other language, a place that a finding points at.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::support::Span;

/// A stretch of a sentence that is the same thing throughout.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Run<'a> {
    text: &'a str,
    /// Numbers of its word links, parted by spaces.
    links: String,
    /// What marks it: the class of the gravest mark, or nothing.
    mark: &'static str,
}

/// A place to be marked, with the class of its mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) class: &'static str,
}

/// `text` in runs. Of `marks` that overlap the first counts. A span that does
/// not lie in the text, or cuts a character, is passed over.
pub(super) fn runs<'a>(text: &'a str, links: &[Span], marks: &[Mark]) -> Vec<Run<'a>> {
    let spans = links.iter().copied().chain(marks.iter().map(|mark| mark.span));
    let mut cuts: BTreeSet<usize> = [0, text.len()].into();
    cuts.extend(spans.filter(|span| fits(*span, text)).flat_map(|span| [span.start, span.end]));
    let cuts: Vec<usize> = cuts.into_iter().collect();
    cuts.windows(2)
        .filter_map(|cut| {
            let (start, end) = (*cut.first()?, *cut.last()?);
            let covers = |span: Span| fits(span, text) && span.start <= start && end <= span.end;
            let partners = links.iter().enumerate().filter(|(_, span)| covers(**span));
            Some(Run {
                text: text.get(start..end)?,
                links: partners.map(|(number, _)| number.to_string()).collect::<Vec<_>>().join(" "),
                mark: marks.iter().find(|mark| covers(mark.span)).map_or("", |mark| mark.class),
            })
        })
        .collect()
}

fn fits(span: Span, text: &str) -> bool {
    span.start < span.end && text.get(span.start..span.end).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, links: &[(usize, usize)], marks: &[(usize, usize)]) -> Vec<String> {
        let links: Vec<Span> = links.iter().map(|&(start, end)| Span::new(start, end)).collect();
        let marks: Vec<Mark> = marks
            .iter()
            .map(|&(start, end)| Mark { span: Span { start, end }, class: "m" })
            .collect();
        let shown = |run: Run<'_>| format!("{}|{}|{}", run.text, run.links, run.mark);
        runs(text, &links, &marks).into_iter().map(shown).collect()
    }

    #[test]
    fn a_plain_sentence_is_one_run() {
        assert_eq!(cut("Guten Tag.", &[], &[]), ["Guten Tag.||"]);
        assert!(cut("", &[], &[]).is_empty());
    }

    #[test]
    fn a_word_may_have_several_partners() {
        assert_eq!(
            cut("Guten Tag.", &[(0, 5), (6, 9), (0, 5)], &[]),
            ["Guten|0 2|", " ||", "Tag|1|", ".||"]
        );
    }

    #[test]
    fn marks_and_links_may_overlap() {
        assert_eq!(
            cut("3,5 Mio. Euro", &[(0, 3), (4, 8)], &[(0, 8)]),
            ["3,5|0|m", " ||m", "Mio.|1|m", " Euro||"]
        );
    }

    #[test]
    fn a_span_that_fits_nowhere_is_passed_over() {
        assert_eq!(cut("Öl", &[], &[(1, 2), (0, 99), (2, 2)]), ["Öl||"]);
    }
}
