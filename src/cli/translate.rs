//! `tagesbrief translate`: a filter from German lines to English lines.

use std::fmt::Write;

use jiff::civil::Date;

use super::args::{Format, SharedArgs, TranslateArgs};
use super::config::Config;
use super::engines;
use super::exit::Exit;
use super::filter::read;
use super::output::write_result;
use crate::segment;
use crate::translate::{Origin, Translation, translate_texts};

/// Reads, translates, writes.
pub(super) fn execute(args: &TranslateArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?.with_models(&args.models);
    let text = read(args.file.as_deref())?;
    let translator = engines::translator(&config)?;
    let lines: Vec<&str> = text.lines().collect();
    let sentences = sentences(&lines, args.no_split);
    let sources: Vec<&str> = sentences.iter().map(|sentence| sentence.source).collect();
    let options = config.settings(Date::ZERO).translate;
    let translations = translate_texts(&sources, translator.engine.as_ref(), &options, &mut |_| {});
    write_result(&match args.format {
        Format::Text => as_lines(lines.len(), &sentences, &translations),
        Format::Tsv => as_table(&sentences, &translations),
    })?;
    Ok(Exit::Done)
}

/// A sentence and the line it stands in.
struct Sentence<'t> {
    line: usize,
    source: &'t str,
}

fn sentences<'t>(lines: &[&'t str], no_split: bool) -> Vec<Sentence<'t>> {
    let mut sentences = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        if no_split {
            sentences.push(Sentence { line, source: text.trim() });
        } else {
            let spans = segment::split(text);
            sentences.extend(spans.iter().map(|span| Sentence { line, source: span.of(text) }));
        }
    }
    sentences
}

fn as_lines(lines: usize, sentences: &[Sentence], translations: &[Translation]) -> String {
    let mut english = vec![String::new(); lines];
    for (sentence, translation) in sentences.iter().zip(translations) {
        let line = &mut english[sentence.line];
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&translation.text);
    }
    english.iter().fold(String::new(), |text, line| text + line + "\n")
}

fn as_table(sentences: &[Sentence], translations: &[Translation]) -> String {
    let mut table = String::new();
    for (sentence, translation) in sentences.iter().zip(translations) {
        let score = translation.score.map_or_else(String::new, |score| format!("{score:.4}"));
        let origin = match translation.origin {
            Origin::Model => "model",
            Origin::Retry => "retry",
            Origin::Copied => "copied",
            Origin::Human => "human",
            Origin::Kept(_) => "kept",
        };
        let source = sentence.source.replace('\t', " ");
        let _ =
            writeln!(table, "{source}\t{}\t{score}\t{origin}", translation.text.replace('\t', " "));
    }
    table
}
