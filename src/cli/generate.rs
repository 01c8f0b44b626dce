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

/// `tagesbrief.1`, and `tagesbrief-COMMAND.1` for each command.
fn man_pages(directory: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(directory)
        .with_context(|| format!("cannot make the folder {}", directory.display()))?;
    let main = Args::command();
    write_page(directory, &main)?;
    for command in main.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("tagesbrief-{}", command.get_name());
        // clap wants names that last as long as the program.
        let name: &'static str = Box::leak(name.into_boxed_str());
        write_page(directory, &command.clone().name(name).bin_name(name))?;
    }
    Ok(())
}

fn write_page(directory: &Path, command: &Command) -> anyhow::Result<()> {
    let path = directory.join(format!("{}.1", command.get_name()));
    fs::write(&path, page(command)?).with_context(|| format!("cannot write {}", path.display()))
}
