use super::{LISTED, SignalFold, SignalMetadata};
use crate::run::{Finish, RunWriter};
use crate::workspace::Workspace;
use crate::{parquet_file, sample};
use std::collections::BTreeMap;
use tempfile::tempdir;

/// Strategy `n` of the sample has 100 bars and `n` changes, and is of type `momentum` where `n` is odd.
#[test]
fn a_run_can_be_looked_at_without_opening_its_tables() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let mut writer = RunWriter::begin(&workspace, sample::SPEC, sample::facts(), sample::CREATED_AT).unwrap();
    let run = writer.run_id();
    let rows = sample::rows(run, 0..10);
    writer.checkpoint(&rows).unwrap();
    let finish = Finish {
        elapsed_ms: &|| 0,
        trials: 0,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe: &|_| None,
    };
    writer.finish(&finish).unwrap();

    let text = std::fs::read_to_string(workspace.run(run).join("summary/performance.json")).unwrap();
    assert_eq!(text.lines().count(), 12, "a line per strategy between brackets");
    let entries: Vec<SignalMetadata> = serde_json::from_str(&text).unwrap();
    for (entry, row) in entries.iter().zip(&rows.strategies) {
        assert_eq!(entry.strategy_id, row.strategy_id.to_string());
        assert_eq!(entry.compression_ratio, row.compression_ratio);
        assert_eq!(
            (entry.sharpe_ratio, entry.cost_impact),
            (row.performance.sharpe_ratio, row.performance.cost_impact)
        );
        let regimes = rows.regime_performance.iter().filter(|r| r.strategy_id == row.strategy_id);
        let stored: usize = entry.regime_performance.values().map(BTreeMap::len).sum();
        assert_eq!(stored, regimes.count());
    }
    assert_eq!(entries.len(), 10);

    let footer = parquet_file::read_metadata(&workspace.run(run).join("signals/momentum.parquet")).unwrap();
    let footer: BTreeMap<&str, &str> = footer.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    // Strategies 1, 3, 5, 7, 9: 500 bars, 25 changes; 9 is the best.
    assert_eq!((footer["strategies"], footer["total_signals"], footer["signal_changes"]), ("5", "500", "25"));
    assert_eq!((footer["compression_ratio"], footer["sharpe_ratio"]), ("20", "0.9"));
    assert_eq!(footer["strategy_id"], rows.strategies[9].strategy_id.to_string());
}

#[test]
fn huge_runs_have_no_list() {
    let folder = tempdir().unwrap();
    let mut fold = SignalFold::default();
    let row = sample::strategy(sample::run_id(), 1);
    (0..=LISTED).for_each(|_| fold.push_strategy(&row));
    fold.write(folder.path()).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(fold.footer("momentum")[1], ("strategies", (LISTED + 1).to_string()));
}
