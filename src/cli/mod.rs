//! The command line: arguments and configuration in, exit code out.
//!
//! Only this module reads the clock, the terminal and the environment; the
//! stages get what they need through [`Settings`](crate::pipeline::Settings).

mod args;
mod bench;
mod compare;
mod config;
mod doctor;
mod engines;
mod environment;
mod evaluate;
mod exit;
mod explain;
mod export;
#[cfg(feature = "fetch")]
mod fetch;
mod filter;
mod generate;
mod models;
mod output;
mod progress;
mod prune;
mod run;
mod session;
mod status;
mod summarise;
mod translate;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
pub use config::Config;
pub use exit::Exit;

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    environment::install_panic_hook();
    let console = progress::Console::new(args.verbosity(), args.shared.log_format);
    console.install_logging();
    let outcome = match &args.command {
        Command::Run(run) => {
            environment::ensure_passive_waiting();
            run::execute(run, &args.shared, &console)
        }
        Command::Translate(translate) => {
            environment::ensure_passive_waiting();
            translate::execute(translate, &args.shared)
        }
        Command::Summarise(summarise) => {
            environment::ensure_passive_waiting();
            summarise::execute(summarise, &args.shared)
        }
        Command::Evaluate(evaluate) => {
            environment::ensure_passive_waiting();
            evaluate::execute(evaluate, &args.shared, &console)
        }
        Command::Bench(bench) => {
            environment::ensure_passive_waiting();
            bench::execute(bench, &args.shared, &console)
        }
        Command::Status(work) => status::execute(work, &args.shared),
        Command::Doctor(work) => {
            environment::ensure_passive_waiting();
            doctor::execute(work, &args.shared)
        }
        Command::Prune(prune) => prune::execute(prune, &args.shared),
        Command::Generate(generate) => generate::execute(generate),
        Command::Explain(explain) => explain::execute(explain, &args.shared),
        Command::Compare(compare) => compare::execute(compare),
        Command::Export(export) => export::execute(export),
        Command::Verify(verify) => verify::execute(verify, &args.shared),
        Command::Models(models) => models::execute(models, &args.shared, &console),
    };
    exit::code(outcome, &console)
}
