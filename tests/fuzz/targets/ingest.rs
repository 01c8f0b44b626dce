//! Any bytes as an article: it is taken or refused, and what is taken holds
//! together.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use tagesbrief::ingest::{ForeignText, IngestOptions, read_article};
use tagesbrief::segment::segment;

/// A file in memory where there is one, one for each process.
fn file() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        folder.join(format!("tagesbrief-fuzz-{}", std::process::id()))
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(()) = fs::write(file(), bytes) else { return };
    let mut options = IngestOptions::new(date(2026, 11, 22));
    options.foreign = ForeignText::Take;
    let Ok(article) = read_article(file(), Path::new("2025-03/a.txt"), &options) else { return };
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.span.start >= end && block.span.end > block.span.start);
        end = block.span.end;
        assert!(!block.span.of(&article.text).is_empty(), "a span off the characters' borders");
    }
    let blocks = article.blocks.len();
    let segmented = segment(article);
    for index in 0..segmented.segments.len() {
        assert!(segmented.segments[index].block < blocks);
        assert!(!segmented.source(index).trim().is_empty());
    }
});
