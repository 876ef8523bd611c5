//! The arguments of `admf data …`.

use super::values::number;
use clap::{Args, Subcommand};

/// Commands on market data.
#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    Import(DataImportArguments),
    #[command(visible_alias = "list")]
    Ls(DataLsArguments),
    Show(DataShowArguments),
}

/// Import price files as a dataset
#[derive(Args, Debug)]
#[command(after_help = "\
Reads CSV with a header, plain or .gz, as Yahoo and others write it: Date, Open,
High, Low, Close, Adj Close, Volume; dates as 2014-01-31 or 1/31/2014; an empty
field or a dot is a missing value. A file without a symbol column holds one
symbol, named by SYMBOL= or else by the file.

Examples:
  admf data import spx.csv --as us_indices
  admf data import SPX=sp500.csv.gz NDX=nasdaq.csv.gz --as us_indices
  admf data import stocks_2025.csv --as stocks --family us_stocks")]
pub(crate) struct DataImportArguments {
    /// Files to read, each optionally with the symbol it holds
    #[arg(value_name = "[SYMBOL=]FILE", required = true)]
    pub files: Vec<String>,
    /// Name of the dataset
    #[arg(long = "as", value_name = "NAME")]
    pub name: String,
    /// Family whose trials are counted together [default: that of the dataset's last import, else its name]
    #[arg(long, value_name = "FAMILY")]
    pub family: Option<String>,
    /// Bars per year, on which annualised numbers rest [default: as the dates tell]
    #[arg(long, value_name = "N", value_parser = number, allow_hyphen_values = true)]
    pub bars_per_year: Option<f64>,
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
