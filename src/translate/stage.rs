use std::convert::Infallible;
use std::ops::ControlFlow;

use crate::model::{Decoding, Hypothesis};
use crate::segment::SegmentedArticle;
use crate::text::squeeze;

use super::batch::{ask, batches};
use super::bypass::bypass;
use super::guard::fault;
use super::initial::like_source;
use super::links::{Piece, of_sentence};
use super::plan::{Plan, Task};
use super::{BilingualArticle, KeptReason, Origin, TranslateOptions, Translation, Translator};

/// Translates every segment of `articles`, all of the night together
/// ([`translate_texts`]). No segment is ever left out.
///
/// `progress` is told the number of segments done so far, after every batch.
pub fn translate_articles(
    articles: Vec<SegmentedArticle>,
    engine: &dyn Translator,
    options: &TranslateOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<BilingualArticle> {
    let sources: Vec<&str> = articles.iter().flat_map(SegmentedArticle::sources).collect();
    let mut translations = translate_texts(&sources, engine, options, progress).into_iter();
    articles
        .into_iter()
        .map(|article| {
            let own = translations.by_ref().take(article.segments.len()).collect();
            BilingualArticle::new(article, own)
        })
        .collect()
}

/// Translates every source: one translation each, in the same order.
///
/// All sentences are batched together, and equal sentences are translated once.
/// Sources without letters are carried over ([`bypass`](super::bypass)); those
/// longer than the model reads go through in pieces and are joined again. An
/// answer the [`guard`](super::guard) stops is asked for once more with
/// [`retry_decoding`](TranslateOptions::retry_decoding); where that is no better,
/// or the engine fails on the sentence alone, the German stands
/// ([`Origin::Kept`]).
///
/// `progress` is told the number of sources done so far, after every batch.
pub fn translate_texts(
    sources: &[&str],
    engine: &dyn Translator,
    options: &TranslateOptions,
    progress: &mut dyn FnMut(usize),
) -> Vec<Translation> {
    let mut translations: Vec<Option<Translation>> = vec![None; sources.len()];
    let mut done = 0;
    let mut hear = |finished: Vec<(usize, Translation)>| {
        done += finished.len();
        for (source, translation) in finished {
            translations[source] = Some(translation);
        }
        progress(done);
        ControlFlow::<Infallible>::Continue(())
    };
    // Nothing can break off here.
    let _ = translate_as_heard(sources, engine, options, &mut hear);
    let kept = |(source, translation): (&&str, Option<Translation>)| {
        translation.unwrap_or_else(|| stands_in_german(source, KeptReason::EngineError, 1))
    };
    sources.iter().zip(translations).map(kept).collect()
}

/// Like [`translate_texts`], and gives the translations as they come: `hear` is
/// told before the first batch and after every one which sources (by their
/// index) are finished now, each source once. It may break the work off; what it
/// has heard so far is good.
///
/// # Errors
/// What `hear` broke off with.
pub fn translate_as_heard<B>(
    sources: &[&str],
    engine: &dyn Translator,
    options: &TranslateOptions,
    hear: &mut dyn FnMut(Vec<(usize, Translation)>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let mut night = Night::new(Plan::of(sources, engine), sources);
    hear(night.finished())?;
    let all: Vec<usize> = (0..night.plan.pieces.len()).collect();
    let broken = night.run(&all, Try::First, engine, options, hear)?;
    night.run(&broken, Try::Second, engine, options, hear)?;
    ControlFlow::Continue(())
}

/// The translation of a source that no model need see ([`bypass`](super::bypass)).
#[must_use]
pub fn carried_over(source: &str) -> Option<Translation> {
    let english = |text| Translation {
        text,
        origin: Origin::Copied,
        score: None,
        parts: 1,
        alignment: Vec::new(),
    };
    bypass(source).map(english)
}

/// The German, marked.
fn stands_in_german(source: &str, reason: KeptReason, parts: usize) -> Translation {
    let (text, origin) = (source.to_owned(), Origin::Kept(reason));
    Translation { text, origin, score: None, parts, alignment: Vec::new() }
}

/// Which time a piece is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    First,
    Second,
}

/// What came of a piece.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Waiting,
    Done(Hypothesis, Try),
    Lost(KeptReason),
}

/// A night's work while it is being done.
struct Night<'s> {
    sources: &'s [&'s str],
    plan: Plan,
    outcomes: Vec<Outcome>,
    /// Sources that are not finished, in order.
    open: Vec<usize>,
}

impl<'s> Night<'s> {
    fn new(plan: Plan, sources: &'s [&'s str]) -> Self {
        let outcomes = vec![Outcome::Waiting; plan.pieces.len()];
        Self { sources, plan, outcomes, open: (0..sources.len()).collect() }
    }

    /// Translates `pieces` and gives those whose answers must be asked for again.
    fn run<B>(
        &mut self,
        pieces: &[usize],
        which: Try,
        engine: &dyn Translator,
        options: &TranslateOptions,
        hear: &mut dyn FnMut(Vec<(usize, Translation)>) -> ControlFlow<B>,
    ) -> ControlFlow<B, Vec<usize>> {
        let decoding = match which {
            Try::First => &options.decoding,
            Try::Second => &options.retry_decoding,
        };
        let lengths: Vec<usize> = pieces.iter().map(|piece| self.plan.lengths[*piece]).collect();
        let mut broken = Vec::new();
        for batch in batches(&lengths, options.max_batch_tokens, options.max_batch_rows) {
            let rows: Vec<usize> = batch.into_iter().map(|row| pieces[row]).collect();
            let answers = self.ask(&rows, engine, decoding);
            for (piece, answer) in rows.into_iter().zip(answers) {
                self.outcomes[piece] = self.judge(piece, answer, which);
                if self.outcomes[piece] == Outcome::Waiting {
                    broken.push(piece);
                }
            }
            hear(self.finished())?;
        }
        broken.sort_unstable();
        ControlFlow::Continue(broken)
    }

    fn ask(
        &self,
        rows: &[usize],
        engine: &dyn Translator,
        decoding: &Decoding,
    ) -> Vec<Option<Hypothesis>> {
        ask(rows, &|rows| {
            let texts: Vec<&str> =
                rows.iter().map(|piece| self.plan.pieces[*piece].as_str()).collect();
            engine.translate(&texts, decoding)
        })
    }

    fn judge(&self, piece: usize, answer: Option<Hypothesis>, which: Try) -> Outcome {
        let Some(answer) = answer else { return Outcome::Lost(KeptReason::EngineError) };
        match (fault(&self.plan.pieces[piece], &answer), which) {
            (None, _) => Outcome::Done(answer, which),
            (Some(_), Try::First) => Outcome::Waiting,
            (Some(reason), Try::Second) => Outcome::Lost(reason),
        }
    }

    /// The sources that nothing is missing for any more, with their translations.
    fn finished(&mut self) -> Vec<(usize, Translation)> {
        let open = std::mem::take(&mut self.open);
        let is_done = |source: &usize| {
            let sentence = self.plan.of_source[*source];
            match &self.plan.sentences[sentence].task {
                Task::Pieces(pieces) => {
                    pieces.iter().all(|piece| self.outcomes[*piece] != Outcome::Waiting)
                }
                Task::Copied(_) | Task::Unreadable => true,
            }
        };
        let (done, open): (Vec<usize>, Vec<usize>) = open.into_iter().partition(is_done);
        self.open = open;
        done.into_iter().map(|source| (source, self.translation_of(source))).collect()
    }

    fn translation_of(&self, source: usize) -> Translation {
        let task = &self.plan.sentences[self.plan.of_source[source]].task;
        let source = self.sources[source];
        self.translation(source, task)
            .unwrap_or_else(|(reason, parts)| stands_in_german(source, reason, parts))
    }

    /// The translation, or why the German stands and in how many parts it was tried.
    fn translation(&self, source: &str, task: &Task) -> Result<Translation, (KeptReason, usize)> {
        match task {
            Task::Copied(text) => Ok(Translation {
                text: text.clone(),
                origin: Origin::Copied,
                score: None,
                parts: 1,
                alignment: Vec::new(),
            }),
            Task::Unreadable => Err((KeptReason::Length, 1)),
            Task::Pieces(pieces) => {
                self.joined(source, pieces).map_err(|reason| (reason, pieces.len()))
            }
        }
    }

    /// Joins the pieces with blanks. One lost piece loses the sentence: half a
    /// sentence in each language would be worse than the German.
    fn joined(&self, source: &str, pieces: &[usize]) -> Result<Translation, KeptReason> {
        let mut texts = Vec::new();
        let mut answered = Vec::new();
        let mut origin = Origin::Model;
        let (mut sum, mut tokens) = (0.0, 0.0);
        for piece in pieces {
            match &self.outcomes[*piece] {
                Outcome::Done(answer, which) => {
                    texts.push(squeeze(&answer.text));
                    answered.push(Piece {
                        source: &self.plan.pieces[*piece],
                        target: &answer.text,
                        links: &answer.alignment,
                    });
                    if *which == Try::Second {
                        origin = Origin::Retry;
                    }
                    let weight = answer.tokens.max(1) as f64;
                    sum += answer.score * weight;
                    tokens += weight;
                }
                Outcome::Lost(reason) => return Err(*reason),
                Outcome::Waiting => return Err(KeptReason::EngineError),
            }
        }
        let score = Some(sum / tokens).filter(|score| score.is_finite());
        let text = like_source(source, texts.join(" "));
        let alignment = of_sentence(source, &text, &answered);
        Ok(Translation { text, origin, score, parts: pieces.len(), alignment })
    }
}
