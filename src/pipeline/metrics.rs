//! The run as a Prometheus textfile, for node_exporter's collector. It holds no
//! time stamps, which the collector refuses; the time of the last success is a
//! value.

use std::fmt::Write;

use super::report::{Report, StageTally};
use super::run_json::{Circumstances, Outcome};
use crate::check::FindingKind;

/// The metrics of a run. `last_success` is in seconds since 1970, this run
/// included if it was one.
#[must_use]
pub fn metrics(report: &Report, facts: &Circumstances, last_success: Option<i64>) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, values: &[(String, f64)]| {
        let _ = writeln!(text, "# HELP tagesbrief_{name} {help}\n# TYPE tagesbrief_{name} gauge");
        for (labels, value) in values {
            let _ = writeln!(text, "tagesbrief_{name}{labels} {value}");
        }
    };
    let plain = |value: f64| vec![(String::new(), value)];
    let success = matches!(facts.outcome, Outcome::Done | Outcome::Setbacks);
    gauge("success", "Whether the last run came to its end.", &plain(f64::from(u8::from(success))));
    gauge("exit_code", "Exit code of the last run.", &plain(f64::from(facts.outcome.code())));
    gauge("duration_seconds", "How long the last run took.", &plain(facts.seconds));
    if let Some(time) = last_success {
        let help = "When a run last came to its end, in seconds since 1970.";
        gauge("last_success_seconds", help, &plain(time as f64));
    }
    gauge("articles", "Articles in the inbox.", &plain(report.inputs.articles as f64));
    gauge("briefs", "Dates of the inbox that have a brief.", &plain(report.briefs.len() as f64));
    gauge("setbacks", "Inputs that could not be taken.", &plain(report.setbacks.len() as f64));
    gauge(
        "kept_german_sentences",
        "Sentences without usable English.",
        &plain(report.kept_german as f64),
    );
    // Every kind, every time: a series that comes and goes cannot be watched.
    let findings = FindingKind::ALL.map(|kind| {
        let count = report.findings.get(&kind).copied().unwrap_or_default();
        (format!("{{kind=\"{}\"}}", name(kind)), count as f64)
    });
    gauge("findings", "What the checks found in the sentences.", &findings);
    gauge("files_written", "Output files that changed.", &plain(report.changed.len() as f64));
    gauge("words_translated", "German words translated.", &plain(report.words_translated as f64));
    if let Some(bytes) = facts.peak_memory_bytes {
        gauge("peak_memory_bytes", "Most memory in use at a time.", &plain(bytes as f64));
    }
    type Measure = fn(&Report, &StageTally) -> f64;
    let stages: [(&str, &str, Measure); 4] = [
        ("stage_done", "Units a stage worked on.", |_, it| it.done as f64),
        ("stage_remembered", "Units a stage knew already.", |_, it| it.remembered as f64),
        ("stage_set_back", "Setbacks in a stage.", |all, it| all.set_back(it.stage) as f64),
        ("stage_seconds", "Time a stage took.", |_, it| it.time.as_secs_f64()),
    ];
    for (name, help, measure) in stages {
        let value =
            |it: StageTally| (format!("{{stage=\"{}\"}}", it.stage.name()), measure(report, &it));
        gauge(name, help, &report.tallies().map(value));
    }
    text
}

/// The time of the last success that a file of metrics tells.
#[must_use]
pub fn last_success(text: &str) -> Option<i64> {
    let value = text.lines().find_map(|it| it.strip_prefix("tagesbrief_last_success_seconds "))?;
    value.trim().parse().ok()
}

/// A kind's name in the JSON, which does not change as its label may.
fn name(kind: FindingKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}
