//! The functions of the rule language: one file each, one line each in [`FUNCTIONS`].
//!
//! A function is a [`Step`]: fed one bar at a time, oldest first, it returns its value at that bar. Columns are folds
//! of `next`, so a sweep, a backtest and a live feed compute the same bits.
//!
//! Two kinds treat undefined inputs differently, and each function says which it is. A *window* function of `n` bars
//! is defined where its last `n` inputs all are. A *recursive* one is undefined at a bar whose input is, and goes on
//! from its state at the next defined one.

use crate::Type;
use crate::graph::Field;

pub mod abs;
pub mod adx;
mod arithmetic;
pub mod aroon;
pub mod atr;
pub mod bars_held;
pub mod bars_since_open;
pub mod beta;
pub mod bollinger;
mod calendar;
pub mod cci;
pub mod change;
pub mod choice;
pub mod corr;
pub mod count;
pub mod covariance;
pub mod cross_above;
pub mod cross_below;
pub mod day_of_month;
pub mod day_of_week;
pub mod day_of_year;
pub mod days_left_in_month;
pub mod defined;
pub mod dema;
mod directional;
pub mod donchian;
pub mod drawdown;
pub mod ema;
pub mod exp;
pub mod falling;
mod family;
pub mod hedge_ratio;
pub mod highest;
pub mod hma;
pub mod hour;
pub mod kama;
pub mod keltner;
pub mod kurtosis;
pub mod lag;
pub mod latch;
pub mod linear_regression;
pub mod log;
pub mod lowest;
pub mod macd;
pub mod max;
pub mod mean;
pub mod median;
pub mod mfi;
pub mod min;
pub mod minus_di;
pub mod minute;
pub mod month;
pub mod obv;
mod ordered;
pub mod peak;
pub mod percentile;
pub mod plus_di;
pub mod prices;
pub mod quarter;
pub mod r_squared;
pub mod rank;
pub mod realized_vol;
pub mod regime;
pub mod rising;
pub mod rma;
pub mod roc;
pub mod round;
pub mod rsi;
pub mod sign;
pub mod since;
pub mod since_highest;
pub mod since_lowest;
pub mod skew;
pub mod slope;
pub mod sma;
mod smoothing;
pub mod sqrt;
pub mod stdev;
pub mod stochastic;
pub mod streak;
pub mod sum;
pub mod tema;
pub mod trading_day_of_month;
pub mod trix;
pub mod true_range;
pub mod value_when;
mod values;
pub mod variance;
pub mod vwma;
pub mod week_of_year;
pub mod weekdays_left_in_month;
pub mod williams_r;
mod window;
pub mod wma;
pub mod year;
pub mod zscore;

pub use family::Family;
pub use values::Values;

/// Every function, by family in the order of [`Family::ALL`].
pub static FUNCTIONS: &[&Function] = &[
    // Averages.
    &sma::FUNCTION,
    &ema::FUNCTION,
    &wma::FUNCTION,
    &rma::FUNCTION,
    &dema::FUNCTION,
    &tema::FUNCTION,
    &hma::FUNCTION,
    &kama::FUNCTION,
    &vwma::FUNCTION,
    // Momentum.
    &rsi::FUNCTION,
    &macd::FUNCTION,
    &macd::SIGNAL,
    &macd::HISTOGRAM,
    &stochastic::FUNCTION,
    &stochastic::SIGNAL,
    &roc::FUNCTION,
    &cci::FUNCTION,
    &williams_r::FUNCTION,
    &adx::FUNCTION,
    &plus_di::FUNCTION,
    &minus_di::FUNCTION,
    &aroon::UP,
    &aroon::DOWN,
    &aroon::OSCILLATOR,
    &trix::FUNCTION,
    // Volatility.
    &atr::FUNCTION,
    &true_range::FUNCTION,
    &stdev::FUNCTION,
    &bollinger::UPPER,
    &bollinger::MIDDLE,
    &bollinger::LOWER,
    &bollinger::PERCENT_B,
    &bollinger::BANDWIDTH,
    &keltner::UPPER,
    &keltner::MIDDLE,
    &keltner::LOWER,
    &donchian::UPPER,
    &donchian::MIDDLE,
    &donchian::LOWER,
    &realized_vol::FUNCTION,
    // Volume.
    &obv::FUNCTION,
    &mfi::FUNCTION,
    // Statistics.
    &highest::FUNCTION,
    &lowest::FUNCTION,
    &since_highest::FUNCTION,
    &since_lowest::FUNCTION,
    &peak::FUNCTION,
    &drawdown::FUNCTION,
    &sum::FUNCTION,
    &median::FUNCTION,
    &variance::FUNCTION,
    &zscore::FUNCTION,
    &skew::FUNCTION,
    &kurtosis::FUNCTION,
    &rank::FUNCTION,
    &percentile::FUNCTION,
    &corr::FUNCTION,
    &covariance::FUNCTION,
    &beta::FUNCTION,
    &hedge_ratio::FUNCTION,
    &slope::FUNCTION,
    &linear_regression::FUNCTION,
    &r_squared::FUNCTION,
    &lag::FUNCTION,
    &change::FUNCTION,
    // Arithmetic.
    &abs::FUNCTION,
    &sign::FUNCTION,
    &min::FUNCTION,
    &max::FUNCTION,
    &round::FUNCTION,
    &sqrt::FUNCTION,
    &log::FUNCTION,
    &exp::FUNCTION,
    // Logic.
    &choice::FUNCTION,
    &count::FUNCTION,
    &since::FUNCTION,
    &streak::FUNCTION,
    &rising::FUNCTION,
    &falling::FUNCTION,
    &value_when::FUNCTION,
    &latch::FUNCTION,
    &defined::FUNCTION,
    &cross_above::FUNCTION,
    &cross_below::FUNCTION,
    // Calendar.
    &day_of_week::FUNCTION,
    &day_of_month::FUNCTION,
    &day_of_year::FUNCTION,
    &week_of_year::FUNCTION,
    &month::FUNCTION,
    &quarter::FUNCTION,
    &year::FUNCTION,
    &trading_day_of_month::FUNCTION,
    &days_left_in_month::FUNCTION,
    &weekdays_left_in_month::FUNCTION,
    &hour::FUNCTION,
    &minute::FUNCTION,
    &bars_since_open::FUNCTION,
];

/// Most bars that a function may look back.
pub const MAX_BARS: f64 = 100_000.0;
/// Most arguments and implicit prices that a function takes.
pub(crate) const MAX_INPUTS: usize = 4;

/// A function of the language.
pub struct Function {
    /// The name it is called by.
    pub name: &'static str,
    /// What it is listed under.
    pub family: Family,
    /// One line for lists.
    pub summary: &'static str,
    /// *What it does · Parameters · Reference*, in Markdown.
    pub doc: &'static str,
    /// What is written between the parentheses: series first, then constants.
    pub arguments: &'static [Argument],
    /// Columns of the evaluated symbol that it reads without being told, after the series arguments.
    pub implicit: &'static [Field],
    /// A number, or a truth returned as 1 and 0.
    pub result: Type,
    /// Between which numbers its values lie.
    pub values: Values,
    /// Bars before the first on which it can be defined, for these constants.
    pub warm_up: fn(&[f64]) -> u32,
    /// A fresh state for these constants, which are within their ranges.
    pub make: fn(&[f64]) -> Box<dyn Step>,
}

/// One argument of a function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument {
    /// A number per bar.
    Series {
        /// The name in the signature.
        name: &'static str,
    },
    /// True, false or undefined per bar; a step sees 1 and 0.
    Truth {
        /// The name in the signature.
        name: &'static str,
    },
    /// A whole number of bars to look back, the same on every bar.
    Bars {
        /// The name in the signature and in `name=value`.
        name: &'static str,
        /// Fewest; the most is [`MAX_BARS`].
        minimum: f64,
        /// Its value where it is left out.
        default: Option<f64>,
    },
    /// A number, the same on every bar.
    Number {
        /// The name in the signature and in `name=value`.
        name: &'static str,
        /// Least allowed.
        minimum: f64,
        /// Most allowed.
        maximum: f64,
        /// Its value where it is left out.
        default: Option<f64>,
    },
}

impl Argument {
    /// The name in the signature.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Series { name } | Self::Truth { name } => name,
            Self::Bars { name, .. } | Self::Number { name, .. } => name,
        }
    }

    /// Its value where it is left out.
    pub const fn default(&self) -> Option<f64> {
        match self {
            Self::Series { .. } | Self::Truth { .. } => None,
            Self::Bars { default, .. } | Self::Number { default, .. } => *default,
        }
    }

    /// True for what has a value per bar, false for a constant.
    pub const fn is_series(&self) -> bool {
        matches!(self, Self::Series { .. } | Self::Truth { .. })
    }

    /// The type of what is written for it.
    pub const fn type_of(&self) -> Type {
        match self {
            Self::Truth { .. } => Type::Truth,
            Self::Series { .. } | Self::Bars { .. } | Self::Number { .. } => Type::Number,
        }
    }
}

impl Function {
    /// How a call is written, such as `sma(x, n)`, `atr(n=14)` or, without arguments, `month`.
    pub fn signature(&self) -> String {
        if self.arguments.is_empty() {
            return self.name.to_owned();
        }
        let arguments: Vec<String> = self
            .arguments
            .iter()
            .map(|argument| match argument.default() {
                Some(value) => format!("{}={value}", argument.name()),
                None => argument.name().to_owned(),
            })
            .collect();
        format!("{}({})", self.name, arguments.join(", "))
    }

    /// How many inputs a step takes: series arguments and implicit prices.
    pub fn inputs(&self) -> usize {
        self.arguments.iter().filter(|a| a.is_series()).count() + self.implicit.len()
    }

    /// The function of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = if name == mean::NAME { sma::FUNCTION.name } else { name };
        FUNCTIONS.iter().copied().find(|f| f.name == name)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Function {
    /// Names are unique.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Function {}

impl std::hash::Hash for Function {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// The state of a function between two bars.
pub trait Step: Send {
    /// Takes the next bar's inputs and returns the value at that bar, `None` where undefined. A result that is not
    /// finite counts as undefined.
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64>;

    /// Runs over the first `bars` bars of a block. This body exists once per implementation, so that `next` is
    /// inlined into the loop and the dynamic call is paid once per 64 bars.
    fn fold(&mut self, inputs: &[Block<'_>], bars: usize, output: &mut Lanes) -> u64 {
        let mut defined = 0;
        let all = u64::MAX >> (64 - bars.clamp(1, 64));
        // One input, known at every bar: most functions at most times.
        if let [input] = inputs
            && input.defined & all == all
        {
            for (bar, (value, out)) in input.values.iter().zip(output).enumerate().take(bars) {
                let result = self.next(&[Some(*value)]).filter(|v| v.is_finite());
                *out = result.unwrap_or(0.0);
                defined |= u64::from(result.is_some()) << bar;
            }
            return defined;
        }
        let mut row = [None; MAX_INPUTS];
        for (bar, out) in output.iter_mut().enumerate().take(bars) {
            for (value, input) in row.iter_mut().zip(inputs) {
                *value = (input.defined >> bar & 1 == 1).then(|| input.values[bar]);
            }
            let result = self.next(&row[..inputs.len()]).filter(|v| v.is_finite());
            *out = result.unwrap_or(0.0);
            defined |= u64::from(result.is_some()) << bar;
        }
        defined
    }
}

/// The values of 64 bars.
pub type Lanes = [f64; 64];

/// 64 bars of a column; bit `i` of `defined` says whether `values[i]` means anything.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// The values.
    pub values: &'a Lanes,
    /// Where they are defined.
    pub defined: u64,
}

/// A name of the language for documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: &'static str,
    /// What it is listed under.
    pub family: Family,
    /// How it is written.
    pub signature: String,
    /// One line.
    pub summary: &'static str,
    /// *What it does · Parameters · Reference*, in Markdown.
    pub doc: &'static str,
}

/// Everything that a rule can name, by family: prices, `regime`, `bars_held`, functions.
pub fn entries() -> impl Iterator<Item = Entry> {
    let prices = Field::ALL.into_iter().map(prices::entry);
    let functions = FUNCTIONS.iter().map(|f| Entry {
        name: f.name,
        family: f.family,
        signature: f.signature(),
        summary: f.summary,
        doc: f.doc,
    });
    let others = [regime::entry(), mean::entry(), bars_held::entry()];
    let mut all: Vec<Entry> = prices.chain(others).chain(functions).collect();
    all.sort_by_key(|entry| entry.family);
    all.into_iter()
}

#[cfg(test)]
mod tests;
