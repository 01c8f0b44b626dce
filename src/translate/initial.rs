//! What begins with a capital in German begins with one in English.
//!
//! A model that has learned most of its short lines from glossaries begins a headline in
//! lower case now and then.

/// `target` with a capital at its beginning if `source` has one there.
///
/// Quotation marks and dashes before the first word are passed over. A word with a
/// capital further in keeps its own form ("iPhone"), and so does one that is no ASCII
/// letter at its beginning: the text stays as long as it was, and links into it hold.
#[must_use]
pub fn like_source(source: &str, mut target: String) -> String {
    let Some((at, first)) = first_of_words(&target) else { return target };
    let word = target[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let wanted = first_of_words(source).is_some_and(|(_, first)| first.is_uppercase());
    if wanted && first.is_ascii_lowercase() && !word.contains(char::is_uppercase) {
        target[at..=at].make_ascii_uppercase();
    }
    target
}

fn first_of_words(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(source: &str, target: &str) -> String {
        like_source(source, target.to_owned())
    }

    #[test]
    fn a_capital_in_german_is_one_in_english() {
        assert_eq!(
            like("Stadionrock im Wohnzimmer", "stadium rock at home"),
            "Stadium rock at home"
        );
        assert_eq!(like("„Ruhe!“, rief er.", "\"quiet!\" he called."), "\"Quiet!\" he called.");
        assert_eq!(like("– Älteste Brücke", "— oldest bridge"), "— Oldest bridge");
    }

    #[test]
    fn what_has_none_stays_as_it_is() {
        assert_eq!(like("und wartete.", "and waited."), "and waited.");
        assert_eq!(like("3 Tage", "three days"), "three days");
        assert_eq!(like("Drei Tage", "3 days"), "3 days");
        assert_eq!(like("Älter", "älter"), "älter");
        assert_eq!(like("Die Neuen iPhones", "iPhones are new"), "iPhones are new");
        assert_eq!(like("…", ""), "");
    }
}
