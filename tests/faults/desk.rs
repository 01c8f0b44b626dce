//! Runs over a folder with inbox, output and store, and what came of them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::date;
use tagesbrief::brief::{Engines, ModelInfo};
use tagesbrief::pipeline::{self, Job, Models, NoProgress, PipelineError, Report, Settings, Stop};
use tagesbrief::store::{Lock, Store};
use tagesbrief::summarise::ScriptedSummariser;
use tagesbrief::translate::ScriptedTranslator;

/// Where a run reads and writes.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) inbox: PathBuf,
    pub(crate) output: PathBuf,
    pub(crate) store: PathBuf,
}

impl Desk {
    /// An inbox below `root`, and `name/` with output and store.
    pub(crate) fn new(root: &Path, name: &str) -> Self {
        let own = root.join(name);
        Self { inbox: root.join("inbox"), output: own.join("output"), store: own.join("store") }
    }

    /// A run as the program does it, lock and all.
    pub(crate) fn run(&self) -> Result<Report, PipelineError> {
        fs::create_dir_all(&self.output).ok();
        let _lock = Lock::acquire(&self.store, Some(&self.output), "a test")?;
        self.run_with(&Store::open(&self.store)?)
    }

    /// A run on another store.
    pub(crate) fn run_with(&self, store: &Store) -> Result<Report, PipelineError> {
        let info = |name: &str| ModelInfo { name: name.to_owned(), fingerprint: "0".repeat(16) };
        let mut settings = Settings::new(date(2026, 11, 22));
        // Many batches, so that there is much to be disturbed.
        settings.translate.max_batch_rows = 4;
        settings.summarise.max_batch_rows = 2;
        let models = Models {
            translator: &ScriptedTranslator::new(),
            summariser: &ScriptedSummariser::new(),
            info: Engines { translate: info("table"), summarise: info("first") },
        };
        let job = Job {
            output: &self.output,
            settings: &settings,
            models: &models,
            store,
            software: "test",
            retry: false,
            stop: &Stop::new(),
            progress: &NoProgress,
        };
        let mut report = Report::default();
        pipeline::run(pipeline::list(&self.inbox, &settings)?, &job, &mut report)?;
        Ok(report)
    }

    /// Throws output and store away.
    pub(crate) fn clear(&self) {
        for folder in [&self.output, &self.store] {
            fs::remove_dir_all(folder).ok();
        }
    }
}

/// Fills the inbox with invented articles: `days` dates of `each`.
pub(crate) fn fill(inbox: &Path, days: i64, each: usize) {
    fs::create_dir_all(inbox).unwrap();
    for day in 0..days {
        let at = date(2025, 3, 1).checked_add(day.days()).unwrap();
        for number in 0..each {
            let text = article(&at.to_string(), day as usize * each + number);
            fs::write(inbox.join(format!("{at}_{number}.txt")), text).unwrap();
        }
    }
}

fn article(day: &str, number: usize) -> String {
    let mut text = format!("{day}\n\nLokales\n\nNeuer Steg Nummer {number} am Moorsee\n\n");
    for sentence in 0..6 {
        let _ = write!(
            text,
            "Die Gemeinde Altried hat im Jahr {} einen Steg von {} Metern gebaut. ",
            1900 + sentence,
            number * 10 + sentence
        );
    }
    text + "\n"
}

/// Every file below `folder` with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.file_type().is_file());
    files
        .map(|file| {
            let name = file.path().strip_prefix(folder).unwrap().to_owned();
            (name, fs::read(file.path()).unwrap())
        })
        .collect()
}

/// Says where two trees differ, instead of printing them whole.
pub(crate) fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (tree(one), tree(other));
    let names: Vec<_> = one.keys().collect();
    assert_eq!(names, other.keys().collect::<Vec<_>>(), "other files");
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{} differs", name.display());
    }
    assert!(!one.is_empty());
}

/// Numbers without a pattern, the same in every run of the test (Knuth's MMIX
/// generator).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}
