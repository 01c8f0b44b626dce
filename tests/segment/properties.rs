//! What holds for any text at all.

use proptest::prelude::*;
use tagesbrief::segment::{split, split_long};
use tagesbrief::support::Span;

/// Texts made of what the rules look at, so that they meet often.
fn newslike() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "Der",
        "Kanzler",
        "kam",
        "z.",
        "B.",
        "Dr",
        "Nr",
        "Mio",
        "24",
        "2024",
        "3.000",
        "XIV",
        "u",
        "a",
        "usw",
        "Co",
        "KG",
        "am",
        "Oktober",
        "spiegel.de",
        "iPhone",
        ".",
        ".",
        ".",
        "!",
        "?",
        "…",
        "...",
        ",",
        ";",
        ":",
        "„",
        "“",
        "\"",
        "»",
        "«",
        "‚",
        "‘",
        "(",
        ")",
        "[",
        "]",
        "[3]",
        "–",
        "-",
        "•",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "ß",
        "É",
        "é",
        "中",
        "😀",
        "ﬁ",
        "'",
        "&",
        "/",
        "§",
    ]);
    prop::collection::vec(parts, 0..60).prop_map(|parts| parts.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![newslike(), "\\PC{0,80}", any::<String>()]
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn joined(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| solid(&text[span.start..span.end])).collect()
}

/// Ascending, disjoint, not empty, trimmed; and nothing lost.
fn assert_sound(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start && span.start < span.end, "{spans:?}");
        let part = text.get(span.start..span.end).unwrap();
        assert_eq!(part, part.trim());
        end = span.end;
    }
    assert_eq!(joined(text, spans), solid(text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn split_loses_nothing(text in any_text()) {
        assert_sound(&text, &split(&text));
    }

    #[test]
    fn a_sentence_split_again_is_one_sentence(text in any_text()) {
        for span in split(&text) {
            let sentence = span.of(&text);
            prop_assert_eq!(split(sentence), vec![Span::new(0, sentence.len())], "{:?}", sentence);
        }
    }

    #[test]
    fn split_long_loses_nothing(text in any_text(), most in 0_usize..40) {
        let pieces = split_long(&text, &|piece| piece.chars().count() <= most);
        assert_sound(&text, &pieces);
        for piece in pieces {
            let length = piece.of(&text).chars().count();
            prop_assert!(length <= most.max(1), "{:?} is too long", piece.of(&text));
        }
    }

    #[test]
    fn split_long_survives_a_fickle_model(text in any_text(), odd in 1_usize..7) {
        assert_sound(&text, &split_long(&text, &|piece| piece.len() % odd == 0));
    }

    #[test]
    fn what_fits_is_left_whole(text in any_text()) {
        let whole = text.trim();
        let pieces = split_long(&text, &|_| true);
        prop_assert_eq!(pieces.iter().map(|piece| piece.of(&text)).collect::<Vec<_>>(), if whole.is_empty() { vec![] } else { vec![whole] });
    }
}

/// These took hours if anything were quadratic.
#[test]
fn long_texts_take_linear_time() {
    assert_swift("Der Kanzler kam am 3. Mai, z. B. nach Bonn (NRW). ", 1_000_000);
    for part in [
        "a.b.",
        ". ",
        "(",
        ")",
        "(.",
        "\n",
        " \n.",
        "\"! ",
        "z. B. ",
        "...x",
        "„A.“ ",
        "1. ",
        "a",
        "ß",
        " ",
        "(a. B) ",
        "[",
        "– ",
        "\u{ad}.",
    ] {
        assert_swift(part, 150_000);
    }
}

fn assert_swift(part: &str, length: usize) {
    let text = part.repeat(length / part.len());
    assert_sound(&text, &split(&text));
    assert_sound(&text, &split_long(&text, &|piece| piece.len() <= 2000));
}
