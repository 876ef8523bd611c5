//! The words that every other crate speaks: time, bars, identities, parameters, execution, trades, metrics.
//!
//! Plain data and its invariants. This crate does not know about files, databases, rules or engines.

pub mod bars;
pub mod bits;
pub mod calendar;
pub mod dataset;
pub mod execution;
pub mod filter;
pub mod id;
pub mod parameter;
pub mod performance;
pub mod regime;
pub mod series;
pub mod session;
pub mod sheet;
pub mod time;
pub mod trade;
mod vectorized;
pub mod words;

pub use bars::{AlignedBars, Bars, BarsError, Freshness};
pub use bits::Bits;
pub use calendar::Calendar;
pub use dataset::Dataset;
pub use execution::{Costs, Execution, Fill, Prices, Slippage};
pub use filter::{Comparison, Filter, FilterValue};
pub use id::{ClassifierId, ContentHash, ContentHasher, CorrelationId, RunId, StrategyId, TradeId, TrialId};
pub use parameter::{ParameterValue, Parameters};
pub use performance::{Direction, METRICS, Metric, Performance, Unit};
pub use regime::{Labels, Role};
pub use series::{Series, SeriesBuilder};
pub use session::SessionDay;
pub use sheet::{Cell, CellKind, RowSink, Sheet, SheetColumn};
pub use time::{Interval, Timestamp};
pub use trade::{ExitReason, Side, Trade, TradeStatus};
pub use vectorized::vectorized;

/// Version of the rules of meaning. Part of every strategy's identity: a change of what a rule or a price means
/// is a new strategy, not a silent revision of an old number.
pub const SEMANTICS_VERSION: u32 = 1;
