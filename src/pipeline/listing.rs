//! The inbox as a run goes by it: what each article is, not its text. So a run
//! holds no more than a few hundred bytes of an article it is not at work on.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use super::driver::PipelineError;
use super::settings::Settings;
use crate::ingest::{self, Article, ArticleId, BriefDate, InboxFile};
use crate::setback::{Setback, Stage};

/// An article of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub id: ArticleId,
    /// The brief it belongs to.
    pub date: BriefDate,
    /// Its path within the inbox, as shown.
    pub path: String,
    file: InboxFile,
    /// Hash over all that ingest said of it.
    pub(super) digest: String,
}

/// What one walk over the inbox gave.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The articles, in path order.
    pub articles: Vec<Listed>,
    /// Everything that was found and is not an article, in path order.
    pub setbacks: Vec<Setback>,
    /// How long it took.
    pub time: Duration,
}

/// Stage 1: reads the inbox, an article at a time.
///
/// # Errors
/// [`PipelineError::Inbox`] if `inbox` is not a folder that can be read.
pub fn list(inbox: &Path, settings: &Settings) -> Result<Listing, PipelineError> {
    let started = Instant::now();
    let mut articles = Vec::new();
    let setbacks = ingest::read_each(inbox, &settings.ingest, &mut |article, file| {
        articles.push(Listed {
            date: article.brief_date(),
            digest: digest(&article),
            id: article.id,
            path: article.source.path,
            file,
        });
    })?;
    Ok(Listing { articles, setbacks, time: started.elapsed() })
}

impl Listed {
    /// The article itself.
    ///
    /// # Errors
    /// A setback if the file is not what it was when it was listed.
    pub(super) fn read(&self, settings: &Settings) -> Result<Article, Setback> {
        let article = ingest::read_article(&self.file.path, &self.file.relative, &settings.ingest);
        match article {
            Ok(article) if digest(&article) == self.digest => Ok(article),
            _ => Err(Setback {
                path: self.path.clone(),
                stage: Stage::Ingest,
                reason: "it was changed while the run was under way".to_owned(),
                remedy: "The next run takes it.".to_owned(),
            }),
        }
    }
}

/// The articles of each date, in the order in which its brief takes them.
pub(super) fn by_date(articles: Vec<Listed>) -> BTreeMap<BriefDate, Vec<Listed>> {
    let mut dates: BTreeMap<BriefDate, Vec<Listed>> = BTreeMap::new();
    for article in articles {
        dates.entry(article.date).or_default().push(article);
    }
    for articles in dates.values_mut() {
        articles.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
    }
    dates
}

fn digest(article: &Article) -> String {
    // An article has no value that JSON lacks.
    let json = serde_json::to_vec(article).unwrap_or_default();
    blake3::hash(&json).to_hex().to_string()
}
