//! The arguments of `admf data …`.

use super::values::number;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Commands on market data.
#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    Import(Box<DataImportArguments>),
    #[command(visible_alias = "list")]
    Ls(DataLsArguments),
    Show(DataShowArguments),
    Check(DataCheckArguments),
    Dialects(DataDialectsArguments),
    Samples(DataSamplesArguments),
}

/// Import price files as a dataset
#[derive(Args, Debug)]
#[command(after_help = "\
Reads CSV, plain, .gz or .zst, and Parquet, as Yahoo, Stooq, Binance, FRED,
MetaTrader, Interactive Brokers and others write them (`admf data dialects`), or
with any header: Date, Open, High, Low, Close, Adj Close, Volume. A file without
a symbol column holds one symbol, named by SYMBOL= or else by the file.

Every row and bar is checked. Rows that are no bars refuse the import, unless
--rejects lists them in a file; bars that are rarely true are stored and flagged.
Nothing is repaired. `admf data check` tells the rules.

Examples:
  admf data import spx.csv --as us_indices
  admf data import SPX=sp500.csv.gz NDX=nasdaq.csv.gz --as us_indices
  admf data import 'klines/BTCUSDT-1m-*.csv' --as btc --check-only
  admf data import depot.csv --as depot --columns date=Datum,close=Schluss
  admf data import eurusd.csv --as fx --zone Europe/Athens --bar 1m")]
pub(crate) struct DataImportArguments {
    /// Files, patterns or folders to read, each optionally with the symbol it holds
    #[arg(value_name = "[SYMBOL=]FILE", required = true)]
    pub files: Vec<String>,
    /// Name of the dataset
    #[arg(long = "as", value_name = "NAME", required_unless_present = "check_only")]
    pub name: Option<String>,
    /// Family whose trials are counted together [default: that of the dataset's last import, else its name]
    #[arg(long, value_name = "FAMILY")]
    pub family: Option<String>,
    /// Bars per year, on which annualised numbers rest [default: as the dates tell]
    #[arg(long, value_name = "N", value_parser = number, allow_hyphen_values = true)]
    pub bars_per_year: Option<f64>,
    /// Check the files and keep nothing; exit code 3 when rows are rejected
    #[arg(long)]
    pub check_only: bool,
    /// With --check-only: exit code 3 when bars are flagged, too
    #[arg(long, requires = "check_only")]
    pub strict: bool,
    /// Go on without the rows that are rejected, and list them in this file
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingOptions,
}

/// What files do not tell themselves.
#[derive(Args, Debug)]
#[command(next_help_heading = "How the files are read")]
pub(crate) struct ReadingOptions {
    /// The dialect; `admf data dialects` lists them [default: as the first line tells]
    #[arg(long, value_name = "NAME")]
    pub dialect: Option<String>,
    /// Which column is what, such as date=Datum,close=Schluss; volume= leaves one out
    #[arg(long, value_name = "ROLE=HEADER")]
    pub columns: Vec<String>,
    /// What the text is encoded in, such as windows-1252 [default: as the bytes tell, else utf-8]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// How dates are written: DD/MM/YYYY, MM/DD/YYYY, YYYY-MM-DD, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern
    /// such as '%d.%m.%Y %H:%M' [default: as the dates tell]
    #[arg(long, value_name = "FORMAT")]
    pub date_format: Option<String>,
    /// Zone of times that name none, such as America/New_York or -05:00 [default: UTC]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub zone: Option<String>,
    /// Decimal sign, point or comma [default: as the numbers tell]
    #[arg(long, value_name = "SIGN")]
    pub decimal: Option<String>,
    /// What the times of bars are: open, close, or period-start for months, quarters and years dated with their first
    /// day [default: as the dialect says, else close]
    #[arg(long, value_name = "WHICH")]
    pub stamps: Option<String>,
    /// Length of a bar, such as 1d or 5m [default: as the times tell]
    #[arg(long, value_name = "INTERVAL")]
    pub bar: Option<String>,
}

/// List datasets
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf data ls
  admf data ls --format json")]
pub(crate) struct DataLsArguments {}

/// Show a dataset: symbols, periods, calendar and where it came from
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf data show us_indices")]
pub(crate) struct DataShowArguments {
    /// The dataset
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Check a dataset, or tell the rules that it is checked by
#[derive(Args, Debug)]
#[command(after_help = "\
Lists rows that were rejected at import and bars that are flagged: gaps, stale
runs, splits, jumps that may be splits, outliers. To check files before they are
imported: admf data import FILE… --check-only.

Exit code 3 when rows were rejected; with --strict when bars are flagged, too.

Examples:
  admf data check us_indices
  admf data check us_indices --format json
  admf data check")]
pub(crate) struct DataCheckArguments {
    /// The dataset; without one the rules are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Exit code 3 when bars are flagged, too
    #[arg(long, requires = "name")]
    pub strict: bool,
}

/// List the ways of writing prices that are known, or tell about one
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf data dialects
  admf data dialects fred
  admf data dialects --format json")]
pub(crate) struct DataDialectsArguments {
    /// The dialect; without one all are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Write the sample prices as files, to try an import with
#[derive(Args, Debug)]
#[command(after_help = "\
A file that is there already is never replaced.

Examples:
  admf data samples
  admf data samples prices")]
pub(crate) struct DataSamplesArguments {
    /// The folder to write them into
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}
