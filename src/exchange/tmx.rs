//! TMX 1.4b. German that stands is no translation and left out.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::origin_name;
use super::xml::{Xml, element};
use crate::brief::{DayBrief, SentencePair};
use crate::translate::Origin;

const HEADER: [(&str, &str); 8] = [
    ("creationtool", "Tagesbrief"),
    ("creationtoolversion", env!("CARGO_PKG_VERSION")),
    ("segtype", "sentence"),
    ("o-tmf", "brief.json"),
    ("adminlang", "en"),
    ("srclang", "de"),
    ("datatype", "plaintext"),
    ("o-encoding", "utf-8"),
];

pub(super) fn write(brief: &DayBrief) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.write_event(Event::DocType(BytesText::from_escaped("tmx SYSTEM \"tmx14.dtd\"")))?;
    xml.create_element("tmx").with_attribute(("version", "1.4")).write_inner_content(|xml| {
        xml.create_element("header").with_attributes(HEADER).write_empty()?;
        xml.create_element("body").write_inner_content(|xml| {
            let pairs = brief.articles.iter().flat_map(|article| &article.pairs);
            pairs.filter(|pair| is_translated(pair)).try_for_each(|pair| unit(xml, pair))
        })?;
        Ok(())
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn is_translated(pair: &SentencePair) -> bool {
    !matches!(pair.en.origin, Origin::Kept(_))
}

fn unit(xml: &mut Xml, pair: &SentencePair) -> io::Result<()> {
    let id = pair.id.to_string();
    xml.create_element("tu").with_attribute(("tuid", id.as_str())).write_inner_content(|xml| {
        element(xml, "prop", &[("type", "x-origin")], origin_name(pair.en.origin))?;
        for (language, text) in [("de", &pair.de), ("en", &pair.en.text)] {
            xml.create_element("tuv")
                .with_attribute(("xml:lang", language))
                .write_inner_content(|xml| element(xml, "seg", &[], text))?;
        }
        Ok(())
    })?;
    Ok(())
}
