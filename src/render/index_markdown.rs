//! `index.md`.

use crate::brief::Headline;

use super::index::{HEADLINES, IndexEntry};
use super::markdown::escape;
use super::{anchor, wording};

/// The list of all briefs, in the order given.
pub(super) fn index(entries: &[&IndexEntry]) -> Vec<u8> {
    let mut blocks = vec![
        "# Tagesbrief".to_owned(),
        format!(
            "German news in English: {}. *{}.*",
            wording::count(entries.len(), "brief"),
            wording::LABEL
        ),
    ];
    blocks.extend(entries.iter().map(|entry| date(entry)));
    (blocks.join("\n\n") + "\n").into_bytes()
}

fn date(entry: &IndexEntry) -> String {
    let folder = entry.date.to_string();
    let lines: Vec<String> =
        entry.headlines.iter().take(HEADLINES).map(|line| headline(line, &folder)).collect();
    let more = entry.headlines.len().saturating_sub(HEADLINES);
    let more =
        if more == 0 { String::new() } else { format!("\n- [and {more} more]({folder}/brief.md)") };
    let update = wording::update(&entry.edition);
    let update = update.map(|note| format!(" · *{}*", escape(&note))).unwrap_or_default();
    format!(
        "## [{}]({folder}/brief.md)\n\n{} · [English only]({folder}/brief.en.md) · \
         [web page]({folder}/brief.html){update}\n\n{}{more}",
        escape(&wording::heading_date(entry.date)),
        wording::contents(entry.headlines.len(), entry.key_points.len()),
        lines.join("\n"),
    )
}

fn headline(headline: &Headline, folder: &str) -> String {
    let anchor = anchor::article(&headline.article);
    format!("- [{}]({folder}/brief.md#{anchor})", escape(&headline.en))
}
