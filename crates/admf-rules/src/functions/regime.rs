//! `regime`: the label that a classifier gives to the bar.

use super::{Entry, Family};

/// The name it is called by.
pub(crate) const NAME: &str = "regime";

/// Its documentation.
pub(super) fn entry() -> Entry {
    Entry {
        name: NAME,
        family: Family::Regimes,
        signature: "regime(classifier)".to_owned(),
        summary: "label that a classifier gives to the bar",
        doc: "\
## What it does
The label of the bar by the run's classifier of that role (`trend`, `volatility`, …) or of that name, known at the
bar's close. Compared with `==` and `!=` to a label of the role or to another regime, and nothing else. Undefined where
the classifier cannot tell.

## Parameters
- `classifier`: a role or the name of a classifier of the run, without quotes.

## Reference
Rule 21 of the semantics.
",
    }
}
