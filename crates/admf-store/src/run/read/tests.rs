use super::{regimes, signals, spec, strategies, strategy, strategy_keys, trades};
use crate::error::StoreError;
use crate::run::{Finish, RunFacts, RunWriter};
use crate::sample::{self, CREATED_AT, SPEC};
use crate::workspace::Workspace;
use admf_model::{ContentHash, RunId, StrategyId};
use tempfile::tempdir;

fn finished(workspace: &Workspace) -> RunId {
    let facts = RunFacts { config_hash: ContentHash::of(&[SPEC.as_bytes()]), ..sample::facts() };
    let mut writer = RunWriter::begin(workspace, SPEC, facts, CREATED_AT).unwrap();
    let run = writer.run_id();
    writer.checkpoint(&sample::rows(run, 0..10)).unwrap();
    let deflated_sharpe = &|_: &crate::run::SharpeEvidence| None;
    let finish = Finish {
        elapsed_ms: &|| 1,
        trials: 1,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe,
    };
    writer.finish(&finish).unwrap();
    run
}

#[test]
fn one_strategy_is_found_among_all_with_what_it_did() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let run = finished(&workspace);
    let rows = sample::rows(run, 0..10);
    let wanted = &rows.strategies[4];
    assert_eq!(strategy(&workspace, run, wanted.strategy_id).unwrap().as_ref(), Some(wanted));
    assert_eq!(strategy(&workspace, run, StrategyId::from_bits(1)).unwrap(), None);
    assert_eq!(strategies(&workspace, run).unwrap(), rows.strategies);

    let expected: Vec<_> =
        rows.trades.iter().filter(|t| t.strategy_id == wanted.strategy_id).cloned().collect();
    assert!(!expected.is_empty());
    assert_eq!(trades(&workspace, run, wanted.strategy_id).unwrap(), expected);
    let expected: Vec<_> =
        rows.regime_performance.iter().filter(|r| r.strategy_id == wanted.strategy_id).cloned().collect();
    assert!(!expected.is_empty());
    assert_eq!(regimes(&workspace, run, wanted.strategy_id).unwrap(), expected);
}

#[test]
fn keys_are_columns_of_the_strategies() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let run = finished(&workspace);
    let keys = strategy_keys(&workspace, run).unwrap();
    let rows = sample::rows(run, 0..10).strategies;
    assert_eq!(keys.len(), rows.len());
    for (key, row) in keys.iter().zip(&rows) {
        assert_eq!((key.strategy_id, key.correlation_id), (row.strategy_id, row.correlation_id));
        assert_eq!((&key.strategy_type, &key.symbol), (&row.strategy_type, &row.symbol));
        assert_eq!((&key.parameters, key.sharpe_ratio), (&row.parameters, row.performance.sharpe_ratio));
    }
}

#[test]
fn signals_are_there_only_where_they_were_kept() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let run = finished(&workspace);
    let rows = sample::rows(run, 0..10);
    let (kind, kept) = rows.signals.iter().next().unwrap();
    let id = kept[0].strategy_id;
    let mut row = strategy(&workspace, run, id).unwrap().unwrap();
    row.signal_file = Some(format!("signals/{kind}.parquet"));
    let expected: Vec<_> = kept.iter().filter(|s| s.strategy_id == id).cloned().collect();
    assert_eq!(signals(&workspace, &row).unwrap(), Some(expected));
    row.signal_file = None;
    assert_eq!(signals(&workspace, &row).unwrap(), None);
}

#[test]
fn a_spec_that_was_changed_is_not_what_was_run() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let run = finished(&workspace);
    assert_eq!(spec(&workspace, run).unwrap(), SPEC);
    std::fs::write(workspace.run(run).join("spec.yaml"), "name: another\n").unwrap();
    assert!(matches!(spec(&workspace, run), Err(StoreError::Damaged { .. })));
}
