//! The facts a sentence can be caught inventing: its numbers and its names.

use super::names::{KnownNames, Name, names};
use super::numbers::{Number, numbers};

/// Numbers and names of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// Its names.
    pub names: Vec<Name>,
}

impl Facts {
    /// The facts of `sentence`.
    #[must_use]
    pub fn of(sentence: &str) -> Self {
        Self { numbers: numbers(sentence), names: names(sentence) }
    }
}

/// What the source says, ready for checking many sentences against it.
#[derive(Debug, Clone)]
pub struct Evidence {
    numbers: Vec<Number>,
    names: KnownNames,
}

impl Evidence {
    /// What `texts` say together.
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        let numbers = texts.iter().flat_map(|text| numbers(text)).collect();
        Self { numbers, names: KnownNames::of(texts) }
    }

    /// Whether a number of the source supports `number`.
    #[must_use]
    pub fn has_number(&self, number: &Number) -> bool {
        !number.certain || self.numbers.iter().any(|source| number.is_supported_by(source))
    }

    /// Whether the source has the name.
    #[must_use]
    pub fn has_name(&self, name: &Name) -> bool {
        self.names.holds(name)
    }

    /// The numbers and names of `sentence` that the source lacks, as text; empty
    /// when all is there.
    #[must_use]
    pub fn lacks(&self, sentence: &str) -> Vec<String> {
        let facts = Facts::of(sentence);
        let numbers = facts.numbers.iter().filter(|number| !self.has_number(number));
        let names = facts.names.into_iter().filter(|name| !self.has_name(name));
        numbers.map(|number| number.value.to_string()).chain(names.map(|name| name.text)).collect()
    }
}

/// Whether two statements name numbers and have none in common: then they are
/// not the same statement, however alike the words.
#[must_use]
pub fn numbers_conflict(one: &[Number], other: &[Number]) -> bool {
    let sure = |list: &[Number]| list.iter().copied().filter(|n| n.certain).collect::<Vec<_>>();
    let (one, other) = (sure(one), sure(other));
    !one.is_empty()
        && !other.is_empty()
        && !one.iter().any(|a| other.iter().any(|b| a.is_supported_by(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let evidence = Evidence::of(&["In Ulm, twelve buses burnt."]);
        assert_eq!(evidence.lacks("In Ulm, 12 buses burnt."), [""; 0]);
        assert_eq!(evidence.lacks("In Bonn, 13 buses burnt."), ["13", "Bonn"]);
    }

    #[test]
    fn other_numbers_make_another_statement() {
        let n = |text| numbers(text);
        assert!(numbers_conflict(&n("3 dead"), &n("5 dead")));
        assert!(!numbers_conflict(&n("3 dead"), &n("several dead")));
        assert!(!numbers_conflict(&n("3 dead in 2024"), &n("three dead")));
    }
}
