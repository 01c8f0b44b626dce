use std::ops::Range;

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
/// that stayed German. Bodies longer than the model are read in
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
        let jobs: Vec<Vec<Range<usize>>> =
            bodies.iter().map(|body| plan(body, engine, options)).collect();
        let answers = read(&bodies, &jobs, engine, options, progress);
        let work = bodies.iter().zip(&jobs).zip(answers);
        work.map(|((body, job), answers)| summary(body, job, &answers, options)).collect::<Vec<_>>()
    };
    progress(articles.len());
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

/// The windows of a body; none where it is too short to summarise.
fn plan(body: &Body<'_>, engine: &dyn Summariser, options: &SummariseOptions) -> Vec<Range<usize>> {
    let count = |text: &str| engine.count_tokens(text);
    let tokens = || body.sentences.iter().map(|sentence| count(sentence)).sum::<usize>();
    if body.sentences.len() < options.min_sentences || tokens() < options.min_tokens {
        return Vec::new();
    }
    windows(&body.sentences, engine.max_tokens(), &count)
}

/// Lets the model read all windows of all bodies; answers per body and window.
fn read(
    bodies: &[Body<'_>],
    jobs: &[Vec<Range<usize>>],
    engine: &dyn Summariser,
    options: &SummariseOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<Vec<Option<Hypothesis>>> {
    let mut owners: Vec<(usize, usize)> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for (body, job) in jobs.iter().enumerate() {
        for (place, window) in job.iter().enumerate() {
            owners.push((body, place));
            texts.push(text(&bodies[body].sentences, window));
        }
    }
    let lengths: Vec<usize> = texts.iter().map(|text| engine.count_tokens(text)).collect();
    let mut answers: Vec<Vec<Option<Hypothesis>>> =
        jobs.iter().map(|job| vec![None; job.len()]).collect();
    let mut open: Vec<usize> = jobs.iter().map(Vec::len).collect();
    progress(open.iter().filter(|left| **left == 0).count());
    for rows in batches(&lengths, options.max_batch_tokens, options.max_batch_rows) {
        let given = ask(&rows, &|rows| {
            let sources: Vec<&str> = rows.iter().map(|row| texts[*row].as_str()).collect();
            engine.summarise(&sources, &options.decoding, options.max_target_tokens)
        });
        for (row, answer) in rows.into_iter().zip(given) {
            let (body, place) = owners[row];
            answers[body][place] = answer;
            open[body] -= 1;
        }
        progress(open.iter().filter(|left| **left == 0).count());
    }
    answers
}

fn summary(
    body: &Body<'_>,
    job: &[Range<usize>],
    answers: &[Option<Hypothesis>],
    options: &SummariseOptions,
) -> Option<Summary> {
    if body.sentences.is_empty() {
        return None;
    }
    let heard = job.iter().zip(answers).filter(|(_, answer)| answer.is_some());
    let coverage = Coverage {
        sentences_read: heard.clone().map(|(window, _)| window.len()).sum(),
        sentences_total: body.total,
        windows: heard.count(),
    };
    let mut sentences = guarded(body, answers, options);
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
    let coverage = if job.is_empty() { short } else { coverage };
    Some(Summary { sentences, coverage })
}

/// What the model said of all windows, checked and cut to length: the first
/// sentence of each window before the second of any, but in the order of the
/// windows.
fn guarded(
    body: &Body<'_>,
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
    if answers.len() > 1 {
        // Windows follow each other, so their sentences do when sorted by source.
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
