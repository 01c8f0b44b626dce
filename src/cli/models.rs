//! `tagesbrief models`: which models there are, whether they are whole, and
//! fetching further ones.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::args::{ModelsArgs, ModelsCommand, SharedArgs, VerifyArgs};
use super::config::Config;
use super::exit::Exit;
use super::output::write_result;
use super::progress::Console;
use crate::model::Family;
use crate::model::hub::{Entry, Verdict, inventory, verify};

/// Carries out one of the subcommands.
pub(super) fn execute(
    args: &ModelsArgs,
    shared: &SharedArgs,
    console: &Console,
) -> anyhow::Result<Exit> {
    let mut config = Config::load(shared)?;
    if let Some(folder) = &args.folder {
        config.models.folder.clone_from(folder);
    }
    match &args.command {
        #[cfg(feature = "fetch")]
        ModelsCommand::Fetch(fetch) => super::fetch::execute(fetch, &config, console),
        #[cfg(not(feature = "fetch"))]
        ModelsCommand::Fetch(_) => {
            anyhow::bail!(
                "this build of tagesbrief cannot go online; build it with the feature `fetch`"
            )
        }
        ModelsCommand::List => list(&config),
        ModelsCommand::Verify(verify) => verify_folders(verify, &config, console),
    }
}

fn list(config: &Config) -> anyhow::Result<Exit> {
    let mut rows = vec![
        ["NAME", "FAMILY", "SIZE", "PARAMETERS", "FINGERPRINT", "USED FOR", "STATE"]
            .map(str::to_owned),
    ];
    for path in folders(config)? {
        rows.push(row(&Entry::of(&path), config));
    }
    write_result(&table(&rows))?;
    Ok(Exit::Done)
}

/// Every folder below the models' folder, and the configured ones elsewhere.
fn folders(config: &Config) -> anyhow::Result<Vec<PathBuf>> {
    let root = &config.models.folder;
    let mut paths: Vec<PathBuf> = match inventory(root) {
        Ok(entries) => entries.into_iter().map(|entry| entry.path).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => anyhow::bail!("cannot read the folder {}: {error}", root.display()),
    };
    for configured in [config.translate_model(), config.summarise_model()] {
        if !paths.iter().any(|path| is_same(path, &configured)) {
            paths.push(configured);
        }
    }
    Ok(paths)
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

fn row(entry: &Entry, config: &Config) -> [String; 7] {
    let mut uses = Vec::new();
    for (stage, path) in
        [("translate", config.translate_model()), ("summarise", config.summarise_model())]
    {
        if is_same(&path, &entry.path) {
            uses.push(stage);
        }
    }
    let (family, parameters, fingerprint, state) = match &entry.verdict {
        Verdict::Sound(folder) => (
            family(folder.family),
            format!("{:.1} M", folder.parameters as f64 / 1e6),
            folder.fingerprint.clone(),
            if entry.manifest.is_some() { "good, fetched" } else { "good" }.to_owned(),
        ),
        Verdict::Faulty(faults) => ("-", "-".to_owned(), "-".to_owned(), faults.join("; ")),
    };
    let size = format!("{:.1} MB", entry.bytes as f64 / 1e6);
    let uses = if uses.is_empty() { "-".to_owned() } else { uses.join(", ") };
    [entry.name.clone(), family.to_owned(), size, parameters, fingerprint, uses, state]
}

fn family(family: Family) -> &'static str {
    match family {
        Family::Marian => "Marian",
        Family::Bart => "BART",
    }
}

/// Columns parted by two blanks; the last one is not padded.
fn table(rows: &[[String; 7]]) -> String {
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(text, "{cell:<width$}  ");
        }
        let _ = writeln!(text, "{}", row[6]);
    }
    text
}

fn verify_folders(args: &VerifyArgs, config: &Config, console: &Console) -> anyhow::Result<Exit> {
    let paths = if args.names.is_empty() {
        folders(config)?
    } else {
        args.names.iter().map(|name| config.model_folder(name)).collect()
    };
    anyhow::ensure!(!paths.is_empty(), "there is no model folder");
    let mut faulty = 0;
    for path in &paths {
        let entry = {
            let mut bytes = console.bytes("reading", None);
            let mut at = 0;
            verify(path, &mut |read| {
                at += read;
                bytes.reach(at);
            })
        };
        faulty += usize::from(matches!(entry.verdict, Verdict::Faulty(_)));
        write_result(&report(&entry))?;
    }
    anyhow::ensure!(faulty == 0, "{faulty} of {} model folders cannot be relied on", paths.len());
    Ok(Exit::Done)
}

fn report(entry: &Entry) -> String {
    let path = entry.path.display();
    match (&entry.verdict, &entry.manifest) {
        (Verdict::Sound(folder), Some(manifest)) => format!(
            "{path}: good; {} files as fetched from {} at {} ({})\n",
            manifest.files.len(),
            manifest.repository,
            manifest.revision,
            folder.fingerprint
        ),
        (Verdict::Sound(folder), None) => {
            format!(
                "{path}: good; not fetched, so there are no checksums to compare ({})\n",
                folder.fingerprint
            )
        }
        (Verdict::Faulty(faults), _) => {
            faults.iter().fold(String::new(), |text, fault| text + &format!("{path}: {fault}\n"))
        }
    }
}
