//! `true_range`: the range of a bar, the gap before it included.

use super::{Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// The range of a bar, the gap before it included.
pub static FUNCTION: Function = Function {
    name: "true_range",
    family: Family::Volatility,
    summary: "range of the bar and the gap before it, in units of price",
    doc: "\
## What it does
The largest of high - low, |high - previous close| and |low - previous close|, where the previous close is
that of the last bar with high, low and close. Undefined on the first bar, which has none, and where high,
low or close is.

## Parameters
None.

## Reference
Wilder (1978), New Concepts in Technical Trading Systems, section III. TA-Lib `TRANGE`.
",
    arguments: &[],
    implicit: &[Field::High, Field::Low, Field::Close],
    result: Type::Number,
    values: Values::NOT_NEGATIVE,
    warm_up: |_| 1,
    make: |_| Box::new(TrueRange::default()),
};

/// Shared with `atr`.
#[derive(Default)]
pub(super) struct TrueRange {
    previous_close: Option<f64>,
}

impl Step for TrueRange {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let (high, low, close) = (inputs[0]?, inputs[1]?, inputs[2]?);
        let previous = self.previous_close.replace(close)?;
        Some(true_range(high, low, previous))
    }
}

/// The largest of the bar's own range and the distances of its ends from the previous close.
pub(super) fn true_range(high: f64, low: f64, previous_close: f64) -> f64 {
    (high - low).max((high - previous_close).abs()).max((low - previous_close).abs())
}
