//! Which files of the inbox are articles.
//!
//! The walk follows links and survives loops, never opens anything but regular
//! files, and does not depend on the order in which the file system lists names.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::file_names::shown;
use super::problem::{IngestError, Problem};
use crate::setback::Setback;

/// Extensions of articles; a file without any is one, too.
const ARTICLES: &[&str] = &["txt", "text", "md"];

/// Extensions of documents that someone meant as articles.
const DOCUMENTS: &[&str] =
    &["html", "htm", "xhtml", "doc", "docx", "pdf", "rtf", "odt", "epub", "xml"];

/// What editors and downloads leave behind.
const LEFTOVERS: &[&str] = &["swp", "swo", "part", "tmp", "bak", "crdownload", "orig"];

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// Relative to the inbox.
    pub(crate) relative: PathBuf,
    /// As it is shown to people.
    pub(crate) name: String,
}

/// Walks the inbox: files to read, and setbacks, both in the order of names.
///
/// # Errors
/// If the inbox itself is missing, not a folder or cannot be listed.
pub(crate) fn discover(root: &Path) -> Result<(Vec<Found>, Vec<Setback>), IngestError> {
    check_root(root)?;
    let (mut found, mut setbacks) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(root).min_depth(1).follow_links(true).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_leftover(entry)) {
        match entry {
            Ok(entry) => sort_in(root, &entry, &mut found, &mut setbacks),
            Err(error) => setbacks.extend(walk_problem(root, &error)),
        }
    }
    found.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    setbacks.sort();
    Ok((found, setbacks))
}

/// # Errors
/// If `root` is missing, not a folder or cannot be listed.
pub(crate) fn check_root(root: &Path) -> Result<(), IngestError> {
    let path = root.to_path_buf();
    match std::fs::metadata(root) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(IngestError::Missing { path })
        }
        Err(source) => Err(IngestError::Unreadable { path, source }),
        Ok(metadata) if !metadata.is_dir() => Err(IngestError::NotAFolder { path }),
        Ok(_) => match std::fs::read_dir(root) {
            Ok(_) => Ok(()),
            Err(source) => Err(IngestError::Unreadable { path, source }),
        },
    }
}

/// Hidden files, backups, half-finished downloads, and the folder's own README.
fn is_leftover(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let is_readme = matches!(name.as_str(), "readme" | "readme.md" | "readme.txt");
    let by_extension = !entry.file_type().is_dir() && LEFTOVERS.contains(&extension(&name));
    name.starts_with('.')
        || name.ends_with('~')
        || by_extension
        || (is_readme && entry.file_type().is_file())
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn sort_in(root: &Path, entry: &DirEntry, found: &mut Vec<Found>, setbacks: &mut Vec<Setback>) {
    let relative = relative(root, entry.path());
    let name = shown(&relative);
    let file_name = entry.file_name().to_string_lossy().to_lowercase();
    let extension = extension(&file_name);
    let is_article = extension.is_empty() || ARTICLES.contains(&extension);
    let kind = entry.file_type();
    if kind.is_file() && is_article {
        found.push(Found { path: entry.path().to_path_buf(), relative, name });
    } else if kind.is_file() && DOCUMENTS.contains(&extension) {
        setbacks.push(document(extension).at(&name));
    } else if kind.is_dir() && ARTICLES.contains(&extension) {
        setbacks.push(folder_named_like_a_file().at(&name));
    } else if !kind.is_file() && !kind.is_dir() {
        setbacks.push(special(kind).at(&name));
    } else if kind.is_file() {
        tracing::debug!(file = %name, "not an article by its extension");
    }
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}

fn document(extension: &str) -> Problem {
    Problem::new(
        format!("it is a .{extension} file, not plain text"),
        "Convert it to plain text (.txt) and put the result into the inbox.",
    )
}

fn folder_named_like_a_file() -> Problem {
    Problem::new(
        "it is a folder with the name of an article",
        "The articles in it were read; rename the folder if that is what was meant.",
    )
}

/// A file that is not a regular one: reading it could wait for ever.
pub(crate) fn special(kind: FileType) -> Problem {
    Problem::new(
        format!("it is {}, not a regular file", kind_name(kind)),
        "Remove it from the inbox.",
    )
}

#[cfg(unix)]
fn kind_name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind_name(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a special file" }
}

/// What the walk could not enter.
fn walk_problem(root: &Path, error: &walkdir::Error) -> Option<Setback> {
    let name = shown(&relative(root, error.path()?));
    let problem = if let Some(ancestor) = error.loop_ancestor() {
        let target = shown(&relative(root, ancestor));
        let target = if target.is_empty() { "the inbox itself".to_owned() } else { target };
        Problem::new(format!("the link leads back to {target}"), "Remove the link.")
    } else if error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
        Problem::new("the link leads nowhere", "Remove the link or put its target back.")
    } else {
        let cause =
            error.io_error().map_or_else(|| "unknown cause".to_owned(), ToString::to_string);
        Problem::new(format!("it cannot be read: {cause}"), "Check its permissions.")
    };
    Some(problem.at(&name))
}
