//! The `tagesbrief` binary: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    tagesbrief::cli::main()
}
