use super::check_unchanged;
use admf_store::run::RunFacts;

const FACTS: &str = r#"{
    "name": "demo", "workflow_type": "grid_search", "family": "stocks", "dataset": "stocks",
    "dataset_hash": "f3ce90556f52da3e", "symbols": ["AAPL"], "bar_interval": "1d", "bars_per_year": 252.0,
    "start_date": "2000-03-01", "end_date": "2013-03-01", "total_bars": 3270, "config_hash": "0f4bf96a413f8e3f",
    "engine_version": "0.1.0", "commission_model": "0.001 of value", "slippage_model": "linear 0.0005",
    "parent_run_id": null
}"#;

#[test]
fn a_change_is_named_and_a_file_name_is_none() {
    let facts: RunFacts = serde_json::from_str(FACTS).unwrap();
    check_unchanged(&facts, &RunFacts { name: "spec".into(), ..facts.clone() }).unwrap();
    let refusal = |now: RunFacts| check_unchanged(&facts, &now).unwrap_err().to_string();
    assert_eq!(
        refusal(RunFacts { engine_version: "9.0.0".into(), ..facts.clone() }),
        "the run was begun by ADMF 0.1.0 and this is ADMF 9.0.0: the two halves would not be one run"
    );
    assert_eq!(
        refusal(RunFacts { bars_per_year: 365.0, ..facts.clone() }),
        "`bars_per_year` was 252.0 when the run began and is 365.0: the two halves would not be one run"
    );
}
