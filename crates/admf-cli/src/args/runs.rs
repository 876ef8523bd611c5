//! The arguments of `admf runs …`.

use super::values::whole;
use clap::{Args, Subcommand};

/// Commands on runs.
#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    #[command(visible_alias = "list")]
    Ls(RunsLsArguments),
    Show(RunsShowArguments),
    Rm(RunsRmArguments),
}

/// List runs, newest first, with those that did not finish
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf runs ls
  admf runs ls --format json | jq '.[0].run_id'")]
pub(crate) struct RunsLsArguments {}

/// Show a run: what it was, its best strategies, their regimes and their parameters
#[derive(Args, Debug)]
#[command(after_help = "\
CSV, JSON lines and Parquet hold the ranked strategies; JSON holds everything.

Examples:
  admf runs show @last
  admf runs show fc4bb91c --top 100 --format csv -o best.csv")]
pub(crate) struct RunsShowArguments {
    /// The run: the first digits of its id, or @last
    #[arg(value_name = "RUN")]
    pub run: String,
    /// How many strategies to rank
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = whole::<u32>, allow_hyphen_values = true)]
    pub top: u32,
}

/// Remove the files of runs; their trials still count
#[derive(Args, Debug)]
#[command(after_help = "\
What was tried was tried: the trial ledger keeps the strategies of removed runs, so
that the remaining results do not look better than they are.

Examples:
  admf runs rm fc4bb91c
  admf runs rm fc4bb91c 0e08c1f2 --yes
  admf runs rm --incomplete --yes")]
pub(crate) struct RunsRmArguments {
    /// The runs: the first digits of their ids, or @last
    #[arg(value_name = "RUN", required_unless_present = "incomplete", conflicts_with = "incomplete")]
    pub runs: Vec<String>,
    /// All runs that did not finish and that nobody writes
    #[arg(long)]
    pub incomplete: bool,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}
