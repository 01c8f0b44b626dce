//! Fetching a model: plan, download, convert, check, put in place.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::api::Snapshot;
use super::client::Hub;
use super::download::{Wanted, download};
use super::error::HubError;
use super::manifest::{FileRecord, Manifest};
use super::repository::{Repository, is_commit};
use super::staging::Staging;
use super::weights::Weights;
use crate::model::{Family, HubConfig, ModelFolder};

/// What is to be fetched, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The repository.
    pub repository: &'r Repository,
    /// Branch, tag or commit.
    pub revision: &'r str,
    /// The folder of model folders.
    pub models: &'r Path,
    /// The new folder's name.
    pub name: &'r str,
    /// Whether a folder that was not fetched from this repository is replaced.
    pub replace: bool,
}

/// A fetched model.
#[derive(Debug)]
pub struct Fetched {
    /// The folder.
    pub folder: ModelFolder,
    /// Its record.
    pub manifest: Manifest,
    /// Whether it was there already, at this commit and undamaged.
    pub was_there: bool,
}

/// Is told how far things are.
pub trait Observer {
    /// `name` of `size` bytes begins, `have` of which are there.
    fn begin(&mut self, name: &str, size: Option<u64>, have: u64);
    /// So many bytes are there.
    fn reach(&mut self, bytes: u64);
    /// It is complete.
    fn end(&mut self);
}

/// Files beside the weights: required for Marian, required for BART, and those
/// taken where they exist. Which of BART's two kinds of tokenizer files there must
/// be is the business of [`ModelFolder::open`].
const MARIAN_FILES: [&str; 2] = ["source.spm", "vocab.json"];
const OPTIONAL_FILES: [&str; 8] = [
    "generation_config.json",
    "target.spm",
    "tokenizer_config.json",
    "tokenizer.json",
    "vocab.json",
    "merges.txt",
    "README.md",
    "LICENSE",
];

/// Fetches a model. Whatever happens, `models/name` holds what it held before or
/// the complete, verified model; an interrupted download is resumed by the next
/// call.
///
/// # Errors
/// [`HubError`].
pub fn fetch(
    hub: &Hub,
    request: Request,
    observer: &mut dyn Observer,
) -> Result<Fetched, HubError> {
    let target = request.models.join(request.name);
    refuse_to_overwrite(&request, &target)?;
    if is_commit(request.revision)
        && let Some(there) = already_there(&target, request.revision)
    {
        return Ok(there);
    }
    let snapshot = hub.snapshot(request.repository, request.revision)?;
    if let Some(there) = already_there(&target, &snapshot.commit) {
        return Ok(there);
    }
    let state = format!("{} {}\n", request.repository, snapshot.commit);
    let staging = Staging::open(request.models, request.name, &state)?;
    let job = Job { hub, repository: request.repository, snapshot: &snapshot, staging: &staging };
    let (manifest, family) = job.run(observer)?;
    match ModelFolder::open(staging.folder(), family) {
        Ok(mut folder) => {
            manifest
                .write(staging.folder())
                .map_err(|error| HubError::disk(staging.folder(), error))?;
            staging.publish(&target)?;
            request.name.clone_into(&mut folder.name);
            folder.path = target;
            Ok(Fetched { folder, manifest, was_there: false })
        }
        // Everything came as the hub has it, so another attempt would end the same.
        Err(error) => {
            staging.discard()?;
            Err(job_unusable(request.repository, &error))
        }
    }
}

/// A folder under the wanted name that is of another origin is the user's.
fn refuse_to_overwrite(request: &Request, target: &Path) -> Result<(), HubError> {
    if request.replace || fs::symlink_metadata(target).is_err() {
        return Ok(());
    }
    let why = match Manifest::read(target) {
        Ok(Some(manifest)) if manifest.repository == request.repository.to_string() => {
            return Ok(());
        }
        Ok(Some(manifest)) => format!("was fetched from {}", manifest.repository),
        _ => "was not fetched by this program".to_owned(),
    };
    Err(HubError::InTheWay { folder: target.to_owned(), why })
}

/// The folder, if it is of this very commit and undamaged.
fn already_there(target: &Path, commit: &str) -> Option<Fetched> {
    let manifest = Manifest::read(target).ok().flatten()?;
    if manifest.revision != commit || !manifest.differences(target, &mut |_| {}).is_empty() {
        return None;
    }
    let json = fs::read_to_string(target.join("config.json")).ok()?;
    let folder = ModelFolder::open(target, Family::of(&json).ok()?).ok()?;
    Some(Fetched { folder, manifest, was_there: true })
}

fn job_unusable(repository: &Repository, problem: impl ToString) -> HubError {
    HubError::Unusable { repository: repository.to_string(), problem: problem.to_string() }
}

/// One model on its way into the staging folder.
struct Job<'j> {
    hub: &'j Hub,
    repository: &'j Repository,
    snapshot: &'j Snapshot,
    staging: &'j Staging,
}

impl Job<'_> {
    /// Fetches every file; the small ones first, so that a model that cannot run
    /// is found out before its weights come.
    fn run(&self, observer: &mut dyn Observer) -> Result<(Manifest, Family), HubError> {
        let mut files = BTreeMap::new();
        files.insert("config.json".to_owned(), self.file("config.json", observer)?);
        let family = self.family()?;
        let required: &[&str] = match family {
            Family::Marian => &MARIAN_FILES,
            Family::Bart => &[],
        };
        if let Some(name) = required.iter().find(|name| !self.has(name)) {
            return Err(job_unusable(self.repository, format!("it has no {name}")));
        }
        let weights = Weights::choose(self.hub, self.repository, self.snapshot)?;
        let optional = OPTIONAL_FILES.iter().filter(|name| self.has(name));
        let small: Vec<&str> = required.iter().chain(optional).copied().collect();
        self.staging
            .ensure_space(self.missing_bytes(&small) + weights.missing_bytes(self.staging))?;
        for name in small {
            if !files.contains_key(name) {
                files.insert(name.to_owned(), self.file(name, observer)?);
            }
        }
        let (record, origin) = weights.fetch(self.hub, self.repository, self.staging, observer)?;
        files.insert("model.safetensors".to_owned(), record);
        let manifest = Manifest {
            schema: 1,
            repository: self.repository.to_string(),
            revision: self.snapshot.commit.clone(),
            weights: origin,
            files,
        };
        Ok((manifest, family))
    }

    fn has(&self, name: &str) -> bool {
        self.snapshot.files.contains_key(name)
    }

    fn file(&self, name: &str, observer: &mut dyn Observer) -> Result<FileRecord, HubError> {
        let announced = self
            .snapshot
            .files
            .get(name)
            .ok_or_else(|| job_unusable(self.repository, format!("it has no {name}")))?;
        let wanted = Wanted {
            repository: self.repository,
            revision: &self.snapshot.commit,
            name,
            announced,
        };
        download(self.hub, &wanted, self.staging.folder(), observer)
    }

    /// The family of the fetched `config.json`, which must be one that runs.
    fn family(&self) -> Result<Family, HubError> {
        let path = self.staging.file("config.json");
        let json = fs::read_to_string(&path).map_err(|error| HubError::disk(&path, error))?;
        let unusable = |problem| job_unusable(self.repository, format!("config.json: {problem}"));
        let family = Family::of(&json).map_err(unusable)?;
        HubConfig::parse(&json, family).map_err(unusable)?;
        Ok(family)
    }

    fn missing_bytes(&self, names: &[&str]) -> u64 {
        let files = names.iter().filter_map(|name| Some((name, self.snapshot.files.get(*name)?)));
        files
            .map(|(name, file)| file.size.unwrap_or(0).saturating_sub(self.staging.have(name)))
            .sum()
    }
}
