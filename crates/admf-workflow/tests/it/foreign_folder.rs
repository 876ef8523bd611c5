//! Writes folders as another program leaves them: a run with as many strategies as wanted, the same for the same seed.

use arrow::array::{ArrayRef, Float32Array, Int8Array, StringArray, TimestampNanosecondArray};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

const DAY: i64 = 86_400_000_000_000;
/// 2020-01-01.
const START: i64 = 18_262 * DAY;
/// Days of a run.
pub(crate) const DAYS: u64 = 500;

/// How strategies are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A folder with three files per strategy.
    Folders,
    /// A Parquet file per strategy.
    Files,
}

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below`, without `below`.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.next() % below
    }
}

/// Writes a run of `strategies` strategies. Strategy `n` is called `s00000`, has the Sharpe ratio [`sharpe`] of `n` and
/// parameters that no other one has.
pub(crate) fn write_run(folder: &Path, run_id: &str, strategies: usize, layout: Layout, seed: u64) {
    fs::create_dir_all(folder.join("signals")).unwrap();
    let metadata = format!(
        r#"{{"run_id": "{run_id}", "created_at": "2023-05-02T09:30:00", "workflow_type": "optimization",
 "total_strategies": {strategies}, "commission_model": "0.001", "slippage_model": "linear",
 "start_date": "2020-01-01T00:00:00", "end_date": "2021-05-14T00:00:00", "symbols": ["SPY"]}}"#
    );
    fs::write(folder.join("metadata.json"), metadata).unwrap();
    for n in 0..strategies {
        write_strategy(&folder.join("signals"), n, layout, &mut Random(seed ^ (n as u64) << 20));
    }
    write_classifier(&folder.join("classifiers").join("trend"));
}

/// The Sharpe ratio of a generated strategy: different for each.
pub(crate) fn sharpe(n: usize) -> f64 {
    (n as f64 * 0.618_033_988_75).fract() * 3.0 - 1.0
}

fn write_strategy(folder: &Path, n: usize, layout: Layout, random: &mut Random) {
    let name = format!("s{n:05}");
    let (fast, slow) = (5 + n % 70, 100 + n / 70);
    let signals = changes(random);
    let sharpe = sharpe(n);
    if layout == Layout::Files {
        let pairs = [
            ("strategy_id", name.clone()),
            ("strategy_type", "crossover".to_owned()),
            ("parameters", format!(r#"{{"fast": {fast}, "slow": {slow}}}"#)),
            ("total_signals", DAYS.to_string()),
            ("compression_ratio", (DAYS as f64 / signals.len() as f64).to_string()),
            ("sharpe_ratio", sharpe.to_string()),
        ];
        return write_signals(&folder.join(format!("{name}.parquet")), &signals, &pairs);
    }
    let folder = folder.join(&name);
    fs::create_dir_all(&folder).unwrap();
    let metadata = format!(
        r#"{{
  "strategy_id": "{name}",
  "strategy_type": "crossover",
  "parameters": {{"fast": {fast}, "slow": "{slow}"}},
  "total_signals": {DAYS},
  "signal_changes": {changes},
  "compression_ratio": {ratio},
  "sharpe_ratio": "{sharpe}",
  "total_return": "0.25",
  "max_drawdown": "-0.125",
  "win_rate": "0.5",
  "gross_sharpe": "{gross}",
  "net_sharpe": "{sharpe}",
  "cost_impact": "0.25",
  "regime_performance": {{"UP": {{"sharpe_ratio": "1.5", "total_return": "0.2", "win_rate": "0.75"}},
                          "DOWN": {{"sharpe_ratio": "-0.5", "total_return": "0.05", "win_rate": "0.25"}}}}
}}
"#,
        changes = signals.len(),
        ratio = DAYS as f64 / signals.len() as f64,
        gross = sharpe + 0.25,
    );
    fs::write(folder.join("metadata.json"), metadata).unwrap();
    let performance = format!(r#"{{"sharpe_ratio": {sharpe}, "total_trades": 12, "profit_factor": NaN}}"#);
    fs::write(folder.join("performance.json"), performance).unwrap();
    write_signals(&folder.join("signals.parquet"), &signals, &[]);
}

/// Days and positions: changes alone, at least one of them.
fn changes(random: &mut Random) -> Vec<(i64, i8)> {
    let mut changes = vec![(START, 1)];
    let mut day = 0;
    loop {
        day += 1 + random.below(40) as i64;
        if day >= DAYS as i64 {
            return changes;
        }
        let before = changes.last().map_or(0, |(_, signal)| *signal);
        let next = [-1, 0, 1].into_iter().filter(|signal| *signal != before).nth(random.below(2) as usize);
        changes.push((START + day * DAY, next.unwrap()));
    }
}

/// Writes a file of signals with pairs in its footer.
pub(crate) fn write_signals(path: &Path, signals: &[(i64, i8)], pairs: &[(&str, String)]) {
    let columns: [(&str, ArrayRef); 3] = [
        ("timestamp", Arc::new(TimestampNanosecondArray::from_iter_values(signals.iter().map(|s| s.0)))),
        ("signal", Arc::new(Int8Array::from_iter_values(signals.iter().map(|s| s.1)))),
        ("confidence", Arc::new(Float32Array::from_iter_values(signals.iter().map(|_| 0.75)))),
    ];
    write_table(path, columns, pairs);
}

/// Writes any columns, compressed as other programs do.
pub(crate) fn write_table<const N: usize>(
    path: &Path,
    columns: [(&str, ArrayRef); N],
    pairs: &[(&str, String)],
) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let pairs = pairs.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone())).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(pairs))
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn write_classifier(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let metadata = r#"{"classifier_id": "trend", "classifier_type": "trend", "parameters": {"n": 50}, "total_states": 500,
 "regime_counts": {"UP": 300, "DOWN": 200}, "avg_regime_duration": {"UP": 150.0, "DOWN": 200.0},
 "transition_matrix": {"UP": {"UP": 0.99, "DOWN": 0.01}}}"#;
    fs::write(folder.join("metadata.json"), metadata).unwrap();
    let days = [0, 150, 350].map(|day| START + day * DAY);
    let columns: [(&str, ArrayRef); 2] = [
        ("timestamp", Arc::new(TimestampNanosecondArray::from_iter_values(days))),
        ("state", Arc::new(StringArray::from(vec!["UP", "DOWN", "UP"]))),
    ];
    write_table(&folder.join("states.parquet"), columns, &[]);
}
