//! Names of repositories on the hub.

use std::fmt;
use std::str::FromStr;

/// The models that can be named without their organisation: short name, repository.
pub const KNOWN_MODELS: [(&str, &str); 3] = [
    ("opus-mt-de-en", "Helsinki-NLP/opus-mt-de-en"),
    ("distilbart-cnn-12-6", "sshleifer/distilbart-cnn-12-6"),
    ("bart-large-cnn", "facebook/bart-large-cnn"),
];

/// The longest part of a name that the hub allows.
const MAX_NAME_LENGTH: usize = 96;

/// A repository on the hub: `organisation/name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    organisation: String,
    name: String,
}

impl Repository {
    /// The part after the slash, which becomes the folder's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Repository {
    type Err = String;

    /// Reads `organisation/name` or one of the [`KNOWN_MODELS`].
    fn from_str(text: &str) -> Result<Self, String> {
        let known = KNOWN_MODELS.iter().find(|(short, _)| *short == text);
        let full = known.map_or(text, |(_, full)| *full);
        match full.split_once('/') {
            Some((organisation, name)) if is_name(organisation) && is_name(name) => {
                Ok(Self { organisation: organisation.to_owned(), name: name.to_owned() })
            }
            _ => Err(format!(
                "{text:?} is no model of the hub; give organisation/name, or one of {}",
                KNOWN_MODELS.map(|(short, _)| short).join(", ")
            )),
        }
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.organisation, self.name)
    }
}

/// The hub's rule for a name; it also keeps a name from leaving its folder.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_NAME_LENGTH
        && !text.starts_with(['.', '-'])
        && !text.ends_with(['.', '-'])
        && !text.contains("..")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// A branch, tag or commit as part of an address; `None` if it cannot be one.
pub(super) fn revision_in_address(revision: &str) -> Option<String> {
    let fits = !revision.is_empty()
        && revision.len() <= 200
        && !revision.contains("..")
        && revision.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    fits.then(|| revision.replace('/', "%2F"))
}

/// Whether `revision` is a commit, which never changes.
pub(super) fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn short_and_full_names_are_read() {
        let short: Repository = "opus-mt-de-en".parse().unwrap();
        assert_eq!(short.to_string(), "Helsinki-NLP/opus-mt-de-en");
        assert_eq!(short, "Helsinki-NLP/opus-mt-de-en".parse().unwrap());
        assert_eq!(short.name(), "opus-mt-de-en");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "opus", "a/b/c", "../x", "a/..", "a/.hidden", "a b/c", "a/b%2f", "/b"] {
            let error = text.parse::<Repository>().unwrap_err();
            assert!(error.contains("bart-large-cnn"), "{text}: {error}");
        }
    }

    #[test]
    fn a_revision_is_made_safe_for_an_address() {
        assert_eq!(revision_in_address("refs/pr/3").unwrap(), "refs%2Fpr%2F3");
        for text in ["", "a b", "../main", "main?x"] {
            assert!(revision_in_address(text).is_none(), "{text}");
        }
    }
}
