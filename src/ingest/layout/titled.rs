//! Layout 3: the text opens with a headline, and no date stands above the text.

use super::body::{self, LeadRule};
use super::draft::Draft;
use super::header::{Header, Role};
use super::units::Unit;
use crate::ingest::article::Layout;

/// Recognises a header with a title.
pub(crate) fn recognise(text: &str, units: &[Unit], header: &Header) -> Option<Draft> {
    let at = header.find(|role| *role == Role::Title)?;
    let line = units.get(at)?.line;
    let reason = "the text opens with a headline (short, no full stop) and has no date line";
    let mut draft = Draft::new(Layout::Titled, Some(line), reason);
    header.write(&mut draft, text, units);
    body::write(&mut draft, text, units.get(header.len()..)?, LeadRule::IfShorter);
    Some(draft)
}
