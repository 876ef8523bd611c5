//! The side of ADMF in a comparison: `cargo xtask bench --peers` says on standard input what to run and reads a line
//! of JSON for it. `worker.py` beside this file speaks the same for the peers. Examples of the crates include it.

use serde_json::{Map, Value, json};
use std::fs;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What a task computed and how long one repetition of it took.
pub(crate) struct Outcome {
    /// Seconds of one repetition.
    pub(crate) seconds: f64,
    /// Results by name; undefined values are NaN.
    pub(crate) columns: Vec<(&'static str, Vec<f64>)>,
    /// What else is worth telling: phases, counts.
    pub(crate) details: Map<String, Value>,
}

impl Outcome {
    pub(crate) fn new(seconds: f64) -> Self {
        Self { seconds, columns: Vec::new(), details: Map::new() }
    }
}

/// Answers `run TASK`, or `save FOLDER TASK` for one whose columns are to be kept as raw little-endian numbers, until
/// the input ends. Memory counts from here: what was loaded before is the data.
pub(crate) fn serve(threads: usize, mut run: impl FnMut(&str) -> Outcome) {
    let data = kibibytes("VmRSS:").unwrap_or(0);
    say(&json!({"versions": {"admf": env!("CARGO_PKG_VERSION")}, "threads": threads}));
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the harness writes UTF-8");
        let (folder, task) = match line.split_once(' ') {
            Some(("run", task)) => (None, task),
            Some(("save", rest)) => match rest.split_once(' ') {
                Some((folder, task)) => (Some(Path::new(folder)), task),
                None => panic!("`{line}` names no task"),
            },
            _ => panic!("`{line}` is neither `run TASK` nor `save FOLDER TASK`"),
        };
        forget_peak();
        let outcome = run(task);
        let peak = kibibytes("VmHWM:").map(|peak| peak.saturating_sub(data) * 1024);
        for (name, column) in folder.map(|_| &outcome.columns).into_iter().flatten() {
            let bytes: Vec<u8> = column.iter().flat_map(|value| value.to_le_bytes()).collect();
            let path = folder.expect("there is one").join(format!("{name}.f64"));
            fs::write(&path, bytes).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
        }
        let columns: Vec<&str> = outcome.columns.iter().map(|(name, _)| *name).collect();
        let (seconds, details) = (outcome.seconds, outcome.details);
        say(&json!({"seconds": seconds, "peak_bytes": peak, "columns": columns, "details": details}));
    }
}

/// Seconds of one repetition of work that is too short to be timed alone: as many as fill a twentieth of a second,
/// each with input made outside the time.
#[allow(dead_code, reason = "not every example has short work")]
pub(crate) fn repeated<I, T>(mut input: impl FnMut() -> I, mut work: impl FnMut(I) -> T) -> (f64, T) {
    let (mut spent, mut repetitions) = (Duration::ZERO, 0_u32);
    loop {
        let given = black_box(input());
        let start = Instant::now();
        let result = black_box(work(given));
        spent += start.elapsed();
        repetitions += 1;
        if spent >= Duration::from_millis(50) {
            return (spent.as_secs_f64() / f64::from(repetitions), result);
        }
    }
}

fn say(value: &Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{value}").and_then(|()| out.flush()).expect("the harness listens");
}

/// Lets Linux count the peak of memory anew; where there is no such file, no peak is told.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn kibibytes(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse().ok()
}
