//! The site: `brief.html`, `check.html` and a page for each article in a date's
//! folder, `index.html` over all dates, and the files they share in `site/`.
//!
//! It opens from the disk: no server, no network, no framework, nothing but one
//! stylesheet and one script. A page's content security policy allows these two
//! and nothing else, so that not even markup that got past the escaping could
//! run. What the script adds is told in `assets/script.js`; all that is to be
//! read is in the page without it.

mod article;
mod brief;
mod calendar;
mod check;
mod data;
mod findings;
mod index;
mod spans;
mod templates;
mod view;

use crate::brief::DayBrief;

use super::index::IndexEntry;
use super::{RenderError, Rendered};

use templates::Templates;

/// The folder of what the pages share, in the outputs folder.
const SHARED: &str = "site";

/// The pages of one date: `brief.html`, the checker's list, a page for each article.
pub(super) fn day(brief: &DayBrief) -> Result<Vec<Rendered>, RenderError> {
    let templates = Templates::new()?;
    let mut pages =
        vec![Rendered::new("brief.html", templates.fill("brief.html", &brief::Page::new(brief))?)];
    pages
        .push(Rendered::new("check.html", templates.fill("check.html", &check::Page::new(brief))?));
    for page in article::pages(brief) {
        pages.push(Rendered::new(page.name(), templates.fill("article.html", &page)?));
    }
    Ok(pages)
}

/// The page over all dates, in the order given, and the files all pages share.
pub(super) fn index(entries: &[&IndexEntry]) -> Result<Vec<Rendered>, RenderError> {
    let search = data::search(entries)?;
    let files: Vec<&str> = search.iter().map(|file| file.name.as_str()).collect();
    let page = Templates::new()?.fill("index.html", &index::Page::new(entries, &files))?;
    let mut all = vec![
        Rendered::new("index.html", page),
        shared("style.css", include_str!("assets/style.css")),
        shared("script.js", include_str!("assets/script.js")),
        data::dates(entries)?,
    ];
    all.extend(search);
    Ok(all)
}

fn shared(name: &str, text: &str) -> Rendered {
    Rendered::new(format!("{SHARED}/{name}"), text)
}
