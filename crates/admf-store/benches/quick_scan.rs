//! Scans of thousands of small files of metadata, all in the cache of the system, on two cores.
//!
//! `cargo xtask bench` runs it and compares it with what stands beside each row.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking, its helpers too")]

use admf_model::{RunId, StrategyId};
use admf_store::Workspace;
use admf_store::foreign::{RunFolder, in_order, quick};
use admf_store::quick_scan::{self, Quick};
use admf_store::run::SignalMetadata;
use divan::Bencher;
use foreign_folder::{Layout, sharpe, write_run};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[path = "../../admf-workflow/tests/it/foreign_folder.rs"]
mod foreign_folder;

const STRATEGIES: usize = 5_000;
const RUNS: usize = 5_000;

fn main() {
    divan::main();
}

fn scan(bencher: Bencher<'_, '_>, layout: Layout) {
    let folder = tempfile::tempdir().unwrap();
    write_run(folder.path(), "run", STRATEGIES, layout, 1);
    bencher.bench(|| {
        let run = RunFolder::list(folder.path()).unwrap();
        let found: Vec<Quick> = in_order(&run.strategies, quick).into_iter().map(Result::unwrap).collect();
        assert_eq!(found.len(), STRATEGIES);
        found
    });
}

/// A `metadata.json` in a folder per strategy.
// must: 50 ms
#[divan::bench]
fn folders(bencher: Bencher<'_, '_>) {
    scan(bencher, Layout::Folders);
}

/// The footer of a Parquet file per strategy.
// must: 50 ms
#[divan::bench]
fn footers(bencher: Bencher<'_, '_>) {
    scan(bencher, Layout::Files);
}

/// `summary/performance.json` of one run.
// must: 50 ms
#[divan::bench]
fn strategies_of_a_run(bencher: Bencher<'_, '_>) {
    let (_folder, workspace) = workspace();
    let run = RunId::of(&[b"run"]);
    let folder = workspace.run(run).join("summary");
    fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = (0..STRATEGIES).map(|n| serde_json::to_string(&entry(n)).unwrap()).collect();
    fs::write(folder.join("performance.json"), format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
    bencher.bench(|| {
        let found = quick_scan::strategies(&workspace, run).unwrap().unwrap();
        assert_eq!(found.len(), STRATEGIES);
        found
    });
}

/// `metadata.json` of each run of a workspace.
// must: 50 ms
#[divan::bench]
fn runs_of_a_workspace(bencher: Bencher<'_, '_>) {
    let (_folder, workspace) = workspace();
    for n in 0..RUNS {
        write_metadata(&workspace, RunId::of(&[&n.to_be_bytes()]));
    }
    bencher.bench(|| {
        let (runs, damaged) = quick_scan::runs(&workspace).unwrap();
        assert_eq!((runs.len(), damaged.len()), (RUNS, 0));
        runs
    });
}

/// The same as `admf runs ls` sees them, whole and in all states.
// must: 200 ms
#[divan::bench]
fn list_of_ten_thousand_runs(bencher: Bencher<'_, '_>) {
    const LISTED: usize = 10_000;
    let (_folder, workspace) = workspace();
    for n in 0..LISTED {
        write_metadata(&workspace, RunId::of(&[&n.to_be_bytes()]));
    }
    bencher.bench(|| {
        let listing = admf_store::run::list(&workspace).unwrap();
        assert_eq!((listing.runs.len(), listing.damaged.len()), (LISTED, 0));
        listing
    });
}

fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(&folder.path().join("w")).unwrap();
    (folder, workspace)
}

fn entry(n: usize) -> SignalMetadata {
    let label = |label: &str, sharpe: f64| (label.to_owned(), Some(sharpe));
    let regimes = |of: &str| BTreeMap::from([label("DOWN", 0.25), label("RANGE", -0.5), label(of, 1.5)]);
    SignalMetadata {
        strategy_id: StrategyId::of(&[&n.to_be_bytes()]).to_string(),
        strategy_type: "ma_crossover".to_owned(),
        symbol: "SPY".to_owned(),
        parameters: serde_json::json!({"fast": n % 70, "slow": n / 70}),
        total_signals: 3270,
        signal_changes: 41,
        compression_ratio: Some(3270.0 / 41.0),
        sharpe_ratio: Some(sharpe(n)),
        total_return: Some(0.123456789),
        max_drawdown: Some(0.3),
        win_rate: Some(0.5),
        gross_sharpe: Some(sharpe(n) + 0.1),
        net_sharpe: Some(sharpe(n)),
        cost_impact: Some(0.1),
        regime_performance: BTreeMap::from([
            ("0123456789abcdef".to_owned(), regimes("UP")),
            ("fedcba9876543210".to_owned(), regimes("LOW")),
        ]),
    }
}

/// What a run of two symbols and two types writes.
fn write_metadata(workspace: &Workspace, run: RunId) {
    let folder = workspace.run(run);
    fs::create_dir(&folder).unwrap();
    let tables = ["strategies", "trades", "regime_performance", "classifiers", "parameter_analysis"];
    let names = tables.iter().map(|name| format!("{name}.parquet"));
    let typed = ["signals/ma_crossover", "signals/momentum", "classifiers/trend", "classifiers/volatility"];
    let names = names.chain(typed.iter().map(|name| format!("{name}.parquet")));
    let entry =
        |name: String| format!(r#"    "{name}": {{"bytes": 123456, "rows": 5000, "sha256": "{:064x}"}}"#, 7);
    let files = names.map(entry).collect::<Vec<_>>().join(",\n");
    let text = format!(
        r#"{{
  "format": 1,
  "run_id": "{run}", "ordinal": 0, "status": "completed", "name": "crossovers", "workflow_type": "grid_search",
  "family": "us-1d", "dataset": "us", "dataset_hash": "0123456789abcdef", "symbols": ["AAPL", "IBM"],
  "bar_interval": "1d", "bars_per_year": 252.0, "start_date": "2000-03-01", "end_date": "2013-03-01",
  "total_bars": 6540, "config_hash": "0123456789abcdef", "engine_version": "0.1.0",
  "commission_model": "0.001 of value", "slippage_model": "linear 0.0005", "parent_run_id": null,
  "total_strategies": 5000, "total_trades": 123456, "total_classifiers": 4, "trials": 5000,
  "trial_sharpe_variance": 0.00012, "expected_maximum_sharpe": 0.03, "best_sharpe": 1.25, "best_strategy": "0123456789abcdef",
  "best_classifier": "fedcba9876543210",
  "signal_files": {{"ma_crossover": "signals/ma_crossover.parquet", "momentum": "signals/momentum.parquet"}},
  "classifier_files": {{"trend": "classifiers/trend.parquet", "volatility": "classifiers/volatility.parquet"}},
  "files": {{
{files}
  }},
  "wall_clock": {{"created_at": "2026-01-02", "finished_at": "2026-01-02T00:00:01Z", "elapsed_ms": 1000}}
}}
"#
    );
    fs::write(Path::new(&folder).join("metadata.json"), text).unwrap();
}
