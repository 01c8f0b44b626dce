//! Decoded text → the text every span points into.
//!
//! NFC, line ends `\n`, nothing invisible inside words, no blanks at the end of
//! a line or of the file. No-break spaces stay: they carry meaning (`3 000`).
//! Leading blank lines stay, too, so that line numbers are those of the file.

use unicode_normalization::UnicodeNormalization;

use super::decode::is_foreign_control;
use super::file_names::hides;

/// The normalised text and how many control characters were taken out of it.
pub(crate) struct Normalised {
    pub(crate) text: String,
    pub(crate) removed_controls: usize,
}

/// Normalises `decoded`.
pub(crate) fn normalise(decoded: &str) -> Normalised {
    let removed_controls = decoded.chars().filter(|c| is_foreign_control(*c)).count();
    let one_line_end = decoded.replace("\r\n", "\n");
    let visible: String = one_line_end.chars().filter_map(keep).nfc().collect();
    let mut text = String::with_capacity(visible.len());
    for line in visible.split('\n') {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    Normalised { text, removed_controls }
}

/// What becomes of one character.
fn keep(c: char) -> Option<char> {
    match c {
        // Old Macs, mainframes and Unicode's own idea of a line end.
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{b}' | '\u{c}' => Some(' '),
        c if is_foreign_control(c) || hides(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(decoded: &str) -> String {
        normalise(decoded).text
    }

    #[test]
    fn line_ends_and_trailing_blanks() {
        assert_eq!(text("a \r\nb\rc\u{2028}d\t\n\n \n"), "a\nb\nc\nd");
        assert_eq!(text("\n\n  a"), "\n\n  a");
    }

    #[test]
    fn letters_are_composed_and_invisible_ones_removed() {
        assert_eq!(text("u\u{308}ber Bun\u{ad}des\u{200b}tag\u{feff}"), "über Bundestag");
    }

    #[test]
    fn a_removed_character_does_not_keep_letters_from_composing() {
        assert_eq!(text("u\u{200b}\u{308}"), "ü");
    }

    #[test]
    fn no_break_spaces_stay() {
        assert_eq!(text("3\u{a0}000"), "3\u{a0}000");
    }

    #[test]
    fn control_characters_are_counted() {
        let normalised = normalise("a\u{1}b\u{1b}c\td");
        assert_eq!((normalised.text.as_str(), normalised.removed_controls), ("abc\td", 2));
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for sample in ["\u{a0}", " \n x \n\n", "e\u{301}\u{ad}", "\r\r\n\r"] {
            let once = text(sample);
            assert_eq!(text(&once), once);
        }
    }
}
