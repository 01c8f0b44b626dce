//! What was measured, for people and for programs.

use std::fmt::Write;
use std::time::Duration;

use serde::Serialize;

use super::cases::Batch;
use crate::brief::ModelInfo;
use crate::cli::config::Config;
use crate::model::Hypothesis;
use crate::text::squeeze;

/// One engine on one machine.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    machine: Machine,
    engine: String,
    precision: String,
    pub(super) translate: Option<Loaded>,
    pub(super) summarise: Option<Loaded>,
    /// Bytes.
    pub(super) peak_memory: Option<u64>,
}

/// Where it was measured.
#[derive(Debug, Serialize)]
pub(super) struct Machine {
    processor: String,
    threads: usize,
}

/// A model and its times.
#[derive(Debug, Serialize)]
pub(super) struct Loaded {
    model: ModelInfo,
    load_seconds: f64,
    /// Bytes, right after loading.
    load_memory: Option<u64>,
    pub(super) timings: Vec<Timing>,
    pub(super) growth: Vec<Timing>,
}

/// One case.
#[derive(Debug, Serialize)]
pub(super) struct Timing {
    pub(super) batch: Batch,
    pub(super) beam: usize,
    /// Sentences or articles.
    pub(super) texts: usize,
    pub(super) source_words: usize,
    pub(super) source_tokens: usize,
    pub(super) target_tokens: usize,
    /// Each time it was run.
    pub(super) seconds: Vec<f64>,
    /// Processor time of all threads, each time: what other processes disturb less.
    pub(super) processor_seconds: Vec<f64>,
    /// Bytes, the most up to the end of this case.
    pub(super) peak_memory: Option<u64>,
    /// What the engine gave the last time, in the order of the texts.
    #[serde(skip)]
    pub(super) answers: Vec<Hypothesis>,
}

impl Machine {
    /// This one; `threads` as configured.
    pub(super) fn here(threads: usize) -> Self {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            processor: processor().unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            threads: if threads == 0 { cores() } else { threads },
        }
    }
}

fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("model name"))?;
    Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
}

impl Loaded {
    pub(super) fn new(model: ModelInfo, load: Duration, load_memory: Option<u64>) -> Self {
        let load_seconds = load.as_secs_f64();
        Self { model, load_seconds, load_memory, timings: Vec::new(), growth: Vec::new() }
    }
}

impl Timing {
    /// The middle one of the times; of two the longer.
    fn median(&self) -> f64 {
        let mut seconds = self.seconds.clone();
        seconds.sort_by(f64::total_cmp);
        seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn line(&self, text: &mut String) {
        let seconds = self.median();
        let _ = writeln!(
            text,
            "  {:>5}  {:>4}  {:>6}  {seconds:>9.3}  {:>8.1}  {:>8.1}  {:>9}",
            self.batch,
            self.beam,
            self.texts,
            self.source_words as f64 / seconds,
            self.target_tokens as f64 / seconds,
            megabytes(self.peak_memory)
        );
    }
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "unknown".to_owned(), |bytes| format!("{} MB", bytes / 1_000_000))
}

impl Report {
    pub(super) fn new(machine: Machine, config: &Config) -> Self {
        let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        Self {
            machine,
            engine: name(&config.models.engine),
            precision: name(&config.models.resolved_precision()),
            translate: None,
            summarise: None,
            peak_memory: None,
        }
    }

    /// The answers of the last case, a line each: tokens, truncated, score, text.
    pub(super) fn answers(&self) -> String {
        let last = self.summarise.iter().chain(&self.translate).find_map(|it| it.timings.last());
        let mut text = String::new();
        for Hypothesis { text: answer, score, tokens, truncated, .. } in
            last.iter().flat_map(|timing| &timing.answers)
        {
            let answer = squeeze(answer);
            let _ = writeln!(text, "{tokens}\t{truncated}\t{score}\t{answer}");
        }
        text
    }

    /// For people.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        let Machine { processor, threads } = &self.machine;
        let _ = writeln!(
            text,
            "{processor}, {threads} threads; engine {}, {}",
            self.engine, self.precision
        );
        for (what, loaded) in [("translation", &self.translate), ("summaries", &self.summarise)] {
            if let Some(loaded) = loaded {
                loaded.table(what, &mut text);
            }
        }
        text
    }
}

impl Loaded {
    fn table(&self, what: &str, text: &mut String) {
        let _ = writeln!(
            text,
            "\n{what} with {} ({}): loaded in {:.2} s, {}",
            self.model.name,
            self.model.fingerprint,
            self.load_seconds,
            megabytes(self.load_memory)
        );
        text.push_str("  batch  beam   texts   median s   words/s  tokens/s     memory\n");
        self.timings.iter().for_each(|timing| timing.line(text));
        if !self.growth.is_empty() {
            text.push_str("growth\n");
            self.growth.iter().for_each(|timing| timing.line(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(seconds: Vec<f64>) -> Timing {
        Timing {
            batch: Batch::Night,
            beam: 4,
            texts: 10,
            source_words: 100,
            source_tokens: 150,
            target_tokens: 160,
            processor_seconds: seconds.clone(),
            seconds,
            peak_memory: Some(64_000_000),
            answers: Vec::new(),
        }
    }

    #[test]
    fn the_median_counts() {
        assert!((timing(vec![9.0, 2.0, 1.0]).median() - 2.0).abs() < 1e-12);
        let mut text = String::new();
        timing(vec![2.0]).line(&mut text);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words, ["night", "4", "10", "2.000", "50.0", "80.0", "64", "MB"]);
    }
}
