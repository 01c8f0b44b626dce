//! A comparison for the terminal and the log, in the manner of `git diff --word-diff`.

use std::fmt::Write;

use super::{Change, Comparison, Part, word_diff};

/// All changes, then the sum.
#[must_use]
pub fn listing(comparison: &Comparison) -> String {
    let mut text = String::new();
    for change in &comparison.changes {
        entry(&mut text, change);
    }
    text.push_str(&sum(comparison));
    text.push('\n');
    text
}

/// "3 sentences differ (2 model, 1 source), 40 are the same".
pub(super) fn sum(comparison: &Comparison) -> String {
    let causes: Vec<String> = comparison
        .causes()
        .into_iter()
        .map(|(cause, count)| format!("{count} {}", cause.label()))
        .collect();
    let causes =
        if causes.is_empty() { String::new() } else { format!(" ({})", causes.join(", ")) };
    let (changed, same) = (comparison.changes.len(), comparison.same);
    format!("sentences that differ: {changed}{causes}; the same: {same}")
}

fn entry(text: &mut String, change: &Change) {
    let Some(pair) = change.after.as_ref().or(change.before.as_ref()) else { return };
    let (date, path, id, cause) = (&change.date, &change.path, &pair.id, change.cause.label());
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{date}  {}  {id}  [{cause}]", plain(path));
    let _ = writeln!(text, "  de  {}", plain(&pair.de));
    let _ = writeln!(text, "  en  {}\n", marked(change));
}

fn marked(change: &Change) -> String {
    let english = |pair: &Option<crate::brief::SentencePair>| {
        pair.as_ref().map_or_else(String::new, |pair| plain(&pair.en.text))
    };
    let parts = word_diff(&english(&change.before), &english(&change.after));
    let words = parts.into_iter().map(|part| match part {
        Part::Same(words) => words,
        Part::Gone(words) => format!("[-{words}-]"),
        Part::Come(words) => format!("{{+{words}+}}"),
    });
    words.collect()
}

/// No character of an article may steer the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
