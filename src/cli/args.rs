//! What can be typed. No work is done here.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::bench::Batch;
use super::config::{Engine, Precision};

/// German news in, English briefs out, every English line beside its German original.
///
/// `tagesbrief run` reads the German articles of an inbox folder, splits them into
/// sentences, translates them with a Marian model, summarises them with a BART model and
/// writes a bilingual brief for each date. Nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(version, about, long_about, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with setbacks \
                        or stopped by a signal with everything kept (each setback is named on \
                        standard error), 4 another run is under way.")]
pub(super) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command understands.
    #[command(flatten)]
    pub shared: SharedArgs,
}

impl Args {
    /// How much to say on standard error.
    pub(super) fn verbosity(&self) -> Verbosity {
        match (self.shared.quiet, self.shared.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, false) => Verbosity::Normal,
            (false, true) => Verbosity::Verbose,
        }
    }
}

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Errors and setbacks alone.
    Quiet,
    /// Progress and one line for each stage, too.
    Normal,
    /// Details for finding a fault.
    Verbose,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "General options")]
pub(super) struct SharedArgs {
    /// Configuration file (TOML); without it, tagesbrief.toml in the current folder if it is there.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Say nothing but errors and setbacks.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on standard error.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Form of the log on standard error.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines, and bars on a terminal.
    Text,
    /// One JSON object a line, with time stamps.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Turn an inbox of German articles into dated, bilingual briefs.
    Run(RunArgs),
    /// Say what a run would do now, how the last one went, and what is remembered.
    Status(WorkArgs),
    /// Check everything a run needs, with a remedy for what is wrong.
    Doctor(WorkArgs),
    /// Remove old briefs whose articles have left the inbox, and old answers of the models.
    Prune(PruneArgs),
    /// Write shell completions or man pages.
    Generate(GenerateArgs),
    /// Show what is understood of one file: layout, date, title, sentences, and why.
    Explain(ExplainArgs),
    /// Translate German text from a file or standard input, line by line.
    Translate(TranslateArgs),
    /// Summarise English text from a file or standard input, an article a line.
    Summarise(SummariseArgs),
    /// Score a translation model with BLEU and chrF on a file of your own.
    Evaluate(EvaluateArgs),
    /// Measure how fast the models run here, with either engine and arithmetic.
    Bench(BenchArgs),
    /// List, verify and fetch models.
    Models(ModelsArgs),
    /// Show which English sentences differ between two output folders, and why.
    Compare(CompareArgs),
    /// Write the sentences of one date as TMX, XLIFF or CSV.
    Export(ExportArgs),
    /// Prove that the outputs are what inbox, models and settings give; code 1 if not.
    Verify(VerifyOutputArgs),
}

/// Options of `compare`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Causes: source (the German changed), segmentation (its sentence borders), \
                        correction (a person's sentence or term), model, settings (none of the others: \
                        decoding, engine, precision, version)."
)]
pub(super) struct CompareArgs {
    /// Output folder of the first run.
    #[arg(value_name = "OUT_A")]
    pub before: PathBuf,
    /// Output folder of the second run.
    #[arg(value_name = "OUT_B")]
    pub after: PathBuf,
    /// Also write the comparison to this file, as a web page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}

/// Options of `export`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  tagesbrief export outputs/2026-11-18 --format tmx --to day.tmx"
)]
pub(super) struct ExportArgs {
    /// Folder of a date, with its brief.json.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// File to write to [default: standard output].
    #[arg(long = "to", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// TMX 1.4b: every translated pair.
    Tmx,
    /// XLIFF 2.1: every sentence, with state and findings.
    Xliff,
    /// A table for spreadsheets.
    Csv,
}

/// Options of `verify`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Give it the run's own arguments and configuration. Every brief is made anew from the \
                        German files and the remembered answers of the models, which are not asked; a file \
                        that is missing, differs or is not the program's is named. Of a brief whose articles \
                        have left the inbox, only the rendering can be proved."
)]
pub(super) struct VerifyOutputArgs {
    /// Prove only that every file is what its brief.json gives; needs no inbox and no store.
    #[arg(long)]
    pub files_only: bool,
    /// What the run worked on.
    #[command(flatten)]
    pub work: WorkArgs,
}

/// Options of `run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tagesbrief run                                   seeds/ to outputs/\n  \
    tagesbrief run /srv/news/inbox --output /srv/www/briefs --quiet\n  \
    tagesbrief run --dry-run                         what would be done, and how much\n  \
    tagesbrief run --translate-model models/opus-mt-de-en --beam 6")]
pub(super) struct RunArgs {
    /// Where, and with what.
    #[command(flatten)]
    pub work: WorkArgs,
    /// Say what would be done and how much of it the models must answer; do nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Try again what an engine failed on earlier.
    #[arg(long)]
    pub retry: bool,
    /// Write metrics to this file, for node_exporter's textfile collector.
    #[arg(long, value_name = "FILE")]
    pub metrics: Option<PathBuf>,
}

/// What a run works on: shared by the commands around it.
#[derive(Debug, clap::Args)]
pub(super) struct WorkArgs {
    /// Folder with German articles (.txt, .text, .md or no ending), walked with its subfolders [default: seeds].
    #[arg(value_name = "INBOX")]
    pub inbox: Option<PathBuf>,
    /// Folder for the briefs [default: outputs].
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Folder for what is remembered between runs [default: one for each output folder, in
    /// $STATE_DIRECTORY or ~/.local/state/tagesbrief].
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// Treat this as today's date: later dates in articles are refused (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// Models and decoding.
    #[command(flatten)]
    pub models: ModelArgs,
    /// BART model: a folder in the hub's layout, or a name in models/ [default: models/summarise].
    #[arg(long, value_name = "DIR", help_heading = "Models")]
    pub summarise_model: Option<PathBuf>,
}

/// Options of `prune`.
#[derive(Debug, clap::Args)]
pub(super) struct PruneArgs {
    /// Keep what is at most so many days old.
    #[arg(long, value_name = "DAYS")]
    pub keep: u16,
    /// Remove; without it, only say what would be removed.
    #[arg(long)]
    pub yes: bool,
    /// Where, and with what.
    #[command(flatten)]
    pub work: WorkArgs,
}

/// Options of `generate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tagesbrief generate bash > /etc/bash_completion.d/tagesbrief\n  \
    tagesbrief generate man --directory /usr/local/share/man/man1")]
pub(super) struct GenerateArgs {
    /// What to write.
    #[arg(value_enum)]
    pub what: Generated,
    /// Folder for the man pages, one for each command; without it, the main page goes to
    /// standard output.
    #[arg(long, value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// What `generate` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Generated {
    /// Man pages.
    Man,
    /// Completions for Bash.
    Bash,
    /// Completions for Zsh.
    Zsh,
    /// Completions for Fish.
    Fish,
}

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The article.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Treat this as today's date (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// Options of `translate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    echo 'Der Hafen wurde gesperrt.' | tagesbrief translate\n  \
    tagesbrief translate --no-split --format tsv sentences.de > scored.tsv")]
pub(super) struct TranslateArgs {
    /// The German text; `-` or nothing is standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Take each line as one sentence instead of splitting it.
    #[arg(long)]
    pub no_split: bool,
    /// What to write: `text`, or a row for each sentence: German, English, score, origin.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Models and decoding.
    #[command(flatten)]
    pub models: ModelArgs,
}

/// Options of `summarise`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The text passes the same windows and the same guard as an article of a run: a sentence of \
                        the model that cannot stand gives way to the article's own.\n\n\
                        Example:\n  \
                        tagesbrief summarise --summarise-model bart-large-cnn --format tsv articles.en"
)]
pub(super) struct SummariseArgs {
    /// The English articles, one a line; `-` or nothing is standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// What to write: `text`, or a row for each sentence: number of the article, sentence, numbers of
    /// the article's sentences it rests on, origin.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write what the choice of sentences looks at, instead of summaries: a table with a head, and a row for
    /// each sentence with the number of its article, its text and its features. Tabs in an article divide its
    /// sentences. No model is loaded.
    #[arg(long, conflicts_with = "format")]
    pub features: bool,
    /// BART model: a folder in the hub's layout, or a name in models/ [default: models/summarise].
    #[arg(long, value_name = "DIR", help_heading = "Models")]
    pub summarise_model: Option<PathBuf>,
    /// How the model runs.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// Options of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line of the source is one sentence, and the same line of the reference its \
                        translation by a person. BLEU and chrF2 are those of sacreBLEU with its defaults."
)]
pub(super) struct EvaluateArgs {
    /// German sentences, one a line.
    #[arg(long, value_name = "FILE")]
    pub source: PathBuf,
    /// Their English translations, one a line.
    #[arg(long, value_name = "FILE")]
    pub reference: PathBuf,
    /// Also write the model's translations to this file.
    #[arg(long, value_name = "FILE")]
    pub hypotheses: Option<PathBuf>,
    /// Models and decoding.
    #[command(flatten)]
    pub models: ModelArgs,
}

/// Options of `bench`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tagesbrief bench --sentences sentences.de --engine fast --precision int8\n  \
    tagesbrief bench --articles articles.en --batch 1 --beam 4 --format json\n\n\
    The engine's own work is measured: from text to text, without the guard and the second try.\n\
    scripts/bench holds it against rust-bert, transformers and CTranslate2.")]
pub(super) struct BenchArgs {
    /// German sentences, one a line, to translate.
    #[arg(long, value_name = "FILE", required_unless_present = "articles")]
    pub sentences: Option<PathBuf>,
    /// English articles, one a line, to summarise.
    #[arg(long, value_name = "FILE")]
    pub articles: Option<PathBuf>,
    /// Sentences or articles that the engine gets at once; `night` is all of the file, in a run's batches.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "1,8,32,night")]
    pub batch: Vec<Batch>,
    /// Numbers of sentences, to see how time and memory grow; a shorter file is read again from its start.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub growth: Vec<usize>,
    /// Sentences for the batches with a number.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub sample: usize,
    /// How often each case is measured; the median counts.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    pub repeat: u16,
    /// Articles are cut to so many tokens.
    #[arg(long, value_name = "N", default_value_t = 800)]
    pub source_tokens: usize,
    /// Summaries end after so many tokens.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub summary_tokens: usize,
    /// Also write the last case's answers to this file, for comparing engines: tokens, whether the
    /// length limit ended it, score and text, with tabs between.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
    /// Models and decoding; without --beam, both 1 and 4 are measured.
    #[command(flatten)]
    pub models: ModelArgs,
    /// BART model: a folder in the hub's layout, or a name in models/ [default: models/summarise].
    #[arg(long, value_name = "DIR", help_heading = "Models")]
    pub summarise_model: Option<PathBuf>,
}

/// What `bench` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people.
    Table,
    /// For programs: every single time.
    Json,
}

/// Options of `models`.
#[derive(Debug, clap::Args)]
pub(super) struct ModelsArgs {
    /// Folder that holds the model folders [default: models].
    #[arg(long, value_name = "DIR", global = true)]
    pub folder: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: ModelsCommand,
}

/// The subcommands of `models`.
#[derive(Debug, Subcommand)]
pub(super) enum ModelsCommand {
    /// Fetch a model from the hub: opus-mt-de-en, distilbart-cnn-12-6, bart-large-cnn, or ORGANISATION/NAME.
    Fetch(FetchArgs),
    /// Show the model folders: family, size, fingerprint, what they are used for, whether they check out.
    List,
    /// Check model folders and compare them with the checksums they were fetched with; code 1 if one fails.
    Verify(VerifyArgs),
}

/// Options of `models fetch`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The only command that goes online. An interrupted download is resumed by the next \
                  call; a folder appears only when it is complete and verified.\n\n\
                  Environment:\n  \
                  HF_ENDPOINT     the hub's address [default: https://huggingface.co]\n  \
                  HF_TOKEN        access token for gated or private models\n  \
                  HF_HUB_OFFLINE  refuse to go online\n  \
                  HTTPS_PROXY, ALL_PROXY, NO_PROXY  as usual\n\n\
                  Examples:\n  \
                  tagesbrief models fetch opus-mt-de-en\n  \
                  tagesbrief run --translate-model opus-mt-de-en"
)]
pub(super) struct FetchArgs {
    /// The model: one of the names above, or ORGANISATION/NAME.
    #[arg(value_name = "MODEL")]
    pub model: String,
    /// Branch, tag or commit; the commit is recorded in the folder.
    #[arg(long, value_name = "REVISION", default_value = "main")]
    pub revision: String,
    /// Name of the new folder [default: the model's own].
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Replace a folder of that name even if it is not from this repository.
    #[arg(long)]
    pub replace: bool,
}

/// Options of `models verify`.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// Model folders, or names of folders in models/; without any, all of them.
    #[arg(value_name = "NAME")]
    pub names: Vec<PathBuf>,
}

/// What the filters `translate` and `summarise` write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One line for each line read.
    Text,
    /// A table with tabs, a row for each sentence.
    Tsv,
}

/// Options of the commands that translate.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Models")]
pub(super) struct ModelArgs {
    /// Marian model: a folder in the hub's layout, or a name in models/ [default: models/translate].
    #[arg(long, value_name = "DIR")]
    pub translate_model: Option<PathBuf>,
    /// Beam size of the translation; 1 is greedy and quickest [default: 4].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=32))]
    pub beam: Option<u8>,
    /// How the models run.
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// How models run.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Models")]
pub(super) struct EngineArgs {
    /// Threads for the models; 0 is one for each processor [default: 0].
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// What runs the models: the program's own engine, or rust-bert [default: fast].
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub engine: Option<Engine>,
    /// Arithmetic of the models; int8 needs the fast engine, bfloat16 the reference
    /// [default: auto, which is int8 with the fast engine and float32 with the reference].
    #[arg(long, value_enum, value_name = "PRECISION")]
    pub precision: Option<Precision>,
}
