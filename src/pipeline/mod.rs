//! Drives the stages over one inbox and writes what they give.
//!
//! The only module besides [`support::fs`](crate::support::fs) that touches the
//! disk for output; it knows every stage, and no stage knows it.
//!
//! ```text
//! inbox ─ plan ─▶ dates that are due ─┐        (what the store knows is left alone)
//!   some dates at a time:             ├─ english ─▶ articles ─ brief ─▶ outputs ─▶ store
//!                                     └─ memory: the store, then the models
//! ```

mod chronicle;
mod driver;
mod english;
mod inputs;
mod issue;
mod listing;
mod memory;
mod metrics;
mod models;
mod outputs;
mod plan;
mod progress;
mod prove;
mod prune;
mod report;
mod run_json;
mod settings;
mod stop;
mod summary;

pub use driver::{Job, PipelineError, rehearse, run};
pub use inputs::{Inputs, Move};
pub use listing::{Listed, Listing, list};
pub use metrics::{last_success, metrics};
pub use models::{ModelSource, Models};
pub use plan::{Reason, Work};
pub use progress::{NoProgress, Progress, StageProgress};
pub use prove::{Fault, Proof, prove};
pub use prune::{Pruned, prune};
pub use report::{Report, StageName, StageTally};
pub use run_json::{Circumstances, Outcome, RUN_FILE, RUN_SCHEMA, run_json};
pub use settings::Settings;
pub use stop::Stop;
pub use summary::summary;
