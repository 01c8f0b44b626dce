//! The checksums the hub gives for its files.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::manifest::{FileRecord, hexadecimal};

/// What the hub says a file's content hashes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Digest {
    /// SHA-256 of the content: large files.
    Sha256(String),
    /// SHA-1 of the content as a git blob: files kept in git itself.
    GitBlob(String),
}

impl Digest {
    /// Reads an `ETag` or `X-Linked-Etag` header: 64 hexadecimal digits are a
    /// SHA-256, 40 a git blob; anything else is a server's own affair.
    pub(super) fn of_etag(etag: &str) -> Option<Self> {
        let tag = etag.trim().trim_start_matches("W/").trim_matches('"').to_ascii_lowercase();
        if !tag.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        match tag.len() {
            64 => Some(Self::Sha256(tag)),
            40 => Some(Self::GitBlob(tag)),
            _ => None,
        }
    }
}

/// A file's size and both its checksums.
pub(super) struct Measured {
    /// Size and SHA-256.
    pub record: FileRecord,
    git_blob: String,
}

impl Measured {
    /// Reads the file through once.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut sha256 = Sha256::new();
        let mut sha1 = Sha1::new();
        sha1.update(format!("blob {size}\0"));
        let mut buffer = vec![0; 1 << 18];
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            sha256.update(&buffer[..count]);
            sha1.update(&buffer[..count]);
        }
        Ok(Self {
            record: FileRecord { size, sha256: hexadecimal(&sha256.finalize()) },
            git_blob: hexadecimal(&sha1.finalize()),
        })
    }

    /// Whether this is the content that `digest` stands for.
    pub(super) fn matches(&self, digest: &Digest) -> bool {
        match digest {
            Digest::Sha256(expected) => self.record.sha256 == *expected,
            Digest::GitBlob(expected) => self.git_blob == *expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn etags_are_told_apart_by_their_length() {
        let long = "a".repeat(64);
        let short = "b".repeat(40);
        assert_eq!(Digest::of_etag(&format!("\"{long}\"")), Some(Digest::Sha256(long)));
        assert_eq!(Digest::of_etag(&format!("W/\"{short}\"")), Some(Digest::GitBlob(short)));
        assert_eq!(Digest::of_etag("\"5f2a-61b\""), None);
    }

    #[test]
    fn a_git_blob_is_hashed_as_git_does() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        std::fs::write(dir.path().join("x"), "hello\n")?;
        let measured = Measured::of(&dir.path().join("x"))?;
        // `echo hello | git hash-object --stdin`
        let expected = "ce013625030ba8dba906f756967f9e9ca394464a";
        assert!(measured.matches(&Digest::GitBlob(expected.to_owned())));
        Ok(())
    }
}
