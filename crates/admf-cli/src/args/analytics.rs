//! The arguments of `admf analytics …`.

use super::run::Threads;
use super::values::{Top, fraction, number, size, top, whole};
use clap::{Args, Subcommand, ValueEnum};

/// Commands on what all runs found.
#[derive(Debug, Subcommand)]
pub(crate) enum AnalyticsCommand {
    Scan(ScanArguments),
    AnalyzeParameters(AnalyzeParametersArguments),
    Correlations(CorrelationsArguments),
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
  admf analytics scan --sort calmar_ratio -o best.parquet
  admf analytics scan --top all --format jsonl | gzip > everything.jsonl.gz")]
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
    #[arg(
        long,
        visible_alias = "type",
        value_name = "A,B",
        value_delimiter = ',',
        help_heading = "Conditions"
    )]
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
    /// Also show what older runs found of the same strategies on the same period and dataset
    #[arg(long)]
    pub all_runs: bool,
    /// How many to show; all of them are written as they are found, however many
    #[arg(long, visible_alias = "limit", value_name = "N|all", default_value = "20", value_parser = top, allow_hyphen_values = true)]
    pub top: Top,
    /// End with exit code 4 when nothing matches
    #[arg(long)]
    pub fail_empty: bool,
}

/// See what each value of a parameter went with: plateau or spike
#[derive(Args, Debug)]
#[command(after_help = "\
Without --parameter all parameters are shown in a row each. One parameter shows its
values with how the values beside them did: a best value among good ones is a plateau,
one that stands alone is a spike, which is what chance looks like. Two parameters make
a table of means.

Sharpe ratios come from the stored table parameter_analysis where it has them; what it
has not is computed from the stored strategies, and the answer says which.

Examples:
  admf analytics analyze-parameters @last --strategy ma_crossover
  admf analytics analyze-parameters fc4bb91c --strategy momentum --parameter lookback
  admf analytics analyze-parameters @last --strategy ma_crossover \\
      --parameter fast --parameter slow -o means.csv
  admf analytics analyze-parameters @last --strategy momentum --parameter lookback \\
      --metric max_drawdown")]
pub(crate) struct AnalyzeParametersArguments {
    /// The run: the first digits of its id, or @last
    #[arg(value_name = "RUN")]
    pub run: String,
    /// The type of strategies; may be left out where the run has one
    #[arg(long, visible_alias = "strategy-type", value_name = "TYPE")]
    pub strategy: Option<String>,
    /// A parameter; may be given twice
    #[arg(long, value_name = "NAME")]
    pub parameter: Vec<String>,
    /// The metric
    #[arg(long, value_name = "METRIC", default_value = "sharpe_ratio")]
    pub metric: String,
}

/// See which strategies of a run do the same, and how many independent ones there are
#[derive(Args, Debug)]
#[command(after_help = "\
Returns are evaluated again from the run's folder; --of signals correlates the stored
positions instead. Identical strategies count as one in pairs. A strategy that never
traded has no correlations.

The effective number of strategies is (sum of eigenvalues)^2 / (sum of their squares)
of the correlation matrix (Bretherton et al. 1999). Clusters are those of average
linkage, cut at --min-correlation.

Answers are kept in analytics/RUN_ID/correlation_matrix.json of the workspace: the
100,000 closest pairs, the clusters and the sums.

Examples:
  admf analytics correlations @last
  admf analytics correlations fc4bb91c --min-correlation 0.7 --strategy momentum
  admf analytics correlations @last --of signals --top 100
  admf analytics correlations @last --min-correlation 0.95 --top all -o pairs.parquet")]
pub(crate) struct CorrelationsArguments {
    /// The run: the first digits of its id, or @last
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Least correlation of a pair, and within a cluster on average
    #[arg(long, value_name = "X", default_value_t = 0.7, value_parser = number, allow_hyphen_values = true)]
    pub min_correlation: f64,
    /// What is correlated
    #[arg(long, value_enum, value_name = "WHAT", default_value = "returns")]
    pub of: CorrelatedSeries,
    /// Only strategies of this type
    #[arg(long, visible_alias = "type", value_name = "TYPE")]
    pub strategy: Option<String>,
    /// Compare at most so many strategies, those with the highest Sharpe ratios
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = whole::<u32>, allow_hyphen_values = true)]
    pub strategies: u32,
    /// How many pairs to show, the closest first
    #[arg(long, visible_alias = "limit", value_name = "N|all", default_value = "20", value_parser = top, allow_hyphen_values = true)]
    pub top: Top,
    /// Memory that it may take, such as 4GB [default: half of what is available]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<String>,
    #[command(flatten)]
    pub threads: Threads,
}

/// What is correlated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CorrelatedSeries {
    /// Net returns per bar, evaluated again
    Returns,
    /// Positions wanted at every close, as stored
    Signals,
}
