//! `tagesbrief run`.

use std::io::{self, Write};

use jiff::Zoned;

use super::args::{RunArgs, SharedArgs};
use super::config::Config;
use super::engines;
use super::exit::Exit;
use super::progress::Console;
use crate::brief::Engines;
use crate::pipeline::{self, Models};

/// Runs the pipeline and names every setback on standard error.
pub(super) fn execute(
    args: &RunArgs,
    shared: &SharedArgs,
    console: &Console,
) -> anyhow::Result<Exit> {
    let config = Config::load(shared)?.with_run(args);
    let settings = config.settings(args.today.unwrap_or_else(|| Zoned::now().date()));
    // The inbox is looked at first: a typing error should not wait for models.
    let inbox = pipeline::read(&config.inbox, &settings)?;
    let translator = engines::translator(&config)?;
    let summariser = engines::summariser(&config)?;
    let models = Models {
        translator: translator.engine.as_ref(),
        summariser: summariser.engine.as_ref(),
        info: Engines { translate: translator.info, summarise: summariser.info },
    };
    let report = pipeline::run(inbox, &config.output, &settings, &models, console)?;
    for setback in &report.setbacks {
        writeln!(io::stderr(), "setback: {setback}")?;
    }
    tracing::info!("{report}");
    Ok(if report.setbacks.is_empty() { Exit::Done } else { Exit::Setbacks })
}
