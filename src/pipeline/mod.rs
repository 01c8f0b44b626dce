//! Drives the stages over one inbox and writes what they give.
//!
//! The only module besides [`support::fs`](crate::support::fs) that touches the
//! disk for output; it knows every stage, and no stage knows it.

mod driver;
mod outputs;
mod progress;
mod report;
mod settings;

pub use driver::{Models, PipelineError, read, run};
pub use progress::{NoProgress, Progress, StageProgress};
pub use report::{Report, StageTime};
pub use settings::Settings;
