//! Layout 4: paragraphs alone, perhaps with a closing note on sources.

use super::body::{self, LeadRule};
use super::draft::Draft;
use super::header::Header;
use super::units::Unit;
use crate::ingest::article::Layout;

/// Takes whatever the other recognisers did not want.
pub(crate) fn recognise(text: &str, units: &[Unit], header: &Header) -> Draft {
    let reason = "the text begins with prose: no date line, no headline";
    let mut draft = Draft::new(Layout::Plain, None, reason);
    header.write(&mut draft, text, units);
    body::write(
        &mut draft,
        text,
        units.get(header.len()..).unwrap_or_default(),
        LeadRule::IfShorter,
    );
    draft
}
