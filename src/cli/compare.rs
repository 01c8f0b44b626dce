//! `tagesbrief compare`.

use anyhow::Context;

use super::args::CompareArgs;
use super::exit::Exit;
use super::output::write_result;
use crate::brief::read_briefs;
use crate::compare::{compare, listing, page};
use crate::support::fs::write_if_changed;

/// Lists the sentences that differ; differences are no failure.
pub(super) fn execute(args: &CompareArgs) -> anyhow::Result<Exit> {
    let comparison = compare(&read_briefs(&args.before)?, &read_briefs(&args.after)?);
    if let Some(path) = &args.html {
        write_if_changed(path, page(&comparison)?.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    write_result(&listing(&comparison))?;
    Ok(Exit::Done)
}
