//! `tagesbrief summarise`: a filter from English articles to their summaries.

use std::fmt::Write;

use jiff::civil::Date;

use super::args::{Format, SharedArgs, SummariseArgs};
use super::config::Config;
use super::engines;
use super::exit::Exit;
use super::filter::read;
use super::output::write_result;
use crate::summarise::selection::features::{NAMES, features};
use crate::summarise::{Summary, SummaryOrigin, SummarySentence, sentences, summarise_texts};

/// Reads, summarises, writes.
pub(super) fn execute(args: &SummariseArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?
        .with_summarise_model(args.summarise_model.as_ref())
        .with_engine(&args.engine);
    let text = read(args.file.as_deref())?;
    if args.features {
        write_result(&as_features(&text))?;
        return Ok(Exit::Done);
    }
    let summariser = engines::summariser(&config)?;
    let articles: Vec<&str> = text.lines().collect();
    let options = config.settings(Date::ZERO).summarise;
    let summaries = summarise_texts(&articles, summariser.engine.as_ref(), &options, &mut |_| {});
    write_result(&match args.format {
        Format::Text => as_lines(&summaries),
        Format::Tsv => as_table(&summaries),
    })?;
    Ok(Exit::Done)
}

/// A row for each sentence of each line, under a head.
fn as_features(text: &str) -> String {
    let mut table = format!("article\tsentence\t{}\n", NAMES.join("\t"));
    for (article, line) in text.lines().enumerate() {
        let sentences: Vec<&str> = match line.contains('\t') {
            true => line.split('\t').collect(),
            false => sentences::split(line),
        };
        for (sentence, row) in sentences.iter().zip(features(&sentences)) {
            let row: Vec<String> = row.iter().map(f64::to_string).collect();
            let _ = writeln!(table, "{}\t{sentence}\t{}", article + 1, row.join("\t"));
        }
    }
    table
}

fn said(summary: Option<&Summary>) -> &[SummarySentence] {
    summary.map_or(&[], |summary| &summary.sentences)
}

fn as_lines(summaries: &[Option<Summary>]) -> String {
    summaries.iter().fold(String::new(), |text, summary| {
        let said: Vec<&str> =
            said(summary.as_ref()).iter().map(|sentence| sentence.text.as_str()).collect();
        text + &said.join(" ") + "\n"
    })
}

fn as_table(summaries: &[Option<Summary>]) -> String {
    let mut table = String::new();
    for (article, summary) in summaries.iter().enumerate() {
        for sentence in said(summary.as_ref()) {
            let support: Vec<String> =
                sentence.support.iter().map(|index| (index + 1).to_string()).collect();
            let origin = match sentence.origin {
                SummaryOrigin::Model => "model",
                SummaryOrigin::Replaced => "replaced",
                SummaryOrigin::Lead => "lead",
            };
            let text = sentence.text.replace('\t', " ");
            let _ = writeln!(table, "{}\t{text}\t{}\t{origin}", article + 1, support.join(","));
        }
    }
    table
}
