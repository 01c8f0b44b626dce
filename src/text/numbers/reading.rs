//! A number while its neighbours are still being read.

use super::{Form, Number, Unit};
use crate::text::scan::{Scan, Token};

/// What is known of a number so far.
#[derive(Debug, Clone)]
pub(in crate::text) struct Reading {
    /// Its first token.
    pub(in crate::text) first: usize,
    /// One past its last token, unit included.
    pub(in crate::text) end: usize,
    /// Its value without scale words.
    pub(in crate::text) base: f64,
    /// What the scale words multiply it by.
    pub(in crate::text) scale: f64,
    /// What it counts.
    pub(in crate::text) unit: Unit,
    /// How it is put.
    pub(in crate::text) form: Form,
    /// Whether it is surely a number.
    pub(in crate::text) certain: bool,
}

impl Reading {
    /// A plain cardinal of tokens `first..end`.
    pub(in crate::text) fn cardinal(first: usize, end: usize, base: f64) -> Self {
        let (unit, form) = (Unit::Plain, Form::Cardinal);
        Self { first, end, base, scale: 1.0, unit, form, certain: true }
    }

    /// The number, in its place.
    pub(in crate::text) fn number(&self, scan: &Scan<'_>) -> Number {
        Number {
            value: self.base * self.scale,
            unit: self.unit,
            form: self.form,
            certain: self.certain,
            span: scan.span(self.first, self.end),
        }
    }
}

/// In "3 to 4 million euros" the 3 means millions and euros, too, and in "von 3,5 auf
/// 4,4 Prozent" the 3,5 percent.
pub(in crate::text) fn share_scales(scan: &Scan<'_>, readings: &mut [Reading]) {
    for at in (1..readings.len()).rev() {
        let (before, after) = readings.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let between = scan.tokens.get(first.end..second.first).unwrap_or_default();
        let plain = first.form == Form::Cardinal && second.form == Form::Cardinal;
        if !plain || !is_range(between) || first.base >= 1000.0 {
            continue;
        }
        if first.scale == 1.0 && first.base <= second.base {
            first.scale = second.scale;
        }
        if first.unit == Unit::Plain {
            first.unit = second.unit;
        }
    }
}

fn is_range(between: &[Token]) -> bool {
    let sign = |token: &&Token| !matches!(token, Token::Symbol('$' | '€' | '£'));
    let mut rest = between.iter().filter(sign);
    let link = match rest.next() {
        Some(Token::Word(word)) => {
            matches!(word.as_str(), "to" | "and" | "or" | "bis" | "auf" | "und" | "oder")
        }
        Some(Token::Symbol(c)) => matches!(c, '-' | '–'),
        _ => false,
    };
    link && rest.next().is_none()
}
