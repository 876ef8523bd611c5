//! Memory that is bounded, and memory that does not suffice: a sweep of any size and files of any kind within what is
//! measured to be needed, and below that one line and an exit code.
//!
//! What is limited is the memory that a process may write to: code, and files that are mapped, do not count.

use super::subject::{copy, quiet, scratch, states, subject, succeeds, times, told};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Output};

/// What a sweep of 24,000 strategies needs, in MiB: 160 are too little, 200 suffice.
const SWEEP_MIB: usize = 260;
/// The same of 5,000,000 strategies, of each of which some hundred bytes are kept to tell duplicates and trials.
const LARGE_SWEEP_MIB: usize = 2_500;
/// What an import of a million bars needs, in MiB: 80 are too little, 120 suffice.
const IMPORT_MIB: usize = 160;
/// Their text has 59 MB.
const BARS: u32 = 1_000_000;

/// Runs the command with so much memory, and two processors: every thread needs some.
fn with_memory(at: &Path, mebibytes: usize, arguments: &[&str]) -> Output {
    let mut command = Command::new("taskset");
    command.args(["-c", "0,1", "prlimit", "--core=0"]).arg(format!("--data={}", mebibytes << 20));
    command.arg(env!("CARGO_BIN_EXE_admf")).args(arguments);
    // Telling where memory was refused needs memory.
    quiet(&mut command, at).env("RUST_BACKTRACE", "0").output().unwrap()
}

/// Strategies that are not stored with trades: 60 steps of low, 10 of high, and as many windows as make up the number.
fn sweep(windows: usize) -> String {
    format!(
        "data: {{dataset: sp500, from: 2018-01-01}}\nname: sweep\nstrategies:\n  - name: own\n    parameters: {{n: 2..6, low: \
         1..60, high: 61..70, trend: 1..{}}}\n    long: rsi(close, $n) < $low and close > lag(close, $trend)\n    exit: \
         rsi(close, $n) > $high\nkeep: {{trades: none, signals: none}}\n",
        windows.div_ceil(5)
    )
}

#[test]
fn a_large_sweep_in_bounded_memory() {
    let folder = subject();
    let at = folder.path();
    let windows = times(40, 8_334);
    fs::write(at.join("sweep.yaml"), sweep(windows)).unwrap();
    let output = with_memory(at, times(SWEEP_MIB, LARGE_SWEEP_MIB), &["run", "sweep.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let stored = succeeds(at, &["sql", "SELECT max(strategies) AS n FROM runs", "--format", "csv"]);
    let stored: usize = stored.lines().nth(1).unwrap().parse().unwrap();
    assert!(stored >= windows * 600, "{stored} strategies");
    assert!(states(at).values().all(|state| state == "complete"));
}

/// A bar a minute, in a text of some 60 bytes a row.
fn bars(at: &Path) {
    let mut text = BufWriter::new(fs::File::create(at.join("bars.csv")).unwrap());
    text.write_all(b"timestamp,open,high,low,close,volume\n").unwrap();
    for n in 0..BARS {
        let close = 100.0 + f64::from(n % 500_000 * 7_919 % 1_000_000) / 1_000_000.0;
        let (open, high, low) = (close - 0.000_007, close + 0.000_011, close - 0.000_013);
        let row =
            format!("{},{open:.6},{high:.6},{low:.6},{close:.6},{}\n", 1_000_000_000 + 60 * n, 100 + n % 900);
        text.write_all(row.as_bytes()).unwrap();
    }
    text.flush().unwrap();
}

fn packs(at: &Path, command: &[&str]) {
    let status = Command::new(command[0]).args(&command[1..]).current_dir(at).status().unwrap();
    assert!(status.success(), "{command:?}");
}

#[test]
fn a_file_of_every_kind_in_bounded_memory() {
    let folder = subject();
    let at = folder.path();
    bars(at);
    packs(at, &["gzip", "-k", "-1", "bars.csv"]);
    let (text, packed) = (File::open(at.join("bars.csv")), File::create(at.join("bars.csv.zst")));
    zstd::stream::copy_encode(text.unwrap(), packed.unwrap(), 1).unwrap();
    succeeds(at, &["sql", "SELECT * FROM 'bars.csv'", "-o", "bars.parquet"]);
    for file in ["bars.csv", "bars.csv.gz", "bars.csv.zst", "bars.parquet"] {
        let output = with_memory(at, IMPORT_MIB, &["data", "import", &format!("A={file}"), "--as", "same"]);
        let said = told(&output);
        assert_eq!(output.status.code(), Some(0), "{file}: {said}");
        assert!(said.contains("1,000,000 bars of 1 symbol"), "{file}: {said}");
        // The limit is near the need: with a third of it nothing is imported, and that is said.
        let output =
            with_memory(at, IMPORT_MIB / 10, &["data", "import", &format!("A={file}"), "--as", "less"]);
        assert_eq!(output.status.code(), Some(1), "{file}: {}", told(&output));
        assert!(!at.join("market/less").exists(), "{file}");
    }
}

/// With ever more memory, from far too little: nothing is lost, and a run that is complete when it fails says that it
/// is. No process of ours ends by a signal; what DuckDB does without memory is its own, and a run is complete by then.
#[test]
fn too_little_memory_is_an_error_that_is_told() {
    let before = subject();
    let (mut failed, mut complete_and_failed) = (0, 0);
    for mebibytes in (8..100).step_by(times(4, 1)) {
        let folder = scratch();
        let at = folder.path().join("w");
        copy(before.path(), &at);
        let output = with_memory(&at, mebibytes, &["run", "second.yaml"]);
        let said = told(&output);
        let code = output.status.code();
        let place = format!("{code:?} with {mebibytes} MiB: {said}");
        let is_complete = states(&at).values().filter(|state| *state == "complete").count() == 2;
        assert!(code.is_some() || is_complete, "{place}");
        if code.is_some_and(|code| code != 0) {
            failed += 1;
            assert!(!said.trim().is_empty(), "{place}");
        }
        if code == Some(1) && is_complete {
            complete_and_failed += 1;
            assert!(said.contains("is stored and complete"), "{place}");
            assert!(said.contains("admf analytics scan --run "), "{place}");
        }
        succeeds(&at, &["analytics", "scan"]);
        succeeds(&at, &["doctor"]);
    }
    println!("failed {failed} times, {complete_and_failed} times complete");
    assert!(failed > 0 && complete_and_failed > 0, "{failed}, {complete_and_failed}");
}
