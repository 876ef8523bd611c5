//! The `admf` command: arguments in, one workflow call, the report out.

mod args;
mod chart;
mod commands;
mod failure;
mod hint;
mod interrupt;
mod palette;
mod printer;
mod progress;
mod session;

use args::{Arguments, Command, Format};
use clap::Parser;
use printer::Messages;
use session::Session;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    if matches!(arguments.command, Command::Demo(_)) && arguments.global.output.is_none() {
        // The demo is there to be read, whatever it is piped into.
        arguments.global.format.get_or_insert(Format::Table);
    }
    let messages = Messages::new(&arguments.global);
    let result = Session::new(messages, &arguments.global)
        .and_then(|session| commands::dispatch(&arguments.command, &session));
    match result {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            messages.failure(&failure);
            failure.exit_code()
        }
    }
}
