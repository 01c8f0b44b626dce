//! The run as a Prometheus textfile, for node_exporter's collector. It holds no
//! time stamps, which the collector refuses; the time of the last success is a
//! value.

use std::fmt::Write;

use super::report::Report;
use super::run_json::{Circumstances, Outcome};

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
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|(kind, count)| (format!("{{kind=\"{}\"}}", kind.label()), *count as f64))
        .collect();
    gauge("findings", "What the checks found in the sentences.", &findings);
    gauge("files_written", "Output files that changed.", &plain(report.changed.len() as f64));
    gauge("words_translated", "German words translated.", &plain(report.words_translated as f64));
    if let Some(bytes) = facts.peak_memory_bytes {
        gauge("peak_memory_bytes", "Most memory in use at a time.", &plain(bytes as f64));
    }
    type Measure = fn(&super::StageTally) -> f64;
    let stages: [(&str, &str, Measure); 3] = [
        ("stage_done", "Units a stage worked on.", |it| it.done as f64),
        ("stage_remembered", "Units a stage knew already.", |it| it.remembered as f64),
        ("stage_seconds", "Time a stage took.", |it| it.time.as_secs_f64()),
    ];
    for (name, help, measure) in stages {
        let values: Vec<_> = report
            .stages
            .iter()
            .map(|it| (format!("{{stage=\"{}\"}}", it.stage.name()), measure(it)))
            .collect();
        gauge(name, help, &values);
    }
    text
}
