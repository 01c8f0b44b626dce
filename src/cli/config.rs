//! `tagesbrief.toml`: defaults < file < arguments.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use serde::Deserialize;

use super::args::{EngineArgs, ModelArgs, SharedArgs, WorkArgs};
use super::environment;
use crate::check::{CheckOptions, Corrections, FindingKind, Glossary};
use crate::ingest::{DEFAULT_MAX_BYTES, ForeignText};
use crate::pipeline::Settings;

/// The file that is read when `--config` names none.
const DEFAULT_FILE: &str = "tagesbrief.toml";

/// Everything that can be configured. Unknown keys are refused.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder with German articles.
    pub inbox: PathBuf,
    /// Folder for the briefs.
    pub output: PathBuf,
    /// Folder for what is remembered between runs; empty is the default place
    /// (`tagesbrief run --help` says which).
    pub store: PathBuf,
    /// File for metrics; empty is none.
    pub metrics: PathBuf,
    /// Threads for the models; 0 is one for each processor.
    pub threads: usize,
    /// `[models]`
    pub models: Models,
    /// `[ingest]`
    pub ingest: Ingest,
    /// `[translate]`
    pub translate: Translate,
    /// `[check]`
    pub check: Check,
    /// `[summarise]`
    pub summarise: Summarise,
    /// `[key_points]`
    pub key_points: KeyPoints,
    /// `[site]`
    pub site: Site,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            inbox: "seeds".into(),
            output: "outputs".into(),
            store: PathBuf::new(),
            metrics: PathBuf::new(),
            threads: 0,
            models: Models::default(),
            ingest: Ingest::default(),
            translate: Translate::default(),
            check: Check::default(),
            summarise: Summarise::default(),
            key_points: KeyPoints::default(),
            site: Site::default(),
        }
    }
}

/// Which models, and how they compute.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Models {
    /// Folder that holds the model folders.
    pub folder: PathBuf,
    /// Marian folder, or the name of one in `folder`.
    pub translate: PathBuf,
    /// BART folder, or the name of one in `folder`.
    pub summarise: PathBuf,
    /// `fast` or `reference`.
    pub engine: Engine,
    /// `auto`, `int8` (fast engine), `float32` or `bfloat16` (reference engine).
    pub precision: Precision,
}

impl Models {
    /// The arithmetic that is meant: never [`Precision::Auto`].
    pub fn resolved_precision(&self) -> Precision {
        match (self.precision, self.engine) {
            (Precision::Auto, Engine::Fast) => Precision::Int8,
            (Precision::Auto, Engine::Reference) => Precision::Float32,
            (precision, _) => precision,
        }
    }
}

impl Default for Models {
    fn default() -> Self {
        Self {
            folder: "models".into(),
            translate: "models/translate".into(),
            summarise: "models/summarise".into(),
            engine: Engine::Fast,
            precision: Precision::Auto,
        }
    }
}

/// What runs the models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// This program's own engine.
    Fast,
    /// rust-bert on libtorch: slower, independent of the other.
    Reference,
}

/// Arithmetic of the models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lowercase")]
pub enum Precision {
    /// `int8` with the fast engine, `float32` with the reference.
    Auto,
    /// 32-bit floats: with the fast engine, the reference's answers.
    Float32,
    /// Weights as 8-bit integers; the fast engine alone.
    Int8,
    /// 16-bit floats with the range of 32; the reference engine alone, quick on processors with AMX.
    BFloat16,
}

/// How files are read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Ingest {
    /// Larger files are refused.
    pub max_bytes: u64,
    /// Whether a text that is not German is taken, with a notice, instead of refused.
    pub allow_foreign: bool,
}

impl Default for Ingest {
    fn default() -> Self {
        Self { max_bytes: DEFAULT_MAX_BYTES, allow_foreign: false }
    }
}

/// How sentences are translated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Translate {
    /// Beam size.
    pub beam: u8,
    /// Exponent of the length normalisation.
    pub length_penalty: f64,
    /// Source tokens that the engine gets at once.
    pub max_batch_tokens: usize,
    /// File of sentence corrections; empty where there is none.
    pub corrections: PathBuf,
    /// File of the glossary; empty where there is none.
    pub glossary: PathBuf,
}

impl Default for Translate {
    fn default() -> Self {
        Self {
            beam: 4,
            length_penalty: 1.0,
            max_batch_tokens: 16_384,
            corrections: PathBuf::new(),
            glossary: PathBuf::new(),
        }
    }
}

/// How the English is checked against the German.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Check {
    /// The share of a date's sentences, 0 to 1, that are findings because the model
    /// was less sure of them than of all others.
    pub least_sure: f64,
    /// Kinds of findings that are not wanted.
    pub ignore: Vec<FindingKind>,
    /// The file that `translate.corrections` names, as read.
    #[serde(skip)]
    pub corrections: Corrections,
    /// The file that `translate.glossary` names, as read.
    #[serde(skip)]
    pub glossary: Glossary,
}

impl Default for Check {
    fn default() -> Self {
        let CheckOptions { least_sure, ignore, corrections, glossary } = CheckOptions::default();
        Self { least_sure, ignore, corrections, glossary }
    }
}

/// How articles are summarised.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Summarise {
    /// Beam size.
    pub beam: u8,
    /// The most sentences of one summary.
    pub max_sentences: usize,
}

impl Default for Summarise {
    fn default() -> Self {
        Self { beam: 4, max_sentences: 4 }
    }
}

/// How many key points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct KeyPoints {
    /// The most key points of one date.
    pub max_points: usize,
}

impl Default for KeyPoints {
    fn default() -> Self {
        Self { max_points: 8 }
    }
}

/// What the site must know of its own place.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// The address that the outputs folder is published at; empty where it is not.
    pub base_url: String,
}

impl Site {
    /// Only a web address makes links that a feed reader can follow.
    fn check(&self) -> anyhow::Result<()> {
        let url = &self.base_url;
        let web = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        let plain = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}?#".contains(&b));
        anyhow::ensure!(
            url.is_empty() || (web && plain),
            "site.base_url is {url:?}; it must be empty or a web address such as https://news.example/briefs/"
        );
        Ok(())
    }
}

impl Config {
    /// Reads the file named by `--config`, or `tagesbrief.toml` if there is one.
    pub(super) fn load(shared: &SharedArgs) -> anyhow::Result<Self> {
        match &shared.config {
            Some(path) => Self::read(path),
            None if Path::new(DEFAULT_FILE).is_file() => Self::read(Path::new(DEFAULT_FILE)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration file {}", path.display()))?;
        let mut config: Self = toml::from_str(&text)
            .with_context(|| format!("in the configuration file {}", path.display()))?;
        config.check().with_context(|| format!("in the configuration file {}", path.display()))?;
        config.read_lists()?;
        Ok(config)
    }

    /// Reads the files of corrections and terms that the configuration names.
    fn read_lists(&mut self) -> anyhow::Result<()> {
        if let Some(text) = list(&self.translate.corrections, "translate.corrections")? {
            self.check.corrections = Corrections::parse(&text).with_context(|| {
                format!("in the corrections {}", self.translate.corrections.display())
            })?;
        }
        if let Some(text) = list(&self.translate.glossary, "translate.glossary")? {
            self.check.glossary = Glossary::parse(&text).with_context(|| {
                format!("in the glossary {}", self.translate.glossary.display())
            })?;
        }
        Ok(())
    }

    /// Refuses values that parse but cannot work.
    fn check(&self) -> anyhow::Result<()> {
        for (key, beam) in
            [("translate.beam", self.translate.beam), ("summarise.beam", self.summarise.beam)]
        {
            anyhow::ensure!((1..=32).contains(&beam), "{key} is {beam}; it must be 1 to 32");
        }
        self.site.check()?;
        let share = self.check.least_sure;
        anyhow::ensure!(
            (0.0..=1.0).contains(&share),
            "check.least_sure is {share}; it must be 0 to 1"
        );
        let penalty = self.translate.length_penalty;
        anyhow::ensure!(
            penalty.is_finite() && penalty > 0.0 && penalty <= 10.0,
            "translate.length_penalty is {penalty}; it must be above 0 and at most 10"
        );
        for (key, value) in [
            ("ingest.max_bytes", self.ingest.max_bytes as usize),
            ("translate.max_batch_tokens", self.translate.max_batch_tokens),
            ("summarise.max_sentences", self.summarise.max_sentences),
            ("key_points.max_points", self.key_points.max_points),
        ] {
            anyhow::ensure!(value > 0, "{key} is 0; it must be at least 1");
        }
        Ok(())
    }

    /// Lets the arguments of `run` and the commands around it win.
    pub(super) fn with_work(mut self, args: &WorkArgs) -> Self {
        replace(&mut self.inbox, args.inbox.as_ref());
        replace(&mut self.output, args.output.as_ref());
        replace(&mut self.store, args.store.as_ref());
        self.with_summarise_model(args.summarise_model.as_ref()).with_models(&args.models)
    }

    /// The folder for what is remembered between runs. It is not in the outputs,
    /// so that it is not published with them: `$STATE_DIRECTORY` (systemd sets it),
    /// else `$XDG_STATE_HOME/tagesbrief`, else `~/.local/state/tagesbrief`; in it,
    /// a folder for each output folder.
    pub(super) fn store_folder(&self) -> anyhow::Result<PathBuf> {
        if !self.store.as_os_str().is_empty() {
            return Ok(self.store.clone());
        }
        let state = environment::state_folder().context(
            "neither $STATE_DIRECTORY, $XDG_STATE_HOME nor $HOME says where to remember things; name a folder with --store",
        )?;
        let output = std::path::absolute(&self.output).unwrap_or_else(|_| self.output.clone());
        let output = output.canonicalize().unwrap_or(output);
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        let hash = blake3::hash(output.as_os_str().as_encoded_bytes()).to_hex();
        Ok(state.join(format!("{name}-{}", &hash[..8])))
    }

    /// Lets the arguments of every translating command win.
    pub(super) fn with_models(mut self, args: &ModelArgs) -> Self {
        replace(&mut self.models.translate, args.translate_model.as_ref());
        replace(&mut self.translate.beam, args.beam.as_ref());
        self.with_engine(&args.engine)
    }

    /// Lets arguments decide how models run.
    pub(super) fn with_engine(mut self, args: &EngineArgs) -> Self {
        replace(&mut self.threads, args.threads.as_ref());
        replace(&mut self.models.engine, args.engine.as_ref());
        replace(&mut self.models.precision, args.precision.as_ref());
        self
    }

    /// Lets an argument name the summarisation model.
    pub(super) fn with_summarise_model(mut self, model: Option<&PathBuf>) -> Self {
        replace(&mut self.models.summarise, model);
        self
    }

    /// The translation model's folder.
    pub(super) fn translate_model(&self) -> PathBuf {
        self.model_folder(&self.models.translate)
    }

    /// The summarisation model's folder.
    pub(super) fn summarise_model(&self) -> PathBuf {
        self.model_folder(&self.models.summarise)
    }

    /// The folder that `name` stands for: itself, or a bare name that is a folder
    /// in the models' folder and nothing here.
    pub(super) fn model_folder(&self, name: &Path) -> PathBuf {
        let bare = name.components().count() == 1 && !name.exists();
        let inside = self.models.folder.join(name);
        if bare && inside.is_dir() { inside } else { name.to_owned() }
    }

    /// The settings of the stages on the day `today`.
    pub(super) fn settings(&self, today: jiff::civil::Date) -> Settings {
        let mut settings = Settings::new(today);
        settings.ingest.max_bytes = self.ingest.max_bytes;
        settings.ingest.foreign =
            if self.ingest.allow_foreign { ForeignText::Take } else { ForeignText::Refuse };
        settings.translate.decoding.beam = usize::from(self.translate.beam);
        settings.translate.decoding.length_penalty = self.translate.length_penalty;
        settings.translate.max_batch_tokens = self.translate.max_batch_tokens;
        settings.check.least_sure = self.check.least_sure;
        settings.check.ignore.clone_from(&self.check.ignore);
        settings.check.corrections.clone_from(&self.check.corrections);
        settings.check.glossary.clone_from(&self.check.glossary);
        settings.summarise.decoding.beam = usize::from(self.summarise.beam);
        settings.summarise.max_sentences = self.summarise.max_sentences;
        settings.key_points.max_points = self.key_points.max_points;
        settings.site.base_url =
            (!self.site.base_url.is_empty()).then(|| self.site.base_url.clone());
        settings
    }
}

/// The text of a file that `key` names; nothing where it names none.
fn list(path: &Path, key: &str) -> anyhow::Result<Option<String>> {
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}, which {key} names", path.display()))?;
    Ok(Some(text))
}

fn replace<T: Clone>(value: &mut T, argument: Option<&T>) {
    if let Some(argument) = argument {
        *value = argument.clone();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_refused_by_name() {
        let error = toml::from_str::<Config>("[translate]\nbeems = 4\n").unwrap_err();
        assert!(error.to_string().contains("beems"), "{error}");
    }

    #[test]
    fn values_that_cannot_work_are_refused() {
        for text in [
            "[translate]\nbeam = 0",
            "[translate]\nlength_penalty = 0.0",
            "[key_points]\nmax_points = 0",
            "[site]\nbase_url = 'news.example'",
            "[site]\nbase_url = 'https://news.example/a b'",
        ] {
            let config: Config = toml::from_str(text).unwrap();
            assert!(config.check().is_err(), "{text}");
        }
    }

    #[test]
    fn lists_are_read_and_their_faults_are_told_by_file_and_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("corrections.tsv");
        let mut config = Config::default();
        config.translate.corrections.clone_from(&path);
        let error = format!("{:#}", config.read_lists().unwrap_err());
        assert!(error.contains("translate.corrections"), "{error}");
        fs::write(&path, "Ein Satz.\tA sentence.\n").unwrap();
        config.read_lists().unwrap();
        assert_ne!(config.check.corrections, Corrections::default());
        fs::write(&path, "# x\nEin Satz.\n").unwrap();
        let error = format!("{:#}", config.read_lists().unwrap_err());
        assert!(error.contains("corrections.tsv") && error.contains("line 2"), "{error}");
    }

    /// As JSON, whose objects show a setting that one of the two lacks.
    fn json(settings: impl serde::Serialize) -> serde_json::Value {
        serde_json::to_value(settings).unwrap()
    }

    #[test]
    fn the_explained_file_shows_every_setting_with_its_default() {
        let text = include_str!("../../scripts/tagesbrief.toml");
        assert_eq!(toml::from_str::<Config>(text).unwrap(), Config::default());
        let table: toml::Table = toml::from_str(text).unwrap();
        assert_eq!(json(table), json(Config::default()));
        // And says something about each: a comment, or one for those that follow it.
        let mut explained = false;
        for line in text.lines() {
            explained = line.starts_with('#') || (explained && !line.is_empty());
            assert!(explained || line.is_empty() || line.starts_with('['), "unexplained: {line}");
        }
    }

    #[test]
    fn a_bare_name_is_looked_up_in_the_models_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("opus")).unwrap();
        let mut config = Config::default();
        config.models.folder = dir.path().to_owned();
        assert_eq!(config.model_folder(Path::new("opus")), dir.path().join("opus"));
        for other in ["missing", "models/opus", "src"] {
            assert_eq!(config.model_folder(Path::new(other)), Path::new(other));
        }
    }

    #[test]
    fn what_is_not_named_keeps_its_default() {
        let config: Config = toml::from_str("threads = 3\n[summarise]\nbeam = 2").unwrap();
        assert_eq!(config.threads, 3);
        assert_eq!(config.summarise, Summarise { beam: 2, ..Summarise::default() });
        assert_eq!(config.translate, Translate::default());
    }
}
