use std::convert::Infallible;
use std::ops::{ControlFlow, Range};

use serde::{Deserialize, Serialize};

use crate::check::{Check, check_statement};
use crate::model::Hypothesis;
use crate::translate::BilingualArticle;
use crate::translate::batch::{ask, batches};

use super::guard::{Guard, can_stand};
use super::source::Body;
use super::window::{text, windows};
use super::{
    Coverage, SummariseOptions, SummarisedArticle, Summariser, Summary, SummaryOrigin,
    SummarySentence, sentences,
};

/// Summarises every article that has an English body.
///
/// The model reads the body alone: no headlines, no closing notes, no sentence
/// that stayed German; where its folder brings a [`selection`](super::selection), the
/// best sentences of that. What is longer than the model is read in
/// [`windows`](super::window). Every sentence it writes passes the
/// [`guard`](super::guard) and names the segments it rests on. Articles below
/// the floor of `options`, and articles on which the engine fails or nothing it
/// says can stand, lead with their own first sentences
/// ([`SummaryOrigin::Lead`]).
///
/// `progress` is told the number of articles done so far.
pub fn summarise_articles(
    articles: Vec<BilingualArticle>,
    engine: &dyn Summariser,
    options: &SummariseOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<SummarisedArticle> {
    let summaries = {
        let bodies: Vec<Body<'_>> = articles.iter().map(Body::of).collect();
        collected(&bodies, engine, options, progress)
    };
    let pairs = articles.into_iter().zip(summaries);
    pairs
        .map(|(article, mut summary)| {
            check(&article, summary.as_mut());
            SummarisedArticle { article, summary }
        })
        .collect()
}

/// Holds what the summary says against the German, past the translation.
fn check(article: &BilingualArticle, summary: Option<&mut Summary>) {
    for sentence in summary.into_iter().flat_map(|summary| &mut summary.sentences) {
        let german: Vec<&str> =
            sentence.support.iter().map(|index| article.source(*index)).collect();
        sentence.check = check_statement(&german, &sentence.text);
    }
}

/// The summary of an article as it comes from the stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SummaryHeard {
    /// The summary; `None` where there is nothing to summarise.
    pub summary: Option<Summary>,
    /// In how many of its windows the engine failed.
    pub failed_windows: usize,
}

/// Like [`summarise_articles`], and gives the summaries as they come: `hear` is
/// told before the first batch and after every one which articles (by their
/// index) are finished now, each article once. It may break the work off; what
/// it has heard so far is good.
///
/// # Errors
/// What `hear` broke off with.
pub fn summarise_as_heard<B>(
    articles: &[&BilingualArticle],
    engine: &dyn Summariser,
    options: &SummariseOptions,
    hear: &mut dyn FnMut(Vec<(usize, SummaryHeard)>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let bodies: Vec<Body<'_>> = articles.iter().map(|article| Body::of(article)).collect();
    read(&bodies, engine, options, hear)
}

/// Summarises English texts, an article each, as [`summarise_articles`] does; a summary's
/// support are indices of the text's [`sentences`]. `None` where a text has none.
///
/// `progress` is told the number of texts done so far.
pub fn summarise_texts(
    texts: &[&str],
    engine: &dyn Summariser,
    options: &SummariseOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<Option<Summary>> {
    let bodies: Vec<Body<'_>> = texts.iter().map(|text| Body::of_text(text)).collect();
    collected(&bodies, engine, options, progress)
}

fn collected(
    bodies: &[Body<'_>],
    engine: &dyn Summariser,
    options: &SummariseOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<Option<Summary>> {
    let mut summaries = vec![None; bodies.len()];
    let mut done = 0;
    let mut hear = |finished: Vec<(usize, SummaryHeard)>| {
        done += finished.len();
        for (body, heard) in finished {
            summaries[body] = heard.summary;
        }
        progress(done);
        ControlFlow::<Infallible>::Continue(())
    };
    // Nothing can break off here.
    let _ = read(bodies, engine, options, &mut hear);
    summaries
}

/// Summarises bodies; `hear` is told as in [`summarise_as_heard`].
fn read<B>(
    bodies: &[Body<'_>],
    engine: &dyn Summariser,
    options: &SummariseOptions,
    hear: &mut dyn FnMut(Vec<(usize, SummaryHeard)>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let mut reading = Reading::new(bodies, engine, options);
    hear(reading.finished())?;
    for rows in reading.batches() {
        reading.read(&rows);
        hear(reading.finished())?;
    }
    ControlFlow::Continue(())
}

/// All that decides what the stage makes of `article`, besides model and
/// options: two articles with the same question get the same summary.
#[must_use]
pub fn question(article: &BilingualArticle) -> String {
    let body = Body::of(article);
    let mut question = format!("{} {:?}", body.total, body.segments);
    for sentence in &body.sentences {
        question.push('\n');
        question.push_str(sentence);
    }
    question
}

/// What the model reads of a body; nothing where that is too short to summarise.
#[derive(Default)]
struct Plan<'r> {
    /// The sentences, in the order in which they are read.
    sentences: Vec<&'r str>,
    /// Consecutive parts of them.
    windows: Vec<Range<usize>>,
    /// Whether the sentences were chosen, and are not those of the body in its order.
    selected: bool,
}

impl<'r> Plan<'r> {
    fn of(body: &Body<'r>, engine: &dyn Summariser, options: &SummariseOptions) -> Self {
        let count = |text: &str| engine.count_tokens(text);
        let tokens = || body.sentences.iter().map(|sentence| count(sentence)).sum::<usize>();
        if body.sentences.len() < options.min_sentences || tokens() < options.min_tokens {
            return Self::default();
        }
        let chosen = engine.selection().map(|selection| selection.choose(&body.sentences));
        let selected = chosen.is_some();
        let sentences = match chosen {
            Some(chosen) => chosen.into_iter().map(|index| body.sentences[index]).collect(),
            None => body.sentences.clone(),
        };
        let windows = windows(&sentences, engine.max_tokens(), &count);
        Self { sentences, windows, selected }
    }

    /// How many sentences of the body were read or weighed, with an answer for all windows
    /// or, as `answered` tells, for some.
    fn sentences_read(&self, body: &Body<'_>, answered: impl Iterator<Item = usize>) -> usize {
        let read: usize = answered.map(|window| self.windows[window].len()).sum();
        // Those that were weighed and found too light count, unless a window failed.
        if read == self.sentences.len() { body.sentences.len() } else { read }
    }
}

/// A window of a body, to be read.
struct Window {
    body: usize,
    place: usize,
    text: String,
    tokens: usize,
}

/// The bodies while they are being read.
struct Reading<'r> {
    bodies: &'r [Body<'r>],
    engine: &'r dyn Summariser,
    options: &'r SummariseOptions,
    plans: Vec<Plan<'r>>,
    windows: Vec<Window>,
    /// For each body and window.
    answers: Vec<Vec<Option<Hypothesis>>>,
    /// For each body that is not finished: how many of its windows are not read.
    open: Vec<(usize, usize)>,
}

impl<'r> Reading<'r> {
    fn new(
        bodies: &'r [Body<'r>],
        engine: &'r dyn Summariser,
        options: &'r SummariseOptions,
    ) -> Self {
        let plans: Vec<Plan<'_>> =
            bodies.iter().map(|body| Plan::of(body, engine, options)).collect();
        let mut windows = Vec::new();
        for (body, plan) in plans.iter().enumerate() {
            for (place, window) in plan.windows.iter().enumerate() {
                let text = text(&plan.sentences, window);
                let tokens = engine.count_tokens(&text);
                windows.push(Window { body, place, text, tokens });
            }
        }
        let answers = plans.iter().map(|plan| vec![None; plan.windows.len()]).collect();
        let open = plans.iter().map(|plan| plan.windows.len()).enumerate().collect();
        Self { bodies, engine, options, plans, windows, answers, open }
    }

    fn batches(&self) -> Vec<Vec<usize>> {
        let lengths: Vec<usize> = self.windows.iter().map(|window| window.tokens).collect();
        batches(&lengths, self.options.max_batch_tokens, self.options.max_batch_rows)
    }

    /// Lets the model read some windows.
    fn read(&mut self, rows: &[usize]) {
        let given = ask(rows, &|rows| {
            let texts: Vec<&str> =
                rows.iter().map(|row| self.windows[*row].text.as_str()).collect();
            self.engine.summarise(&texts, &self.options.decoding, self.options.max_target_tokens)
        });
        for (row, answer) in rows.iter().zip(given) {
            let Window { body, place, .. } = self.windows[*row];
            self.answers[body][place] = answer;
            for (_, left) in self.open.iter_mut().filter(|(open, _)| *open == body) {
                *left -= 1;
            }
        }
    }

    /// The bodies that are read to their end now, with their summaries.
    fn finished(&mut self) -> Vec<(usize, SummaryHeard)> {
        let open = std::mem::take(&mut self.open);
        let (done, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, left)| *left == 0);
        self.open = open;
        done.into_iter().map(|(body, _)| (body, self.heard(body))).collect()
    }

    fn heard(&self, body: usize) -> SummaryHeard {
        let answers = &self.answers[body];
        SummaryHeard {
            summary: summary(&self.bodies[body], &self.plans[body], answers, self.options),
            failed_windows: answers.iter().filter(|answer| answer.is_none()).count(),
        }
    }
}

fn summary(
    body: &Body<'_>,
    plan: &Plan<'_>,
    answers: &[Option<Hypothesis>],
    options: &SummariseOptions,
) -> Option<Summary> {
    if body.sentences.is_empty() {
        return None;
    }
    let answered = (0..answers.len()).filter(|window| answers[*window].is_some());
    let coverage = Coverage {
        sentences_read: plan.sentences_read(body, answered.clone()),
        sentences_total: body.total,
        windows: answered.count(),
    };
    let mut sentences = guarded(body, plan, answers, options);
    if sentences.is_empty() {
        sentences = lead(body, options);
    }
    for sentence in &mut sentences {
        for support in &mut sentence.support {
            *support = body.segments[*support];
        }
    }
    // A body too short for the model is taken as a whole.
    let short = Coverage { sentences_read: body.sentences.len(), windows: 1, ..coverage };
    let coverage = if plan.windows.is_empty() { short } else { coverage };
    Some(Summary { sentences, coverage })
}

/// What the model said of all windows, checked and cut to length: the first
/// sentence of each window before the second of any, but in the order of the
/// windows.
fn guarded(
    body: &Body<'_>,
    plan: &Plan<'_>,
    answers: &[Option<Hypothesis>],
    options: &SummariseOptions,
) -> Vec<SummarySentence> {
    let mut said: Vec<(usize, usize, &str)> = Vec::new();
    for (window, answer) in answers.iter().enumerate() {
        let text = answer.as_ref().map_or("", |answer| answer.text.as_str());
        let places = sentences::split(text).into_iter().enumerate();
        said.extend(places.map(|(place, sentence)| (place, window, sentence)));
    }
    said.sort_by_key(|(place, window, _)| (*place, *window));
    let texts: Vec<&str> = said.iter().map(|(_, _, sentence)| *sentence).collect();
    let guard = Guard::new(&body.sentences);
    let mut checked = guard.checked(&texts);
    checked.truncate(options.summary_length(body.sentences.len()));
    if answers.len() > 1 || plan.selected {
        // The reader gets what is said in the article's order.
        checked.sort_by_key(|sentence| sentence.support.first().copied());
    }
    checked
}

/// The body's own first sentences that can stand alone; failing these, its first.
fn lead(body: &Body<'_>, options: &SummariseOptions) -> Vec<SummarySentence> {
    let length = options.summary_length(body.sentences.len());
    let fit = body.sentences.iter().enumerate().filter(|(_, text)| can_stand(text));
    let mut chosen: Vec<(usize, &str)> = fit.map(|(at, text)| (at, *text)).take(length).collect();
    if chosen.is_empty() {
        chosen.extend(body.sentences.first().map(|text| (0, *text)));
    }
    let sentence = |(at, text): (usize, &str)| SummarySentence {
        text: text.to_owned(),
        support: vec![at],
        origin: SummaryOrigin::Lead,
        check: Check::NOT_RUN,
    };
    chosen.into_iter().map(sentence).collect()
}
