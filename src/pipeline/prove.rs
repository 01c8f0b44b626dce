//! Whether an output folder is what its inputs, models and settings give.
//!
//! Everything is made once more, from the German files and the models' remembered
//! answers to the last byte, and held against what is there: nothing is taken from
//! the files under proof but how often a date was issued, if the store does not
//! know. Briefs whose articles have left the inbox can only be rendered from their
//! own JSON, and are told apart.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;

use walkdir::WalkDir;

use crate::brief::{DayBrief, read_brief, relate};
use crate::ingest::BriefDate;
use crate::model::ModelError;
use crate::render::{IndexEntry, Rendered, render_day, render_index};
use crate::segment;
use crate::setback::Setback;
use crate::summarise::{SummarisedArticle, Summariser};
use crate::translate::Translator;

use super::chronicle::{Chronicle, told};
use super::driver::{Job, PipelineError, brief_of, place};
use super::english::{Bars, english};
use super::issue::{Desk, Issue};
use super::listing::{Listed, Listing, by_date};
use super::memory::Memory;
use super::models::ModelSource;
use super::outputs::{self, OutputError};
use super::report::Report;
use super::run_json::RUN_FILE;

/// What is wrong with a file or a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is not there.
    Missing,
    /// Its bytes are others.
    Differs,
    /// It is among the program's files and none of them.
    Extra,
    /// Its inputs or answers are not all there; why.
    Unproven(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Differs => f.write_str("differs from what its inputs give"),
            Self::Extra => f.write_str("is not of this program"),
            Self::Unproven(why) => write!(f, "cannot be proved: {why}"),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Files that are what inbox, models and settings give.
    pub proved: usize,
    /// Files that are what the JSON of their brief gives, whose articles have left
    /// the inbox.
    pub rendered: usize,
    /// What is wrong, by the path within the output folder.
    pub faults: Vec<(String, Fault)>,
    /// Files beside the program's own, which it leaves alone.
    pub others: Vec<String>,
}

/// Holds the output folder against everything it was made from. Asks no model and
/// writes nothing.
///
/// # Errors
/// [`PipelineError`] if the store or the inbox cannot be read.
pub fn prove(inbox: Listing, job: &Job<'_>) -> Result<Proof, PipelineError> {
    let place = place(job.output);
    let desk = Desk { store: job.store, output: job.output, place: &place };
    let silent = Silent(job.models);
    let job = Job { models: &silent, retry: false, ..*job };
    let mut proving = Proving {
        memory: Memory::new(&job),
        chronicle: Chronicle::read(&desk)?,
        stale: stale(&inbox.articles, &job),
        job: &job,
        desk,
        proof: Proof::default(),
        expected: BTreeSet::new(),
        entries: Vec::new(),
    };
    let dates = by_date(inbox.articles);
    let folders: BTreeSet<String> = dates.keys().map(ToString::to_string).collect();
    for (date, articles) in dates {
        proving.date(date, articles)?;
    }
    for (folder, _) in outputs::briefs(proving.job.output) {
        if !folders.contains(&folder) {
            proving.kept(&folder)?;
        }
    }
    proving.index()?;
    proving.look_around();
    proving.proof.faults.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(proving.proof)
}

/// Corrections that no sentence of the inbox is written like.
fn stale(articles: &[Listed], job: &Job<'_>) -> BTreeSet<String> {
    let corrections = &job.settings.check.corrections;
    let mut placed = BTreeSet::new();
    for article in articles.iter().filter_map(|it| it.read(job.settings).ok()) {
        placed.extend(corrections.placed(segment::segment(article).sources()));
    }
    corrections.without(&placed)
}

struct Proving<'p> {
    job: &'p Job<'p>,
    desk: Desk<'p>,
    memory: Memory<'p>,
    chronicle: Chronicle,
    stale: BTreeSet<String>,
    proof: Proof,
    /// Paths within the output folder.
    expected: BTreeSet<String>,
    entries: Vec<IndexEntry>,
}

impl Proving<'_> {
    /// A date of the inbox.
    fn date(&mut self, date: BriefDate, articles: Vec<Listed>) -> Result<(), PipelineError> {
        let folder = date.to_string();
        match self.made(date, articles)? {
            Ok(brief) => {
                self.chronicle.set(date, told(&brief));
                self.proof.proved += self.hold(&folder, &render_day(&brief).map_err(output)?);
                self.entries.push(IndexEntry::from_brief(&brief));
            }
            Err(why) => {
                self.proof.faults.push((folder.clone(), Fault::Unproven(why)));
                // What can be said of its files is at least whether they belong together.
                self.kept(&folder)?;
            }
        }
        Ok(())
    }

    /// The brief as its inputs give it, or why that is not known.
    fn made(
        &self,
        date: BriefDate,
        listed: Vec<Listed>,
    ) -> Result<Result<DayBrief, String>, PipelineError> {
        let read = listed.iter().map(|article| article.read(self.job.settings));
        let articles = match read.collect::<Result<Vec<_>, Setback>>() {
            Ok(articles) => articles,
            Err(setback) => return Ok(Err(setback.to_string())),
        };
        let mut bars = Bars::new(self.job, 0, 0);
        let (stale, memory) = (&self.stale, &self.memory);
        let mut report = Report::default();
        let Ok(worked) = english(articles, stale, self.job, memory, &mut bars, &mut report) else {
            let why = "not all its sentences and summaries are remembered; run first, with these \
                       models and settings";
            return Ok(Err(why.to_owned()));
        };
        let articles: Vec<SummarisedArticle> = worked.into_iter().map(|it| it.article).collect();
        let last = Issue::last(&self.desk, date)?;
        let before = self.chronicle.before(date);
        Ok(Ok(brief_of(date, articles, self.job, last.as_ref(), &before)))
    }

    /// A brief that nothing but its own JSON is left of.
    fn kept(&mut self, folder: &str) -> Result<(), PipelineError> {
        let Ok(brief) = read_brief(&self.job.output.join(folder)) else { return Ok(()) };
        if brief.date.to_string() != folder {
            return Ok(());
        }
        let before = self.chronicle.before(brief.date);
        let brief = relate(brief, &before);
        self.proof.rendered += self.hold(folder, &render_day(&brief).map_err(output)?);
        self.entries.push(IndexEntry::from_brief(&brief));
        Ok(())
    }

    fn index(&mut self) -> Result<(), PipelineError> {
        let files = render_index(&self.entries, &self.job.settings.site).map_err(output)?;
        self.proof.proved += self.hold("", &files);
        Ok(())
    }

    /// Compares files of a folder with what is there; how many are the same.
    fn hold(&mut self, folder: &str, files: &[Rendered]) -> usize {
        let mut same = 0;
        for file in files {
            let path = if folder.is_empty() {
                file.name.clone()
            } else {
                format!("{folder}/{}", file.name)
            };
            let fault = match fs::read(self.job.output.join(&path)) {
                Ok(bytes) if bytes == file.bytes => None,
                Ok(_) => Some(Fault::Differs),
                Err(_) => Some(Fault::Missing),
            };
            match fault {
                None => same += 1,
                Some(fault) => self.proof.faults.push((path.clone(), fault)),
            }
            self.expected.insert(path);
        }
        same
    }

    /// Names what is there and not expected: a fault within the folders that are the
    /// program's own.
    fn look_around(&mut self) {
        let own: BTreeSet<String> = self.expected.iter().filter_map(|path| top(path)).collect();
        // A link is a file here: it is not followed.
        let found = WalkDir::new(self.job.output).into_iter().filter_map(Result::ok);
        for entry in found.filter(|entry| !entry.file_type().is_dir()) {
            let Ok(path) = entry.path().strip_prefix(self.job.output) else { continue };
            let path = path.to_string_lossy().into_owned();
            if self.expected.contains(&path) || path == RUN_FILE {
                continue;
            }
            if top(&path).is_some_and(|folder| own.contains(&folder)) {
                self.proof.faults.push((path, Fault::Extra));
            } else {
                self.proof.others.push(path);
            }
        }
        self.proof.others.sort();
    }
}

fn output(error: impl Into<OutputError>) -> PipelineError {
    PipelineError::Output(error.into())
}

/// The first folder of a path.
fn top(path: &str) -> Option<String> {
    path.split_once('/').map(|(folder, _)| folder.to_owned())
}

/// Models that have a name and say nothing: what is not remembered stays unknown.
struct Silent<'m>(&'m dyn ModelSource);

fn nothing() -> ModelError {
    ModelError::Engine { model: "translation", problem: "it is not asked for a proof".to_owned() }
}

impl ModelSource for Silent<'_> {
    fn info(&self) -> &crate::brief::Engines {
        self.0.info()
    }

    fn arithmetic(&self) -> &str {
        self.0.arithmetic()
    }

    fn translator(&self) -> Result<&dyn Translator, ModelError> {
        Err(nothing())
    }

    fn summariser(&self) -> Result<&dyn Summariser, ModelError> {
        Err(nothing())
    }
}
