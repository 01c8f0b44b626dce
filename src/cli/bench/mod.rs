//! `tagesbrief bench`: how fast do the models run here?
//!
//! `cases` says what is measured, `measure` does it, `report` tells it.

mod cases;
mod measure;
mod report;

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::args::{BenchArgs, ReportFormat, SharedArgs};
use super::config::Config;
use super::environment::peak_memory;
use super::exit::Exit;
use super::output::write_result;
use super::progress::Console;
pub(super) use cases::Batch;
use cases::Cases;
use report::{Machine, Report};

/// Measures and tells.
pub(super) fn execute(
    args: &BenchArgs,
    shared: &SharedArgs,
    console: &Console,
) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?
        .with_models(&args.models)
        .with_summarise_model(args.summarise_model.as_ref());
    let cases = Cases::of(args);
    let sentences = args.sentences.as_deref().map(lines).transpose()?;
    let articles = args.articles.as_deref().map(lines).transpose()?;
    let mut report = Report::new(Machine::here(config.threads), &config);
    if let Some(text) = &sentences {
        report.translate = Some(measure::translation(&config, &cases, text, console)?);
    }
    if let Some(text) = &articles {
        report.summarise = Some(measure::summaries(&config, &cases, text, console)?);
    }
    report.peak_memory = peak_memory();
    if let Some(path) = &args.answers {
        fs::write(path, report.answers())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    write_result(&match args.format {
        ReportFormat::Table => report.table(),
        ReportFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    Ok(Exit::Done)
}

/// The lines of a file that hold something.
fn lines(path: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {} as UTF-8 text", path.display()))?;
    let lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    anyhow::ensure!(!lines.is_empty(), "{} holds no line to measure with", path.display());
    Ok(lines)
}
