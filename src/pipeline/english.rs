//! Stages 2 to 5 for some dates: German articles in, summarised bilingual
//! articles out. What the store remembers is not asked for again, and what the
//! models answer is kept batch by batch.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Instant;

use crate::check::{CheckOptions, check_date};
use crate::ingest::Article;
use crate::segment::{self, SegmentedArticle};
use crate::summarise::{SummarisedArticle, SummaryHeard, summarise_as_heard};
use crate::translate::{BilingualArticle, Translation, translate_as_heard};

use super::driver::{Halt, Job};
use super::memory::Memory;
use super::progress::StageProgress;
use super::report::{Report, StageName};

/// An article with everything the engines had to say.
pub(super) struct Worked {
    pub(super) article: SummarisedArticle,
    /// In how many windows the summariser failed.
    pub(super) failed_windows: usize,
}

/// The progress bars of the two stages that take long, over the whole night.
pub(super) struct Bars {
    translate: Bar,
    summarise: Bar,
}

struct Bar {
    stage: Box<dyn StageProgress>,
    done: usize,
}

impl Bar {
    fn advance(&mut self, by: usize) {
        self.done += by;
        self.stage.reach(self.done);
    }
}

impl Bars {
    pub(super) fn new(job: &Job<'_>, sentences: usize, articles: usize) -> Self {
        let stage =
            |name, unit, total| Bar { stage: job.progress.stage(name, unit, total), done: 0 };
        Self {
            translate: stage("translate", "sentences", sentences),
            summarise: stage("summarise", "articles", articles),
        }
    }
}

/// The articles of some dates, date after date, in English and summed up. `stale` are
/// the corrections that no sentence of the inbox is written like.
pub(super) fn english(
    articles: Vec<Article>,
    stale: &BTreeSet<String>,
    job: &Job<'_>,
    memory: &Memory<'_>,
    bars: &mut Bars,
    report: &mut Report,
) -> Result<Vec<Worked>, Halt> {
    let started = Instant::now();
    let segmented: Vec<_> = articles.into_iter().map(segment::segment).collect();
    let sentences = segmented.iter().map(|article| article.segments.len()).sum();
    report.stage(StageName::Segment).add(sentences, 0, started.elapsed());
    let bilingual = translated(segmented, job, memory, &mut bars.translate, report)?;
    let started = Instant::now();
    let bilingual = checked(bilingual, stale, &job.settings.check);
    report.stage(StageName::Check).add(sentences, 0, started.elapsed());
    summarised(bilingual, job, memory, &mut bars.summarise, report)
}

/// Checks the articles of every date by themselves, so that it does not matter which
/// dates are made together.
fn checked(
    articles: Vec<BilingualArticle>,
    stale: &BTreeSet<String>,
    options: &CheckOptions,
) -> Vec<BilingualArticle> {
    let mut all = Vec::with_capacity(articles.len());
    let mut rest = articles.into_iter().peekable();
    while let Some(first) = rest.next() {
        let date = first.article.brief_date();
        let mut own = vec![first];
        while let Some(next) = rest.next_if(|next| next.article.brief_date() == date) {
            own.push(next);
        }
        all.extend(check_date(own, options, stale));
    }
    all
}

fn translated(
    articles: Vec<SegmentedArticle>,
    job: &Job<'_>,
    memory: &Memory<'_>,
    bar: &mut Bar,
    report: &mut Report,
) -> Result<Vec<BilingualArticle>, Halt> {
    let started = Instant::now();
    let sources: Vec<&str> = articles.iter().flat_map(SegmentedArticle::sources).collect();
    let mut translations = memory.translations(&sources)?;
    let open: Vec<usize> = (0..sources.len()).filter(|it| translations[*it].is_none()).collect();
    let remembered = sources.len() - open.len();
    bar.advance(remembered);
    let (mut done, mut words, mut end) = (0, 0, ControlFlow::Continue(()));
    if !open.is_empty() {
        let asked: Vec<&str> = open.iter().map(|source| sources[*source]).collect();
        let mut hear = |finished: Vec<(usize, Translation)>| {
            let answers: Vec<_> =
                finished.iter().map(|(it, answer)| (asked[*it], answer)).collect();
            let kept = memory.keep_translations(&answers);
            words += answers.iter().map(|(de, _)| de.split_whitespace().count()).sum::<usize>();
            done += finished.len();
            bar.advance(finished.len());
            for (it, answer) in finished {
                translations[open[it]] = Some(answer);
            }
            go_on(kept, job)
        };
        let engine = job.models.translator()?;
        end = translate_as_heard(&asked, engine, &job.settings.translate, &mut hear);
    }
    // What was done counts, whether the run goes on or not.
    report.words_translated += words;
    report.stage(StageName::Translate).add(done, remembered, started.elapsed());
    unless_halted(end)?;
    let mut translations = translations.into_iter().flatten();
    let join = |article: SegmentedArticle| {
        let own = translations.by_ref().take(article.segments.len()).collect();
        BilingualArticle::new(article, own)
    };
    Ok(articles.into_iter().map(join).collect())
}

fn summarised(
    articles: Vec<BilingualArticle>,
    job: &Job<'_>,
    memory: &Memory<'_>,
    bar: &mut Bar,
    report: &mut Report,
) -> Result<Vec<Worked>, Halt> {
    let started = Instant::now();
    let mut summaries = memory.summaries(&articles)?;
    let open: Vec<usize> = (0..articles.len()).filter(|it| summaries[*it].is_none()).collect();
    let remembered = articles.len() - open.len();
    bar.advance(remembered);
    let (mut done, mut end) = (0, ControlFlow::Continue(()));
    if !open.is_empty() {
        let asked: Vec<&BilingualArticle> =
            open.iter().map(|article| &articles[*article]).collect();
        let mut hear = |finished: Vec<(usize, SummaryHeard)>| {
            let answers: Vec<_> = finished.iter().map(|(it, heard)| (asked[*it], heard)).collect();
            let kept = memory.keep_summaries(&answers);
            done += finished.len();
            bar.advance(finished.len());
            for (it, heard) in finished {
                summaries[open[it]] = Some(heard);
            }
            go_on(kept, job)
        };
        let engine = job.models.summariser()?;
        end = summarise_as_heard(&asked, engine, &job.settings.summarise, &mut hear);
    }
    report.stage(StageName::Summarise).add(done, remembered, started.elapsed());
    unless_halted(end)?;
    let pairs = articles.into_iter().zip(summaries);
    let join = |(article, heard): (_, Option<SummaryHeard>)| {
        let SummaryHeard { summary, failed_windows } = heard.unwrap_or_default();
        Worked { article: SummarisedArticle { article, summary }, failed_windows }
    };
    Ok(pairs.map(join).collect())
}

/// After a batch: on, unless it could not be kept or the run is to end.
fn go_on(kept: Result<(), crate::store::StoreError>, job: &Job<'_>) -> ControlFlow<Halt> {
    match kept {
        Err(error) => ControlFlow::Break(error.into()),
        Ok(()) if job.stop.is_requested() => ControlFlow::Break(Halt::Stopped),
        Ok(()) => ControlFlow::Continue(()),
    }
}

fn unless_halted(end: ControlFlow<Halt>) -> Result<(), Halt> {
    match end {
        ControlFlow::Break(halt) => Err(halt),
        ControlFlow::Continue(()) => Ok(()),
    }
}
