//! The import of a file of prices with all its checks, from the cache of the system to synced Parquet, on two cores.
//!
//! `cargo xtask bench` runs it and compares it with what stands beside each row: 150 MB/s.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking, its helpers too")]

use admf_model::Timestamp;
use admf_store::market::{Reading, Request, Source, import};
use divan::Bencher;
use divan::counter::BytesCount;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const DAY: i64 = 86_400_000_000;
const MINUTE: i64 = 60_000_000;

fn main() {
    divan::main();
}

/// Minutes of sessions from 09:31 to 16:00 on weekdays, a row per minute and symbol.
fn minutes(rows: usize, symbols: usize) -> String {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state % below).unwrap()
    };
    let mut text = "Datetime,Symbol,Open,High,Low,Close,Volume\n".to_owned();
    let mut last = vec![10_000; symbols];
    let sessions = (3_650..).filter(|day: &i64| (day + 3).rem_euclid(7) < 5);
    let times = sessions.flat_map(|day| (571..=960).map(move |minute| day * DAY + minute * MINUTE));
    for time in times.take(rows / symbols) {
        let time = Timestamp::from_micros(time).to_string().replace('T', " ");
        for (symbol, last) in last.iter_mut().enumerate() {
            let open = *last + random(5) - 2;
            let close = (open + random(21) - 10).clamp(5_000, 50_000);
            let (high, low) = (open.max(close) + random(8), open.min(close) - random(8));
            *last = close;
            write!(text, "{},S{symbol}", time.trim_end_matches('Z')).unwrap();
            for price in [open, high, low, close] {
                write!(text, ",{}.{:02}", price / 100, price % 100).unwrap();
            }
            writeln!(text, ",{}", 100 + random(100_000)).unwrap();
        }
    }
    text
}

fn import_file(bencher: Bencher<'_, '_>, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("minutes.csv");
    fs::write(&file, text).unwrap();
    let request = Request {
        sources: vec![Source::path(&file)],
        name: "minutes".into(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now: Timestamp::from_micros(0),
    };
    let root = |n: usize| folder.path().join(n.to_string());
    let mut at = 0;
    let fresh = || {
        at += 1;
        root(at)
    };
    bencher.counter(BytesCount::of_str(text)).with_inputs(fresh).bench_local_refs(
        |root: &mut std::path::PathBuf| {
            let receipt = import(Path::new(root), &request, &|_| ()).unwrap();
            assert_eq!(receipt.rejected, 0);
            fs::remove_dir_all(root).unwrap();
        },
    );
}

/// A million bars of one symbol, 53 MB.
// must: 355 ms
#[divan::bench(sample_count = 5)]
fn minutes_of_a_symbol(bencher: Bencher<'_, '_>) {
    import_file(bencher, &minutes(1_000_000, 1));
}

/// A million bars of two hundred symbols, minute by minute, 55 MB.
// must: 365 ms
#[divan::bench(sample_count = 5)]
fn minutes_of_many_symbols(bencher: Bencher<'_, '_>) {
    import_file(bencher, &minutes(1_000_000, 200));
}
