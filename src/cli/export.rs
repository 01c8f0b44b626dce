//! `tagesbrief export`.

use std::io::{self, Write};

use anyhow::Context;

use super::args::{ExportArgs, ExportFormat};
use super::exit::Exit;
use crate::brief::read_brief;
use crate::exchange::{ExchangeFormat, export};
use crate::support::fs::write_if_changed;

/// Writes the sentences of one date.
pub(super) fn execute(args: &ExportArgs) -> anyhow::Result<Exit> {
    let format = match args.format {
        ExportFormat::Tmx => ExchangeFormat::Tmx,
        ExportFormat::Xliff => ExchangeFormat::Xliff,
        ExportFormat::Csv => ExchangeFormat::Csv,
    };
    let bytes = export(&read_brief(&args.folder)?, format)?;
    match &args.output {
        Some(path) => {
            write_if_changed(path, &bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => io::stdout().lock().write_all(&bytes)?,
    }
    Ok(Exit::Done)
}
