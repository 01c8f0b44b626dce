//! What `run` and the commands around it have in common: configuration, lock,
//! store, and today's date.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use jiff::Zoned;
use jiff::civil::Date;

use super::args::{SharedArgs, WorkArgs};
use super::config::Config;
use super::environment;
use crate::pipeline::Settings;
use crate::store::{Lock, Store};

/// The record of the latest day a run has seen.
const LAST_DAY: &str = "last day";

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

    /// Takes the locks and opens the store. `what` is for those who come second.
    pub(super) fn open(&self, what: &str) -> anyhow::Result<Session> {
        let output = &self.config.output;
        fs::create_dir_all(output).with_context(|| {
            format!("cannot make the output folder {}; check its permissions", output.display())
        })?;
        let shown = std::path::absolute(output).unwrap_or_else(|_| output.clone());
        let started = Zoned::now().strftime("%Y-%m-%d %H:%M:%S");
        let name = format!("{what} since {started}, for {}", shown.display());
        let lock = Lock::acquire(&self.store, Some(output), &name)?;
        let store = Store::open(&self.store)?;
        let today = self.today(&store)?;
        Ok(Session {
            settings: self.config.settings(today),
            store,
            software: environment::program_hash(),
            _lock: lock,
        })
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
        if let Some(last) = last.filter(|last| *last > clock) {
            tracing::warn!(
                "the clock says {clock}, but an earlier run was on {last}; going by the later (--today overrides)"
            );
            return Ok(last);
        }
        if last != Some(clock) {
            store.put_record(LAST_DAY, &clock)?;
        }
        Ok(clock)
    }
}

/// The locks, the store and the settings of a command at work.
pub(super) struct Session {
    pub(super) settings: Settings,
    pub(super) store: Store,
    pub(super) software: String,
    _lock: Lock,
}
