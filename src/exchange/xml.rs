//! What both XML formats need.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

pub(super) type Xml = Writer<Vec<u8>>;

/// Writes `<name attributes>text</name>`.
pub(super) fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    xml.create_element(name)
        .with_attributes(attributes.iter().copied())
        .write_text_content(BytesText::new(&allowed(text)))?;
    Ok(())
}

/// `text` with U+FFFD for what XML 1.0 has no place for, not even as a reference.
pub(super) fn allowed(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.replace(forbidden, "\u{fffd}")
}
