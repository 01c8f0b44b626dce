//! `tagesbrief evaluate`: how good is a translation model?

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use jiff::civil::Date;

use super::args::{EvaluateArgs, SharedArgs};
use super::config::Config;
use super::engines;
use super::exit::Exit;
use super::output::write_result;
use super::progress::Console;
use crate::evaluate::{bleu, chrf};
use crate::pipeline::Progress;
use crate::translate::{Origin, Translation, translate_texts};

/// Translates the source, line by line, and scores it against the reference.
pub(super) fn execute(
    args: &EvaluateArgs,
    shared: &SharedArgs,
    console: &Console,
) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?.with_models(&args.models);
    let (source, reference) = (read(&args.source)?, read(&args.reference)?);
    let sources: Vec<&str> = source.lines().collect();
    let references: Vec<&str> = reference.lines().collect();
    anyhow::ensure!(
        sources.len() == references.len() && !sources.is_empty(),
        "{} has {} lines and {} has {}; every source line needs its reference",
        args.source.display(),
        sources.len(),
        args.reference.display(),
        references.len()
    );
    let translator = engines::translator(&config)?;
    let options = config.settings(Date::ZERO).translate;
    let mut stage = console.stage("evaluate", "sentences", sources.len());
    let started = Instant::now();
    let tell = &mut |done| stage.reach(done);
    let translations = translate_texts(&sources, translator.engine.as_ref(), &options, tell);
    let seconds = started.elapsed().as_secs_f64();
    drop(stage);
    if let Some(path) = &args.hypotheses {
        save(path, &translations)?;
    }
    let mut result = scores(&translations, &references);
    let words: usize = sources.iter().map(|source| source.split_whitespace().count()).sum();
    let rate = words as f64 / seconds.max(1e-9);
    writeln!(result, "model        {} ({})", translator.info.name, translator.info.fingerprint)?;
    writeln!(
        result,
        "speed        {rate:.0} source words a second ({seconds:.1} s, beam {})",
        options.decoding.beam
    )?;
    write_result(&result)?;
    Ok(Exit::Done)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path)
        .with_context(|| format!("cannot read {} as UTF-8 text", path.display()))
}

fn save(path: &Path, translations: &[Translation]) -> anyhow::Result<()> {
    let lines: String =
        translations.iter().map(|translation| translation.text.clone() + "\n").collect();
    fs::write(path, lines).with_context(|| format!("cannot write {}", path.display()))
}

fn scores(translations: &[Translation], references: &[&str]) -> String {
    let texts = translations.iter().map(|translation| translation.text.as_str());
    let pairs: Vec<(&str, &str)> = texts.zip(references.iter().copied()).collect();
    let bleu = bleu(pairs.iter().copied());
    let [one, two, three, four] = bleu.precisions;
    let kept =
        translations.iter().filter(|translation| matches!(translation.origin, Origin::Kept(_)));
    let scored: Vec<f64> =
        translations.iter().filter_map(|translation| translation.score).collect();
    let mean = scored.iter().sum::<f64>() / scored.len().max(1) as f64;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "BLEU         {:.2}  ({one:.1}/{two:.1}/{three:.1}/{four:.1}, brevity penalty {:.3}, {} to {} tokens)",
        bleu.score, bleu.brevity_penalty, bleu.hypothesis_length, bleu.reference_length
    );
    let _ = writeln!(text, "chrF2        {:.2}", chrf(pairs.iter().copied()));
    let _ = writeln!(text, "sentences    {} ({} left in German)", translations.len(), kept.count());
    let _ = writeln!(text, "mean score   {mean:.3} (log-probability per token)");
    text
}
