//! `bars_held`: for how long the position has been held, known to exits only.

use super::{Entry, Family};

/// The name it is written by.
pub const NAME: &str = "bars_held";

/// Its documentation.
pub(super) fn entry() -> Entry {
    Entry {
        name: NAME,
        family: Family::Logic,
        signature: NAME.to_owned(),
        summary: "closes since the entry of the position, in exits only",
        doc: "\
## What it does
How many closes the position has seen since its entry fill: 1 at the close of the bar at whose open it was filled,
with `fill: same_close` 0 at the close of the fill and 1 at the next. Only `exit`, `exit_long` and `exit_short` know
it, and not inside of functions: `exit: rsi(close, 2) > 70 or bars_held >= 10`. Undefined while flat, so that
`bars_held >= 10` never stands in the way of an entry.

Such an exit is a decision of the rule: the position may be entered again at the next bar's decision. `max_bars` limits
the time as well, but keeps out until the entry condition has been not-true.

## Parameters
None.

## Reference
Rules 8 and 11 of the semantics.
",
    }
}
