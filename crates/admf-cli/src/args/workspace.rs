//! The arguments of `admf workspace …`.

use super::values::number;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Commands on workspaces as a whole.
#[derive(Debug, Subcommand)]
pub(crate) enum WorkspaceCommand {
    Import(WorkspaceImportArguments),
    Scan(WorkspaceScanArguments),
}

/// Adopt results of another program as runs
#[derive(Args, Debug)]
#[command(after_help = "\
Reads a folder per run and a folder or file per strategy:

  RUN/metadata.json
  RUN/signals/STRATEGY/{metadata.json,signals.parquet,performance.json}
  RUN/signals/STRATEGY.parquet
  RUN/classifiers/CLASSIFIER/{metadata.json,states.parquet,transitions.json}

A run is stored as it is reported and never computed again: its engine is called
`imported`. Importing it twice finds that it is there already. Whatever is broken
refuses the whole import, unless --skip-broken goes on without it.

Examples:
  admf workspace import old/run_17 --as us-1d/old --dry-run
  admf workspace import old/ --as us-1d/old --bars-per-year 252
  admf workspace import old/ --as us-1d/old --percent --skip-broken")]
pub(crate) struct WorkspaceImportArguments {
    /// Folders of runs, or folders that hold several
    #[arg(value_name = "FOLDER", required = true)]
    pub folders: Vec<PathBuf>,
    /// The family whose trials these results were, and a name for the runs
    #[arg(long = "as", value_name = "FAMILY/NAME", required_unless_present = "dry_run")]
    pub name: Option<String>,
    /// Read metadata alone, show what would be adopted, the best first, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Go on without what is broken, and list it
    #[arg(long, conflicts_with = "dry_run")]
    pub skip_broken: bool,
    /// Bars per year by which Sharpe ratios were annualised [default: as the run says, else as the family's data]
    #[arg(long, value_name = "N", value_parser = number, allow_hyphen_values = true)]
    pub bars_per_year: Option<f64>,
    /// Length of a bar, such as 1d or 5m [default: as the run says, else as the family's data]
    #[arg(long, value_name = "INTERVAL")]
    pub bar: Option<String>,
    /// Returns, drawdowns and shares are reported in percent: 5 is 5 %
    #[arg(long)]
    pub percent: bool,
    /// With --dry-run: how many strategies to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
}

/// Look at runs by their small files of metadata, without opening data or database
#[derive(Args, Debug)]
#[command(after_help = "\
Without a folder the runs of this workspace are looked at, with one those of
another program, as `admf workspace import` would adopt them.

Examples:
  admf workspace scan --top 5
  admf workspace scan old/ --min-sharpe 1")]
pub(crate) struct WorkspaceScanArguments {
    /// Folders of another program's runs [default: this workspace]
    #[arg(value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
    /// Lowest Sharpe ratio
    #[arg(long, value_name = "X", value_parser = number, allow_hyphen_values = true)]
    pub min_sharpe: Option<f64>,
    /// How many strategies to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
}
