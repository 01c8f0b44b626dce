//! Running the cases with the clock beside them.

use std::time::Instant;

use jiff::civil::Date;

use super::cases::{Batch, Cases, parts};
use super::report::{Loaded, Timing};
use crate::cli::config::Config;
use crate::cli::engines;
use crate::cli::environment::{peak_memory, processor_seconds};
use crate::cli::progress::Console;
use crate::model::{Decoding, Hypothesis, ModelError};
use crate::pipeline::Progress;
use crate::summarise::Summariser;

/// Texts that are decoded before the clock runs, so that nothing is done for the
/// first time while it does.
const WARM_UP: usize = 2;

/// An engine's answers to texts, in their order.
type Answer<'b> = dyn Fn(&[&str], &Decoding) -> Result<Vec<Hypothesis>, ModelError> + 'b;

/// Texts and what answers them.
struct Bench<'b> {
    texts: Vec<&'b str>,
    /// In tokens.
    lengths: Vec<usize>,
    max_batch_tokens: usize,
    answer: &'b Answer<'b>,
}

impl Bench<'_> {
    /// Runs the first `count` texts, going round if there are fewer, so many times.
    fn run(
        &self,
        batch: Batch,
        decoding: &Decoding,
        count: usize,
        repeat: usize,
    ) -> Result<Timing, ModelError> {
        let texts: Vec<&str> = self.texts.iter().copied().cycle().take(count).collect();
        let lengths: Vec<usize> = self.lengths.iter().copied().cycle().take(count).collect();
        let parts = parts(batch, &lengths, self.max_batch_tokens);
        let mut timing = Timing {
            batch,
            beam: decoding.beam,
            texts: count,
            source_words: texts.iter().map(|text| text.split_whitespace().count()).sum(),
            source_tokens: lengths.iter().sum(),
            target_tokens: 0,
            seconds: Vec::new(),
            processor_seconds: Vec::new(),
            peak_memory: None,
            answers: Vec::new(),
        };
        for _ in 0..repeat {
            let (started, spent) = (Instant::now(), processor_seconds());
            let mut all = vec![None; count];
            for part in &parts {
                let asked: Vec<&str> = part.iter().map(|row| texts[*row]).collect();
                for (row, answer) in part.iter().zip((self.answer)(&asked, decoding)?) {
                    all[*row] = Some(answer);
                }
            }
            timing.seconds.push(started.elapsed().as_secs_f64());
            let spent = processor_seconds().zip(spent).map(|(now, before)| now - before);
            timing.processor_seconds.extend(spent);
            timing.answers = all.into_iter().flatten().collect();
        }
        timing.target_tokens = timing.answers.iter().map(|answer| answer.tokens).sum();
        timing.peak_memory = peak_memory();
        Ok(timing)
    }

    /// Runs all cases with each beam.
    fn cases(
        &self,
        cases: &Cases,
        decoding: &Decoding,
        console: &Console,
    ) -> Result<Vec<Timing>, ModelError> {
        let mut stage = console.stage("bench", "cases", cases.beams.len() * cases.batches.len());
        let mut timings = Vec::new();
        let warm_up = &self.texts[..WARM_UP.min(self.texts.len())];
        for beam in &cases.beams {
            let decoding = Decoding { beam: *beam, ..decoding.clone() };
            (self.answer)(warm_up, &decoding)?;
            for batch in &cases.batches {
                let count = cases.texts(*batch, self.texts.len());
                timings.push(self.run(*batch, &decoding, count, cases.repeat)?);
                stage.reach(timings.len());
            }
        }
        Ok(timings)
    }
}

/// Loads the translation model and measures it.
pub(super) fn translation(
    config: &Config,
    cases: &Cases,
    sentences: &[String],
    console: &Console,
) -> anyhow::Result<Loaded> {
    let options = config.settings(Date::ZERO).translate;
    let started = Instant::now();
    let translator = engines::translator(config)?;
    let mut loaded = Loaded::new(translator.info, started.elapsed(), peak_memory());
    let engine = translator.engine.as_ref();
    let bench = Bench {
        texts: sentences.iter().map(String::as_str).collect(),
        lengths: sentences.iter().map(|sentence| engine.count_tokens(sentence)).collect(),
        max_batch_tokens: options.max_batch_tokens,
        answer: &|texts, decoding| engine.translate(texts, decoding),
    };
    loaded.timings = bench.cases(cases, &options.decoding, console)?;
    for count in &cases.growth {
        loaded.growth.push(bench.run(Batch::Night, &options.decoding, *count, 1)?);
    }
    Ok(loaded)
}

/// Loads the summarisation model and measures it.
pub(super) fn summaries(
    config: &Config,
    cases: &Cases,
    articles: &[String],
    console: &Console,
) -> anyhow::Result<Loaded> {
    let options = config.settings(Date::ZERO).summarise;
    let started = Instant::now();
    let summariser = engines::summariser(config)?;
    let mut loaded = Loaded::new(summariser.info, started.elapsed(), peak_memory());
    let engine = summariser.engine.as_ref();
    let cut: Vec<&str> =
        articles.iter().map(|article| cut(article, engine, cases.source_tokens)).collect();
    let bench = Bench {
        lengths: cut.iter().map(|article| engine.count_tokens(article)).collect(),
        texts: cut,
        max_batch_tokens: options.max_batch_tokens,
        answer: &|texts, decoding| engine.summarise(texts, decoding, cases.summary_tokens),
    };
    loaded.timings = bench.cases(cases, &options.decoding, console)?;
    Ok(loaded)
}

/// As much of `article` as has at most `tokens` tokens, in whole words.
fn cut<'a>(article: &'a str, engine: &dyn Summariser, tokens: usize) -> &'a str {
    let tokens = tokens.min(engine.max_tokens());
    let mut ends: Vec<usize> = article.match_indices(' ').map(|(at, _)| at).collect();
    ends.push(article.len());
    let fitting = ends.partition_point(|end| engine.count_tokens(&article[..*end]) <= tokens);
    &article[..fitting.checked_sub(1).map_or(0, |at| ends[at])]
}
