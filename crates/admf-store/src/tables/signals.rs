//! `signals`: the position that a rule wants, one row per change.

use crate::record::record;
use admf_model::{RunId, StrategyId, Timestamp};

record! {
    /// From this bar on the rule wants this position, until the strategy's next row. Before its first row it wants none.
    pub struct SignalRow = "signals" {
        /// The strategy.
        strategy_id: StrategyId,
        /// The symbol.
        symbol: String,
        /// Closing time of the deciding bar, UTC.
        ts: Timestamp,
        /// The deciding bar, from 0 at the dataset's first bar of the symbol; undefined for runs that were adopted from
        /// another program, whose bars are not known.
        bar: Option<i64>,
        /// Position wanted: 1 long, 0 none, -1 short.
        signal: i8,
        /// How sure the source of the signal was, 0 to 1; undefined for rules, which do not doubt.
        confidence: Option<f64>,
    }
    catalogue {
        /// The run, from the name of its folder.
        run_id: RunId,
    }
}
