//! Standard output, with a closed pipe as an ordinary end.

use std::io::{self, Write};

/// Writes a command's result to standard output.
pub(super) fn write_result(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
