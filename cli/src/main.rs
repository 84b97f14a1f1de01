//! The `bedside` command: headless use, evaluation, backup, and `bedside serve`.
//!
//! Every command exits with 0 or, on failure (a command line that is none included), with 1 and one line on standard error that ends in the error's code; with
//! `--json` results and errors are JSON. Results go to standard output and hold PHI where the command is about a patient;
//! standard error never does.

mod arguments;
mod commands;
mod failure;
mod files;
mod output;
mod patient;
mod vault;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return not_run(&error),
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("BEDSIDE_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error")),
        )
        .init();
    let json = arguments.json;
    match run(arguments).and_then(|()| output::finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::failure(&failure, json);
            ExitCode::FAILURE
        }
    }
}

/// Prints the help or the version that was asked for, or what is wrong with the command line.
fn not_run(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output::line(error.render().to_string().trim_end());
        return ExitCode::SUCCESS;
    }
    // Which of the options were given is not known where they do not parse.
    let json =
        std::env::args_os().take_while(|argument| argument != "--").any(|argument| argument == "--json");
    output::failure(&Failure::of_command_line(error), json);
    ExitCode::FAILURE
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { command, json, vault } = arguments;
    match command {
        Command::Init(options) => commands::init::run(&vault, options, json),
        Command::Demo => commands::demo::run(json),
        Command::Intake(options) => commands::intake::run(&vault, &options, json),
        Command::Note(options) => commands::note::run(&vault, &options, json),
        Command::Listen(options) => commands::listen::run(&vault, &options, json),
        Command::Transcribe(options) => commands::transcribe::run(&vault, &options, json),
        Command::Devices => commands::devices::run(json),
        Command::Record(options) => commands::record::run(&options, json),
        Command::Say(options) => commands::say::run(&options, json),
        Command::Redflags(options) => commands::redflags::run(&options, json),
        Command::Understand(options) => commands::understand::run(&vault, &options),
        Command::Encounters(command) => commands::encounters::run(&vault, &command, json),
        Command::Export(options) => commands::encounters::export(&vault, &options, json),
        Command::Audit(command) => commands::audit::run(&vault, &command, json),
        Command::Backup(command) => commands::backup::run(&vault, &command, json),
        Command::Vault(command) => commands::vault::run(&vault, &command, json),
        Command::Models(command) => commands::models::run(&vault, &command, json),
        Command::Licence(command) => commands::licence::run(&vault, &command, json),
        Command::Usage(command) => commands::usage::run(&vault, &command, json),
        Command::Brand(command) => commands::brand::run(&vault, &command, json),
        Command::Diagnostics => commands::diagnostics::run(&vault, json),
        Command::SupportBundle { target } => commands::diagnostics::support(&vault, &target, json),
        Command::Serve(options) => commands::serve::run(&vault, &options),
    }
}
