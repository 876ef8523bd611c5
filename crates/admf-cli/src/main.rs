//! The `admf` command: arguments in, one workflow call, the report out.

mod args;
mod chart;
mod commands;
mod complete;
mod failure;
mod hint;
mod interrupt;
mod palette;
mod preferences;
mod printer;
mod progress;
mod session;

use args::config::ConfigCommand;
use args::{Arguments, Command, Format};
use clap::{CommandFactory, FromArgMatches};
use failure::Failure;
use preferences::Preferences;
use printer::Messages;
use session::Session;
use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::fail_where_memory_is_refused();
    complete::answer();
    if std::env::args_os().len() == 1 {
        return printer::print_start();
    }
    let matches = Arguments::command().get_matches();
    let mut arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let preferences = match Preferences::find(&matches, &mut arguments) {
        // What is wrong in a file of settings can be put right with a command.
        Err(_) if is_repair(&arguments.command) => Preferences::defaults(),
        Err(failure) => return end(Messages::new(&arguments.global), &failure),
        Ok(preferences) => preferences,
    };
    if matches!(arguments.command, Command::Demo(_)) && arguments.global.output.is_none() {
        // The demo is there to be read, whatever it is piped into.
        arguments.global.format.get_or_insert(Format::Table);
    }
    let messages = Messages::new(&arguments.global);
    let result = Session::new(messages, &arguments.global, preferences)
        .and_then(|session| commands::dispatch(&arguments.command, &session));
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) => end(messages, &failure),
    }
}

fn end(messages: Messages, failure: &Failure) -> ExitCode {
    messages.failure(failure);
    failure.exit_code()
}

fn is_repair(command: &Command) -> bool {
    matches!(command, Command::Config(ConfigCommand::Set(_) | ConfigCommand::Unset(_)))
}
