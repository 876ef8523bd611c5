//! A workspace with a million strategies in 200 runs, and a question to it: for the benchmark and for comparisons with
//! other programs.

use admf_model::{CorrelationId, RunId, StrategyId, Timestamp, TrialId};
use admf_store::Workspace;
use admf_store::queries::ScanRequest;
use admf_store::record::Json;
use admf_store::run::{Finish, Rows, RunWriter};
use admf_store::tables::StrategyRow;

#[allow(dead_code, reason = "the tests need more of it")]
#[path = "../../tests/it/sample.rs"]
mod sample;

/// Runs of the million.
pub(crate) const RUNS: usize = 200;
/// Strategies of each.
pub(crate) const STRATEGIES: usize = 5_000;

/// A run that shares a tenth of its strategies with the run before it.
pub(crate) fn write_run(workspace: &Workspace, number: usize, strategies: usize) {
    let created_at = Timestamp::from_micros(1_704_067_200_000_000 + number as i64 * 1_000_000);
    let name = format!("run {number}");
    let mut writer = RunWriter::begin(workspace, &name, sample::facts(&name), created_at).unwrap();
    let run_id = writer.run_id();
    let first = number * strategies * 9 / 10;
    let strategies = (first..first + strategies).map(|n| strategy(run_id, n)).collect::<Vec<_>>();
    let regime_performance = strategies.iter().map(|row| sample::regime(row, "UP")).collect();
    let classifiers = vec![sample::classifier(run_id)];
    let rows = Rows { strategies, regime_performance, classifiers, ..Rows::default() };
    writer.checkpoint(&rows).unwrap();
    let finish = Finish {
        elapsed_ms: &|| 1500,
        trials: 7,
        trial_sharpe_variance: Some(0.25),
        expected_maximum_sharpe: Some(1.0),
        deflated_sharpe: &|row| row.sharpe_ratio.map(|sharpe| sharpe / 4.0),
    };
    writer.finish(&finish).unwrap();
}

/// Strategy `n`; numbers that look like chance, the same every time.
fn strategy(run_id: RunId, n: usize) -> StrategyRow {
    let number = |salt: u64| {
        let mixed = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt << 32);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let line = ("x", "ma_crossover", "SPX", 5, None, 0.0, 0.0, 0, None, Some("UP"), "LOW");
    let mut row = sample::strategy(run_id, &line);
    let id = n.to_be_bytes();
    row.strategy_id = StrategyId::of(&[&id]);
    row.trial_id = TrialId::of(&[&id]);
    row.correlation_id = CorrelationId::new(run_id, row.strategy_id);
    row.parameters = Json(format!("{{\"fast\":{},\"slow\":{}}}", n % 100, n / 100));
    row.rule = format!("sma(close, {}) > sma(close, {})", n % 100, n / 100);
    row.performance.sharpe_ratio = Some(number(1) * 3.0 - 1.0);
    row.performance.max_drawdown = Some(number(2));
    row.performance.total_trades = Some((number(3) * 300.0).floor());
    row.performance.total_return = Some(number(4) * 2.0 - 0.5);
    row.net_sharpe = row.performance.sharpe_ratio;
    row
}

/// Three conditions, the best twenty.
pub(crate) fn question() -> ScanRequest {
    let all = ScanRequest::by_sharpe(20);
    ScanRequest { min_sharpe: Some(1.5), max_drawdown: Some(0.3), min_trades: Some(100), ..all }
}
