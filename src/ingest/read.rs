//! One file → one article.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::article::{Article, ArticleId, Notice, SourceFile};
use super::decode::{Decoded, decode};
use super::discover::special;
use super::normalise::{Normalised, normalise};
use super::options::IngestOptions;
use super::problem::Problem;
use super::{Explained, dating, language, layout};

/// Digits of the BLAKE3 hash that name an article.
const ID_DIGITS: usize = 12;

/// Reads and understands the file at `path`. `relative` is its path within the
/// inbox (it may hold a date), `name` how that is shown.
pub(crate) fn read(
    path: &Path,
    relative: &Path,
    name: &str,
    options: &IngestOptions,
) -> Result<Explained, Problem> {
    let bytes = read_bytes(path, options.max_bytes)?;
    let decoded = decode(&bytes)?;
    let normalised = normalise(&decoded.text);
    if normalised.text.is_empty() {
        return Err(empty(bytes.len()));
    }
    let source = SourceFile {
        path: name.to_owned(),
        encoding: decoded.encoding.to_owned(),
        encoding_guessed: decoded.guessed,
        bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
    };
    let mut explained = understand(normalised.text.clone(), source, relative, options)?;
    explained.article.notices.extend(decoding_notices(&decoded, &normalised));
    language::check(&mut explained.article, options.foreign)?;
    Ok(explained)
}

/// The article that the normalised `text` is.
fn understand(
    text: String,
    source: SourceFile,
    relative: &Path,
    options: &IngestOptions,
) -> Result<Explained, Problem> {
    let mut draft = layout::recognise(&text);
    if !draft.has_body() {
        return Err(Problem::new(
            "it holds no text besides date, category and notes",
            "Check whether the file was cut off.",
        ));
    }
    draft.dates.extend(dating::from_path(relative));
    let (date, date_notices) = dating::choose(draft.dates, options.today);
    draft.notices.extend(date_notices);
    let article = Article {
        id: id_of(&text),
        source,
        layout: draft.layout,
        text,
        category: draft.category,
        date,
        blocks: draft.blocks,
        dropped: draft.dropped,
        notices: draft.notices,
    };
    Ok(Explained { article, reasons: draft.reasons })
}

fn id_of(text: &str) -> ArticleId {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    ArticleId(hash.chars().take(ID_DIGITS).collect())
}

fn decoding_notices(decoded: &Decoded, normalised: &Normalised) -> Vec<Notice> {
    let mut texts = Vec::new();
    if decoded.guessed {
        texts.push(format!("the encoding {} is a guess", decoded.encoding));
    }
    if normalised.removed_controls > 0 {
        texts.push(format!("{} control characters were taken out", normalised.removed_controls));
    }
    texts.into_iter().map(|text| Notice { line: None, text }).collect()
}

fn empty(bytes: usize) -> Problem {
    let reason = if bytes == 0 { "it is empty" } else { "it holds nothing but blanks" };
    Problem::new(reason, "Remove it from the inbox, or put the article's text into it.")
}

/// Reads a regular file of at most `max` bytes, and never more than that even
/// if the file grows meanwhile.
fn read_bytes(path: &Path, max: u64) -> Result<Vec<u8>, Problem> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(special(metadata.file_type()));
    }
    if metadata.len() > max {
        return Err(too_large(metadata.len(), max));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(max.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > max { Err(too_large(length, max)) } else { Ok(bytes) }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::new(
        format!("it cannot be read: {error}"),
        "Check that the file is there and may be read.",
    )
}

fn too_large(length: u64, max: u64) -> Problem {
    Problem::new(
        format!("it is too large: {length} bytes, the limit is {max} bytes"),
        "Split it into articles, or raise the limit (`max_bytes`).",
    )
}
