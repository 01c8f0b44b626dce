//! `brief.html` and the set-up every HTML page shares.
//!
//! A page is one file without scripts, images or addresses of other hosts; its
//! content security policy forbids what it does not have.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::brief::DayBrief;

use super::RenderError;
use super::page::Page;
use super::text::printable;

const TEMPLATES: [(&str, &str); 5] = [
    ("brief.html", include_str!("templates/brief.html")),
    ("index.html", include_str!("templates/index.html")),
    ("layout.html", include_str!("templates/layout.html")),
    ("macros.html", include_str!("templates/macros.html")),
    ("style.css", include_str!("templates/style.css")),
];

/// `brief.html`.
pub(super) fn brief(brief: &DayBrief) -> Result<Vec<u8>, RenderError> {
    fill("brief.html", &Page::new(brief))
}

/// Fills the template `name` (of [`TEMPLATES`]) with `page`.
pub(super) fn fill(name: &'static str, page: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    let filled = environment()
        .and_then(|environment| environment.get_template(name)?.render(Value::from(Serde(page))));
    filled.map(String::into_bytes).map_err(|source| RenderError::Template { name, source })
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    environment.set_formatter(format_printable);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// Escapes as usual, but shows only what may be shown: here, because a template
/// could forget a filter.
fn format_printable(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            escape_formatter(out, state, &Value::from(printable(text)))
        }
        _ => escape_formatter(out, state, value),
    }
}
