//! What `admf runs diff` says of runs that differ in costs alone, and of specs that differ in layout alone.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const SPEC: &str = "
data: sp500
costs: {commission: 0.0005, slippage: 0}
strategies:
  - {type: ma_crossover, grid: {fast: [5, 10], slow: 50}}
";

fn admf(at: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_admf"))
        .current_dir(at)
        .args(arguments)
        .env("ADMF_CONFIG", "none")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Runs a spec and returns the beginning of the run's id.
fn run(at: &Path, spec: &str) -> String {
    fs::write(at.join("spec.yaml"), spec).unwrap();
    let (code, _, err) = admf(at, &["run", "spec.yaml"]);
    assert_eq!(code, Some(0), "{err}");
    let (_, runs, _) = admf(at, &["runs", "ls", "--format", "jsonl"]);
    let newest: Value = serde_json::from_str(runs.lines().next().unwrap()).unwrap();
    newest["run_id"].as_str().unwrap().to_owned()
}

fn diff(at: &Path, first: &str, second: &str) -> (Option<i32>, Value, String) {
    let (code, out, err) = admf(at, &["runs", "diff", first, second, "--format", "json"]);
    (code, serde_json::from_str(&out).unwrap(), err)
}

#[test]
fn the_effect_of_costs_and_fills_is_seen_and_layout_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let prices = concat!("SP500=", env!("CARGO_MANIFEST_DIR"), "/../../fixtures/market/arch_sp500.csv.gz");
    assert_eq!(admf(at, &["init", "."]).0, Some(0));
    assert_eq!(admf(at, &["data", "import", prices, "--as", "sp500"]).0, Some(0));
    let cheap = run(at, SPEC);
    let dear = run(at, &SPEC.replace("0.0005", "0.002"));
    let laid_out = run(at, &format!("# the same\n{}", SPEC.replace("[5, 10]", "[ 5,10 ]")));

    let (code, said, _) = diff(at, &cheap, &dear);
    assert_eq!(code, Some(5));
    let facts = &said["diff"];
    for (name, count) in
        [("strategies_in_both", 2), ("on_other_terms", 2), ("only_in_first", 0), ("strategies_changed", 2)]
    {
        assert_eq!(facts[name], count, "{name} in {said}");
    }
    assert_eq!(
        said["spec"],
        serde_json::json!([{"key": "costs.commission", "first": "0.0005", "second": "0.002"}])
    );
    let gone =
        said["metrics"].as_array().unwrap().iter().find(|row| row["metric"] == "total_return").unwrap();
    assert!(gone["largest_change"].as_f64().unwrap() < 0.0, "costs cost: {gone}");
    let changed = &said["strategies"].as_array().unwrap()[0];
    assert_ne!(changed["strategy_id"], changed["second_strategy_id"]);

    let (code, said, err) = diff(at, &cheap, &laid_out);
    assert_eq!((code, said["diff"]["on_other_terms"].as_i64()), (Some(0), Some(0)), "{said}");
    assert!(err.contains("the specs differ in layout and comments alone"), "{err}");
}
