//! Reading a complete run's own files, without a database: its spec, its strategies, and what one of them did.

use super::{SPEC, metadata};
use crate::error::{Result, StoreError};
use crate::parquet_file;
use crate::plain_file;
use crate::record::{Json, Record, record};
use crate::tables::{RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};
use crate::workspace::Workspace;
use admf_model::{ContentHash, CorrelationId, RunId, StrategyId};
use std::path::{Path, PathBuf};

record! {
    /// What a strategy is found by. The columns are some of `strategies`.
    pub struct StrategyKey = "strategies" {
        /// The strategy.
        strategy_id: StrategyId,
        /// The strategy in this run.
        correlation_id: CorrelationId,
        /// Name of the definition.
        strategy_type: String,
        /// The symbol.
        symbol: String,
        /// Parameter values by name.
        parameters: Json,
        /// Annualised Sharpe ratio; undefined without variance.
        sharpe_ratio: Option<f64>,
    }
}

/// The spec of a complete run, as it was run.
///
/// # Errors
/// [`StoreError::Damaged`] when the copy is not what was run.
pub fn spec(workspace: &Workspace, run: RunId) -> Result<String> {
    let path = workspace.run(run).join(SPEC);
    let text = plain_file::read_to_string(&path).map_err(StoreError::io("read", &path))?;
    if ContentHash::of(&[text.as_bytes()]) != metadata::load(workspace, run)?.facts.config_hash {
        let reason = "it was changed after the run, so it does not say what was run".to_owned();
        return Err(StoreError::Damaged { path, reason });
    }
    Ok(text)
}

/// What every strategy of a run is found by, in the order of evaluation.
pub fn strategy_keys(workspace: &Workspace, run: RunId) -> Result<Vec<StrategyKey>> {
    parquet_file::read_some_columns(&file::<StrategyRow>(workspace, run)?, StrategyRow::table())
}

/// All strategies of a run, in the order of evaluation.
pub fn strategies(workspace: &Workspace, run: RunId) -> Result<Vec<StrategyRow>> {
    parquet_file::read_rows(&file::<StrategyRow>(workspace, run)?)
}

/// One strategy of a run; `None` when the run has none of this id.
pub fn strategy(workspace: &Workspace, run: RunId, strategy: StrategyId) -> Result<Option<StrategyRow>> {
    Ok(of_strategy(&file::<StrategyRow>(workspace, run)?, strategy)?.pop())
}

/// The stored trades of one strategy, in order; none where the run did not keep trades.
pub fn trades(workspace: &Workspace, run: RunId, strategy: StrategyId) -> Result<Vec<TradeRow>> {
    of_strategy(&file::<TradeRow>(workspace, run)?, strategy)
}

/// The stored results of one strategy by regime.
pub fn regimes(workspace: &Workspace, run: RunId, strategy: StrategyId) -> Result<Vec<RegimePerformanceRow>> {
    of_strategy(&file::<RegimePerformanceRow>(workspace, run)?, strategy)
}

/// The stored signals of one strategy, in order; `None` where the run did not keep signals.
pub fn signals(workspace: &Workspace, strategy: &StrategyRow) -> Result<Option<Vec<SignalRow>>> {
    let Some(file) = &strategy.signal_file else { return Ok(None) };
    of_strategy(&checked(workspace.run(strategy.run_id).join(file))?, strategy.strategy_id).map(Some)
}

fn file<R: Record>(workspace: &Workspace, run: RunId) -> Result<PathBuf> {
    checked(workspace.run(run).join(format!("{}.parquet", R::table().name)))
}

/// What a link leads to is not of the run.
fn checked(path: PathBuf) -> Result<PathBuf> {
    plain_file::check(&path).map_err(StoreError::io("read", &path))?;
    Ok(path)
}

fn of_strategy<R: Record>(path: &Path, strategy: StrategyId) -> Result<Vec<R>> {
    parquet_file::read_rows_where(path, "strategy_id", &strategy.to_string())
}

#[cfg(test)]
mod tests;
