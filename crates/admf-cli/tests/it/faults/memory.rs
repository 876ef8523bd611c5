//! A sweep of millions of strategies in bounded memory.

use super::subject::{quiet, states, subject, succeeds, times, told};
use std::fs;
use std::process::Command;

/// Address space of the process in KiB, of which DuckDB's library and the stacks of threads take a third.
const MEMORY_KB: u32 = 3_000_000;

#[test]
fn a_large_sweep_in_bounded_memory() {
    let folder = subject();
    let at = folder.path();
    // 60 steps of low, 10 of high, and as many windows as make up the number.
    let windows = times(40, 8_334);
    let strategies = windows * 600;
    let spec = format!(
        "data: {{dataset: sp500, from: 2018-01-01}}\nname: sweep\nstrategies:\n  - name: own\n    parameters: {{n: 2..6, low: \
         1..60, high: 61..70, trend: 1..{}}}\n    long: rsi(close, $n) < $low and close > lag(close, $trend)\n    exit: \
         rsi(close, $n) > $high\nkeep: {{trades: none, signals: none}}\n",
        windows.div_ceil(5)
    );
    fs::write(at.join("sweep.yaml"), spec).unwrap();
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {MEMORY_KB}; exec \"$@\"");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_admf"), "run", "sweep.yaml"]);
    let output = quiet(&mut command, at).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let stored = succeeds(at, &["sql", "SELECT max(strategies) AS n FROM runs", "--format", "csv"]);
    let stored: usize = stored.lines().nth(1).unwrap().parse().unwrap();
    assert!(stored >= strategies, "{stored} strategies");
    assert!(states(at).values().all(|state| state == "complete"));
}
