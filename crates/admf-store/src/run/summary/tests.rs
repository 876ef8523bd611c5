use super::SummaryFold;
use crate::run::{Finish, RunWriter};
use crate::sample;
use crate::workspace::Workspace;
use serde_json::{Value, json};
use tempfile::tempdir;

#[test]
fn rankings_hold_the_best_and_equals_in_the_order_of_their_ids() {
    let mut fold = SummaryFold::default();
    for n in [4, 30, 2, 29, 3] {
        fold.push_strategy(&sample::strategy(sample::run_id(), n));
    }
    // Whichever comes first in the run: of several ids some are below and some above that of strategy 30.
    let mut ids = vec![sample::strategy(sample::run_id(), 30).strategy_id];
    for n in 100..108 {
        let mut equal = sample::strategy(sample::run_id(), n);
        equal.performance.sharpe_ratio = Some(3.0);
        fold.push_strategy(&equal);
        ids.push(equal.strategy_id);
    }
    ids.sort();
    let equals: Vec<_> = fold.rankings[0].0.iter().take(9).map(|(_, id, _)| *id).collect();
    assert_eq!(equals, ids);
    assert_eq!(fold.best_sharpe(), Some((3.0, ids[0])));
    let ranked: Vec<f64> = fold.rankings[0].0.iter().map(|(value, ..)| *value).collect();
    assert_eq!(ranked[8..], [3.0, 2.9, 0.4, 0.3, 0.2]);
    for n in 200..300 {
        fold.push_strategy(&sample::strategy(sample::run_id(), n));
    }
    assert_eq!(fold.rankings[0].0.len(), 20);
    assert_eq!(fold.rankings[0].0[0].0, 29.9);
}

#[test]
fn files_answer_the_first_questions() {
    let folder = tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let mut writer = RunWriter::begin(&workspace, sample::SPEC, sample::facts(), sample::CREATED_AT).unwrap();
    let run = writer.run_id();
    writer.checkpoint(&sample::rows(run, 0..10)).unwrap();
    let finish = Finish {
        elapsed_ms: &|| 0,
        trials: 0,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        deflated_sharpe: &|_| None,
    };
    writer.finish(&finish).unwrap();
    let read = |name: &str| -> Value {
        let path = workspace.run(run).join("summary").join(name);
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    };
    let performance = read("performance_summary.json");
    assert_eq!(performance["strategies"], 10);
    assert_eq!(performance["strategies_by_type"], json!({"ma_crossover": 5, "momentum": 5}));
    // Sharpe ratios 0.1 to 0.9 without 0.7: mean 3.8 / 8.
    let sharpe = &performance["metrics"]["sharpe_ratio"];
    assert_eq!((&sharpe["defined"], &sharpe["min"], &sharpe["max"]), (&json!(8), &json!(0.1), &json!(0.9)));
    assert!((sharpe["mean"].as_f64().unwrap() - 0.475).abs() < 1e-12);
    assert_eq!(performance["metrics"]["deflated_sharpe"]["mean"], Value::Null);

    let best = &read("strategy_rankings.json")["sharpe_ratio"][0];
    let expected = sample::strategy(run, 9);
    assert_eq!(best["strategy_id"], expected.strategy_id.to_string());
    assert_eq!(best["parameters"], json!({"fast": 1, "level": 0.5}));

    let classifier = &read("regime_summary.json")["classifiers"][0];
    assert_eq!(classifier["regime_counts"], json!({"UP": 60, "DOWN": 40}));
    let score = json!({"strategy_id": expected.strategy_id.to_string(), "regime_aware_score": 0.9});
    assert_eq!(classifier["best_by_regime"]["UP"], score);
}
