//! Inboxes made by someone who means harm: nothing is written outside the output
//! folder, and nothing stops the run.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::desk::{Desk, fill, tree};

const BODY: &str = "Die Gemeinde Altried hat am Montag einen neuen Steg am Moorsee eröffnet. \
                    Er ist zwölf Meter lang und kostete nach Angaben der Gemeinde wenig Geld.";

/// Runs over the inbox of `root`, and proves that only output and store changed.
fn run_fenced(root: &Path) -> (Desk, tagesbrief::pipeline::Report) {
    let desk = Desk::new(root, "own");
    let outside = || {
        let mut files = tree(root);
        files.retain(|path, _| !path.starts_with("own"));
        files
    };
    let before = outside();
    let report = desk.run().unwrap();
    assert!(outside() == before, "something outside the output folder changed");
    for entry in fs::read_dir(&desk.output).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let known = ["index.md", "index.html", "site", "undated"].contains(&name.as_str());
        let looks_like_a_date = name.chars().all(|c| c.is_ascii_digit() || c == '-');
        let is_folder = entry.file_type().unwrap().is_dir();
        assert!(known || looks_like_a_date || !is_folder, "a folder {name:?}");
    }
    (desk, report)
}

#[test]
fn names_that_try_to_be_something_else() {
    let root = TempDir::new().unwrap();
    let inbox = root.path().join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    let names = [
        "zeile\neins.txt",
        "\u{1b}[31mrot.txt",
        "setback: gelogen.txt",
        "steg;rm -rf ..txt",
        "<img src=x onerror=alert(1)>.txt",
        "2025-03-12_%2e%2e%2f.txt",
        "`id`.txt",
        "$(id).txt",
        "'\";--.txt",
    ];
    for (number, name) in names.iter().enumerate() {
        fs::write(inbox.join(name), format!("Steg Nummer {number}\n\n{BODY}\n")).unwrap();
    }
    let (desk, report) = run_fenced(root.path());
    let articles: usize = report.briefs.iter().map(|(_, articles)| articles).sum();
    assert_eq!(articles, names.len(), "{:?}", report.setbacks);
    for (path, bytes) in tree(&desk.output) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains('\u{1b}'), "{}", path.display());
        // In JSON, text is text.
        let is_page = path.extension().is_some_and(|it| it != "json");
        assert!(!is_page || !text.contains("<img src=x"), "{}", path.display());
    }
}

#[test]
fn titles_and_dates_that_are_paths_or_markup() {
    let root = TempDir::new().unwrap();
    let inbox = root.path().join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    let heads = [
        "../../../../etc/cron.d/steg",
        "/etc/passwd",
        "C:\\Windows\\steg",
        "0000-00-00",
        "9999-99-99",
        "../2025-03-12",
        "2025-03-12/../../steg",
        "<script>alert('Steg')</script>",
        "{{ 7*7 }} {% include '/etc/passwd' %}",
        "[Steg](javascript:alert(1))",
        "\u{202e}getS reueN",
        "]]><!--",
    ];
    for (number, head) in heads.iter().enumerate() {
        let text = format!("{head}\n\nLokales\n\n{head}\n\n{head}\n\n{BODY} {head}\n");
        fs::write(inbox.join(format!("{number}.txt")), text).unwrap();
    }
    let (desk, report) = run_fenced(root.path());
    let articles: usize = report.briefs.iter().map(|(_, articles)| articles).sum();
    assert_eq!(articles + report.setbacks.len(), heads.len());
    for (path, bytes) in tree(&desk.output) {
        let text = String::from_utf8(bytes).unwrap();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if extension == "html" || extension == "md" {
            assert!(!text.contains("<script>alert"), "{}", path.display());
            let is_link = extension == "md" && text.replace("\\]", "").contains("](javascript:");
            assert!(!is_link, "{}", path.display());
        }
        assert!(!text.contains("root:x:0"), "{}", path.display());
    }
}

#[test]
fn deep_folders_loops_and_things_that_are_no_files() {
    let root = TempDir::new().unwrap();
    let inbox = root.path().join("inbox");
    fill(&inbox, 1, 1);
    let deep: PathBuf = std::iter::repeat_n("tief", 120).collect();
    fs::create_dir_all(inbox.join(&deep)).unwrap();
    fs::write(inbox.join(&deep).join("unten.txt"), format!("Ganz unten\n\n{BODY}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(&inbox, inbox.join(&deep).join("kreis")).unwrap();
        symlink("/proc/self/mem", inbox.join("speicher.txt")).unwrap();
        symlink("/dev/zero", inbox.join("nichts.txt")).unwrap();
        std::os::unix::net::UnixListener::bind(inbox.join("dose.txt")).unwrap();
    }
    let (_, report) = run_fenced(root.path());
    let articles: usize = report.briefs.iter().map(|(_, articles)| articles).sum();
    assert_eq!(articles, 2);
    assert!(cfg!(not(unix)) || report.setbacks.len() >= 4, "{:?}", report.setbacks);
}

#[test]
fn ten_thousand_tiny_files() {
    let root = TempDir::new().unwrap();
    let inbox = root.path().join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    for number in 0..10_000 {
        // Most say nothing; some are articles of their own.
        let text = match number % 10 {
            0 => format!("Der Steg Nummer {number} ist am Montag wieder für alle offen."),
            1 => String::new(),
            2 => "Der Steg ist zu.".to_owned(),
            _ => format!("{number}"),
        };
        fs::write(inbox.join(format!("2025-03-{:02}_{number}.txt", number / 10 % 28 + 1)), text)
            .unwrap();
    }
    let (_, report) = run_fenced(root.path());
    let articles: usize = report.briefs.iter().map(|(_, articles)| articles).sum();
    assert_eq!(articles + report.setbacks.len(), 10_000);
    assert!(articles >= 1000, "{articles}");
}
