//! Bytes of a file → text, or the reason why they are no text.
//!
//! Order: byte order mark, UTF-16 by its NUL pattern, valid UTF-8, and only
//! then a guess, which is recorded as one. A guess must read as German; a file
//! that is *almost* UTF-8 is broken UTF-8 and not a legacy encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

use super::problem::Problem;

const TO_UTF8: &str = "Save the file as UTF-8 and put it into the inbox again.";

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// WHATWG name.
    pub(crate) encoding: &'static str,
    /// Whether the encoding is a guess.
    pub(crate) guessed: bool,
}

/// Decodes `bytes`.
///
/// # Errors
/// A [`Problem`] that says in which byte and line the file stops being text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Problem> {
    refuse_known_formats(bytes)?;
    let decoded = decode_any(bytes)?;
    refuse_replacement(&decoded)?;
    refuse_binary(&decoded.text)?;
    Ok(decoded)
}

fn decode_any(bytes: &[u8]) -> Result<Decoded, Problem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        let mut decoded = decode_as(encoding, bytes)?;
        decoded.guessed = true;
        return Ok(decoded);
    }
    if bytes.contains(&0) {
        return Err(binary("it holds NUL bytes"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false }),
        Err(error) if mostly_utf8(bytes) => Err(broken(bytes, error.valid_up_to())),
        Err(error) => guess(bytes, error.valid_up_to()),
    }
}

/// Decodes in an encoding that is known, broken sequences being an error.
fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Problem> {
    if encoding == UTF_8 {
        let text = std::str::from_utf8(bytes).map_err(|e| broken(bytes, e.valid_up_to()))?;
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false });
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: false })
}

/// German in UTF-16 has a NUL in nearly every second byte, always on the same side.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let nuls = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    if second * 10 >= pairs * 7 && first * 50 <= pairs {
        Some(UTF_16LE)
    } else if first * 10 >= pairs * 7 && second * 50 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the file is UTF-8 that was damaged: characters of more than one byte
/// that are whole hardly ever occur by accident in a legacy encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 2 * damaged
}

/// No mark, no UTF-8: a Western European legacy encoding, if it reads as one.
fn guess(bytes: &[u8], first_high: usize) -> Result<Decoded, Problem> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(Some(b"de"), Utf8Detection::Deny);
    // German letters stand at the same places in both; anything else the
    // detector names is tried as Windows-1252, too, before it is given up.
    let encoding = if likely == WINDOWS_1250 { WINDOWS_1250 } else { WINDOWS_1252 };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if reads_as_german(&text) {
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), guessed: true });
    }
    let (byte, line) = (first_high + 1, line_of(bytes, first_high));
    let reason = if likely == WINDOWS_1252 || likely == WINDOWS_1250 {
        format!(
            "broken encoding at byte {byte}, line {line}: neither UTF-8 nor readable as Windows-1252"
        )
    } else {
        format!(
            "unknown encoding: byte {byte}, line {line} is not UTF-8, and the file looks like {} rather than a German text",
            likely.name()
        )
    };
    Err(Problem::new(reason, TO_UTF8))
}

/// Whether the non-ASCII characters stand where German text has them: a
/// quotation mark *inside* a word means an umlaut of another code page, and
/// control characters mean the same.
fn reads_as_german(text: &str) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            let inside = before.is_alphabetic() && chars.peek().is_some_and(|n| n.is_alphabetic());
            if is_wrong_here(c, inside) {
                bad += 1;
            } else {
                good += 1;
            }
        }
        before = c;
    }
    bad * 20 <= good
}

fn is_wrong_here(c: char, inside_word: bool) -> bool {
    if c.is_control() {
        return true;
    }
    if c.is_alphabetic() {
        return !is_western_letter(c);
    }
    // The apostrophe is the one mark that German has inside words, the soft
    // hyphen the one that shows nothing.
    inside_word && !matches!(c, '’' | '\u{ad}' | '–' | '·')
}

/// Letters of German and of the names of its neighbours.
fn is_western_letter(c: char) -> bool {
    matches!(c,
        'Ä' | 'Ö' | 'Ü' | 'ä' | 'ö' | 'ü' | 'ß' | 'À'..='Å' | 'Æ' | 'Ç' | 'È'..='Ï' | 'Ñ' | 'Ò'..='Õ' | 'Ø'
        | 'Ù'..='Û' | 'à'..='å' | 'æ' | 'ç' | 'è'..='ï' | 'ñ' | 'ò'..='õ' | 'ø' | 'ù'..='û' | 'ý' | 'ÿ'
        | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'º' | 'ª' | 'ƒ' | 'µ'
        | '\u{100}'..='\u{17f}')
}

/// Files of other programs that were given the name of a text.
fn refuse_known_formats(bytes: &[u8]) -> Result<(), Problem> {
    let start = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let lower = start.to_ascii_lowercase();
    let is = |mark: &[u8]| lower.starts_with(mark);
    let format = if is(b"%pdf-") {
        "a PDF document"
    } else if is(b"pk\x03\x04") {
        "an office document or ZIP archive"
    } else if is(b"{\\rtf") {
        "an RTF document"
    } else if is(b"<!doctype html") || is(b"<html") {
        "an HTML page"
    } else if is(b"<?xml") {
        "an XML file"
    } else {
        return Ok(());
    };
    Err(Problem::new(
        format!("it is {format}, not plain text"),
        "Convert it to plain text and put the result into the inbox.",
    ))
}

/// A replacement character is where someone else's broken decoding shows.
fn refuse_replacement(decoded: &Decoded) -> Result<(), Problem> {
    let Some(at) = decoded.text.find('\u{fffd}') else { return Ok(()) };
    let line = line_of(decoded.text.as_bytes(), at);
    let reason = if decoded.encoding == UTF_8.name() {
        format!(
            "broken encoding at byte {}, line {line}: a replacement character (U+FFFD) stands there",
            at + 1
        )
    } else {
        let unit = decoded.text.get(..at).map_or(0, |head| head.encode_utf16().count());
        let byte = unit * 2 + 1;
        format!("broken encoding at byte {byte}, line {line}: not valid {}", decoded.encoding)
    };
    Err(Problem::new(reason, TO_UTF8))
}

fn refuse_binary(text: &str) -> Result<(), Problem> {
    if text.contains('\0') {
        return Err(binary("it holds NUL characters"));
    }
    let controls = text.chars().filter(|c| is_foreign_control(*c)).count();
    if controls > 8 && controls * 200 > text.chars().count() {
        return Err(binary(&format!("it holds {controls} control characters")));
    }
    Ok(())
}

/// Control characters that no text editor writes.
pub(crate) fn is_foreign_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

fn binary(why: &str) -> Problem {
    Problem::new(
        format!("it is a binary file, not text: {why}"),
        "Remove it from the inbox, or convert it to plain text.",
    )
}

fn broken(bytes: &[u8], at: usize) -> Problem {
    let line = line_of(bytes, at);
    Problem::new(
        format!("broken encoding at byte {}, line {line}: not valid UTF-8", at + 1),
        TO_UTF8,
    )
}

/// The 1-based line of the byte `at`.
fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    const SAMPLE: &str = "Über die Brücke fließt der Verkehr – „endlich“, sagt Käthe Groß.\n";

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    fn reason(bytes: &[u8]) -> String {
        decode(bytes).expect_err("should be refused").reason
    }

    #[test]
    fn utf8_with_and_without_mark() {
        let plain = decode(SAMPLE.as_bytes()).unwrap();
        assert_eq!((plain.encoding, plain.guessed), ("UTF-8", false));
        let marked = decode(format!("\u{feff}{SAMPLE}").as_bytes()).unwrap();
        assert_eq!(marked.text, SAMPLE);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for (to_bytes, name) in
            [(u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")]
        {
            let marked = decode(&utf16(&format!("\u{feff}{SAMPLE}"), to_bytes)).unwrap();
            assert_eq!(
                (marked.text.as_str(), marked.encoding, marked.guessed),
                (SAMPLE, name, false)
            );
            let bare = decode(&utf16(SAMPLE, to_bytes)).unwrap();
            assert_eq!((bare.text.as_str(), bare.encoding, bare.guessed), (SAMPLE, name, true));
        }
    }

    #[test]
    fn windows_1252_is_guessed_and_said_to_be() {
        let (bytes, _, _) = WINDOWS_1252.encode(SAMPLE);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding, decoded.guessed),
            (SAMPLE, "windows-1252", true)
        );
    }

    #[test]
    fn a_single_umlaut_is_enough_for_windows_1252() {
        assert_eq!(decode(b"M\xfcller sagt ab.").unwrap().text, "Müller sagt ab.");
    }

    #[test]
    fn dos_umlauts_are_not_mistaken_for_quotation_marks() {
        // "für die Bürger: höhere Löhne" in code page 850.
        let text = reason(b"f\x81r die B\x81rger: h\x94here L\x94hne sind n\x84her");
        assert!(text.contains("byte 2, line 1"), "{text}");
    }

    #[test]
    fn cyrillic_bytes_are_not_german() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1251.encode("Правительство обсуждает новый бюджет страны.");
        assert!(reason(&bytes).contains("windows-1251"), "{}", reason(&bytes));
    }

    #[test]
    fn damaged_utf8_is_located() {
        let mut bytes = "Zeile eins\nGrüße aus Köln, schöne Tage".as_bytes().to_vec();
        bytes.extend(b"\xc3 und mehr");
        let text = reason(&bytes);
        assert!(text.contains("byte 43, line 2"), "{text}");
    }

    #[test]
    fn replacement_characters_are_located() {
        let text = reason("Eins\nM\u{fffd}ller".as_bytes());
        assert!(text.contains("byte 7, line 2") && text.contains("U+FFFD"), "{text}");
    }

    #[test]
    fn half_a_utf16_unit_is_located() {
        let mut bytes = utf16("\u{feff}Grüße\nab", u16::to_le_bytes);
        bytes.push(b'c');
        assert!(reason(&bytes).contains("line 2"), "{}", reason(&bytes));
    }

    #[test]
    fn binary_files_are_told_from_text() {
        assert!(reason(b"Text\0Text und noch mehr Text").contains("binary"));
        assert!(reason(&[7; 64]).contains("binary"));
        assert!(reason(b"%PDF-1.7 ...").contains("PDF"));
        assert!(reason(b"  <!DOCTYPE html><html>").contains("HTML"));
    }
}
