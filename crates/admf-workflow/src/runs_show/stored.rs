//! `admf runs show RUN STRATEGY` of a run that was adopted from another program: what is stored, because nothing can be
//! evaluated again.

use super::StrategyShowRequest;
use crate::WorkflowError;
use crate::replay::select;
use admf_model::{CellKind, METRICS, Sheet};
use admf_store::run::{self, RunMetadata};
use admf_store::tables::StrategyRow;

/// One strategy as its source reported it.
#[derive(Clone, Debug)]
pub struct StoredStrategyReport {
    /// The run.
    pub metadata: RunMetadata,
    /// The strategy.
    pub strategy: StrategyRow,
    /// Metrics that were reported, by name.
    pub metrics: Vec<(&'static str, f64)>,
    /// Results by regime.
    pub regimes: Sheet,
    /// Its changes of the position wanted.
    pub signals: Sheet,
}

/// Shows a strategy as it is stored; `None` for a run that can be evaluated again.
pub fn show_stored(request: &StrategyShowRequest) -> Result<Option<StoredStrategyReport>, WorkflowError> {
    let metadata = run::resolve_complete(&request.workspace, &request.run)?;
    if !metadata.facts.is_adopted() {
        return Ok(None);
    }
    let (workspace, run) = (&request.workspace, metadata.run_id);
    let best = ["@best".to_owned()];
    let words = if request.strategy.is_empty() { &best[..] } else { &request.strategy };
    let key = select(run::strategy_keys(workspace, run)?, words)?;
    let strategy = run::strategy(workspace, run, key.strategy_id)?
        .ok_or_else(|| WorkflowError::data(format!("run {run} has no strategy {}", key.strategy_id)))?;
    let values = METRICS.iter().zip(strategy.performance.values());
    let metrics = values.filter_map(|(metric, value)| Some((metric.name, value?))).collect();
    let mut regimes = Sheet::new([
        ("classifier_id", CellKind::Text),
        ("regime", CellKind::Text),
        ("sharpe_ratio", CellKind::Number),
        ("total_return", CellKind::Number),
        ("win_rate", CellKind::Number),
        ("trade_count", CellKind::Integer),
    ]);
    for row in run::regimes(workspace, run, key.strategy_id)? {
        regimes.push(vec![
            row.classifier_id.to_string().into(),
            row.regime.into(),
            row.sharpe_ratio.into(),
            row.total_return.into(),
            row.win_rate.into(),
            row.trade_count.into(),
        ]);
    }
    let mut signals = Sheet::new([
        ("ts", CellKind::Text),
        ("symbol", CellKind::Text),
        ("signal", CellKind::Integer),
        ("confidence", CellKind::Number),
    ]);
    for row in run::signals(workspace, &strategy)?.unwrap_or_default() {
        signals.push(vec![
            row.ts.to_string().into(),
            row.symbol.into(),
            i64::from(row.signal).into(),
            row.confidence.into(),
        ]);
    }
    Ok(Some(StoredStrategyReport { metadata, strategy, metrics, regimes, signals }))
}
