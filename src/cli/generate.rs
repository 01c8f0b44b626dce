//! `tagesbrief generate`: completions and man pages, from the arguments
//! themselves.

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::{Args, GenerateArgs, Generated};
use super::exit::Exit;
use super::output::write_result;

/// Writes what is asked for.
pub(super) fn execute(args: &GenerateArgs) -> anyhow::Result<Exit> {
    match (args.what, &args.directory) {
        (Generated::Man, Some(directory)) => man_pages(directory)?,
        (Generated::Man, None) => write_result(&page(&Args::command())?)?,
        (Generated::Bash, _) => completions(Shell::Bash)?,
        (Generated::Zsh, _) => completions(Shell::Zsh)?,
        (Generated::Fish, _) => completions(Shell::Fish)?,
    }
    Ok(Exit::Done)
}

fn completions(shell: Shell) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tagesbrief", &mut bytes);
    write_result(&String::from_utf8(bytes)?)
}

fn page(command: &Command) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    Man::new(command.clone()).render(&mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

/// `tagesbrief.1`, and `tagesbrief-COMMAND.1` for each command and each of its own.
fn man_pages(directory: &Path) -> anyhow::Result<()> {
    let failed = || format!("cannot write the man pages to {}", directory.display());
    fs::create_dir_all(directory).with_context(failed)?;
    clap_mangen::generate_to(Args::command(), directory).with_context(failed)
}
