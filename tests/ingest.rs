//! The ingest stage from the outside: whole folders in, articles and setbacks out.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use proptest::prelude::*;
use tagesbrief::ingest::{
    Article, BlockKind, BriefDate, DateRule, ForeignText, Inbox, IngestError, IngestOptions,
    Layout, explain_article, read_article, read_inbox,
};
use tagesbrief::setback::Setback;
use tagesbrief::support::Span;
use tempfile::TempDir;

const GERMAN: &str = "Der Rat von Altwied hat am Montag beschlossen, die alte Brücke zu erneuern.";

fn options() -> IngestOptions {
    IngestOptions::new(date(2026, 11, 21))
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An inbox of files with the given names and bytes.
fn inbox_of(files: &[(&str, &[u8])]) -> (TempDir, Inbox) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let inbox = read_inbox(folder.path(), &options()).unwrap();
    (folder, inbox)
}

fn one(text: &str) -> Article {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, text).unwrap();
    read_article(&path, Path::new("a.txt"), &options()).unwrap()
}

/// The only setback of an inbox with this one file.
fn refused(bytes: &[u8]) -> Setback {
    let (_folder, inbox) = inbox_of(&[("a.txt", bytes)]);
    assert_eq!(inbox.articles, []);
    let [setback] = inbox.setbacks.as_slice() else { panic!("{:?}", inbox.setbacks) };
    assert!(!setback.remedy.is_empty());
    setback.clone()
}

/// What the reader of a snapshot needs to see of an article.
fn outline(article: &Article) -> String {
    let mut out = format!("{:?}", article.layout);
    let _ = write!(out, "\ndate: {}", article.brief_date());
    if let Some(date) = &article.date {
        let evidence = &date.evidence;
        let _ =
            write!(out, " ({:?}, line {:?}, {:?})", evidence.rule, evidence.line, evidence.text);
    }
    let _ = writeln!(out, "\ncategory: {}", article.category.as_deref().unwrap_or("-"));
    for block in &article.blocks {
        let _ = writeln!(
            out,
            "{:>3} {:?}: {}",
            block.line,
            block.kind,
            ends(block.span.of(&article.text))
        );
    }
    for dropped in &article.dropped {
        let words = dropped.span.of(&article.text);
        let _ = writeln!(out, "{:>3} dropped: {words} [{}]", dropped.line, dropped.reason);
    }
    for notice in &article.notices {
        let _ = writeln!(out, "notice, line {:?}: {}", notice.line, notice.text);
    }
    out
}

/// Long blocks are shown by their ends.
fn ends(text: &str) -> String {
    let text = text.replace('\n', "⏎");
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 70 {
        return text;
    }
    let part = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    format!("{} … {}", part(0..40), part(chars.len() - 25..chars.len()))
}

/// What holds for every article: spans on character borders, ascending and
/// disjoint, and no visible character lost or there twice.
fn assert_accounted_for(article: &Article) {
    let text = &article.text;
    let parts = |spans: Vec<Span>| {
        for pair in spans.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{pair:?} in {text:?}");
        }
        spans
    };
    let mut all = parts(article.blocks.iter().map(|block| block.span).collect());
    all.extend(parts(article.dropped.iter().map(|dropped| dropped.span).collect()));
    all.sort_by_key(|span| span.start);
    let mut covered = String::new();
    for span in parts(all) {
        let words = text.get(span.start..span.end).expect("a span on character borders");
        assert_eq!(words, words.trim(), "{text:?}");
        assert!(!words.is_empty());
        covered.push_str(words);
    }
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(visible(&covered), visible(text));
    for block in &article.blocks {
        assert_eq!(block.line, 1 + text[..block.span.start].matches('\n').count());
    }
}

#[test]
fn every_fixture_is_understood() {
    for layout in ["date-line", "stand-header", "titled", "plain", "general"] {
        let inbox = read_inbox(&project("tests/fixtures/ingest").join(layout), &options()).unwrap();
        assert_eq!(inbox.setbacks, [], "{layout}");
        for article in &inbox.articles {
            assert_accounted_for(article);
            let name = format!("{layout}/{}", article.source.path).replace(['/', '.'], "-");
            insta::assert_snapshot!(name, outline(article));
        }
    }
}

#[test]
fn the_seeds_are_articles_of_all_layouts_and_two_days() {
    let inbox = read_inbox(&project("seeds"), &options()).unwrap();
    assert_eq!(inbox.setbacks, []);
    let seen: Vec<_> = inbox
        .articles
        .iter()
        .map(|article| (article.layout, article.brief_date().to_string(), article.notices.len()))
        .collect();
    let row = |layout, date: &str| (layout, date.to_owned(), 0);
    assert_eq!(
        seen,
        [
            row(Layout::DateLine, "2025-09-18"),
            row(Layout::StandHeader, "2025-09-18"),
            row(Layout::DateLine, "2025-09-18"),
            row(Layout::DateLine, "2026-03-19"),
            row(Layout::StandHeader, "2026-03-19"),
            row(Layout::DateLine, "2026-03-19"),
            row(Layout::Titled, "undated"),
            row(Layout::Titled, "undated"),
            row(Layout::Plain, "undated"),
            row(Layout::Plain, "undated"),
        ]
    );
    for article in &inbox.articles {
        assert_accounted_for(article);
        let has_kicker = article.blocks.iter().any(|block| block.kind == BlockKind::Kicker);
        assert_eq!(has_kicker, article.layout == Layout::StandHeader, "{}", article.source.path);
        let words = article.text.split_whitespace().count();
        assert!((150..=400).contains(&words), "{}: {words} words", article.source.path);
    }
}

#[test]
fn an_inbox_that_cannot_be_read_stops_the_stage() {
    let folder = tempfile::tempdir().unwrap();
    let missing = read_inbox(&folder.path().join("nope"), &options());
    assert!(matches!(missing, Err(IngestError::Missing { .. })));
    let file = folder.path().join("a.txt");
    fs::write(&file, GERMAN).unwrap();
    let error = read_inbox(&file, &options()).unwrap_err();
    assert!(error.to_string().contains("is not a folder"), "{error}");
}

#[test]
fn an_empty_inbox_is_no_error() {
    let (_folder, inbox) = inbox_of(&[]);
    assert_eq!((inbox.articles, inbox.setbacks), (vec![], vec![]));
}

#[test]
fn files_without_text_are_refused() {
    assert!(refused(b"").reason.contains("empty"));
    assert!(refused(b" \n\t\r\n\xc2\xa0").reason.contains("nothing but blanks"));
    assert!(refused("\u{feff}\u{200b}".as_bytes()).reason.contains("nothing but blanks"));
    assert!(refused(b"24. Oktober 2024\n\nPolitik\n").reason.contains("no text"));
}

#[test]
fn files_that_are_no_text_are_refused() {
    assert!(refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0").reason.contains("binary"));
    assert!(refused(b"PK\x03\x04 and so on").reason.contains("office document"));
    let mut cut = "Grüße aus Köln: Der Fluss steigt. ".repeat(4).into_bytes();
    cut.push(0xc3);
    let reason = refused(&cut).reason;
    assert!(reason.contains("broken encoding") && reason.contains("line 1"), "{reason}");
}

#[test]
fn a_file_beyond_the_limit_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("line.txt")).unwrap();
    // A sparse file: 20 MB of NUL bytes that would be called binary if read.
    file.set_len(20_000_000).unwrap();
    let inbox = read_inbox(folder.path(), &options()).unwrap();
    let reason = &inbox.setbacks[0].reason;
    assert!(reason.contains("20000000") && reason.contains("10485760"), "{reason}");
    assert!(inbox.setbacks[0].remedy.contains("max_bytes"));
}

#[test]
fn one_line_of_megabytes_within_the_limit_is_taken() {
    let line = format!("{GERMAN} ").repeat(100_000);
    let (_folder, inbox) = inbox_of(&[("a.txt", line.as_bytes())]);
    assert_eq!(inbox.articles[0].blocks.len(), 1);
}

#[test]
fn many_marks_do_not_take_for_ever() {
    let lines = format!("{GERMAN}\n{}", "24.10.2024 | Politik\n".repeat(20_000));
    let (_folder, inbox) = inbox_of(&[("a.txt", lines.as_bytes())]);
    assert_eq!(inbox.articles[0].dropped.len(), 20_000);
}

#[test]
fn french_is_refused_unless_it_is_allowed() {
    let french = "Le conseil municipal a décidé lundi de reporter la construction du nouveau port. \
                  Les habitants avaient protesté pendant plusieurs semaines contre ce projet.";
    assert!(refused(french.as_bytes()).reason.contains("French"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), french).unwrap();
    let allowed = IngestOptions { foreign: ForeignText::Take, ..options() };
    let inbox = read_inbox(folder.path(), &allowed).unwrap();
    assert!(inbox.articles[0].notices[0].text.contains("French"));
}

#[test]
fn only_articles_are_read() {
    let other = format!("{GERMAN} Baubeginn ist im Mai.");
    let third = format!("{GERMAN} Baubeginn ist im Juni.");
    let (_folder, inbox) = inbox_of(&[
        ("b.TXT", GERMAN.as_bytes()),
        ("a/c.md", other.as_bytes()),
        ("a/meldung", third.as_bytes()),
        ("README.md", b"About this folder"),
        (".hidden.txt", b"x"),
        ("a.txt~", b"x"),
        ("a.txt.swp", b"x"),
        ("x.part", b"x"),
        (".git/config.txt", b"x"),
        ("picture.jpg", b"x"),
        ("page.html", b"<html>"),
        ("letter.docx", b"PK"),
    ]);
    let paths: Vec<&str> =
        inbox.articles.iter().map(|article| article.source.path.as_str()).collect();
    assert_eq!(paths, ["a/c.md", "a/meldung", "b.TXT"]);
    let refused: Vec<&str> = inbox.setbacks.iter().map(|setback| setback.path.as_str()).collect();
    assert_eq!(refused, ["letter.docx", "page.html"]);
}

#[test]
fn the_same_text_twice_is_one_article() {
    let windows_line_ends = format!("\u{feff}{GERMAN}\r\n");
    let (_folder, inbox) =
        inbox_of(&[("2.txt", GERMAN.as_bytes()), ("1.txt", windows_line_ends.as_bytes())]);
    assert_eq!(inbox.articles.len(), 1);
    assert_eq!(inbox.setbacks[0].path, "2.txt");
    assert!(inbox.setbacks[0].reason.contains("same text as 1.txt"));
}

#[test]
fn a_folder_named_like_an_article_is_walked_and_noticed() {
    let (_folder, inbox) = inbox_of(&[("x.txt/a.txt", GERMAN.as_bytes())]);
    assert_eq!(inbox.articles[0].source.path, "x.txt/a.txt");
    assert_eq!(inbox.setbacks[0].path, "x.txt");
    assert!(inbox.setbacks[0].reason.contains("folder"));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_do_not_stop_the_walk() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("sub")).unwrap();
    symlink("..", root.join("sub/loop")).unwrap();
    symlink("gone.txt", root.join("dangling.txt")).unwrap();
    let _socket = UnixListener::bind(root.join("door.txt")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(root.join("pipe.txt")).status();
    assert!(made.unwrap().success());
    fs::write(root.join(OsStr::from_bytes(b"M\xfcller\n.txt")), GERMAN).unwrap();

    let inbox = read_inbox(root, &options()).unwrap();
    assert_eq!(inbox.articles[0].source.path, "M\\xFCller\\n.txt");
    let found: Vec<(&str, &str)> = inbox
        .setbacks
        .iter()
        .map(|setback| (setback.path.as_str(), setback.reason.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("dangling.txt", "the link leads nowhere"),
            ("door.txt", "it is a socket, not a regular file"),
            ("pipe.txt", "it is a named pipe, not a regular file"),
            ("sub/loop", "the link leads back to the inbox itself"),
        ]
    );
    let pipe = read_article(&root.join("pipe.txt"), Path::new("pipe.txt"), &options());
    assert!(pipe.unwrap_err().reason.contains("named pipe"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_a_setback() {
    // Permissions do not bind root; reading a process's own memory at 0 fails for all.
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("a.txt")).unwrap();
    let inbox = read_inbox(folder.path(), &options()).unwrap();
    assert!(inbox.setbacks[0].reason.contains("cannot be read"), "{:?}", inbox.setbacks);
}

#[test]
fn legacy_encodings_are_decoded_and_said_to_be_guessed() {
    let text = format!("Grüße aus Altwied\n\n{GERMAN}");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let (_folder, inbox) = inbox_of(&[("a.txt", &bytes)]);
    let article = &inbox.articles[0];
    assert_eq!(article.text, text);
    assert_eq!(
        (article.source.encoding.as_str(), article.source.encoding_guessed),
        ("windows-1252", true)
    );
    assert_eq!(article.notices.len(), 1);
}

#[test]
fn a_moved_file_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, GERMAN).unwrap();
    let one = read_article(&path, Path::new("2024-10-24/a.txt"), &options()).unwrap();
    let two = read_article(&path, Path::new("b.txt"), &options()).unwrap();
    assert_eq!(one.id, two.id);
    assert_eq!(one.brief_date(), BriefDate::Day(date(2024, 10, 24)));
    assert_eq!(one.date.unwrap().evidence.rule, DateRule::FileName);
    assert_eq!(two.brief_date(), BriefDate::Undated);
}

#[test]
fn explaining_names_the_line_that_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, format!("Politik\n24. Oktober 2024\nRat erneuert Brücke\n{GERMAN}")).unwrap();
    let explained = explain_article(&path, Path::new("a.txt"), &options()).unwrap();
    assert_eq!(explained.reasons[0].line, Some(2));
    assert!(explained.reasons[0].text.contains("24. Oktober 2024"));
    assert!(explained.reasons.iter().any(|reason| reason.text.contains("category")));
}

#[test]
fn headlines_alone_are_shown_as_text() {
    let article = one("24.10.2024\n\nBrücke in Altwied nach Unfall gesperrt");
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph]);
}

/// Lines as they occur in news files, to be shuffled into nonsense.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("24. Oktober, 2024".to_owned()),
        Just("31.02.2024".to_owned()),
        Just("Stand: 24.10.2024 12:42 Uhr".to_owned()),
        Just(
            " date 2024-10 Streit um Hafen Rat vertagt alles Stand: 24.10.2024 12:42 Uhr"
                .to_owned()
        ),
        Just("date 2024-10 |  Hafen".to_owned()),
        Just("Politik".to_owned()),
        Just("24.10.2024 | 12:42 Uhr · Politik | Von Max Muster".to_owned()),
        Just("AUSSENPOLITIK:".to_owned()),
        Just("# Rat stoppt Ausbau".to_owned()),
        Just("Rat stoppt Ausbau".to_owned()),
        Just("RAT STOPPT – Ausbau".to_owned()),
        Just("- ein Punkt der Liste".to_owned()),
        Just("• ".to_owned()),
        Just("***".to_owned()),
        Just("(dpa)".to_owned()),
        Just("Von Max Muster".to_owned()),
        Just("© 2024 Bote".to_owned()),
        Just("Quelle: dpa, eigene".to_owned()),
        Just("der Rat und die Stadt wollen den".to_owned()),
        Just(GERMAN.to_owned()),
        "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_an_article_or_a_setback(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let (_folder, inbox) = inbox_of(&[("a.txt", &bytes)]);
        prop_assert_eq!(inbox.articles.len() + inbox.setbacks.len(), 1);
        inbox.articles.iter().for_each(assert_accounted_for);
    }

    #[test]
    fn any_text_is_accounted_for(text in "(\\PC|\\s){0,300}") {
        let (_folder, inbox) = inbox_of(&[("a.txt", text.as_bytes())]);
        inbox.articles.iter().for_each(assert_accounted_for);
    }

    #[test]
    fn any_shuffle_of_lines_is_accounted_for(lines in proptest::collection::vec(line(), 0..14)) {
        let (_folder, inbox) = inbox_of(&[("a.txt", lines.join("\n").as_bytes())]);
        prop_assert_eq!(inbox.articles.len() + inbox.setbacks.len(), 1);
        inbox.articles.iter().for_each(assert_accounted_for);
    }
}
