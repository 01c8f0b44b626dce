//! Writing files so that a reader never sees half of one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// What temporary files begin and end with, so that those of a run that was
/// killed are known for what they are.
const PREFIX: &str = ".tagesbrief-";
const SUFFIX: &str = ".part";

/// Whether a write changed anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The file is new or its bytes changed.
    Changed,
    /// The file held these bytes already and was not touched.
    Unchanged,
}

/// Puts `bytes` at `path`: a temporary file in the same folder, synced, then
/// renamed. A file that holds these very bytes is left alone, its time stamp too.
///
/// # Errors
/// Any error of the file system; `path` then holds what it held before.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> io::Result<Written> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(Written::Unchanged);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    file.write_all(bytes)?;
    make_readable(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)?;
    Ok(Written::Changed)
}

/// Takes a file away, durably. One that is not there is as good as removed.
///
/// # Errors
/// Any other error of the file system.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(path.parent().unwrap_or_else(|| Path::new("."))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives a file another name in the same folder, durably.
///
/// # Errors
/// Any of the file system.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to.parent().unwrap_or_else(|| Path::new(".")))
}

/// Removes temporary files that a killed run left in `folder` and the folders in
/// it. Nobody else may be writing there.
pub fn remove_leftovers(folder: &Path) {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.file_type().is_file()) {
        let name = file.file_name().to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            match fs::remove_file(file.path()) {
                Ok(()) => tracing::debug!(%name, "removed what a killed run left"),
                Err(error) => tracing::warn!("cannot remove {}: {error}", file.path().display()),
            }
        }
    }
}

/// Temporary files are private to the user; briefs are for others, too.
#[cfg(unix)]
fn make_readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_file: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Makes the rename itself durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_bytes_leave_the_file_alone() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a/b.txt");
        assert_eq!(write_if_changed(&path, b"eins")?, Written::Changed);
        let before = fs::metadata(&path)?.modified()?;
        assert_eq!(write_if_changed(&path, b"eins")?, Written::Unchanged);
        assert_eq!(fs::metadata(&path)?.modified()?, before);
        assert_eq!(write_if_changed(&path, b"zwei")?, Written::Changed);
        assert_eq!(fs::read(&path)?, b"zwei");
        Ok(())
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_nothing_else() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        fs::create_dir(dir.path().join("day"))?;
        for name in [".tagesbrief-x1.part", "day/.tagesbrief-x2.part", "day/x.part", "brief.md"] {
            fs::write(dir.path().join(name), "x")?;
        }
        remove_leftovers(dir.path());
        for (name, stays) in [
            (".tagesbrief-x1.part", false),
            ("day/.tagesbrief-x2.part", false),
            ("day/x.part", true),
        ] {
            assert_eq!(dir.path().join(name).exists(), stays, "{name}");
        }
        Ok(())
    }

    #[test]
    fn no_temporary_file_stays_behind() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        write_if_changed(&dir.path().join("x"), b"1")?;
        assert_eq!(fs::read_dir(dir.path())?.count(), 1);
        Ok(())
    }
}
