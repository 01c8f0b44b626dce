//! Progress and log lines on standard error.
//!
//! On a terminal: bars with rate and remaining time. Elsewhere (a log file, the
//! journal): a plain line when a stage begins, every half minute, and when it
//! ends. With `--quiet`: nothing but warnings and errors.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use tracing::Level;
use tracing::subscriber::set_global_default;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::args::{LogFormat, Verbosity};
use crate::pipeline::{Progress, StageProgress};
use crate::setback::Setback;

/// How often a stage speaks where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Standard error as one place for bars and log lines.
pub(super) struct Console {
    verbosity: Verbosity,
    bars: MultiProgress,
    on_terminal: bool,
    format: LogFormat,
}

impl Console {
    /// A console that says as much as `verbosity` allows.
    pub(super) fn new(verbosity: Verbosity, format: LogFormat) -> Self {
        let on_terminal = io::stderr().is_terminal() && format == LogFormat::Text;
        Self { verbosity, bars: MultiProgress::new(), on_terminal, format }
    }

    /// Names a setback, however quiet the run is to be.
    pub(super) fn setback(&self, setback: &Setback) {
        match self.format {
            // Nobody is left to tell if standard error is closed.
            LogFormat::Text => drop(writeln!(io::stderr(), "setback: {setback}")),
            LogFormat::Json => tracing::warn!(
                path = %setback.path,
                stage = %setback.stage,
                reason = %setback.reason,
                remedy = %setback.remedy,
                "setback"
            ),
        }
    }

    /// Says why the command failed.
    pub(super) fn error(&self, error: &str) {
        match self.format {
            LogFormat::Text => drop(writeln!(io::stderr(), "error: {error}")),
            LogFormat::Json => tracing::error!("{error}"),
        }
    }

    /// Sends log lines to standard error, above the bars. `RUST_LOG` overrides.
    pub(super) fn install_logging(&self) {
        let level = match self.verbosity {
            Verbosity::Quiet => Level::WARN,
            Verbosity::Normal => Level::INFO,
            Verbosity::Verbose => Level::DEBUG,
        };
        let filter = EnvFilter::try_from_default_env()
            .unwrap_or_else(|_| EnvFilter::new(format!("warn,tagesbrief={level}")));
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(AboveBars(self.bars.clone()))
            .with_ansi(self.on_terminal)
            .with_target(false);
        // A subscriber can only have been set before, in a test; that one then stays.
        let _ = match self.format {
            LogFormat::Text => set_global_default(subscriber.without_time().finish()),
            LogFormat::Json => set_global_default(subscriber.json().flatten_event(true).finish()),
        };
    }
}

impl Console {
    /// Progress in bytes of something called `name`: a bar on a terminal, else a
    /// line now and then.
    pub(super) fn bytes(&self, name: &str, size: Option<u64>) -> Bytes {
        match (self.verbosity, self.on_terminal) {
            (Verbosity::Quiet, _) => Bytes::Silent,
            (_, true) => {
                let style = ProgressStyle::with_template(
                    "{prefix:>22} {bar:32} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left",
                )
                .unwrap_or_else(|_| ProgressStyle::default_bar());
                let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
                let bar = self.bars.add(bar).with_style(style).with_prefix(name.to_owned());
                Bytes::Bar(bar)
            }
            (_, false) => Bytes::Lines { name: name.to_owned(), size, spoke: Instant::now() },
        }
    }
}

/// Progress in bytes; it ends when it is dropped.
pub(super) enum Bytes {
    /// Nothing is said.
    Silent,
    /// On a terminal.
    Bar(ProgressBar),
    /// In a log.
    Lines {
        /// What.
        name: String,
        /// How much there will be, if that is known.
        size: Option<u64>,
        /// When a line was last written.
        spoke: Instant,
    },
}

impl Bytes {
    /// So many bytes are done.
    pub(super) fn reach(&mut self, done: u64) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => bar.set_position(done),
            Self::Lines { name, size, spoke } => {
                if spoke.elapsed() < LINE_EVERY {
                    return;
                }
                *spoke = Instant::now();
                let done = indicatif::HumanBytes(done);
                match size {
                    Some(size) => {
                        tracing::info!("{name}: {done} of {}", indicatif::HumanBytes(*size))
                    }
                    None => tracing::info!("{name}: {done}"),
                }
            }
        }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Console {
    fn stage(
        &self,
        name: &'static str,
        unit: &'static str,
        total: usize,
    ) -> Box<dyn StageProgress> {
        match (self.verbosity, self.on_terminal) {
            (Verbosity::Quiet, _) => Box::new(Silent),
            (_, true) => Box::new(Bar::new(&self.bars, name, unit, total)),
            (_, false) => Box::new(Lines::new(name, unit, total)),
        }
    }
}

/// A stage that says nothing.
struct Silent;

impl StageProgress for Silent {
    fn reach(&mut self, _done: usize) {}
}

/// A stage as a bar.
struct Bar(ProgressBar);

impl Bar {
    fn new(bars: &MultiProgress, name: &'static str, unit: &str, total: usize) -> Self {
        let template =
            format!("{{prefix:>12}} {{bar:32}} {{pos}}/{{len}} {unit}  {{per_sec}}  {{eta}} left");
        let style = ProgressStyle::with_template(&template)
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = bars.add(ProgressBar::new(total as u64)).with_style(style).with_prefix(name);
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(bar)
    }
}

impl StageProgress for Bar {
    fn reach(&mut self, done: usize) {
        self.0.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A stage as plain lines.
struct Lines {
    name: &'static str,
    unit: &'static str,
    total: usize,
    started: Instant,
    spoke: Instant,
}

impl Lines {
    fn new(name: &'static str, unit: &'static str, total: usize) -> Self {
        let now = Instant::now();
        Self { name, unit, total, started: now, spoke: now }
    }
}

impl StageProgress for Lines {
    fn reach(&mut self, done: usize) {
        // A rate of nothing tells nothing.
        if self.spoke.elapsed() < LINE_EVERY || done >= self.total || done == 0 {
            return;
        }
        self.spoke = Instant::now();
        let rate = done as f64 / self.started.elapsed().as_secs_f64().max(1e-9);
        let left = (self.total - done) as f64 / rate.max(1e-9);
        tracing::info!(
            "{}: {done}/{} {} ({rate:.1}/s, about {left:.0} s left)",
            self.name,
            self.total,
            self.unit
        );
    }
}

/// A writer that lifts the bars out of a log line's way.
#[derive(Clone)]
struct AboveBars(MultiProgress);

impl Write for AboveBars {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl<'a> MakeWriter<'a> for AboveBars {
    type Writer = Self;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}
