//! `run.json`: what a run did, for programs. The one output that holds times, so
//! the one that differs from run to run.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::report::Report;
use super::settings::Settings;
use crate::brief::Engines;
use crate::ingest::{BriefDate, ForeignText};

/// Its name within the output folder.
pub const RUN_FILE: &str = "run.json";

/// The JSON Schema of `run.json`.
pub const RUN_SCHEMA: &str = include_str!("run.schema.json");

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Done, but for some inputs.
    Setbacks,
    /// It was told to stop; everything so far is kept.
    Stopped,
    /// An error ended it.
    Failed,
}

impl Outcome {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Setbacks | Self::Stopped => 3,
        }
    }
}

/// What only the process around the pipeline knows.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// How long it took.
    pub seconds: f64,
    /// How it ended.
    pub outcome: Outcome,
    /// The error that ended it.
    pub error: Option<String>,
    /// The program's version.
    pub version: String,
    /// Names this very program.
    pub software: String,
    /// How the models compute.
    pub arithmetic: String,
    /// Threads for the models, as set: 0 is one for each processor.
    pub threads: usize,
    /// The most memory in use at a time, where the system tells.
    pub peak_memory_bytes: Option<u64>,
}

/// `run.json` as described by [`RUN_SCHEMA`]. Paths are relative to the inbox or
/// the `output` folder.
#[must_use]
pub fn run_json(
    report: &Report,
    facts: &Circumstances,
    engines: Option<&Engines>,
    settings: &Settings,
    output: &Path,
) -> Vec<u8> {
    let relative = |path: &std::path::PathBuf| {
        path.strip_prefix(output).unwrap_or(path).to_string_lossy().into_owned()
    };
    let value = json!({
        "schema": 1,
        "outcome": facts.outcome,
        "exit_code": facts.outcome.code(),
        "error": facts.error,
        "started": facts.started,
        "seconds": facts.seconds,
        "program": { "version": facts.version, "build": facts.software },
        "engines": engines,
        "arithmetic": facts.arithmetic,
        "threads": facts.threads,
        "settings": told(settings),
        "inputs": report.inputs,
        "plan": report.work,
        "stages": stages(report),
        "words_translated": report.words_translated,
        "words_per_second": report.words_per_second(),
        "kept_german_sentences": report.kept_german,
        "findings": report.findings,
        "stale_corrections": stale_corrections(report),
        "briefs": briefs(report),
        "files": {
            "written": report.changed.iter().map(relative).collect::<Vec<_>>(),
            "removed": report.removed.iter().map(relative).collect::<Vec<_>>(),
            "unchanged": report.unchanged,
        },
        "setbacks": report.setbacks,
        "peak_memory_bytes": facts.peak_memory_bytes,
    });
    let mut bytes = format!("{value:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}

/// What the stages were told. A person's corrections and terms are counted, not
/// repeated.
fn told(settings: &Settings) -> Value {
    let Settings { ingest, translate, check, summarise, key_points, site } = settings;
    json!({
        "today": ingest.today,
        "ingest": {
            "max_bytes": ingest.max_bytes,
            "allow_foreign": ingest.foreign == ForeignText::Take,
        },
        "translate": translate,
        "check": {
            "least_sure": check.least_sure,
            "ignore": check.ignore,
            "corrections": check.corrections.count(),
            "terms": check.glossary.terms.len(),
        },
        "summarise": summarise,
        "key_points": key_points,
        "site": { "base_url": site.base_url },
    })
}

fn stages(report: &Report) -> Vec<Value> {
    let stage = |it: super::StageTally| {
        json!({
            "stage": it.stage,
            "unit": it.stage.unit(),
            "done": it.done,
            "from_memory": it.remembered,
            "set_back": report.set_back(it.stage),
            "seconds": it.time.as_secs_f64(),
        })
    };
    report.tallies().into_iter().map(stage).collect()
}

fn stale_corrections(report: &Report) -> Vec<Value> {
    let one = |(german, dates): (&String, &BTreeSet<BriefDate>)| {
        let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
        json!({ "german": german, "dates": dates })
    };
    report.stale_corrections.iter().map(one).collect()
}

fn briefs(report: &Report) -> Vec<Value> {
    let brief = |(date, articles): &(crate::ingest::BriefDate, usize)| json!({ "date": date.to_string(), "articles": articles });
    report.briefs.iter().map(brief).collect()
}
