//! Questions to a million strategies of 200 runs, and the tables catching up with 100 new runs.
//!
//! `cargo xtask bench` runs it and compares it with what stands beside each row.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking, its helpers too")]

use admf_duckdb::{Backing, Catalogue};
use admf_model::{CorrelationId, RunId, StrategyId, Timestamp, TrialId};
use admf_store::Workspace;
use admf_store::queries::{ScanReport, ScanRequest, scan};
use admf_store::record::Json;
use admf_store::run::{Finish, Rows, RunWriter};
use admf_store::tables::StrategyRow;
use divan::Bencher;
use std::sync::LazyLock;

#[allow(dead_code, reason = "the tests need more of it")]
#[path = "../tests/it/sample.rs"]
mod sample;

const RUNS: usize = 200;
const STRATEGIES: usize = 5_000;
const NEW: usize = 100;

fn main() {
    divan::main();
}

/// Made once: it takes half a minute.
static MILLION: LazyLock<(tempfile::TempDir, Workspace)> = LazyLock::new(|| {
    let (folder, workspace) = workspace();
    (0..RUNS).for_each(|run| write_run(&workspace, run, STRATEGIES));
    Catalogue::open(&workspace).unwrap();
    (folder, workspace)
});

fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    (folder, workspace)
}

/// A run that shares a tenth of its strategies with the run before it.
fn write_run(workspace: &Workspace, number: usize, strategies: usize) {
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
        deflated_sharpe: &|row| row.performance.sharpe_ratio.map(|sharpe| sharpe / 4.0),
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

fn question() -> ScanRequest {
    let all = ScanRequest::by_sharpe(20);
    ScanRequest { min_sharpe: Some(1.5), max_drawdown: Some(0.3), min_trades: Some(100), ..all }
}

fn answer(catalogue: &mut Catalogue) -> ScanReport {
    let report = scan(catalogue, &question()).unwrap();
    assert!(report.sheet.rows.len() == 20 && report.matching > 10_000, "{}", report.matching);
    report
}

/// Three conditions on a million strategies, in a process that has asked before.
// must: 50 ms
#[divan::bench(sample_count = 10)]
fn scan_of_a_million(bencher: Bencher<'_, '_>) {
    let mut catalogue = Catalogue::open(&MILLION.1).unwrap();
    answer(&mut catalogue);
    bencher.bench_local(|| answer(&mut catalogue));
}

/// The same with opening the database, as a command does.
// must: 300 ms
#[divan::bench(sample_count = 10)]
fn scan_of_a_million_once(bencher: Bencher<'_, '_>) {
    LazyLock::force(&MILLION);
    bencher.bench_local(|| answer(&mut Catalogue::open(&MILLION.1).unwrap()));
}

/// New runs of 50 strategies each.
// must: 1 s
#[divan::bench(sample_count = 3, sample_size = 1)]
fn catch_up_with_a_hundred_runs(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| {
            let (folder, workspace) = workspace();
            write_run(&workspace, NEW, 50);
            Catalogue::open(&workspace).unwrap();
            (0..NEW).for_each(|run| write_run(&workspace, run, 50));
            (folder, workspace)
        })
        .bench_local_values(|(folder, workspace)| {
            let catalogue = Catalogue::open(&workspace).unwrap();
            assert_eq!(*catalogue.backing(), Backing::File);
            (folder, catalogue)
        });
}
