//! What a night has to do: which dates are due, why, and how much of it the
//! models must answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::ingest::BriefDate;
use crate::segment;
use crate::store::StoreError;

use super::driver::Job;
use super::inputs::{self, Held, Inputs};
use super::issue::{Corrected, Desk, Issue, Recipe, edition, text_of};
use super::listing::{Listed, by_date};
use super::memory::Memory;

/// Why a date's brief is made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It has none.
    New,
    /// Articles came or went.
    Articles,
    /// The articles are the same, but something about their files is not.
    Files,
    /// The models are others, or compute otherwise.
    Models,
    /// The settings are others.
    Settings,
    /// The program is another.
    Software,
    /// A correction fits no sentence of the inbox any more, or does again.
    Corrections,
    /// Its files are missing or were changed.
    Outputs,
    /// The operator wants what failed tried again.
    Retry,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Articles => "articles came or went",
            Self::Files => "files moved",
            Self::Models => "other models",
            Self::Settings => "other settings",
            Self::Software => "other program",
            Self::Corrections => "corrections stale or not",
            Self::Outputs => "outputs missing or changed",
            Self::Retry => "failures tried again",
        })
    }
}

/// A date whose brief is to be made.
pub(super) struct Due {
    pub(super) date: BriefDate,
    pub(super) articles: Vec<Listed>,
    pub(super) sentences: usize,
    pub(super) reason: Reason,
    pub(super) text: String,
    pub(super) earlier: Option<Issue>,
}

/// How much a night has to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Work {
    /// Dates that are due, and why.
    pub dates: BTreeMap<Reason, usize>,
    /// Dates whose briefs are as they should be.
    pub current: usize,
    /// Articles of the due dates.
    pub articles: usize,
    /// Their sentences.
    pub sentences: usize,
    /// How many of these the store remembers (or no model need see).
    pub remembered: usize,
}

impl Work {
    /// Whether every brief is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let due: usize = self.dates.values().sum();
        if due == 0 {
            return write!(f, "nothing to do: all {} briefs are as they should be", self.current);
        }
        let reasons = self.dates.iter().map(|(reason, dates)| format!("{dates} {reason}"));
        write!(
            f,
            "{due} of {} dates to do ({}): {} articles, {} sentences, {} of them to translate and {} remembered",
            due + self.current,
            reasons.collect::<Vec<_>>().join(", "),
            self.articles,
            self.sentences,
            self.sentences - self.remembered,
            self.remembered
        )
    }
}

/// A night's plan.
pub(super) struct Plan {
    pub(super) due: Vec<Due>,
    pub(super) current: Vec<(BriefDate, Issue)>,
    /// Dates whose articles are all under other dates now.
    pub(super) superseded: Vec<(String, Issue)>,
    pub(super) inputs: Inputs,
    pub(super) held: Held,
    /// Corrections, by their German, that no sentence of the inbox is written like.
    pub(super) stale: BTreeSet<String>,
    pub(super) work: Work,
}

/// Finds out what is to be done; asks no model.
pub(super) fn plan(
    articles: Vec<Listed>,
    job: &Job<'_>,
    desk: &Desk<'_>,
    memory: &Memory<'_>,
) -> Result<Plan, StoreError> {
    let held = inputs::held(&articles);
    let before: Held = desk.store.record(&desk.name("inputs", ""))?.unwrap_or_default();
    let mut plan = Plan {
        due: Vec::new(),
        current: Vec::new(),
        superseded: Vec::new(),
        inputs: inputs::compare(&before, &held),
        held,
        stale: BTreeSet::new(),
        work: Work::default(),
    };
    let recipe = Recipe::of(job);
    let dates = by_date(articles);
    plan.superseded = superseded(desk, &before, &plan.held, &dates)?;
    let mut placed = BTreeSet::new();
    let mut settled = Vec::new();
    for (date, articles) in dates {
        let text = text_of(&articles);
        let earlier = Issue::last(desk, date)?;
        match (reason(earlier.as_ref(), &articles, &text, &recipe, date, desk, job), earlier) {
            (None, Some(issue)) => {
                placed.extend(issue.corrections.placed.iter().cloned());
                settled.push((date, articles, text, issue));
            }
            (reason, earlier) => {
                let reason = reason.unwrap_or(Reason::New);
                let due = Due { date, articles, sentences: 0, reason, text, earlier };
                placed.extend(plan.add(due, job, memory)?);
            }
        }
    }
    plan.stale = job.settings.check.corrections.without(&placed);
    for (date, articles, text, issue) in settled {
        let Corrected { near, stale, .. } = &issue.corrections;
        if near.intersection(&plan.stale).eq(stale) {
            plan.current.push((date, issue));
        } else {
            let (reason, earlier) = (Reason::Corrections, Some(issue));
            plan.add(Due { date, articles, sentences: 0, reason, text, earlier }, job, memory)?;
        }
    }
    plan.due.sort_by_key(|due| due.date);
    plan.work.current = plan.current.len();
    Ok(plan)
}

impl Plan {
    /// Puts a date on the list; gives the corrections that its articles have a place for.
    fn add(
        &mut self,
        mut due: Due,
        job: &Job<'_>,
        memory: &Memory<'_>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut placed = BTreeSet::new();
        // What cannot be read any more is named when its turn comes.
        for article in due.articles.iter().filter_map(|it| it.read(job.settings).ok()) {
            let article = segment::segment(article);
            let sources: Vec<&str> = article.sources().collect();
            placed.extend(job.settings.check.corrections.placed(sources.iter().copied()));
            let known = memory.translations(&sources)?;
            due.sentences += known.len();
            self.work.remembered += known.iter().flatten().count();
        }
        *self.work.dates.entry(due.reason).or_default() += 1;
        self.work.articles += due.articles.len();
        self.work.sentences += due.sentences;
        self.due.push(due);
        Ok(placed)
    }
}

fn reason(
    earlier: Option<&Issue>,
    articles: &[Listed],
    text: &str,
    recipe: &Recipe,
    date: BriefDate,
    desk: &Desk<'_>,
    job: &Job<'_>,
) -> Option<Reason> {
    let Some(earlier) = earlier else { return Some(Reason::New) };
    let ids: Vec<_> = articles.iter().map(|article| &article.id).collect();
    let changed = [
        (edition(Some(earlier), &ids) != earlier.edition, Reason::Articles),
        (earlier.recipe.models != recipe.models, Reason::Models),
        (earlier.recipe.settings != recipe.settings, Reason::Settings),
        (earlier.recipe.software != recipe.software, Reason::Software),
        (earlier.text != text, Reason::Files),
        (job.retry && !earlier.setbacks.is_empty(), Reason::Retry),
    ];
    let found = changed.into_iter().find(|(changed, _)| *changed).map(|(_, reason)| reason);
    // Looking at the files is what takes time, so it comes last.
    let broken = || !earlier.is_intact(&desk.output.join(date.to_string()));
    found.or_else(|| broken().then_some(Reason::Outputs))
}

/// Dates the inbox has nothing of any more, although all their articles (or the
/// files that held them) are still there: the brief is under other dates now.
/// Where articles are gone for good, their brief stays.
fn superseded(
    desk: &Desk<'_>,
    before: &Held,
    now: &Held,
    dates: &BTreeMap<BriefDate, Vec<Listed>>,
) -> Result<Vec<(String, Issue)>, StoreError> {
    let folders: Vec<String> = dates.keys().map(ToString::to_string).collect();
    let lives_on = |issue: &Issue| {
        issue.articles.iter().all(|id| {
            let path = before.get(id);
            now.contains_key(id) || path.is_some_and(|path| now.values().any(|it| it == path))
        })
    };
    let mut issues = Issue::all(desk)?;
    issues.retain(|(folder, issue)| !folders.contains(folder) && lives_on(issue));
    Ok(issues)
}
