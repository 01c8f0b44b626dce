//! Can this sentence stand by itself as a bullet?

use crate::summarise::sentences::is_complete;
use crate::text::repetition::is_looping;
use crate::text::vocabulary::points_back;
use crate::text::words;

use super::KeyPointOptions;

/// What such a sentence loses of its importance.
pub const DANGLING_FACTOR: f64 = 0.6;

/// Whether `text` may be a key point: a complete statement of a readable length,
/// not a question, not a mere quotation.
#[must_use]
pub fn is_statement(text: &str, options: &KeyPointOptions) -> bool {
    let text = text.trim();
    let length = words::count(text);
    (options.min_words..=options.max_words).contains(&length)
        && is_complete(text)
        && !is_question(text)
        && !is_quotation(text)
        && !is_looping(text)
        && text
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || is_quote(c) || is_sign(c))
}

/// 1, or [`DANGLING_FACTOR`] for sentences such as "He said …", "But this …".
#[must_use]
pub fn independence(text: &str) -> f64 {
    if points_back(text) { DANGLING_FACTOR } else { 1.0 }
}

fn is_question(text: &str) -> bool {
    text.trim_end_matches(|c: char| is_quote(c) || c == ')').ends_with('?')
}

/// A quotation from beginning to end, or the tail of one: somebody's words
/// without saying whose.
fn is_quotation(text: &str) -> bool {
    let opens = text.starts_with(is_quote);
    let closes = text.ends_with(is_quote);
    let marks = text.chars().filter(|c| is_quote(*c) && *c != '’').count();
    (opens && (closes || marks == 1)) || (closes && marks == 1)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’')
}

fn is_sign(c: char) -> bool {
    matches!(c, '€' | '$' | '£')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements() {
        let options = KeyPointOptions::default();
        for text in [
            "The council of Kassel adopted its budget.",
            "310 million euros go to the schools.",
            "“We are ready,” said the mayor of Ulm.",
            "The mayor of Ulm said: “We are ready.”",
        ] {
            assert!(is_statement(text, &options), "{text}");
        }
        for text in [
            "Too short a line.",
            "Will the council of Kassel adopt its budget?",
            "“We are ready and we will win.”",
            "We are ready and we will win.”",
            "“We are ready and we will win.",
            "the council of Kassel adopted its budget.",
            "The council of Kassel adopted its budget and",
            "",
        ] {
            assert!(!is_statement(text, &options), "{text}");
        }
    }

    #[test]
    fn dangling_openers_weigh_less() {
        assert_eq!(independence("He said that it was over."), DANGLING_FACTOR);
        assert_eq!(independence("It's over for the company."), DANGLING_FACTOR);
        assert_eq!(independence("Weber said that it was over."), 1.0);
        assert_eq!(independence("..."), 1.0);
    }
}
