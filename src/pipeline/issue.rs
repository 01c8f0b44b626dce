//! What is known of a date's last brief: from what it was made, and which files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::brief::{DayBrief, Edition};
use crate::check::FindingKind;
use crate::ingest::{ArticleId, BriefDate};
use crate::render::Rendered;
use crate::setback::Setback;
use crate::store::{Store, StoreError};

use super::driver::Job;
use super::listing::Listed;

/// What besides the articles decides how a brief looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recipe {
    /// Fingerprints of the models, and how they compute.
    pub(super) models: String,
    /// All settings of the stages, but for today's date.
    pub(super) settings: String,
    /// The program.
    pub(super) software: String,
}

impl Recipe {
    pub(super) fn of(job: &Job<'_>) -> Self {
        let info = job.models.info();
        let mut settings = job.settings.clone();
        // A refused date shows in the article; the day itself decides nothing else.
        settings.ingest.today = jiff::civil::Date::ZERO;
        Self {
            models: format!("{info:?} {}", job.models.arithmetic()),
            settings: hash(format!("{settings:?}").as_bytes()),
            software: job.software.to_owned(),
        }
    }
}

/// A brief that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Issue {
    pub(super) recipe: Recipe,
    /// Hash over all that ingest said of the articles.
    pub(super) text: String,
    /// The articles, in order of their ids.
    pub(super) articles: BTreeSet<ArticleId>,
    pub(super) edition: Edition,
    /// Its files within the date's folder, with their hashes.
    pub(super) files: BTreeMap<String, String>,
    /// What went wrong with its articles and has not been mended since.
    pub(super) setbacks: Vec<Setback>,
    /// Sentences without usable English.
    pub(super) kept_german: usize,
    /// What the checks found in the sentences.
    pub(super) findings: BTreeMap<FindingKind, usize>,
    /// Its key points, ids and texts: later briefs are held against them.
    #[serde(default)]
    pub(super) told: Vec<(String, String)>,
    /// Names what the days before told when its key points were held against that.
    #[serde(default)]
    pub(super) told_before: String,
    /// Where the corrections stand with its articles.
    #[serde(default)]
    pub(super) corrections: Corrected,
}

/// Corrections, by their German, and a date's articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Corrected {
    /// Those that took the model's place.
    pub(super) placed: BTreeSet<String>,
    /// Those that only a sentence in other words is like.
    pub(super) near: BTreeSet<String>,
    /// Those of `near` that the brief calls stale.
    pub(super) stale: BTreeSet<String>,
}

impl Issue {
    /// The last issue of `date`: from the store, else (the store was lost) as far
    /// as the brief itself tells.
    pub(super) fn last(desk: &Desk<'_>, date: BriefDate) -> Result<Option<Self>, StoreError> {
        let issue = desk.store.record(&desk.name("issue", &date.to_string()))?;
        Ok(issue.or_else(|| Self::printed(&desk.output.join(date.to_string()).join("brief.json"))))
    }

    /// All that the store knows.
    pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<(String, Self)>, StoreError> {
        desk.store.records(&desk.name("issue", ""))
    }

    pub(super) fn keep(&self, desk: &Desk<'_>, date: BriefDate) -> Result<(), StoreError> {
        desk.store.put_record(&desk.name("issue", &date.to_string()), self)
    }

    pub(super) fn forget(desk: &Desk<'_>, folder: &str) -> Result<(), StoreError> {
        desk.store.remove_record(&desk.name("issue", folder))
    }

    /// An issue whose making is unknown, so that it is made anew.
    fn printed(brief: &Path) -> Option<Self> {
        #[derive(Deserialize)]
        struct Printed {
            #[serde(default)]
            edition: Edition,
            articles: Vec<PrintedArticle>,
            key_points: Vec<PrintedPoint>,
        }
        #[derive(Deserialize)]
        struct PrintedPoint {
            id: String,
            text: String,
        }
        #[derive(Deserialize)]
        struct PrintedArticle {
            id: ArticleId,
        }
        let printed: Printed = serde_json::from_slice(&fs::read(brief).ok()?).ok()?;
        let unknown = || "unknown".to_owned();
        Some(Self {
            recipe: Recipe { models: unknown(), settings: unknown(), software: unknown() },
            text: unknown(),
            articles: printed.articles.into_iter().map(|article| article.id).collect(),
            edition: printed.edition,
            files: BTreeMap::new(),
            setbacks: Vec::new(),
            kept_german: 0,
            findings: BTreeMap::new(),
            told: printed.key_points.into_iter().map(|point| (point.id, point.text)).collect(),
            told_before: unknown(),
            corrections: Corrected::default(),
        })
    }

    /// Whether its files are on the disk, byte by byte.
    pub(super) fn is_intact(&self, folder: &Path) -> bool {
        are_intact(&self.files, folder)
    }
}

/// The edition that follows `earlier` when a date has `articles`.
pub(super) fn edition(earlier: Option<&Issue>, articles: &[&ArticleId]) -> Edition {
    let Some(earlier) = earlier else { return Edition::default() };
    let now: BTreeSet<&ArticleId> = articles.iter().copied().collect();
    let withdrawn = earlier.articles.iter().filter(|id| !now.contains(id)).count();
    let is_new = |id: &&&ArticleId| !earlier.articles.contains(**id);
    let added: Vec<ArticleId> = articles.iter().filter(is_new).map(|id| (*id).clone()).collect();
    if added.is_empty() && withdrawn == 0 {
        return earlier.edition.clone();
    }
    Edition { number: earlier.edition.number + 1, added, withdrawn }
}

/// Tells `brief` which edition it is.
pub(super) fn with_edition(mut brief: DayBrief, earlier: Option<&Issue>) -> DayBrief {
    let ids: Vec<&ArticleId> = brief.articles.iter().map(|article| &article.id).collect();
    brief.edition = edition(earlier, &ids);
    brief
}

/// Names everything that ingest said of a date's articles.
pub(super) fn text_of(articles: &[Listed]) -> String {
    let digests: Vec<&str> = articles.iter().map(|article| article.digest.as_str()).collect();
    hash(digests.concat().as_bytes())
}

/// Names and hashes of files.
pub(super) fn hashes(files: &[Rendered]) -> BTreeMap<String, String> {
    files.iter().map(|file| (file.name.to_string(), hash(&file.bytes))).collect()
}

/// Whether `files` are in `folder`, byte by byte.
pub(super) fn are_intact(files: &BTreeMap<String, String>, folder: &Path) -> bool {
    let same = |(name, known): (&String, &String)| {
        fs::read(folder.join(name)).is_ok_and(|bytes| hash(&bytes) == *known)
    };
    !files.is_empty() && files.iter().all(same)
}

pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// An output folder and what the store has about it.
#[derive(Clone, Copy)]
pub(super) struct Desk<'d> {
    pub(super) store: &'d Store,
    pub(super) output: &'d Path,
    /// The output folder's real path, so that two names of it are one folder.
    pub(super) place: &'d str,
}

impl Desk<'_> {
    /// The record `name` of this kind and output folder.
    pub(super) fn name(&self, kind: &str, name: &str) -> String {
        format!("{kind}\0{}\0{name}", self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(ids: &[&str], number: u32) -> Issue {
        let none = String::new;
        Issue {
            recipe: Recipe { models: none(), settings: none(), software: none() },
            text: none(),
            articles: ids.iter().map(|id| ArticleId((*id).to_owned())).collect(),
            edition: Edition { number, ..Edition::default() },
            files: BTreeMap::new(),
            setbacks: Vec::new(),
            kept_german: 0,
            findings: BTreeMap::new(),
            told: Vec::new(),
            told_before: none(),
            corrections: Corrected::default(),
        }
    }

    #[test]
    fn editions_count_what_comes_and_goes() {
        let (a, b) = (ArticleId("a".to_owned()), ArticleId("b".to_owned()));
        assert_eq!(edition(None, &[&a]), Edition::default());
        assert_eq!(edition(Some(&issue(&["a"], 3)), &[&a]).number, 3);
        let more = edition(Some(&issue(&["a"], 1)), &[&a, &b]);
        assert_eq!(more, Edition { number: 2, added: vec![b.clone()], withdrawn: 0 });
        let other = edition(Some(&issue(&["a"], 2)), &[&b]);
        assert_eq!(other, Edition { number: 3, added: vec![b], withdrawn: 1 });
    }
}
