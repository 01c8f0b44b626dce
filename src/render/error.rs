use thiserror::Error;

/// A file that could not be made, or an earlier brief that could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RenderError {
    /// A brief could not be written as JSON.
    #[error("the brief could not be written as JSON")]
    WriteJson(#[source] serde_json::Error),
    /// The feed could not be written as XML.
    #[error("the feed could not be written as XML")]
    Xml(#[source] std::io::Error),
    /// The bytes are not a `brief.json`.
    #[error("not a brief.json")]
    ReadJson(#[source] serde_json::Error),
    /// The bytes are a `brief.json` of another version of this software.
    #[error(
        "brief.json has schema {found}, this software reads schema {known}; run the date again"
    )]
    Schema {
        /// What the file says.
        found: u32,
        /// What this software writes.
        known: u32,
    },
    /// A page template failed: a bug in this software.
    #[error("template {name} failed")]
    Template {
        /// The template.
        name: &'static str,
        /// What the engine says.
        #[source]
        source: minijinja::Error,
    },
}
