/// What the site must know that no brief says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteOptions {
    /// The address that the outputs folder is published at, such as
    /// `https://news.example/briefs/`. Only the feed needs it: its links are
    /// relative without it.
    pub base_url: Option<String>,
}

impl SiteOptions {
    /// `path`, relative to the outputs folder, as an address.
    pub(super) fn address(&self, path: &str) -> String {
        match &self.base_url {
            Some(base) => format!("{}/{path}", base.trim_end_matches('/')),
            None => path.to_owned(),
        }
    }
}
