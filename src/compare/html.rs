//! A comparison as one page. The template engine escapes all text.

use minijinja::value::Serde;
use minijinja::{Environment, Error, Value};
use serde::Serialize;

use super::{Change, Comparison, Part, terminal, word_diff};

const TEMPLATE: &str = include_str!("compare.html");

#[derive(Serialize)]
struct Page<'a> {
    sum: String,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    date: &'a str,
    path: &'a str,
    cause: &'static str,
    id: String,
    german: &'a str,
    parts: Vec<(&'static str, String)>,
}

/// The page; it needs no other file.
///
/// # Errors
/// If the template is broken, which a test rules out.
pub fn page(comparison: &Comparison) -> Result<String, Error> {
    let rows = comparison.changes.iter().filter_map(row).collect();
    let page = Page { sum: terminal::sum(comparison), rows };
    // The name's ending makes the engine escape.
    Environment::new().render_named_str("compare.html", TEMPLATE, Value::from(Serde(page)))
}

fn row(change: &Change) -> Option<Row<'_>> {
    let pair = change.after.as_ref().or(change.before.as_ref())?;
    let before = change.before.as_ref().map_or("", |pair| &pair.en.text);
    let after = change.after.as_ref().map_or("", |pair| &pair.en.text);
    let parts = word_diff(before, after).into_iter().map(|part| match part {
        Part::Same(words) => ("span", words),
        Part::Gone(words) => ("del", words),
        Part::Come(words) => ("ins", words),
    });
    Some(Row {
        date: &change.date,
        path: &change.path,
        cause: change.cause.label(),
        id: pair.id.to_string(),
        german: &pair.de,
        parts: parts.collect(),
    })
}
