//! `strategy_regimes.sql`: what one strategy did under each regime.

use crate::database::{Database, DatabaseError};
use admf_model::{RunId, Sheet, StrategyId};

/// One row per classifier and label: `classifier_type`, `regime`, `bars`, `sharpe_ratio`, `total_return`, `trade_count`,
/// `win_rate`, `avg_duration`.
pub fn strategy_regimes(
    db: &mut dyn Database,
    run: RunId,
    strategy: StrategyId,
) -> Result<Sheet, DatabaseError> {
    db.rows(include_str!("strategy_regimes.sql"), &[run.to_string().into(), strategy.to_string().into()])
}
