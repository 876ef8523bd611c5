//! The best strategies of a run that has just finished.

use crate::WorkflowError;
use admf_duckdb::Catalogue;
use admf_model::{RunId, Sheet};
use admf_store::Workspace;
use admf_store::queries::{ScanRequest, Sort, SortOrder, scan};

/// The first rows of the run by Sharpe ratio.
pub(super) fn best(workspace: &Workspace, run: RunId, rows: u32) -> Result<Sheet, WorkflowError> {
    let request = ScanRequest {
        min_sharpe: None,
        max_drawdown: None,
        min_trades: None,
        min_win_rate: None,
        min_return: None,
        min_deflated: None,
        strategy_types: Vec::new(),
        symbols: Vec::new(),
        run: Some(run),
        market_regime: None,
        volatility_regime: None,
        filter: None,
        sort: Sort::by("sharpe_ratio", SortOrder::Descending)?,
        limit: rows,
    };
    let mut catalogue = Catalogue::open(workspace)?;
    Ok(scan(&mut catalogue, &request)?.sheet)
}
