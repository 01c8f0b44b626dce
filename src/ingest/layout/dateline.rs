//! Layout 1: a line of the header is a date. Below it usually a department,
//! the title, often the title again, and paragraphs.

use super::body::{self, LeadRule};
use super::draft::Draft;
use super::header::{Header, Role};
use super::units::Unit;
use crate::ingest::article::Layout;

/// Recognises a header with a date line, wherever in the header it stands.
pub(crate) fn recognise(text: &str, units: &[Unit], header: &Header) -> Option<Draft> {
    let at = header.find(|role| matches!(role, Role::Date(_)))?;
    let unit = units.get(at)?;
    let reason = format!("the line \"{}\" above the text is a date", unit.text(text));
    let mut draft = Draft::new(Layout::DateLine, Some(unit.line), reason);
    header.write(&mut draft, text, units);
    body::write(&mut draft, text, units.get(header.len()..)?, LeadRule::IfShorter);
    Some(draft)
}
