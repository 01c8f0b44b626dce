//! What `run` and the commands around it have in common: configuration, lock,
//! store, and today's date.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Zoned;
use jiff::civil::Date;

use super::args::{SharedArgs, WorkArgs};
use super::config::Config;
use super::environment;
use crate::pipeline::{Job, ModelSource, NoProgress, Settings, Stop};
use crate::store::{Lock, Store, StoreError};

/// The record of the latest day a run has seen, or was told.
const LAST_DAY: &str = "last day";

/// What the lock says of a command that changes nothing.
const LOOKING: &str = "only looking";

/// How long such a command is waited for, and how often it is asked about.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(100);

/// The configuration of a command and where its store is.
pub(super) struct Place {
    pub(super) config: Config,
    pub(super) store: PathBuf,
    today: Option<Date>,
}

impl Place {
    pub(super) fn new(args: &WorkArgs, shared: &SharedArgs) -> anyhow::Result<Self> {
        let config = Config::load(shared)?.with_work(args);
        let store = config.store_folder()?;
        Ok(Self { config, store, today: args.today })
    }

    /// Takes the locks and opens the store, both made if there are none. `what` is
    /// for those who come second.
    pub(super) fn open(&self, what: &str) -> anyhow::Result<Session> {
        let output = &self.config.output;
        fs::create_dir_all(output).with_context(|| {
            format!("cannot make the output folder {}; check its permissions", output.display())
        })?;
        let lock = self.lock(what)?;
        let store = Store::open(&self.store)?;
        let today = self.today(&store)?;
        // The latest day, unless the operator names one: then that is what holds.
        if store.record(LAST_DAY)? != Some(today) {
            store.put_record(LAST_DAY, &today)?;
        }
        Ok(self.session(store, today, Some(lock)))
    }

    /// The same for a command that only looks: where nothing is remembered yet,
    /// nothing is made.
    pub(super) fn look(&self, what: &str) -> anyhow::Result<Session> {
        if !Store::exists(&self.store) && Lock::holder(&self.store).is_none() {
            let store = Store::in_memory()?;
            let today = self.today(&store)?;
            return Ok(self.session(store, today, None));
        }
        let lock = self.lock(&format!("{what} ({LOOKING})"))?;
        let store = Store::open(&self.store)?;
        let today = self.today(&store)?;
        Ok(self.session(store, today, Some(lock)))
    }

    /// Takes the locks; a command that only looks is soon done, and no night is to
    /// be lost to it.
    fn lock(&self, what: &str) -> Result<Lock, StoreError> {
        let (output, started) = (&self.config.output, Instant::now());
        loop {
            match Lock::acquire(&self.store, Some(output), &self.name(what)) {
                Err(StoreError::Held(held))
                    if held.holder.contains(LOOKING) && started.elapsed() < PATIENCE =>
                {
                    thread::sleep(PAUSE);
                }
                other => return other,
            }
        }
    }

    fn name(&self, what: &str) -> String {
        let output = &self.config.output;
        let shown = std::path::absolute(output).unwrap_or_else(|_| output.clone());
        format!(
            "{what} since {}, for {}",
            Zoned::now().strftime("%Y-%m-%d %H:%M:%S"),
            shown.display()
        )
    }

    fn session(&self, store: Store, today: Date, lock: Option<Lock>) -> Session {
        Session {
            settings: self.config.settings(today),
            store,
            software: environment::program_hash(),
            _lock: lock,
        }
    }

    /// Today's date. A clock that went back (a dead battery, a wrong time server)
    /// would make every article one of the future and its date refused; so the
    /// day never is before that of an earlier run, unless the operator says so.
    fn today(&self, store: &Store) -> anyhow::Result<Date> {
        if let Some(today) = self.today {
            return Ok(today);
        }
        let clock = Zoned::now().date();
        let last: Option<Date> = store.record(LAST_DAY)?;
        match last.filter(|last| *last > clock) {
            Some(last) => {
                tracing::warn!(
                    "the clock says {clock}, but an earlier run was on {last}; going by the later. If the clock is right, run once with --today {clock}"
                );
                Ok(last)
            }
            None => Ok(clock),
        }
    }
}

/// The locks, the store and the settings of a command at work.
pub(super) struct Session {
    pub(super) settings: Settings,
    pub(super) store: Store,
    pub(super) software: &'static str,
    _lock: Option<Lock>,
}

impl Session {
    /// What the pipeline is to work on, without progress and without trying again
    /// what failed.
    pub(super) fn job<'j>(
        &'j self,
        place: &'j Place,
        models: &'j dyn ModelSource,
        stop: &'j Stop,
    ) -> Job<'j> {
        Job {
            output: &place.config.output,
            settings: &self.settings,
            models,
            store: &self.store,
            software: self.software,
            retry: false,
            stop,
            progress: &NoProgress,
        }
    }
}
