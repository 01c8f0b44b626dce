//! `feed.atom`: the newest briefs as an Atom feed (RFC 4287).
//!
//! No clock: an entry's `updated` follows from its date and issue alone.
//! Ids are `tag:` URIs (RFC 4151) where no base address is set. They name an
//! entry and lead nowhere; the links are then relative to the feed.

use std::io;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::ingest::BriefDate;

use super::index::IndexEntry;
use super::text::printable;
use super::{RenderError, SiteOptions, anchor, wording};

/// The feed's file.
pub(super) const FILE: &str = "feed.atom";

/// The most briefs in the feed: a month of mornings.
const ENTRIES: usize = 31;

/// Who names things where no base address is set: a name that is nobody's (RFC
/// 6761), so that it cannot clash with another publisher's.
const TAG: &str = "tag:tagesbrief.invalid,2026:";

/// What is later than nothing: the day of undated articles, and of a feed without entries.
const FIRST_DAY: Date = date(1970, 1, 1);

type Xml = Writer<Vec<u8>>;

/// The feed of `entries`, which stand newest first.
pub(super) fn feed(entries: &[&IndexEntry], site: &SiteOptions) -> Result<Vec<u8>, RenderError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    write_feed(&mut xml, entries, site).map_err(RenderError::Xml)?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn write_feed(xml: &mut Xml, entries: &[&IndexEntry], site: &SiteOptions) -> io::Result<()> {
    let entries: Vec<&IndexEntry> = entries.iter().copied().take(ENTRIES).collect();
    let newest = entries.iter().map(|entry| updated(entry)).max();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")]);
    feed.write_inner_content(|xml| {
        text(xml, "id", &id(site, FILE, "feed"))?;
        text(xml, "title", "Tagesbrief")?;
        text(xml, "subtitle", &format!("German news in English. {}.", wording::LABEL))?;
        text(xml, "updated", &newest.unwrap_or_else(|| format!("{FIRST_DAY}T00:00:00Z")))?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", "Tagesbrief"))?;
        link(xml, "alternate", "text/html", &site.address("index.html"))?;
        if site.base_url.is_some() {
            link(xml, "self", "application/atom+xml", &site.address(FILE))?;
        }
        entries.iter().try_for_each(|entry| write_entry(xml, entry, site))
    })?;
    Ok(())
}

fn write_entry(xml: &mut Xml, entry: &IndexEntry, site: &SiteOptions) -> io::Result<()> {
    let page = format!("{}/brief.html", entry.date);
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &id(site, &page, &entry.date.to_string()))?;
        text(xml, "title", &wording::heading_date(entry.date))?;
        text(xml, "updated", &updated(entry))?;
        link(xml, "alternate", "text/html", &site.address(&page))?;
        text(xml, "summary", &entry.overview.join(" "))?;
        xml.create_element("content").with_attribute(("type", "xhtml")).write_inner_content(
            |xml| {
                let div = xml
                    .create_element("div")
                    .with_attribute(("xmlns", "http://www.w3.org/1999/xhtml"));
                div.write_inner_content(|xml| write_content(xml, entry, site)).map(drop)
            },
        )?;
        Ok(())
    })?;
    Ok(())
}

/// Key points, then headlines, each a link to its place.
fn write_content(xml: &mut Xml, entry: &IndexEntry, site: &SiteOptions) -> io::Result<()> {
    text(xml, "p", &format!("{}.", wording::LABEL))?;
    if let Some(update) = wording::update(&entry.edition) {
        text(xml, "p", &format!("{update}."))?;
    }
    let page = format!("{}/brief.html", entry.date);
    list(xml, "Key points", &entry.key_points, |point| {
        (site.address(&format!("{page}#{}", anchor::key_point(&point.id))), &point.text)
    })?;
    list(xml, "Headlines", &entry.headlines, |line| {
        (site.address(&format!("{}/{}", entry.date, anchor::article_page(&line.article))), &line.en)
    })
}

/// A heading and a list of links; nothing where there are none.
fn list<T>(
    xml: &mut Xml,
    heading: &str,
    items: &[T],
    link_of: impl Fn(&T) -> (String, &String),
) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    text(xml, "h2", heading)?;
    let list = xml.create_element("ul");
    list.write_inner_content(|xml| {
        for item in items {
            let (href, words) = link_of(item);
            xml.create_element("li").write_inner_content(|xml| {
                let link = xml.create_element("a").with_attribute(("href", href.as_str()));
                link.write_text_content(BytesText::new(&legal(words))).map(drop)
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// An element with text alone.
fn text(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&legal(words))).map(drop)
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let link = xml.create_element("link");
    link.with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty().map(drop)
}

/// The text as it may be shown, without the two characters that
/// XML has no way to write.
fn legal(words: &str) -> String {
    printable(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A name for ever: the address where one is set, a tag where none is.
fn id(site: &SiteOptions, path: &str, name: &str) -> String {
    match site.base_url {
        Some(_) => site.address(path),
        None => format!("{TAG}{name}"),
    }
}

/// The beginning of the day (of a month its first day, of undated articles 1970's),
/// and a second more for each later issue: readers show an entry again if that moves.
fn updated(entry: &IndexEntry) -> String {
    let day = match entry.date {
        BriefDate::Day(day) => Some(day),
        BriefDate::Month { year, month } => Date::new(year, month, 1).ok(),
        BriefDate::Undated => None,
    };
    let issues = i64::from(entry.edition.number.saturating_sub(1)).seconds();
    let start = day.unwrap_or(FIRST_DAY).at(0, 0, 0, 0);
    start.checked_add(issues).unwrap_or(start).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
