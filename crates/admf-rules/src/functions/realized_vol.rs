//! `realized_vol`: the standard deviation of log returns.

use super::window::{Spread, Window};
use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// The standard deviation of log returns.
pub static FUNCTION: Function = Function {
    name: "realized_vol",
    family: Family::Volatility,
    summary: "realized volatility: sample standard deviation of the last n log returns",
    doc: "\
## What it does
The standard deviation of the last `n` values of `log(x / previous x)`, divided by `n - 1` and not by `n`,
times the root of `bars_per_year`. Without `bars_per_year` it is per bar; 252 makes it annual on daily bars
of shares, 365 on those of crypto: rules do not know the calendar of the data. Defined where all `n` returns
are, which needs `n + 1` values above 0.

## Parameters
- `x`: a number per bar.
- `n`: whole number of returns, at least 2; 20 where left out.
- `bars_per_year`: number, 1 to 100 million; 1 where left out.

## Reference
Hull (2018), Options, Futures, and Other Derivatives, section 15.4. pandas
`np.log(x).diff().rolling(n).std()`; TA-Lib has none.
",
    arguments: &[
        Argument::Series { name: "x" },
        Argument::Bars { name: "n", minimum: 2.0, default: Some(20.0) },
        Argument::Number { name: "bars_per_year", minimum: 1.0, maximum: 1e8, default: Some(1.0) },
    ],
    implicit: &[],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |constants| constants[0] as u32,
    make: |constants| {
        let window = Window::new(constants[0] as usize);
        Box::new(RealizedVol { before: None, window, bars_per_year: constants[1] })
    },
};

struct RealizedVol {
    before: Option<f64>,
    window: Window<Spread>,
    bars_per_year: f64,
}

impl Step for RealizedVol {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let before = std::mem::replace(&mut self.before, inputs[0].filter(|value| *value > 0.0));
        let change = self.before.zip(before).map(|(value, before)| libm::log(value / before));
        let spread = self.window.push(change.filter(|change| change.is_finite()))?;
        Some((spread.sample_variance() * self.bars_per_year).sqrt())
    }
}
