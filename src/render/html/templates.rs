//! The template engine, set up so that a template cannot forget to escape.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::render::RenderError;
use crate::render::text::printable_part;

const TEMPLATES: [(&str, &str); 6] = [
    ("article.html", include_str!("templates/article.html")),
    ("brief.html", include_str!("templates/brief.html")),
    ("check.html", include_str!("templates/check.html")),
    ("index.html", include_str!("templates/index.html")),
    ("layout.html", include_str!("templates/layout.html")),
    ("macros.html", include_str!("templates/macros.html")),
];

/// All templates, parsed.
pub(super) struct Templates(Environment<'static>);

impl Templates {
    /// Parses them: a few milliseconds, so once for many pages.
    pub(super) fn new() -> Result<Self, RenderError> {
        environment().map(Self).map_err(|source| RenderError::Template { name: "all", source })
    }

    /// Fills the template `name` with `page`.
    pub(super) fn fill(
        &self,
        name: &'static str,
        page: &impl Serialize,
    ) -> Result<String, RenderError> {
        let template = self.0.get_template(name);
        template
            .and_then(|template| template.render(Value::from(Serde(page))))
            .map_err(|source| RenderError::Template { name, source })
    }
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
            escape_formatter(out, state, &Value::from(printable_part(text)))
        }
        _ => escape_formatter(out, state, value),
    }
}
