//! Where the weights come from: many repositories have them only as a pickle.

use std::fs;

use super::api::{HubFile, Snapshot};
use super::checkpoint::Checkpoint;
use super::client::Hub;
use super::download::{Wanted, download};
use super::error::HubError;
use super::fetch::Observer;
use super::manifest::{FileRecord, WeightsOrigin};
use super::repository::Repository;
use super::staging::Staging;
use crate::model::tensors::EMBEDDING_NAMES;

/// What the product reads.
const SAFETENSORS: &str = "model.safetensors";

/// What PyTorch wrote before there was safetensors.
const PICKLE: &str = "pytorch_model.bin";

/// What rust-bert's own conversion makes: TorchScript.
const ARCHIVE: &str = "rust_model.ot";

/// The weights to fetch.
pub(super) struct Weights {
    file: &'static str,
    revision: String,
    announced: HubFile,
}

impl Weights {
    /// Chooses: safetensors of the repository itself, else those that the hub's
    /// converter made of the very same pickle, else the pickle.
    pub(super) fn choose(
        hub: &Hub,
        repository: &Repository,
        snapshot: &Snapshot,
    ) -> Result<Self, HubError> {
        if let Some(announced) = snapshot.files.get(SAFETENSORS) {
            return Ok(Self::of(SAFETENSORS, &snapshot.commit, announced));
        }
        let Some(pickle) = snapshot.files.get(PICKLE) else {
            let mut problem = format!("it has neither {SAFETENSORS} nor {PICKLE}");
            if snapshot.files.contains_key(ARCHIVE) {
                problem += &format!(
                    "; its {ARCHIVE} is a program that only libtorch reads, and is not taken"
                );
            }
            return Err(HubError::Unusable { repository: repository.to_string(), problem });
        };
        for branch in hub.conversions(repository)? {
            let converted = match hub.snapshot(repository, &branch) {
                Err(HubError::Refused { .. }) => continue,
                other => other?,
            };
            let same = pickle.digest.is_some()
                && converted.files.get(PICKLE).is_some_and(|file| file.digest == pickle.digest);
            if let (true, Some(announced)) = (same, converted.files.get(SAFETENSORS)) {
                tracing::info!("{repository}: taking {SAFETENSORS} from {branch}");
                return Ok(Self::of(SAFETENSORS, &converted.commit, announced));
            }
        }
        Ok(Self::of(PICKLE, &snapshot.commit, pickle))
    }

    fn of(file: &'static str, revision: &str, announced: &HubFile) -> Self {
        Self { file, revision: revision.to_owned(), announced: announced.clone() }
    }

    /// Bytes of disk that are still needed, as far as the hub says.
    pub(super) fn missing_bytes(&self, staging: &Staging) -> u64 {
        let size = self.announced.size.unwrap_or(0);
        let left = size.saturating_sub(staging.have(self.file));
        if self.file == PICKLE { left + size } else { left }
    }

    /// Fetches them and makes `model.safetensors` of them.
    pub(super) fn fetch(
        &self,
        hub: &Hub,
        repository: &Repository,
        staging: &Staging,
        observer: &mut dyn Observer,
    ) -> Result<(FileRecord, WeightsOrigin), HubError> {
        let wanted = Wanted {
            repository,
            revision: &self.revision,
            name: self.file,
            announced: &self.announced,
        };
        let fetched = download(hub, &wanted, staging.folder(), observer)?;
        let mut origin = WeightsOrigin {
            file: self.file.to_owned(),
            revision: self.revision.clone(),
            converted_from_sha256: None,
        };
        if self.file == SAFETENSORS {
            return Ok((fetched, origin));
        }
        origin.converted_from_sha256 = Some(fetched.sha256);
        Ok((convert(staging, observer)?, origin))
    }
}

/// Makes safetensors of the pickle and deletes it.
fn convert(staging: &Staging, observer: &mut dyn Observer) -> Result<FileRecord, HubError> {
    let (source, target) = (staging.file(PICKLE), staging.file(SAFETENSORS));
    let failed = |error| HubError::Checkpoint { file: PICKLE.to_owned(), error };
    Checkpoint::read(&source)
        .and_then(|checkpoint| {
            checkpoint.write_safetensors(&source, &target, &EMBEDDING_NAMES[1..])
        })
        .map_err(failed)?;
    let size = fs::metadata(&target).map_err(|error| HubError::disk(&target, error))?.len();
    observer.begin("converting", Some(size), 0);
    let mut at = 0;
    let record = FileRecord::of(&target, &mut |bytes| {
        at += bytes;
        observer.reach(at);
    });
    observer.end();
    fs::remove_file(&source).map_err(|error| HubError::disk(&source, error))?;
    record.map_err(|error| HubError::disk(&target, error))
}
