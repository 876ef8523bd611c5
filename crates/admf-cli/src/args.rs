//! What can be typed: names, types and help texts of every command, and nothing that acts on them.

use crate::palette;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub(crate) mod analytics;
pub(crate) mod config;
pub(crate) mod data;
pub(crate) mod rules;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod shell;
pub(crate) mod values;
pub(crate) mod workspace;

/// Learn from your own backtests: what worked, how much of it was luck
#[derive(Debug, Parser)]
#[command(
    name = "admf",
    version,
    disable_help_subcommand = true,
    infer_long_args = true,
    max_term_width = 100,
    styles = palette::CLAP,
    after_help = "\
Examples:
  admf demo                 real data, 5,000 strategies, a ranked table
  admf run sweep.yaml       evaluate a spec in the workspace you stand in
  admf analytics scan --min-sharpe 1 --top 20

Results go to standard output, everything else to standard error. On a terminal
results are tables, piped they are CSV; --format and -o choose otherwise.
Runs are named by the first digits of their id, or @last. Settings: admf config.

Exit codes: 0 done, 1 failure, 2 usage, 3 bad spec, expression or data,
4 nothing matched with --fail-empty, 5 not what is stored, 130 interrupted."
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Workspace to work in [default: the nearest folder upward with an admf.toml]
    #[arg(short, long, global = true, value_name = "DIR", env = "ADMF_WORKSPACE", hide_env = true)]
    pub workspace: Option<PathBuf>,
    /// How results are written [default: table on a terminal and for the demo, csv otherwise]
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write results to a file; its ending chooses the format unless --format does
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// When to use colour; NO_COLOR is respected
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// Say nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what happens
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned and rounded, for reading
    Table,
    /// One JSON value, in full precision
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Apache Parquet; needs -o FILE
    Parquet,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(DemoArguments),
    Init(InitArguments),
    Run(run::RunArguments),
    /// List, show and remove runs
    #[command(subcommand)]
    Runs(runs::RunsCommand),
    /// Import, list and show market data
    #[command(subcommand)]
    Data(data::DataCommand),
    /// Strategies, classifiers and functions of the rule language
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    /// Search what all runs found
    #[command(subcommand)]
    Analytics(analytics::AnalyticsCommand),
    /// Adopt results of other programs, and look at runs quickly
    #[command(subcommand)]
    Workspace(workspace::WorkspaceCommand),
    Sql(SqlArguments),
    Doctor(DoctorArguments),
    /// Show and change settings
    #[command(subcommand)]
    Config(config::ConfigCommand),
    Completions(shell::CompletionsArguments),
    Man(shell::ManArguments),
    #[command(hide = true)]
    Reference(ReferenceArguments),
}

/// Build a workspace from bundled market data and sweep 5,000 strategies over it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf demo
  admf demo --into /tmp/first-look")]
pub(crate) struct DemoArguments {
    /// Folder to create the workspace in
    #[arg(long, value_name = "DIR", default_value = "./admf-demo")]
    pub into: PathBuf,
    #[command(flatten)]
    pub evaluation: run::Evaluation,
}

/// Make a folder a workspace
#[derive(Args, Debug)]
#[command(after_help = "\
An example is a spec to read, run and change, with a README that says what to look
at; the prices that it needs come with the program.

Examples:
  admf init                 the folder you stand in
  admf init research/fx     created if need be
  admf init --examples      the examples that there are
  admf init --example own-strategy dips")]
pub(crate) struct InitArguments {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// Write this example into the workspace and import its data
    #[arg(long, value_name = "EXAMPLE")]
    pub example: Option<String>,
    /// List the examples
    #[arg(long, conflicts_with_all = ["folder", "example"])]
    pub examples: bool,
}

/// Ask the workspace's tables in SQL
#[derive(Args, Debug)]
#[command(after_help = "\
Tables: runs, strategies, classifiers, regime_performance, parameter_analysis,
trades. The view optimization_runs joins strategies with their run.

Examples:
  admf sql \"SELECT symbol, max(sharpe_ratio) FROM strategies GROUP BY symbol\"
  admf sql -f monthly.sql -o monthly.parquet
  admf sql < monthly.sql")]
pub(crate) struct SqlArguments {
    /// The statement; without it, or with -, it is read from standard input
    #[arg(value_name = "SQL", conflicts_with = "file")]
    pub statement: Option<String>,
    /// Read the statement from a file
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Check this machine and the workspace, and say what to do about what is wrong
#[derive(Args, Debug)]
#[command(after_help = "\
Looks at every file that a run names: is it there, has it the size and the rows that
were written, can it be read? With --full every byte is read and compared with the
checksum that was recorded when the run finished, and every strategy of every run is
looked up in the trial ledger of its family.

--repair puts trial ledgers in order of which a part is damaged or gone: the strategies
of complete runs are counted again, and the damaged file is kept under another name.

Exit code 1 when a check fails; warnings do not count.

Examples:
  admf doctor
  admf doctor --full
  admf doctor --repair
  admf doctor --format json")]
pub(crate) struct DoctorArguments {
    /// Read every byte of every run and of the database
    #[arg(long, visible_alias = "deep")]
    pub full: bool,
    /// Put damaged trial ledgers in order from what complete runs hold
    #[arg(long)]
    pub repair: bool,
}

/// Print generated reference texts; for `cargo xtask codegen`
#[derive(Args, Debug)]
pub(crate) struct ReferenceArguments {
    /// What to print
    #[arg(value_enum)]
    pub what: ReferenceText,
}

/// The generated reference texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReferenceText {
    /// SQL that creates the tables
    Schema,
    /// Tables and columns
    Tables,
    /// Metrics
    Metrics,
    /// Functions of the rule language
    Functions,
    /// Strategies and classifiers
    Library,
    /// Settings
    Settings,
    /// Dialects and checks of price files
    Data,
    /// Commands and options
    Cli,
    /// JSON Schema of specs
    Spec,
}

#[cfg(test)]
mod tests;
