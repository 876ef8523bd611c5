//! Fields at a glance.

use super::{Quick, runs, strategies};
use crate::foreign::Decimal;
use crate::workspace::Workspace;
use admf_model::RunId;
use std::fs;

#[test]
fn the_net_ratio_counts_where_it_is_told() {
    let quick: Quick = serde_json::from_str(
        r#"{"strategy_id": "a", "sharpe_ratio": "1.5", "net_sharpe": 1.25, "regime_performance": {"UP": {"x": [1]}}}"#,
    )
    .unwrap();
    assert_eq!((quick.sharpe(), quick.total_return), (Some(1.25), Decimal(None)));
    let pairs = [("sharpe_ratio", "0.9"), ("win_rate", "half"), ("total_signals", "7")];
    let quick = Quick::from_footer(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!((quick.sharpe(), quick.win_rate.0, quick.total_signals.0), (Some(0.9), None, Some(7.0)));
}

#[test]
fn a_damaged_run_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(&folder.path().join("w")).unwrap();
    let ids = [b"a", b"b", b"c"].map(|name| RunId::of(&[name]));
    ids.iter().for_each(|id| fs::create_dir(workspace.run(*id)).unwrap());
    let text = format!(
        r#"{{"run_id": "{}", "name": "x", "family": "f", "total_strategies": 2, "best_sharpe": 1.5, "best_strategy": null}}"#,
        ids[0]
    );
    fs::write(workspace.run(ids[0]).join("metadata.json"), text).unwrap();
    fs::write(workspace.run(ids[1]).join("metadata.json"), "{").unwrap();
    let (found, damaged) = runs(&workspace).unwrap();
    assert_eq!((found.len(), damaged.len()), (1, 1));
    assert_eq!((found[0].total_strategies, found[0].best_sharpe), (2, Some(1.5)));
    assert_eq!(strategies(&workspace, ids[0]).unwrap(), None);
}
