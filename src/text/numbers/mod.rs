//! Numbers by value: `3,000`, `3000`, `three thousand`, `3 thousand` and the
//! German `3.000`, `dreitausend`, `3 Tsd.` are one.
//!
//! Known gaps: signs are not read (a dash is too often a dash), nor are vague
//! amounts ("dozens", "millions") and Roman numerals.

mod english;
mod german;
mod reading;

pub use english::{numbers, small_number};
pub use german::german_numbers;

pub(super) use english::read as read_english;
pub(super) use german::read as read_german;
pub(super) use reading::{Reading, share_scales};

use crate::support::Span;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Things, years, whatever the next word says.
    Plain,
    /// Hundredths, also percentage points.
    Percent,
    /// Dollars.
    Dollar,
    /// Euros.
    Euro,
    /// Pounds.
    Pound,
    /// Cents.
    Cent,
    /// Francs.
    Franc,
    /// Yen.
    Yen,
    /// Yuan.
    Yuan,
    /// Roubles.
    Rouble,
    /// Zlotys.
    Zloty,
    /// Crowns.
    Krone,
    /// Lira.
    Lira,
}

impl Unit {
    /// The unit in English, after a number.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Percent => "percent",
            Self::Dollar => "dollars",
            Self::Euro => "euros",
            Self::Pound => "pounds",
            Self::Cent => "cents",
            Self::Franc => "francs",
            Self::Yen => "yen",
            Self::Yuan => "yuan",
            Self::Rouble => "roubles",
            Self::Zloty => "zlotys",
            Self::Krone => "crowns",
            Self::Lira => "lira",
        }
    }
}

/// How a number is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// "three", "3", "3 million"
    Cardinal,
    /// "third", "3rd", "dritte"
    Ordinal,
    /// "a third", "half", "ein Drittel"
    Fraction,
    /// "the 1990s", "die neunziger Jahre": the tens alone, 90
    Decade,
}

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value, scale words multiplied in (`2 million` is `2e6`).
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
    /// How it is put.
    pub form: Form,
    /// Whether it is surely a number: the bare word "one" is not ("one of them").
    pub certain: bool,
    /// Where it stands, unit included.
    pub span: Span,
}

impl Number {
    /// Whether a source that says `source` supports this number: equal value,
    /// per cent against per cent only, and no other currency.
    #[must_use]
    pub fn is_supported_by(&self, source: &Self) -> bool {
        let percent = (self.unit == Unit::Percent) == (source.unit == Unit::Percent);
        let units =
            self.unit == source.unit || self.unit == Unit::Plain || source.unit == Unit::Plain;
        self.has_value_of(source) && percent && units
    }

    /// Whether the two have one value, whatever they count. A fraction "a third"
    /// and the ordinal "third" are told apart by their words' company alone, so
    /// they count as one.
    #[must_use]
    pub fn has_value_of(&self, other: &Self) -> bool {
        equal(self.value, other.value)
            || match (self.form, other.form) {
                (Form::Fraction, Form::Ordinal) => equal(1.0 / self.value, other.value),
                (Form::Ordinal, Form::Fraction) => equal(self.value, 1.0 / other.value),
                (Form::Decade, _) => equal(self.value, other.value % 100.0),
                (_, Form::Decade) => equal(self.value % 100.0, other.value),
                _ => false,
            }
    }
}

fn equal(one: f64, other: f64) -> bool {
    let scale = one.abs().max(other.abs()).max(1.0);
    one == other || (one - other).abs() <= 1e-9 * scale
}
