//! `tagesbrief models fetch`: the one command that goes online.

use std::env;

use anyhow::Context;

use super::args::FetchArgs;
use super::config::Config;
use super::exit::Exit;
use super::output::write_result;
use super::progress::{Bytes, Console};
use crate::model::Family;
use crate::model::hub::{Fetched, Hub, Observer, Repository, Request, Retries, fetch};

/// The public hub.
const DEFAULT_ENDPOINT: &str = "https://huggingface.co";

/// Fetches one model and says how to use it.
pub(super) fn execute(
    args: &FetchArgs,
    config: &Config,
    console: &Console,
) -> anyhow::Result<Exit> {
    let repository: Repository = args.model.parse().map_err(anyhow::Error::msg)?;
    let name = args.name.as_deref().unwrap_or_else(|| repository.name());
    anyhow::ensure!(
        !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']),
        "--name {name:?} must be the name of a folder in {}",
        config.models.folder.display()
    );
    anyhow::ensure!(
        !is_set("HF_HUB_OFFLINE"),
        "HF_HUB_OFFLINE is set, so nothing is fetched; unset it to go online"
    );
    let hub = Hub::new(&endpoint(), variable("HF_TOKEN"), Retries::default())?;
    let request = Request {
        repository: &repository,
        revision: &args.revision,
        models: &config.models.folder,
        name,
        replace: args.replace,
    };
    let mut observer = Shown { console, current: None };
    let fetched = fetch(&hub, request, &mut observer)
        .with_context(|| format!("{repository} was not fetched"))?;
    write_result(&report(&fetched))?;
    Ok(Exit::Done)
}

fn endpoint() -> String {
    variable("HF_ENDPOINT").unwrap_or_else(|| DEFAULT_ENDPOINT.to_owned())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The hub's own tools take these for yes.
fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| {
        matches!(value.to_ascii_uppercase().as_str(), "1" | "ON" | "YES" | "TRUE")
    })
}

fn report(fetched: &Fetched) -> String {
    let folder = &fetched.folder;
    let path = folder.path.display();
    let manifest = &fetched.manifest;
    let state = if fetched.was_there { "was there already" } else { "fetched" };
    let converted = match &manifest.weights.converted_from_sha256 {
        Some(_) => format!(" (weights converted from {})", manifest.weights.file),
        None => String::new(),
    };
    let option = match folder.family {
        Family::Marian => "--translate-model",
        Family::Bart => "--summarise-model",
    };
    format!(
        "{path}: {state}, {} at {}{converted}; {:.1} M parameters, fingerprint {}\n\
         Use it with {option} {}, or name it in tagesbrief.toml.\n",
        manifest.repository,
        manifest.revision,
        folder.parameters as f64 / 1e6,
        folder.fingerprint,
        folder.name,
    )
}

/// Shows each file's progress.
struct Shown<'c> {
    console: &'c Console,
    current: Option<Bytes>,
}

impl Observer for Shown<'_> {
    fn begin(&mut self, name: &str, size: Option<u64>, have: u64) {
        let mut bytes = self.console.bytes(name, size);
        if have > 0 {
            tracing::info!("{name}: going on after {have} bytes");
            bytes.reach(have);
        }
        self.current = Some(bytes);
    }

    fn reach(&mut self, bytes: u64) {
        if let Some(current) = &mut self.current {
            current.reach(bytes);
        }
    }

    fn end(&mut self) {
        self.current = None;
    }
}
