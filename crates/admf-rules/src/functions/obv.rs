//! `obv`: on-balance volume.

use super::window::Sum;
use super::{Family, Function, Step, Values};
use crate::Type;
use crate::graph::Field;

/// On-balance volume.
pub static FUNCTION: Function = Function {
    name: "obv",
    family: Family::Volume,
    summary: "on-balance volume: volume of rising bars minus that of falling ones, so far",
    doc: "\
## What it does
Adds the volume of a bar that closed higher than the one before and subtracts that of one that closed lower.
Starts with the volume of the first bar, so that its level means nothing and its direction everything.
Undefined at a bar where close or volume is; goes on from there at the next bar that has both. Volume is not
adjusted for splits.

## Parameters
None.

## Reference
Granville (1963), New Key to Stock Market Profits. TA-Lib `OBV`.
",
    arguments: &[],
    implicit: &[Field::Close, Field::Volume],
    result: Type::Number,
    values: Values::Any,
    warm_up: |_| 0,
    make: |_| Box::new(Obv { before: None, total: Sum::ZERO }),
};

struct Obv {
    before: Option<f64>,
    total: Sum,
}

impl Step for Obv {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let (close, volume) = (inputs[0]?, inputs[1]?);
        let signed = match self.before.replace(close) {
            Some(before) if close < before => -volume,
            Some(before) if close == before => 0.0,
            _ => volume,
        };
        self.total = self.total.plus(signed);
        Some(self.total.value())
    }
}
