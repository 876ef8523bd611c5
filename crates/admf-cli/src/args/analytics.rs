//! The arguments of `admf analytics …`.

use super::values::{fraction, number, whole};
use clap::{Args, Subcommand};

/// Commands on what all runs found.
#[derive(Debug, Subcommand)]
pub(crate) enum AnalyticsCommand {
    Scan(ScanArguments),
}

/// Find strategies of all finished runs by what they did
#[derive(Args, Debug)]
#[command(after_help = "\
All conditions must hold; a strategy whose value is undefined does not match.
--where takes columns of optimization_runs and names of parameters, with
< <= > >= == !=, and, or, not and parentheses; words stand in double quotes.
`admf sql \"DESCRIBE optimization_runs\"` lists the columns.

Examples:
  admf analytics scan --min-sharpe 1.5 --top 50
  admf analytics scan --strategy-types momentum,ma_crossover \\
      --min-sharpe 1.2 --max-drawdown 0.15 --min-trades 100
  admf analytics scan --run @last --where 'fast < 20 and profit_factor > 1.5'
  admf analytics scan --sort calmar_ratio -o best.parquet")]
pub(crate) struct ScanArguments {
    /// Least Sharpe ratio, annualised, after costs
    #[arg(long, value_name = "X", value_parser = number, allow_hyphen_values = true, help_heading = "Conditions")]
    pub min_sharpe: Option<f64>,
    /// Least deflated Sharpe ratio, the probability of being better than the luckiest of all trials
    #[arg(long, value_name = "X", value_parser = fraction, allow_hyphen_values = true, help_heading = "Conditions")]
    pub min_deflated: Option<f64>,
    /// Largest drawdown, a positive fraction: 0.15 or 15%
    #[arg(long, value_name = "X", value_parser = fraction, allow_hyphen_values = true, help_heading = "Conditions")]
    pub max_drawdown: Option<f64>,
    /// Least number of closed trades
    #[arg(long, value_name = "N", value_parser = whole::<u64>, allow_hyphen_values = true, help_heading = "Conditions")]
    pub min_trades: Option<u64>,
    /// Least share of winning trades, a fraction: 0.5 or 50%
    #[arg(long, value_name = "X", value_parser = fraction, allow_hyphen_values = true, help_heading = "Conditions")]
    pub min_win_rate: Option<f64>,
    /// Least total return, a fraction: 0.2 or 20%
    #[arg(long, value_name = "X", value_parser = fraction, allow_hyphen_values = true, help_heading = "Conditions")]
    pub min_return: Option<f64>,
    /// Types of strategies
    #[arg(long, value_name = "A,B", value_delimiter = ',', help_heading = "Conditions")]
    pub strategy_types: Vec<String>,
    /// Symbols
    #[arg(long, value_name = "A,B", value_delimiter = ',', help_heading = "Conditions")]
    pub symbols: Vec<String>,
    /// One run only: the first digits of its id, or @last
    #[arg(long, value_name = "RUN", help_heading = "Conditions")]
    pub run: Option<String>,
    /// Trend label under which positions were held most: UP, DOWN or RANGE
    #[arg(long, value_name = "LABEL", help_heading = "Conditions")]
    pub market_regime: Option<String>,
    /// Volatility label under which positions were held most: LOW, NORMAL, ELEVATED or EXTREME
    #[arg(long, value_name = "LABEL", help_heading = "Conditions")]
    pub volatility_regime: Option<String>,
    /// Any other condition, such as 'fast < 20 and profit_factor > 1.5'
    #[arg(long = "where", value_name = "EXPR", help_heading = "Conditions")]
    pub filter: Option<String>,
    /// Column to rank by, best first; METRIC:asc or METRIC:desc forces a direction
    #[arg(long, value_name = "METRIC", default_value = "sharpe_ratio")]
    pub sort: String,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = whole::<u32>, allow_hyphen_values = true)]
    pub top: u32,
    /// End with exit code 4 when nothing matches
    #[arg(long)]
    pub fail_empty: bool,
}
