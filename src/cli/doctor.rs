//! `tagesbrief doctor`: everything a run needs, looked at one by one, with a
//! remedy for what is wrong.

use std::fmt;
use std::path::Path;
use std::thread;

use jiff::civil::Date;

use super::args::{SharedArgs, WorkArgs};
use super::config::Config;
use super::engines;
use super::environment;
use super::exit::Exit;
use super::output::write_result;
use super::session::Place;
use crate::model::{Family, Hypothesis, ModelError, ModelFolder};
use crate::pipeline;
use crate::store::{Lock, Store};

/// Enough for a trial of the summariser.
const TRIAL_TOKENS: usize = 24;

/// Free space below which a night may fail.
const LITTLE_SPACE: u64 = 500 << 20;

/// What an examination found.
enum Verdict {
    Fine(String),
    Doubtful { finding: String, remedy: &'static str },
    Wrong { finding: String, remedy: &'static str },
}

/// One thing and what was found.
struct Finding {
    what: &'static str,
    verdict: Verdict,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, finding, remedy) = match &self.verdict {
            Verdict::Fine(finding) => ("ok     ", finding, None),
            Verdict::Doubtful { finding, remedy } => ("warning", finding, Some(remedy)),
            Verdict::Wrong { finding, remedy } => ("WRONG  ", finding, Some(remedy)),
        };
        write!(f, "{mark}  {:<16} {finding}", self.what)?;
        remedy.map_or(Ok(()), |remedy| write!(f, "\n{:26}→ {remedy}", ""))
    }
}

/// Examines everything and prints what it found.
pub(super) fn execute(args: &WorkArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let place = Place::new(args, shared)?;
    let config = &place.config;
    let findings = [
        ("program", program()),
        ("libtorch", libtorch()),
        ("translate model", model(&config.translate_model(), Family::Marian)),
        ("summarise model", model(&config.summarise_model(), Family::Bart)),
        ("translation", translation(config)),
        ("summary", summary(config)),
        ("inbox", inbox(config, args)),
        ("output", folder(&config.output)),
        ("store", store(&place)),
        ("metrics", metrics(config)),
        ("threads", threads(config)),
    ];
    let findings = findings.map(|(what, verdict)| Finding { what, verdict });
    let text: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
    write_result(&text)?;
    let wrong = findings.iter().any(|it| matches!(it.verdict, Verdict::Wrong { .. }));
    Ok(if wrong { Exit::Unfit } else { Exit::Done })
}

fn program() -> Verdict {
    Verdict::Fine(format!(
        "version {}, build {}",
        env!("CARGO_PKG_VERSION"),
        environment::program_hash()
    ))
}

#[cfg(feature = "engine")]
fn libtorch() -> Verdict {
    match crate::model::engine::self_test() {
        Ok(finding) => Verdict::Fine(finding),
        Err(finding) => Verdict::Wrong {
            finding,
            remedy: "Run scripts/setup, or set LIBTORCH to the folder of libtorch 2.4, and build again.",
        },
    }
}

#[cfg(not(feature = "engine"))]
fn libtorch() -> Verdict {
    Verdict::Wrong {
        finding: "this program was built without engines".to_owned(),
        remedy: "Build it with the feature `engine`.",
    }
}

fn model(path: &Path, family: Family) -> Verdict {
    match ModelFolder::open(path, family) {
        Ok(folder) => {
            Verdict::Fine(format!("{}, fingerprint {}", path.display(), folder.fingerprint))
        }
        Err(error) => Verdict::Wrong {
            finding: error.to_string(),
            remedy: "Copy the model's folder again, or name another one.",
        },
    }
}

/// A sentence through the model says more than any check of files.
fn translation(config: &Config) -> Verdict {
    let decoding = config.settings(Date::ZERO).translate.decoding;
    let answer = engines::translator(config)
        .and_then(|loaded| loaded.engine.translate(&["Guten Morgen!"], &decoding));
    trial(answer, "“Guten Morgen!” is")
}

fn summary(config: &Config) -> Verdict {
    let decoding = config.settings(Date::ZERO).summarise.decoding;
    let text = "The harbour was closed on Monday. It opens again on Friday.";
    let answer = engines::summariser(config)
        .and_then(|loaded| loaded.engine.summarise(&[text], &decoding, TRIAL_TOKENS));
    trial(answer, "two short sentences give")
}

fn trial(answer: Result<Vec<Hypothesis>, ModelError>, of: &str) -> Verdict {
    match answer {
        Ok(answers) => {
            let text = answers.first().map_or("", |answer| answer.text.as_str());
            Verdict::Fine(format!("{of} “{text}”"))
        }
        Err(error) => Verdict::Wrong {
            finding: error.to_string(),
            remedy: "Mend libtorch and the models first.",
        },
    }
}

fn inbox(config: &Config, args: &WorkArgs) -> Verdict {
    let today = args.today.unwrap_or_else(|| jiff::Zoned::now().date());
    match pipeline::list(&config.inbox, &config.settings(today)) {
        Err(error) => Verdict::Wrong {
            finding: error.to_string(),
            remedy: "Name the folder that holds the articles.",
        },
        Ok(inbox) if inbox.articles.is_empty() => Verdict::Doubtful {
            finding: format!("{} has no articles", config.inbox.display()),
            remedy: "Put articles into it, or name another folder.",
        },
        Ok(inbox) if !inbox.setbacks.is_empty() => Verdict::Doubtful {
            finding: format!(
                "{}: {} articles, {} files that cannot be taken",
                config.inbox.display(),
                inbox.articles.len(),
                inbox.setbacks.len()
            ),
            remedy: "`tagesbrief run` names each of them with its remedy.",
        },
        Ok(inbox) => {
            Verdict::Fine(format!("{}: {} articles", config.inbox.display(), inbox.articles.len()))
        }
    }
}

/// Whether files can be made there, and how much space there is.
fn folder(path: &Path) -> Verdict {
    let exists = path.is_dir();
    let nearest = path.ancestors().find(|it| it.is_dir()).unwrap_or_else(|| Path::new("."));
    if let Err(error) = tempfile::tempfile_in(nearest) {
        return Verdict::Wrong {
            finding: format!("no file can be made in {}: {error}", nearest.display()),
            remedy: "Check the folder's permissions and whether its disk is full or read-only.",
        };
    }
    let state = if exists { "can be written" } else { "will be made" };
    match free_space(nearest) {
        Some(bytes) if bytes < LITTLE_SPACE => Verdict::Doubtful {
            finding: format!("{} {state}, but only {} MiB are free", path.display(), bytes >> 20),
            remedy: "Make space: `tagesbrief prune` says what is old.",
        },
        Some(bytes) => {
            Verdict::Fine(format!("{} {state}, {} MiB free", path.display(), bytes >> 20))
        }
        None => Verdict::Fine(format!("{} {state}", path.display())),
    }
}

#[cfg(unix)]
fn free_space(path: &Path) -> Option<u64> {
    let space = rustix::fs::statvfs(path).ok()?;
    Some(space.f_bavail.saturating_mul(space.f_frsize))
}

#[cfg(not(unix))]
fn free_space(_path: &Path) -> Option<u64> {
    None
}

fn store(place: &Place) -> Verdict {
    let path = &place.store;
    if let Some(holder) = Lock::holder(path) {
        return Verdict::Fine(format!("{}: in use by {holder}", path.display()));
    }
    if !Store::exists(path) {
        return folder(path);
    }
    match place.look("doctor").and_then(|session| Ok(session.store.tally()?)) {
        Err(error) => Verdict::Wrong {
            finding: format!("{error:#}"),
            remedy: "Do as it says; the outputs do not depend on the store.",
        },
        Ok(tally) => match folder(path) {
            Verdict::Fine(finding) => {
                Verdict::Fine(format!("{finding}; {} answers", tally.answers))
            }
            other => other,
        },
    }
}

/// The file for metrics appears in its folder whole, so it is the folder that counts.
fn metrics(config: &Config) -> Verdict {
    match config.metrics.parent() {
        None => Verdict::Fine("none are wanted".to_owned()),
        Some(parent) if parent.as_os_str().is_empty() => folder(Path::new(".")),
        Some(parent) => folder(parent),
    }
}

fn threads(config: &Config) -> Verdict {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    match config.threads {
        0 => Verdict::Fine(format!("one for each of {processors} processors")),
        threads if threads > processors => Verdict::Doubtful {
            finding: format!("{threads}, but there are {processors} processors"),
            remedy: "Set threads to 0 or to the number of processors; more only get in each other's way.",
        },
        threads => Verdict::Fine(format!("{threads} of {processors} processors")),
    }
}
