//! XLIFF 2.1 (core): an article is a `file`, a sentence a `unit`. What a person
//! wrote is `reviewed`, what a model did `translated`, and German that stands is
//! `initial` and has no target. Findings are notes.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::xml::{Xml, allowed, element};
use crate::brief::{ArticleBrief, DayBrief, SentencePair};
use crate::check::Severity;
use crate::translate::Origin;

const ROOT: [(&str, &str); 4] = [
    ("xmlns", "urn:oasis:names:tc:xliff:document:2.0"),
    ("version", "2.1"),
    ("srcLang", "de"),
    ("trgLang", "en"),
];

pub(super) fn write(brief: &DayBrief) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    // The schema asks for at least one unit in a file.
    let mut articles = brief.articles.iter().filter(|article| !article.pairs.is_empty());
    xml.create_element("xliff")
        .with_attributes(ROOT)
        .write_inner_content(|xml| articles.try_for_each(|article| file(xml, article)))?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn file(xml: &mut Xml, article: &ArticleBrief) -> io::Result<()> {
    let id = format!("a-{}", article.id);
    let path = allowed(&article.source.path);
    xml.create_element("file")
        .with_attributes([("id", id.as_str()), ("original", path.as_str())])
        .write_inner_content(|xml| article.pairs.iter().try_for_each(|pair| unit(xml, pair)))?;
    Ok(())
}

fn unit(xml: &mut Xml, pair: &SentencePair) -> io::Result<()> {
    let id = format!("s-{}", pair.id);
    xml.create_element("unit").with_attribute(("id", id.as_str())).write_inner_content(|xml| {
        notes(xml, pair)?;
        let state = match pair.en.origin {
            Origin::Human => "reviewed",
            Origin::Kept(_) => "initial",
            Origin::Model | Origin::Retry | Origin::Copied => "translated",
        };
        xml.create_element("segment").with_attribute(("state", state)).write_inner_content(
            |xml| {
                element(xml, "source", &[], &pair.de)?;
                match pair.en.origin {
                    Origin::Kept(_) => Ok(()),
                    _ => element(xml, "target", &[], &pair.en.text),
                }
            },
        )?;
        Ok(())
    })?;
    Ok(())
}

/// Findings, the worst with priority 1.
fn notes(xml: &mut Xml, pair: &SentencePair) -> io::Result<()> {
    let findings = pair.check.findings();
    if findings.is_empty() {
        return Ok(());
    }
    xml.create_element("notes").write_inner_content(|xml| {
        findings.iter().try_for_each(|finding| {
            let priority = match finding.severity {
                Severity::Critical => "1",
                Severity::Major => "3",
                Severity::Minor => "5",
            };
            let attributes = [("category", finding.kind.label()), ("priority", priority)];
            element(xml, "note", &attributes, &finding.message())
        })
    })?;
    Ok(())
}
