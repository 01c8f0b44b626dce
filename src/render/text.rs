//! What every format does to article text before its own escaping.

/// `text` as it may be shown: on one line, with runs of white space as single
/// spaces (no-break spaces stay), and with control characters and
/// direction overrides, which could reorder the text around them, made visible
/// as `�`.
pub(super) fn printable(text: &str) -> String {
    // Nor do no-break spaces stay at the ends: emphasis must touch its text.
    printable_part(text).trim().to_owned()
}

/// The same for a part of a text, whose spaces at the ends part it from its neighbours.
pub(super) fn printable_part(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_space(c) {
            shown.push(if is_deceptive(c) { '\u{fffd}' } else { c });
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    shown
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn is_deceptive(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn white_space_becomes_single_spaces() {
        assert_eq!(printable(" eins\r\n\tzwei\u{2028}drei "), "eins zwei drei");
        assert_eq!(printable("\u{a0}10\u{a0}Mio.\u{a0}"), "10\u{a0}Mio.");
    }

    #[test]
    fn deceptive_characters_become_visible() {
        assert_eq!(printable("a\u{202e}b\u{0}c\u{1b}[1m"), "a\u{fffd}b\u{fffd}c\u{fffd}[1m");
    }
}
