//! The list of metrics: the only place that names them. Formulas are in `admf-stats/src/metric/`; tables, command
//! line and docs are derived from [`METRICS`].

/// What a metric is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A dimensionless ratio.
    Ratio,
    /// A fraction: 0.1 is 10 %.
    Fraction,
    /// Money, in the currency of the prices.
    Money,
    /// A whole number of things.
    Count,
    /// A number of bars.
    Bars,
}

/// Which way a metric is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// It describes, it does not rank.
    Neutral,
}

/// One metric's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Column name.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// What it means and when it is undefined.
    pub doc: &'static str,
}

macro_rules! metrics {
    ($( $(#[doc = $doc:literal])+ $name:ident: $unit:ident, $direction:ident; )+) => {
        /// What a strategy earned and risked. `None` means undefined (rule 18).
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Performance {
            $( $(#[doc = $doc])+ pub $name: Option<f64>, )+
        }

        /// Every metric, in the order of the fields of [`Performance`].
        pub static METRICS: [Metric; [$(stringify!($name)),+].len()] = [
            $( Metric {
                name: stringify!($name),
                unit: Unit::$unit,
                direction: Direction::$direction,
                doc: concat!($($doc),+),
            }, )+
        ];

        impl Performance {
            /// Values in the order of [`METRICS`].
            pub fn values(&self) -> [Option<f64>; METRICS.len()] {
                [$(self.$name),+]
            }

            /// From values in the order of [`METRICS`].
            pub fn from_values(values: [Option<f64>; METRICS.len()]) -> Self {
                let [$($name),+] = values;
                Self { $($name),+ }
            }
        }
    };
}

metrics! {
    /// Final equity divided by starting capital, less one.
    total_return: Fraction, Higher;
    /// Compound growth per year: (1 + total) ^ (bars per year / n) - 1.
    annualized_return: Fraction, Higher;
    /// Standard deviation of bar returns (n - 1), annualised.
    volatility: Fraction, Lower;
    /// Annualised mean over standard deviation of bar returns above the risk-free rate; undefined without variance.
    sharpe_ratio: Ratio, Higher;
    /// Annualised mean over downside deviation; undefined when no return is below the minimum acceptable one.
    sortino_ratio: Ratio, Higher;
    /// Largest fall of equity from its running peak, a positive fraction.
    max_drawdown: Fraction, Lower;
    /// Annualised return divided by maximum drawdown; undefined without a drawdown.
    calmar_ratio: Ratio, Higher;
    /// Longest run of closes below the running peak of equity.
    longest_drawdown: Bars, Lower;
    /// Historical 95 % value at risk of a bar's return, a positive fraction for a loss.
    value_at_risk: Fraction, Lower;
    /// Mean loss of the worst 5 % of bars.
    expected_shortfall: Fraction, Lower;
    /// Skewness of bar returns, m3 / m2^1.5.
    skewness: Ratio, Neutral;
    /// Raw kurtosis of bar returns, m4 / m2^2; 3 for a normal distribution.
    kurtosis: Ratio, Neutral;
    /// Slope of bar returns against the symbol's own bar returns.
    beta: Ratio, Neutral;
    /// Share of closes in a position.
    exposure: Fraction, Neutral;
    /// Traded value per year divided by mean equity.
    turnover: Ratio, Lower;
    /// Closed trades.
    total_trades: Count, Neutral;
    /// Share of closed trades with a profit.
    win_rate: Fraction, Higher;
    /// Sum of profits over sum of losses; undefined without a loss.
    profit_factor: Ratio, Higher;
    /// Mean profit of winning trades.
    avg_win: Money, Higher;
    /// Mean result of losing trades, negative.
    avg_loss: Money, Higher;
    /// Largest profit of a trade.
    largest_win: Money, Higher;
    /// Largest loss of a trade, negative.
    largest_loss: Money, Higher;
    /// Mean return of closed trades.
    avg_trade_return: Fraction, Higher;
    /// Mean bars from entry to exit of closed trades.
    avg_trade_duration: Bars, Neutral;
    /// Total return of the same entries and exits without costs (rule 15).
    gross_return: Fraction, Higher;
    /// Annualised return without costs.
    gross_annualized_return: Fraction, Higher;
    /// Volatility without costs.
    gross_volatility: Fraction, Lower;
    /// Sharpe ratio without costs.
    gross_sharpe: Ratio, Higher;
    /// Sortino ratio without costs.
    gross_sortino: Ratio, Higher;
    /// Maximum drawdown without costs.
    gross_max_drawdown: Fraction, Lower;
    /// Calmar ratio without costs.
    gross_calmar: Ratio, Higher;
    /// Gross less net Sharpe ratio: what costs took.
    cost_impact: Ratio, Lower;
    /// Commission paid.
    total_commission: Money, Lower;
    /// Money lost to slippage.
    total_slippage: Money, Lower;
    /// Cost of borrowing for short positions.
    total_borrow: Money, Lower;
    /// Commission, slippage and borrowing.
    total_costs: Money, Lower;
    /// Costs of closed trades divided by their number.
    cost_per_trade: Money, Lower;
    /// Slippage as a fraction of traded value.
    avg_slippage: Fraction, Lower;
    /// Mean over the evaluated bars of the symbol's annualised 20-bar volatility.
    avg_market_volatility: Fraction, Neutral;
    /// Sharpe ratio per bar, not annualised: what the deflated Sharpe ratio is computed from.
    sharpe_per_bar: Ratio, Higher;
    /// Probability that the true Sharpe ratio exceeds what the best of all trials of the family would show by luck
    /// (rule 26).
    deflated_sharpe: Fraction, Higher;
}
