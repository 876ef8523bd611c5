//! The arguments of `admf runs …`.

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
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: u32,
}

/// Remove a run's files; its trials still count
#[derive(Args, Debug)]
#[command(after_help = "\
What was tried was tried: the trial ledger keeps the run's strategies, so that
removing a run does not make the remaining results look better than they are.

Examples:
  admf runs rm fc4bb91c
  admf runs rm @last --yes")]
pub(crate) struct RunsRmArguments {
    /// The run: the first digits of its id, or @last
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}
