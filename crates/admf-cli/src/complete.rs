//! Completion while typing: the shell asks this program what fits, with the variable `COMPLETE` set.

use crate::args::Arguments;
use admf_workflow::Workspace;
use admf_workflow::complete::{self, Named};
use clap::{Arg, Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use std::path::Path;

/// Name of the variable by which a shell asks.
pub(crate) const VARIABLE: &str = "COMPLETE";

/// Answers a shell and ends the process; returns when no shell asked.
pub(crate) fn answer() {
    CompleteEnv::with_factory(command).var(VARIABLE).complete();
}

/// All commands, with what their arguments can name in the workspace.
fn command() -> Command {
    with_candidates(Arguments::command(), "")
}

fn with_candidates(command: Command, path: &str) -> Command {
    let subs: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.mut_args(|argument| with_names(argument, path));
    subs.iter().fold(command, |command, sub| {
        let path = format!("{path} {sub}");
        command.mut_subcommand(sub, |command| with_candidates(command, path.trim_start()))
    })
}

/// What an argument names is known by how help calls its value.
fn with_names(argument: Arg, command: &str) -> Arg {
    let value = argument.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
    let names: fn() -> Vec<Named> = match (command, value.as_deref(), argument.get_id().as_str()) {
        ("run", Some("RUN"), _) => || complete::incomplete_runs(workspace().as_ref()),
        (_, Some("RUN"), _) => || complete::runs(workspace().as_ref()),
        (_, _, "strategy_types") => complete::strategies,
        ("rules show", Some("NAME"), _) => complete::definitions,
        ("rules functions", Some("NAME"), _) => complete::functions,
        ("data show" | "data check" | "data import", Some("NAME"), _) => {
            || complete::datasets(workspace().as_ref())
        }
        (_, Some("KEY"), _) => complete::settings,
        (_, Some("EXAMPLE"), _) => complete::examples,
        _ => return argument,
    };
    let candidate = |(name, help): Named| CompletionCandidate::new(name).help(Some(help.into()));
    argument.add(ArgValueCandidates::new(move || names().into_iter().map(candidate).collect()))
}

/// The workspace that a command typed here would use.
fn workspace() -> Option<Workspace> {
    match std::env::var_os("ADMF_WORKSPACE") {
        Some(folder) => Workspace::open(Path::new(&folder)).ok(),
        None => Workspace::find(Path::new(".")).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::command;

    /// What the engine offers for the last word.
    fn offered(words: &[&str]) -> Vec<String> {
        let words: Vec<_> = words.iter().map(Into::into).collect();
        let last = words.len() - 1;
        let found = clap_complete::engine::complete(&mut command(), words, last, None).unwrap();
        found.iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn names_of_the_library_settings_and_shells_are_offered() {
        assert_eq!(offered(&["admf", "comp"]), ["completions"]);
        assert_eq!(offered(&["admf", "rules", "show", "ma_cr"]), ["ma_crossover"]);
        assert_eq!(offered(&["admf", "rules", "functions", "cross_a"]), ["cross_above"]);
        assert_eq!(offered(&["admf", "config", "set", "thr"]), ["threads"]);
        assert_eq!(offered(&["admf", "completions", "fi"]), ["fish"]);
        assert_eq!(offered(&["admf", "analytics", "scan", "--strategy-types", "ma_"]), ["ma_crossover"]);
    }
}
