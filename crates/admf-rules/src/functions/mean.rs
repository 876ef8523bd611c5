//! `mean`: another name of `sma`, by which it is known in statistics.

use super::{Entry, Family};

/// The name.
pub(super) const NAME: &str = "mean";

/// Its documentation.
pub(super) fn entry() -> Entry {
    Entry {
        name: NAME,
        family: Family::Statistics,
        signature: "mean(x, n)".to_owned(),
        summary: "mean of the last n values: the same as sma(x, n)",
        doc: "\
## What it does
The mean of the last `n` values of `x`, this bar's included: another name of `sma`. Rules that differ in nothing else
are the same strategy.

## Parameters
- `x`: a number per bar.
- `n`: whole number of bars, at least 1.

## Reference
`numpy.mean`.
",
    }
}
