//! The arguments of `admf runs …`.

use super::values::whole;
use crate::chart::Scale;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Commands on runs.
#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    #[command(visible_alias = "list")]
    Ls(RunsLsArguments),
    Show(RunsShowArguments),
    Diff(RunsDiffArguments),
    Rm(RunsRmArguments),
}

/// List runs, newest first, with those that did not finish
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf runs ls
  admf runs ls --format json | jq '.[0].run_id'")]
pub(crate) struct RunsLsArguments {}

/// Show a run, or any strategy of it: numbers, trades, equity and a chart
#[derive(Args, Debug)]
#[command(after_help = "\
A strategy is named by words that only it fulfils: the first digits of its strategy_id
or correlation_id, or its type, symbol and parameters; @best or @3 is the best or third
by Sharpe ratio of those that the other words leave. It is evaluated again from the
run's folder and compared with what is stored; exit code 5 says that they differ.

Of a run, CSV, JSON lines and Parquet hold the ranked strategies; of a strategy its
performance, or the table that --table names. JSON holds everything.

Examples:
  admf runs show @last
  admf runs show fc4bb91c --top 100 --format csv -o best.csv
  admf runs show @last @best
  admf runs show @last momentum IBM @best --table trades
  admf runs show @last ma_crossover AAPL fast=20 slow=100 --chart crossover.png
  admf runs show fc4bb91c 0e08c1f2 --table equity -o equity.parquet")]
pub(crate) struct RunsShowArguments {
    /// The run: the first digits of its id, or @last
    #[arg(value_name = "RUN")]
    pub run: String,
    /// The strategy; --table and --chart mean the best without it
    #[arg(value_name = "STRATEGY")]
    pub strategy: Vec<String>,
    /// How many strategies of a run to rank
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = whole::<u32>, allow_hyphen_values = true)]
    pub top: u32,
    /// Give this table of the strategy, complete
    #[arg(long, value_enum, value_name = "TABLE")]
    pub table: Option<StrategyTable>,
    /// Draw the strategy to a file that ends in .svg or .png; may be given twice
    #[arg(long, value_name = "FILE")]
    pub chart: Vec<PathBuf>,
    /// How equity is scaled in charts
    #[arg(long, value_enum, value_name = "SCALE", default_value = "auto")]
    pub scale: Scale,
    /// Draw on the terminal without characters beyond ASCII
    #[arg(long)]
    pub ascii: bool,
}

/// Tables of one strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StrategyTable {
    /// A row per trade, with the columns of the table `trades`
    Trades,
    /// A row per change of the wanted position
    Signals,
    /// A row per bar: prices, position, equity, drawdown, buy-and-hold, regimes
    Equity,
    /// A row per classifier and label
    Regimes,
}

/// Compare two runs: spec, data, engine, strategies and their metrics
#[derive(Args, Debug)]
#[command(after_help = "\
A strategy is compared with that of the other run which has the same rule, parameters
and symbol, so that runs with other costs or fills show what these change. A metric has
changed when it differs by more than 1e-12 of its value. The deflated Sharpe ratio is
not compared: it depends on what was tried before. Of the specs those keys are shown
that have other values; layout and comments make no difference. CSV, JSON lines and
Parquet hold the changed strategies; JSON holds everything.

Exit code 0 when the second run repeats the first, 5 when they differ.

Examples:
  admf runs diff fc4bb91c @last
  admf runs diff fc4bb91c 0e08c1f2 --format json | jq .metrics")]
pub(crate) struct RunsDiffArguments {
    /// The first run: the first digits of its id, or @last
    #[arg(value_name = "FIRST")]
    pub first: String,
    /// The second run
    #[arg(value_name = "SECOND")]
    pub second: String,
    /// How many changed strategies to show, those that changed most first
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = whole::<u32>, allow_hyphen_values = true)]
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
