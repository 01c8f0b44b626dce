//! The fast engine against the reference engine (rust-bert), and against
//! itself: in other company, on other numbers of threads.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use tagesbrief::model::fast::{FastSummariser, FastTranslator, Precision};
use tagesbrief::model::{Decoding, Family, Hypothesis, ModelFolder};
use tagesbrief::summarise::Summariser;
use tagesbrief::translate::Translator;

const SENTENCES: [&str; 14] = [
    "Der Hafen wurde gesperrt.",
    "Ja.",
    "Die Stadt will im nächsten Jahr 140 neue Busse kaufen.",
    "Am Montag beschloss der Rat, dass die Brücke über den Fluss erst 2027 erneuert wird, weil das \
     Geld fehlt.",
    "»Wir haben lange gewartet«, sagte die Sprecherin der Feuerwehr am Abend.",
    "Rund 3.500 Menschen kamen zum Konzert, doppelt so viele wie im Vorjahr.",
    "Warum steigen die Preise?",
    "Der Minister lehnte den Vorschlag ab und kündigte ein Gespräch mit den Ländern an.",
    "Nach Angaben der Polizei wurde bei dem Unfall auf der Autobahn niemand verletzt.",
    "Bundesverfassungsgerichtsurteil",
    "In der zweiten Halbzeit schoss die Mannschaft aus Kassel drei Tore und gewann mit 3:1.",
    "Das Wetter bleibt bis Freitag kalt; im Süden fällt Schnee.",
    "Die Bäckerei an der Ecke schließt nach 90 Jahren, denn niemand will sie übernehmen.",
    "Es gilt als sicher, dass die Wahl verschoben wird.",
];

fn decoding(beam: usize) -> Decoding {
    Decoding { beam, no_repeat_ngram: 0, length_penalty: 1.0 }
}

fn folder(name: &str, family: Family) -> ModelFolder {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models").join(name);
    ModelFolder::open(&path, family).unwrap()
}

fn translator(precision: Precision, threads: usize) -> FastTranslator {
    FastTranslator::load(&folder("translate", Family::Marian), precision, threads).unwrap()
}

fn summariser(precision: Precision, threads: usize) -> FastSummariser {
    FastSummariser::load(&folder("summarise", Family::Bart), precision, threads).unwrap()
}

/// Articles of invented English, of different lengths.
fn articles() -> Vec<String> {
    let sentences = [
        "The harbour of the small town was closed on Monday after a ship had lost its cargo.",
        "About 40 containers are still in the water, the fire brigade said in the evening.",
        "Nobody was hurt.",
        "The mayor asked the people to stay away from the beach until the end of the week.",
        "The owner of the ship wants to pay for the work, which may take until Friday.",
        "Two years ago a storm had damaged the same pier.",
    ];
    vec![sentences.join(" "), sentences[..4].join(" "), sentences[2..].repeat(4).join(" ")]
}

#[cfg(feature = "engine")]
mod reference {
    use tagesbrief::model::engine::{self, BartSummariser, MarianTranslator};

    use super::*;

    fn assert_same(fast: &Hypothesis, reference: &Hypothesis, source: &str) {
        assert_eq!(fast.text, reference.text, "{source}");
        assert_eq!(fast.tokens, reference.tokens, "{source}");
        assert_eq!(fast.truncated, reference.truncated, "{source}");
        // rust-bert cannot score every short hypothesis.
        let apart = (fast.score - reference.score).abs();
        assert!(
            apart < 1e-4 || reference.score.is_nan(),
            "{source}: {} and {}",
            fast.score,
            reference.score
        );
    }

    #[test]
    fn translations_are_those_of_rust_bert() {
        let folder = folder("translate", Family::Marian);
        let reference = MarianTranslator::load(&folder, engine::Precision::Float32).unwrap();
        let fast = translator(Precision::Float32, 2);
        let retry = Decoding { beam: 6, no_repeat_ngram: 3, length_penalty: 0.8 };
        for decoding in [decoding(1), decoding(4), retry] {
            let answers = fast.translate(&SENTENCES, &decoding).unwrap();
            for (source, answer) in SENTENCES.iter().zip(&answers) {
                // One by one: rust-bert's length limit is that of the longest source.
                let expected = reference.translate(&[source], &decoding).unwrap();
                assert_same(answer, &expected[0], source);
            }
        }
        for source in SENTENCES {
            assert_eq!(fast.count_tokens(source), reference.count_tokens(source));
        }
        assert_eq!(fast.max_tokens(), reference.max_tokens());
    }

    #[test]
    fn summaries_are_those_of_rust_bert() {
        let folder = folder("summarise", Family::Bart);
        let reference = BartSummariser::load(&folder, engine::Precision::Float32).unwrap();
        let fast = summariser(Precision::Float32, 2);
        let articles = articles();
        let sources: Vec<&str> = articles.iter().map(String::as_str).collect();
        for (beam, no_repeat_ngram) in [(1, 0), (4, 3)] {
            let decoding = Decoding { beam, no_repeat_ngram, length_penalty: 1.0 };
            let answers = fast.summarise(&sources, &decoding, 48).unwrap();
            for (source, answer) in sources.iter().zip(&answers) {
                let expected = reference.summarise(&[source], &decoding, 48).unwrap();
                assert_same(answer, &expected[0], source);
            }
        }
    }
}

#[test]
fn company_and_threads_change_nothing() {
    for precision in [Precision::Float32, Precision::Int8] {
        let one = translator(precision, 1);
        let three = translator(precision, 3);
        for decoding in [decoding(1), decoding(4)] {
            let alone: Vec<Hypothesis> = SENTENCES
                .iter()
                .flat_map(|source| one.translate(&[source], &decoding).unwrap())
                .collect();
            assert_eq!(alone, one.translate(&SENTENCES, &decoding).unwrap());
            assert_eq!(alone, three.translate(&SENTENCES, &decoding).unwrap());
            // Threads without a source of their own share the operations of the others.
            for (source, answer) in SENTENCES.iter().zip(&alone) {
                assert_eq!(
                    three.translate(&[source], &decoding).unwrap(),
                    std::slice::from_ref(answer)
                );
            }
            let mut reversed = SENTENCES;
            reversed.reverse();
            let mut answers = three.translate(&reversed, &decoding).unwrap();
            answers.reverse();
            assert_eq!(alone, answers);
        }
        let articles = articles();
        let sources: Vec<&str> = articles.iter().map(String::as_str).collect();
        let together = summariser(precision, 2).summarise(&sources, &decoding(4), 40).unwrap();
        let engine = summariser(precision, 1);
        for (source, answer) in sources.iter().zip(together) {
            assert_eq!(engine.summarise(&[source], &decoding(4), 40).unwrap(), [answer]);
        }
    }
}

#[test]
fn eight_bits_stay_close() {
    let exact = translator(Precision::Float32, 1).translate(&SENTENCES, &decoding(4)).unwrap();
    let rough = translator(Precision::Int8, 1).translate(&SENTENCES, &decoding(4)).unwrap();
    let same = exact.iter().zip(&rough).filter(|(exact, rough)| exact.text == rough.text).count();
    assert!(same * 2 > SENTENCES.len(), "{same} of {} are the same", SENTENCES.len());
    for (exact, rough) in exact.iter().zip(&rough) {
        assert!((exact.score - rough.score).abs() < 0.2, "{exact:?} {rough:?}");
    }
}

#[test]
fn links_name_words_of_both_sides() {
    let answers = translator(Precision::Float32, 1).translate(&SENTENCES, &decoding(4)).unwrap();
    let mut links = 0;
    for (source, answer) in SENTENCES.iter().zip(&answers) {
        for link in &answer.alignment {
            for (span, text) in [(link.source, *source), (link.target, answer.text.as_str())] {
                let word = span.of(text);
                assert!(!word.is_empty() && !word.contains(' '), "{word:?} in {text:?}");
                assert!(word.starts_with(char::is_alphanumeric), "{word:?} in {text:?}");
            }
            links += 1;
        }
    }
    assert!(links > SENTENCES.len(), "only {links} links");
}

#[test]
fn sources_the_model_cannot_read_are_errors() {
    let engine = translator(Precision::Float32, 1);
    let long = "Haus ".repeat(600);
    let error = engine.translate(&["Ja.", &long], &decoding(1)).unwrap_err().to_string();
    assert!(error.contains("tokens; 1 to 512 are possible"), "{error}");
    assert!(engine.translate(&[], &decoding(4)).unwrap().is_empty());
    // No words, but a line all the same: it must come back as something.
    assert_eq!(engine.translate(&["", " "], &decoding(4)).unwrap().len(), 2);
}
