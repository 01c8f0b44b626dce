//! Names that the model misspelt, as the German spells them.
//!
//! That a word looks like the German one does not make it a slip: *Rheinland* is the
//! Rhineland, and of 32 such words in human translations of news and FLORES 17 are right
//! (exonyms, cognates). So only names are put right of which a date's articles say for
//! certain that English takes them as they are: what follows a given name or an office, and
//! what the English has elsewhere as it is in German.

use std::collections::BTreeSet;

use crate::support::Span;
use crate::text::names::names;
use crate::text::words::{fold, words};
use crate::translate::Translation;

use super::{Fault, Finding, Pair, Severity, compare, german_places, is_misspelling, is_name_like};

/// Shorter names are too near to too many words.
const SHORTEST: usize = 4;

/// The names in pairs of German and English sentences that English takes as they are.
pub(in crate::check) fn certain<'t>(
    pairs: impl Iterator<Item = (&'t str, &'t str)>,
) -> BTreeSet<String> {
    let mut certain = BTreeSet::new();
    for (german, english) in pairs {
        let pair = Pair::of(german, english);
        let kept: BTreeSet<String> = names(english).into_iter().map(|name| name.text).collect();
        let found = pair.source.iter().enumerate().filter(|(at, word)| {
            is_name_like(word)
                && word.text.chars().count() >= SHORTEST
                && german_places(&pair.source, *at).is_empty()
                && (pair.is_led(*at) || kept.contains(word.text))
        });
        certain.extend(found.map(|(_, word)| word.text.to_owned()));
    }
    certain
}

/// Puts the German spelling in the place of every misspelt name of `certain`, and gives a
/// finding for each place: nothing changes unseen.
///
/// A name that English writes by other rules ("Lukashenko" for *Lukaschenko*) is left as it
/// is. Word links know their places in the text that was, so they go.
pub(in crate::check) fn mend(
    german: &str,
    english: &mut Translation,
    certain: &BTreeSet<String>,
) -> Vec<Finding> {
    let mut slips = compare(german, &english.text);
    slips.retain(|finding| is_slip(finding, certain));
    let mut findings = Vec::new();
    if slips.is_empty() {
        return findings;
    }
    let before = std::mem::take(&mut english.text);
    let mut copied = 0;
    for word in words(&before) {
        let slip = slips.iter().find(|slip| slip.found.as_deref() == Some(word.text));
        let Some((slip, name)) = slip.and_then(|slip| Some((slip, slip.expected.as_ref()?))) else {
            continue;
        };
        english.text.push_str(before.get(copied..word.start).unwrap_or_default());
        let start = english.text.len();
        english.text.push_str(name);
        copied = word.start + word.text.len();
        findings.push(Finding {
            fault: Fault::Mended,
            severity: Severity::Minor,
            target: Some(Span::new(start, english.text.len())),
            ..slip.clone()
        });
    }
    english.text.push_str(before.get(copied..).unwrap_or_default());
    english.alignment.clear();
    findings
}

/// Whether a finding is about a certain name that is spelt almost as in German, and not as
/// English would spell it.
fn is_slip(finding: &Finding, certain: &BTreeSet<String>) -> bool {
    let (Some(name), Some(found)) = (&finding.expected, &finding.found) else { return false };
    let bare = name.strip_suffix('s').unwrap_or(name);
    let (folded, found) = (fold(name), fold(found));
    finding.fault == Fault::Changed
        && (certain.contains(name) || certain.contains(bare))
        && is_misspelling(&folded, &found)
        && in_english_letters(&folded) != in_english_letters(&found)
}

/// A folded name as far as the two languages write the same sound alike, mostly in names from
/// Slavic languages, Greek and Arabic.
fn in_english_letters(name: &str) -> String {
    let pairs = [
        ("tsch", "ch"),
        ("sch", "sh"),
        ("dsch", "j"),
        ("ch", "kh"),
        ("w", "v"),
        ("j", "y"),
        ("i", "y"),
        ("z", "ts"),
        ("ss", "s"),
        ("ou", "u"),
        ("k", "c"),
        ("ph", "f"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("yy", "y"),
    ];
    pairs.iter().fold(name.to_owned(), |name, (german, english)| name.replace(german, english))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::translate::Origin;

    /// The sentences' English after mending, and the findings' messages.
    fn mended(pairs: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let certain = certain(pairs.iter().copied());
        let (mut texts, mut messages) = (Vec::new(), Vec::new());
        for (german, english) in pairs {
            let (text, origin) = ((*english).to_owned(), Origin::Model);
            let mut english =
                Translation { text, origin, score: None, parts: 1, alignment: vec![] };
            for finding in mend(german, &mut english, &certain) {
                assert_eq!(
                    finding.target.unwrap().of(&english.text),
                    finding.expected.clone().unwrap()
                );
                messages.push(finding.message());
            }
            texts.push(english.text);
        }
        (texts, messages)
    }

    #[test]
    fn a_name_that_stands_elsewhere_as_in_german_is_put_right() {
        let (texts, messages) = mended(&[
            (
                "Der Hafen von Norderhaven wächst.",
                "The port of Northerhaven grows; Northerhaven is glad.",
            ),
            ("Nun jubelt Norderhaven.", "Now Norderhaven is cheering."),
        ]);
        assert_eq!(texts[0], "The port of Norderhaven grows; Norderhaven is glad.");
        let message = "name: “Northerhaven” became “Norderhaven”, as in the German";
        assert_eq!(messages, [message, message]);
    }

    #[test]
    fn so_is_what_follows_a_given_name() {
        let (texts, _) = mended(&[
            ("Philipp Fürhofer entwirft Kulissen.", "Philipp Forhofer designs scenery."),
            ("Für Fürhofer ist das neu.", "This is new to Forhofer."),
        ]);
        assert_eq!(texts, ["Philipp Fürhofer designs scenery.", "This is new to Fürhofer."]);
    }

    #[test]
    fn what_english_writes_otherwise_stays() {
        for (german, english) in [
            ("Präsident Lukaschenko kommt.", "President Lukashenko is coming."),
            ("Das Rheinland feiert.", "The Rhineland celebrates."),
            ("Er reist nach Grönland.", "He travels to Greenland."),
            ("Der Hafen von Norderhaven wächst.", "The port of Northerhaven grows."),
        ] {
            assert_eq!(mended(&[(german, english)]).0, [english]);
        }
    }
}
