//! `rising`: whether a value rose bar by bar.

use super::{Argument, Family, Function, Step, Values};
use crate::Type;

/// Whether a value rose bar by bar.
pub static FUNCTION: Function = Function {
    name: "rising",
    family: Family::Logic,
    summary: "true where x rose on each of the last n bars",
    doc: "\
## What it does
True where `x` rose from bar to bar on each of the last `n` bars, this one included; a value that stays ends it. With
1, which is taken where `n` is left out, `x > lag(x)`. Defined where the last `n + 1` values are.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1; 1 where left out.

## Reference
`x.diff() > 0` on all of the last `n` bars in pandas.
",
    arguments: &[Argument::Series { name: "x" }, Argument::Bars { name: "n", minimum: 1.0, default: Some(1.0) }],
    implicit: &[],
    result: Type::Truth,
    values: Values::Any,
    warm_up: |constants| constants[0] as u32,
    make: |constants| Box::new(Run::new(constants[0], |now, before| now > before)),
};

/// Moves in one direction, also of `falling`.
pub(super) struct Run {
    n: f64,
    moves: fn(f64, f64) -> bool,
    before: Option<f64>,
    /// Moves known in a row, and how many of the last of them went the right way.
    known: f64,
    right: f64,
}

impl Run {
    /// `moves` says of a value and the one before it whether they moved the right way.
    pub(super) fn new(n: f64, moves: fn(f64, f64) -> bool) -> Self {
        Self { n, moves, before: None, known: 0.0, right: 0.0 }
    }
}

impl Step for Run {
    fn next(&mut self, inputs: &[Option<f64>]) -> Option<f64> {
        let before = std::mem::replace(&mut self.before, inputs[0]);
        let Some((now, before)) = inputs[0].zip(before) else {
            (self.known, self.right) = (0.0, 0.0);
            return None;
        };
        self.known += 1.0;
        self.right = if (self.moves)(now, before) { self.right + 1.0 } else { 0.0 };
        (self.known >= self.n).then(|| f64::from(self.right >= self.n))
    }
}
