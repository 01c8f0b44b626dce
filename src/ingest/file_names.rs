//! Showing file names that may hold anything but `/` and NUL.

use std::fmt::Write;
use std::path::{Component, Path};

/// `path` with `/` between its parts and everything unprintable escaped, so
/// that one name is one line of a report and cannot reorder or hide text.
/// Two different names are never shown alike: the backslash is escaped, too.
pub(crate) fn shown(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(escape(name.as_encoded_bytes())),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn escape(name: &[u8]) -> String {
    let mut shown = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c == '\\' || c.is_control() || hides(c) {
                shown.extend(c.escape_default());
            } else {
                shown.push(c);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a `String` cannot fail.
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

/// Characters that change how the rest of a line looks without being seen.
pub(crate) fn hides(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stay_as_they_are() {
        assert_eq!(shown(Path::new("2024-10/Straße – Öl.txt")), "2024-10/Straße – Öl.txt");
    }

    #[test]
    fn unprintable_characters_are_escaped() {
        assert_eq!(shown(Path::new("a\nb\t\u{202e}c\\d")), "a\\nb\\t\\u{202e}c\\\\d");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_can_be_shown() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let name = OsStr::from_bytes(b"M\xfcller.txt");
        assert_eq!(shown(Path::new(name)), "M\\xFCller.txt");
    }
}
