//! What the hub's API says about a repository.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::client::Hub;
use super::digest::Digest;
use super::error::HubError;
use super::repository::{Repository, is_commit, revision_in_address};

/// The account whose conversions to safetensors transformers trusts; anybody may
/// offer a change of a repository, so the author matters.
const CONVERTER: &str = "SFconvertbot";

/// A repository at one commit.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// The commit.
    pub commit: String,
    /// Its files.
    pub files: BTreeMap<String, HubFile>,
}

/// A file as the API announces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HubFile {
    /// In bytes, if announced.
    pub size: Option<u64>,
    /// Its checksum, if announced.
    pub digest: Option<Digest>,
}

#[derive(Deserialize)]
struct Info {
    sha: Option<String>,
    #[serde(default)]
    siblings: Vec<Sibling>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sibling {
    rfilename: String,
    size: Option<u64>,
    blob_id: Option<String>,
    lfs: Option<Lfs>,
}

#[derive(Deserialize)]
struct Lfs {
    sha256: Option<String>,
    size: Option<u64>,
}

#[derive(Deserialize)]
struct Discussions {
    #[serde(default)]
    discussions: Vec<Discussion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Discussion {
    num: u64,
    #[serde(default)]
    is_pull_request: bool,
    status: Option<String>,
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

impl Hub {
    /// The files of `repository` at `revision`.
    pub(super) fn snapshot(
        &self,
        repository: &Repository,
        revision: &str,
    ) -> Result<Snapshot, HubError> {
        let address = revision_in_address(revision)
            .ok_or_else(|| HubError::BadRevision(revision.to_owned()))?;
        let what = format!("{repository}, revision {revision}");
        let path = format!("/api/models/{repository}/revision/{address}?blobs=true");
        let info: Info = self.json(&path, &what)?;
        let commit = info
            .sha
            .filter(|sha| is_commit(sha))
            .ok_or_else(|| HubError::answer(&what, "the hub names no commit for it"))?;
        let files = info.siblings.into_iter().map(Sibling::into_file).collect();
        Ok(Snapshot { commit, files })
    }

    /// The branches on which the hub's converter offers safetensors, newest first.
    /// A hub that keeps no such list has none.
    pub(super) fn conversions(&self, repository: &Repository) -> Result<Vec<String>, HubError> {
        let path = format!(
            "/api/models/{repository}/discussions?type=pull_request&author={CONVERTER}&p=0"
        );
        let found: Discussions = match self.json(&path, "the list of conversions") {
            Err(HubError::Refused { .. }) => return Ok(Vec::new()),
            other => other?,
        };
        let mut numbers: Vec<u64> = found
            .discussions
            .iter()
            .filter(|item| item.is_conversion())
            .map(|item| item.num)
            .collect();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        Ok(numbers.iter().map(|number| format!("refs/pr/{number}")).collect())
    }
}

impl Discussion {
    fn is_conversion(&self) -> bool {
        let author = self.author.as_ref().and_then(|author| author.name.as_deref());
        let open = matches!(self.status.as_deref(), Some("open" | "draft"));
        self.is_pull_request && open && author == Some(CONVERTER)
    }
}

impl Sibling {
    fn into_file(self) -> (String, HubFile) {
        let large = self.lfs.as_ref();
        // The blob of a large file is only a pointer to it.
        let digest = match large {
            Some(lfs) => lfs.sha256.as_deref().and_then(Digest::of_etag),
            None => self.blob_id.as_deref().and_then(Digest::of_etag),
        };
        let size = large.and_then(|lfs| lfs.size).or(self.size);
        (self.rfilename, HubFile { size, digest })
    }
}
