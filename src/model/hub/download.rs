//! One file from the hub into a folder, resumed where it was cut, and compared
//! with the hub's checksum before it gets its name.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use super::api::HubFile;
use super::client::{Answer, Failure, Hub};
use super::digest::{Digest, Measured};
use super::error::HubError;
use super::fetch::Observer;
use super::manifest::FileRecord;
use super::repository::Repository;

/// How often a whole file is fetched anew because its checksum was wrong.
const MAX_DAMAGED: u32 = 2;

/// A file that is wanted.
pub(super) struct Wanted<'w> {
    pub repository: &'w Repository,
    /// The commit.
    pub revision: &'w str,
    pub name: &'w str,
    /// What the API announced.
    pub announced: &'w HubFile,
}

/// Fetches `wanted` into `folder`, unless it is there already. While it is not
/// complete and compared, it is called `NAME.part`.
pub(super) fn download(
    hub: &Hub,
    wanted: &Wanted,
    folder: &Path,
    observer: &mut dyn Observer,
) -> Result<FileRecord, HubError> {
    let target = folder.join(wanted.name);
    if let Some(record) = kept(wanted, &target)? {
        return Ok(record);
    }
    let part = folder.join(format!("{}.part", wanted.name));
    let mut damaged = 0;
    loop {
        let digest = fill(hub, wanted, &part, observer)?;
        let measured = Measured::of(&part).map_err(|error| HubError::disk(&part, error))?;
        if measured.matches(&digest) {
            return put_in_place(&part, &target, measured.record);
        }
        fs::remove_file(&part).map_err(|error| HubError::disk(&part, error))?;
        damaged += 1;
        if damaged >= MAX_DAMAGED {
            return Err(wanted.damaged("its checksum is not the one that the hub gives"));
        }
        tracing::warn!("{}: damaged on the way; fetching it once more", wanted.name);
    }
}

/// A file of an earlier attempt that can stay.
fn kept(wanted: &Wanted, target: &Path) -> Result<Option<FileRecord>, HubError> {
    let Some(digest) = wanted.announced.digest.as_ref().filter(|_| target.is_file()) else {
        return Ok(None);
    };
    let measured = Measured::of(target).map_err(|error| HubError::disk(target, error))?;
    Ok(measured.matches(digest).then_some(measured.record))
}

fn put_in_place(part: &Path, target: &Path, record: FileRecord) -> Result<FileRecord, HubError> {
    File::open(part)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(part, target))
        .map_err(|error| HubError::disk(target, error))?;
    Ok(record)
}

/// Requests the rest of `part` until it is all there; gives the checksum that the
/// whole must have.
fn fill(
    hub: &Hub,
    wanted: &Wanted,
    part: &Path,
    observer: &mut dyn Observer,
) -> Result<Digest, HubError> {
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(part)
        .map_err(|error| HubError::disk(part, error))?;
    let mut transfer = Transfer { wanted, part, file: &mut file, digest: None };
    let have = transfer.have()?;
    observer.begin(wanted.name, wanted.announced.size, have);
    let mut failed = 0;
    loop {
        let before = transfer.have()?;
        let problem = match transfer.attempt(hub, observer) {
            Ok(digest) => {
                observer.end();
                return Ok(digest);
            }
            Err(Failure::Final(error)) => return Err(error),
            Err(Failure::Passing(problem)) => problem,
        };
        // As long as something comes, there is no reason to give up.
        failed = if transfer.have()? > before { 1 } else { failed + 1 };
        if failed >= hub.retries.attempts {
            return Err(HubError::Network { what: wanted.name.to_owned(), problem });
        }
        tracing::warn!("{}: {problem}; trying again", wanted.name);
        hub.retries.pause(failed);
    }
}

/// A file on its way.
struct Transfer<'t> {
    wanted: &'t Wanted<'t>,
    part: &'t Path,
    file: &'t mut File,
    /// As the last answer gave it.
    digest: Option<Digest>,
}

impl Transfer<'_> {
    /// How many bytes are there.
    fn have(&self) -> Result<u64, HubError> {
        self.file.metadata().map(|metadata| metadata.len()).map_err(|error| self.disk(error))
    }

    /// Requests the rest once.
    fn attempt(&mut self, hub: &Hub, observer: &mut dyn Observer) -> Result<Digest, Failure> {
        let mut start = self.have().map_err(Failure::Final)?;
        let complete = self.wanted.announced.size.is_some_and(|size| start >= size);
        if complete && let Some(digest) = self.wanted.announced.digest.clone() {
            // An earlier attempt ended between the last byte and the comparison.
            return Ok(digest);
        }
        if complete {
            self.start_over(&mut start)?;
        }
        let what = format!("{} of {}", self.wanted.name, self.wanted.repository);
        let path = format!(
            "/{}/resolve/{}/{}",
            self.wanted.repository, self.wanted.revision, self.wanted.name
        );
        let answer = hub.get(&path, start, &what);
        if answer.is_err() && start > 0 && self.wanted.announced.size.is_none() {
            // Perhaps there is nothing left to send; without a size this cannot be told.
            self.start_over(&mut start)?;
        }
        let mut answer = answer?;
        if start > 0 && !continues(&answer, start) {
            self.start_over(&mut start)?;
            observer.reach(0);
            if answer.status.as_u16() == 206 {
                return Err(Failure::Passing(
                    "the hub sends another part than asked for".to_owned(),
                ));
            }
        }
        self.digest = answer.digest.take();
        let digest = self.agreed_digest().map_err(Failure::Final)?;
        let expected = self.expected_size(&answer, start).map_err(Failure::Final)?;
        self.receive(answer, start, expected, observer)?;
        Ok(digest)
    }

    fn receive(
        &mut self,
        answer: Answer,
        start: u64,
        expected: Option<u64>,
        observer: &mut dyn Observer,
    ) -> Result<(), Failure> {
        let mut body = answer.body.into_with_config().limit(u64::MAX).reader();
        self.file.seek(io::SeekFrom::Start(start)).map_err(|error| self.final_disk(error))?;
        let mut at = start;
        let mut buffer = vec![0; 1 << 17];
        loop {
            let count =
                body.read(&mut buffer).map_err(|error| Failure::Passing(error.to_string()))?;
            if count == 0 {
                break;
            }
            at += count as u64;
            if expected.is_some_and(|expected| at > expected) {
                return Err(Failure::Final(self.wanted.damaged("more comes than was announced")));
            }
            self.file.write_all(&buffer[..count]).map_err(|error| self.final_disk(error))?;
            observer.reach(at);
        }
        match expected {
            Some(expected) if at < expected => {
                Err(Failure::Passing(format!("cut off after {at} of {expected} bytes")))
            }
            _ => Ok(()),
        }
    }

    fn start_over(&mut self, start: &mut u64) -> Result<(), Failure> {
        *start = 0;
        self.file.set_len(0).map_err(|error| self.final_disk(error))
    }

    /// The one checksum that the API and the answer give.
    fn agreed_digest(&self) -> Result<Digest, HubError> {
        match (&self.wanted.announced.digest, &self.digest) {
            (Some(announced), Some(sent)) if announced != sent => {
                Err(self.wanted.damaged("the hub gives two different checksums for it"))
            }
            (Some(digest), _) | (None, Some(digest)) => Ok(digest.clone()),
            (None, None) => Err(HubError::answer(
                self.wanted.name,
                "the hub gives no checksum for it, so it cannot be told whole from damaged",
            )),
        }
    }

    /// The size of the whole file, as the API or the answer gives it.
    fn expected_size(&self, answer: &Answer, start: u64) -> Result<Option<u64>, HubError> {
        let header = |name: &str| answer.headers.get(name)?.to_str().ok()?.parse::<u64>().ok();
        let sent = header("content-length").map(|rest| start + rest);
        match (self.wanted.announced.size, sent) {
            (Some(announced), Some(sent)) if announced != sent => Err(self
                .wanted
                .damaged(&format!("the hub sends {sent} bytes, but announced {announced}"))),
            (Some(size), _) | (None, Some(size)) => Ok(Some(size)),
            (None, None) => Ok(None),
        }
    }

    fn disk(&self, error: io::Error) -> HubError {
        HubError::disk(self.part, error)
    }

    fn final_disk(&self, error: io::Error) -> Failure {
        Failure::Final(self.disk(error))
    }
}

impl Wanted<'_> {
    fn damaged(&self, problem: &str) -> HubError {
        HubError::Damaged { file: self.name.to_owned(), problem: problem.to_owned() }
    }
}

/// Whether the answer goes on at byte `start`.
fn continues(answer: &Answer, start: u64) -> bool {
    let range = answer.headers.get("content-range").and_then(|value| value.to_str().ok());
    answer.status.as_u16() == 206
        && range.is_some_and(|range| range.starts_with(&format!("bytes {start}-")))
}
