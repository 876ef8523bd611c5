//! Ledger, kernels and sweep: from prices and decisions to trades and evidence.
//!
//! Two kernels find where positions change: [`walk`] goes bar by bar and can do everything; [`finder`] jumps from change
//! to change, and [`account`] adds up what lies between them. Trades come from the one [`ledger`] in both, to the last
//! bit; metrics come from the same formulas over the same sufficient statistics. This crate knows no files, no clock and no database.

pub mod account;
pub mod correlation;
pub mod curve;
pub mod decisions;
pub mod evaluate;
pub mod evidence;
pub mod finder;
mod gross;
pub mod holding;
pub mod ledger;
pub mod market;
mod order;
pub mod prefix;
pub mod protection;
pub mod range;
pub mod regime;
pub mod regime_statistics;
pub mod sweep;
mod tail;
pub mod terms;
pub mod walk;

pub use correlation::{Profiles, correlations};
pub use curve::{Curve, curve, equities};
pub use decisions::Decisions;
pub use evaluate::{Detail, Evaluation, Metrics, Mode, Path, Scratch, evaluate};
pub use market::{Market, MarketError};
pub use regime::{RegimeResult, Regimes};
pub use regime_statistics::RegimeStatistics;
pub use sweep::{Candidate, Sweep, SymbolData, Workers, WorkersError, sweep};
pub use terms::Terms;
