//! What the pages' script reads: the list of dates, and the titles and key
//! points to search. They are script files, because a page opened from the disk
//! may read no others.

use serde::Serialize;

use crate::render::index::IndexEntry;
use crate::render::{RenderError, Rendered, anchor, wording};

use super::SHARED;

/// Folder, date in words, articles.
type DateRow = (String, String, usize);

/// What there is to find in the brief of one date.
#[derive(Serialize)]
struct SearchDate<'a> {
    folder: String,
    date: String,
    /// English, German, address from the folder of the date.
    titles: Vec<(&'a str, &'a str, String)>,
    /// Text, address from the folder of the date.
    points: Vec<(&'a str, String)>,
}

/// `dates.js`: every date in the order given, for the links to the neighbours of
/// a brief. They are not in its page, so that a new date leaves the others alone.
pub(super) fn dates(entries: &[&IndexEntry]) -> Result<Rendered, RenderError> {
    let rows: Vec<DateRow> = entries
        .iter()
        .map(|entry| {
            (entry.date.to_string(), wording::heading_date(entry.date), entry.headlines.len())
        })
        .collect();
    let text = format!("window.tagesbriefDates = {};\n", literal(&rows)?);
    Ok(Rendered::new(format!("{SHARED}/dates.js"), text))
}

/// A search file for each year, so that a new date changes only one of them.
pub(super) fn search(entries: &[&IndexEntry]) -> Result<Vec<Rendered>, RenderError> {
    entries.chunk_by(|one, next| year(one) == year(next)).map(search_file).collect()
}

/// The year as the folder's name has it, or `undated`.
fn year(entry: &IndexEntry) -> String {
    let name = entry.date.to_string();
    name.split_once('-').map_or(name.clone(), |(year, _)| year.to_owned())
}

fn search_file(entries: &[&IndexEntry]) -> Result<Rendered, RenderError> {
    let dates: Vec<String> =
        entries.iter().map(|entry| literal(&search_date(entry))).collect::<Result<_, _>>()?;
    let year = entries.first().map(|entry| year(entry)).unwrap_or_default();
    let text = format!(
        "(window.tagesbriefSearch = window.tagesbriefSearch || []).push(\n{}\n);\n",
        dates.join(",\n")
    );
    Ok(Rendered::new(format!("{SHARED}/search-{year}.js"), text))
}

fn search_date(entry: &IndexEntry) -> SearchDate<'_> {
    SearchDate {
        folder: entry.date.to_string(),
        date: wording::heading_date(entry.date),
        titles: entry
            .headlines
            .iter()
            .map(|line| (line.en.as_str(), line.de.as_str(), anchor::article_page(&line.article)))
            .collect(),
        points: entry
            .key_points
            .iter()
            .map(|point| {
                (point.text.as_str(), format!("brief.html#{}", anchor::key_point(&point.id)))
            })
            .collect(),
    }
}

/// `value` as a JavaScript literal that stays one wherever it is put: no
/// character in it ends a script element, a line or a comment.
fn literal(value: &impl Serialize) -> Result<String, RenderError> {
    let json = serde_json::to_string(value).map_err(RenderError::WriteJson)?;
    let mut literal = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // Outside its strings JSON has none of these.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                literal.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => literal.push(c),
        }
    }
    Ok(literal)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::literal;

    #[test]
    fn a_literal_has_nothing_that_ends_it_and_reads_back_as_it_was() {
        let hostile = "</script><!-- ]]> \u{2028}\u{2029}\u{0}\"\\ '`${x}` */ \u{feff}";
        let literal = literal(&[hostile]).unwrap();
        for bad in ["<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}", "\u{feff}"] {
            assert!(!literal.contains(bad), "{literal}");
        }
        assert_eq!(serde_json::from_str::<Vec<String>>(&literal).unwrap(), [hostile]);
    }
}
