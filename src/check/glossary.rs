//! Terms whose translation is prescribed.
//!
//! The file is TOML, one `[[term]]` for each:
//!
//! ```toml
//! [[term]]
//! german = "Landrat"                      # endings such as -s, -en are known
//! forms = ["Landräte", "Landräten"]       # what they do not cover
//! english = "district administrator"
//! also = ["district commissioner"]        # accepted as well
//! never = ["land council"]                # always a finding
//! case = "ignore"                         # or "exact"
//! enforce = true                          # put `english` in the place of `never`
//! ```
//!
//! A term that the English lacks is a finding. Enforcing replaces a forbidden
//! wording only: where else the term belongs cannot be told from the surface.
//! What was replaced is a finding, too, a minor one: nothing changes unseen.

use serde::{Deserialize, Serialize};

use super::types::{Fault, Finding, FindingKind, Severity};
use crate::support::Span;
use crate::translate::Translation;

/// The terms of a file, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// The terms.
    #[serde(default, rename = "term")]
    pub terms: Vec<Term>,
}

/// A term and how it is to be translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The German.
    pub german: String,
    /// Inflected forms that the usual endings do not cover.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The required English.
    pub english: String,
    /// Other English that is accepted.
    #[serde(default)]
    pub also: Vec<String>,
    /// English that is not to be used.
    #[serde(default)]
    pub never: Vec<String>,
    /// Whether capitals count.
    #[serde(default)]
    pub case: Case,
    /// Whether the required English takes the place of what is not to be used.
    #[serde(default)]
    pub enforce: bool,
}

/// Whether capitals count, in both languages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// They do not.
    #[default]
    Ignore,
    /// They do, for terms such as `WHO`.
    Exact,
}

const GERMAN_ENDINGS: &[&str] = &["", "s", "es", "n", "en", "e", "er", "ern"];
const ENGLISH_ENDINGS: &[&str] = &["", "s", "es"];

impl Glossary {
    /// Reads the TOML; an error tells line and column.
    ///
    /// # Errors
    /// If it is no TOML, has an unknown key, or a term without words.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        use serde::de::Error;
        let glossary: Self = toml::from_str(text)?;
        for (at, term) in glossary.terms.iter().enumerate() {
            let mut wordings = term.german_wordings().chain(term.accepted()).chain(term.never());
            if wordings.any(|wording| wording.trim().is_empty()) {
                let number = at + 1;
                return Err(toml::de::Error::custom(format!("term {number}: an empty wording")));
            }
        }
        Ok(glossary)
    }

    /// Puts required terms in the place of forbidden ones where a term says so,
    /// and gives a finding for each place.
    pub(super) fn enforce(&self, german: &str, english: &mut Translation) -> Vec<Finding> {
        let mut findings = Vec::new();
        for term in self.terms.iter().filter(|term| term.enforce) {
            let Some(source) = term.in_german(german) else { continue };
            for never in term.never() {
                if let Some(target) = find(&english.text, never, term.case, ENGLISH_ENDINGS) {
                    findings.push(replace(term, english, source, target));
                }
            }
        }
        findings
    }

    /// What of the glossary the English does not keep.
    pub(super) fn compare(&self, german: &str, english: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        for term in &self.terms {
            let Some(source) = term.in_german(german) else { continue };
            let find = |wording| find(english, wording, term.case, ENGLISH_ENDINGS);
            let forbidden: Vec<Span> = term.never().filter_map(find).collect();
            findings.extend(forbidden.iter().map(|target| Finding {
                fault: Fault::Added,
                target: Some(*target),
                found: Some(target.of(english).to_owned()),
                ..missing(term, source)
            }));
            if forbidden.is_empty() && term.accepted().all(|wording| find(wording).is_none()) {
                findings.push(missing(term, source));
            }
        }
        findings
    }
}

impl Term {
    fn german_wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.german.as_str()).chain(self.forms.iter().map(String::as_str))
    }

    fn accepted(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.english.as_str()).chain(self.also.iter().map(String::as_str))
    }

    fn never(&self) -> impl Iterator<Item = &str> {
        self.never.iter().map(String::as_str)
    }

    fn in_german(&self, german: &str) -> Option<Span> {
        self.german_wordings().find_map(|wording| find(german, wording, self.case, GERMAN_ENDINGS))
    }
}

fn missing(term: &Term, source: Span) -> Finding {
    Finding {
        kind: FindingKind::Term,
        fault: Fault::Missing,
        severity: Severity::Major,
        source: Some(source),
        target: None,
        expected: Some(term.english.clone()),
        found: None,
    }
}

/// Replaces `target`; a capital at its start stays one. Word links know their
/// places in the text that was, so they go.
fn replace(term: &Term, english: &mut Translation, source: Span, target: Span) -> Finding {
    let found = target.of(&english.text).to_owned();
    let required = if found.starts_with(char::is_uppercase) {
        let mut letters = term.english.chars();
        letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
    } else {
        term.english.clone()
    };
    english.text.replace_range(target.start..target.end, &required);
    english.alignment.clear();
    Finding {
        fault: Fault::Changed,
        severity: Severity::Minor,
        target: Some(Span::new(target.start, target.start + required.len())),
        found: Some(found),
        ..missing(term, source)
    }
}

/// Where `wording` stands in `text` as whole words; the last one may have one of
/// the `endings`, which is not in the span.
fn find(text: &str, wording: &str, case: Case, endings: &[&str]) -> Option<Span> {
    let mut before = None;
    text.char_indices().find_map(|(start, letter)| {
        let inside = before.replace(letter).is_some_and(char::is_alphanumeric);
        let rest = text.get(start..).filter(|_| !inside)?;
        let length = opening(rest, wording, case)?;
        let tail = rest.get(length..)?;
        let word_end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        endings.contains(&tail.get(..word_end)?).then(|| Span::new(start, start + length))
    })
}

/// How many bytes of `text` are `wording`, if it opens with it.
fn opening(text: &str, wording: &str, case: Case) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in wording.chars() {
        let (_, letter) = letters.next()?;
        let same = match case {
            Case::Exact => letter == wanted,
            Case::Ignore => letter.to_lowercase().eq(wanted.to_lowercase()),
        };
        if !same {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::translate::Origin;

    const LANDRAT: &str = "[[term]]\ngerman = 'Landrat'\nforms = ['Landräte']\n\
        english = 'district administrator'\nalso = ['administrator']\n\
        never = ['land council']\nenforce = true\n";

    fn messages(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(Finding::message).collect()
    }

    #[test]
    fn a_missed_term_is_found_in_any_form() {
        let glossary = Glossary::parse(LANDRAT).unwrap();
        let found = |german, english| messages(&glossary.compare(german, english));
        for german in ["Der Landrat kam.", "Die Rede des Landrats", "Alle Landräte kamen."] {
            assert_eq!(
                found(german, "The mayor came."),
                ["term: the glossary asks for “district administrator”"],
                "{german}"
            );
            assert!(found(german, "District administrators came.").is_empty());
            assert!(found(german, "The administrator's speech").is_empty());
        }
        assert!(found("Die Landratswahl ist im Mai.", "The election is in May.").is_empty());
        assert_eq!(
            found("Der Landrat kam.", "The land council came."),
            ["term: “land council” is not to be used"]
        );
    }

    #[test]
    fn case_counts_where_it_shall() {
        let glossary = "[[term]]\ngerman = 'WHO'\nenglish = 'WHO'\ncase = 'exact'";
        let glossary = Glossary::parse(glossary).unwrap();
        assert_eq!(glossary.compare("Die WHO warnt.", "The man who warns.").len(), 1);
        assert!(glossary.compare("Die WHO warnt.", "The WHO warns.").is_empty());
    }

    #[test]
    fn a_forbidden_term_is_replaced_and_that_is_told() {
        let glossary = Glossary::parse(LANDRAT).unwrap();
        let mut english = Translation {
            text: "Land councils met.".to_owned(),
            origin: Origin::Model,
            score: Some(-0.1),
            parts: 1,
            alignment: Vec::new(),
        };
        let findings = glossary.enforce("Die Landräte trafen sich.", &mut english);
        assert_eq!(english.text, "District administrators met.");
        assert_eq!(
            messages(&findings),
            ["term: “Land council” became “district administrator”, as the glossary asks"]
        );
        assert!(glossary.compare("Die Landräte trafen sich.", &english.text).is_empty());
    }

    #[test]
    fn a_malformed_file_is_told_by_line() {
        let error = Glossary::parse("[[term]]\ngerman = 'a'\nenglsh = 'b'").unwrap_err();
        assert!(error.to_string().contains("line 3"), "{error}");
        let error = Glossary::parse("[[term]]\ngerman = ' '\nenglish = 'b'").unwrap_err();
        assert!(error.to_string().contains("term 1"), "{error}");
    }
}
