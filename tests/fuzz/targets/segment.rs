//! Any text as a paragraph: its sentences are in order, and no character that is
//! not white space is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tagesbrief::segment::{split, split_long};

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fuzz_target!(|text: &str| {
    let spans = split(text);
    let mut end = 0;
    let mut said = String::new();
    for span in &spans {
        assert!(span.start >= end && span.end > span.start && span.end <= text.len());
        end = span.end;
        said.push_str(span.of(text));
    }
    assert_eq!(solid(&said), solid(text));
    // Clauses of a sentence that is too long for a model of twelve words.
    let pieces = split_long(text, &|piece| piece.split_whitespace().count() <= 12);
    let said: String = pieces.iter().map(|span| span.of(text)).collect();
    assert_eq!(solid(&said), solid(text));
});
