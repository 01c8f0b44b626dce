//! Exit codes, and the one place where a final error is printed.

use std::io;
use std::process::ExitCode;

use super::progress::Console;
use crate::store::StoreError;

/// How a command ended, when it ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done: code 0.
    Done,
    /// Done, but not everything (each setback was named), or stopped by a signal
    /// with everything kept: code 3.
    Setbacks,
    /// A check found something wrong, and said what: code 1.
    Unfit,
}

/// The process's exit code. An error is printed with its causes and is code 1;
/// code 2 (wrong usage) is clap's; code 4 is another run's lock. A reader that closed the pipe is no error.
pub(super) fn code(outcome: anyhow::Result<Exit>, console: &Console) -> ExitCode {
    match outcome {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::Setbacks) => ExitCode::from(3),
        Ok(Exit::Unfit) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&format!("{error:#}"));
            ExitCode::from(if is_held(&error) { 4 } else { 1 })
        }
    }
}

/// Whether another run's lock is what stopped this one.
pub(super) fn is_held(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<StoreError>(), Some(StoreError::Held(_)))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
