//! The sample files, and any bars at all, through import, store and load.

use super::{Outcome, Reading, Receipt, Request, Source, import, load_verified};
use admf_model::{Bars, Series, Timestamp};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn fixture(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/market").join(file)
}

fn run(root: &Path, name: &str, sources: Vec<Source>) -> Receipt {
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    let request = Request {
        sources,
        name: name.to_owned(),
        family: None,
        bars_per_year: None,
        reading: Reading::default(),
        rejects: None,
        now,
    };
    import(root, &request, &|_| {}).unwrap()
}

#[test]
fn the_sample_stocks_are_five_full_histories() {
    let root = tempfile::tempdir().unwrap();
    let receipt = run(root.path(), "stocks", vec![Source::path(fixture("bokeh_stocks.csv.gz"))]);
    // Counts: `gzip -dc bokeh_stocks.csv.gz | awk -F, 'NR>1{c[$1]++} END{for(k in c) print k, c[k]}'`.
    let counts: Vec<_> = receipt.description.symbols.iter().map(|s| (s.symbol.as_str(), s.bars)).collect();
    assert_eq!(counts, [("AAPL", 3270), ("FB", 196), ("GOOG", 2148), ("IBM", 3270), ("MSFT", 3270)]);
    assert_eq!((receipt.bars(), receipt.rejected, receipt.skipped()), (12_154, 0, 0));
    assert_eq!(receipt.outcome, Outcome::New);
    let notes: Vec<_> = receipt.notes().iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["bokeh_stocks.csv.gz: read as yahoo"]);
    let dataset = load_verified(root.path(), "stocks").unwrap();
    assert_eq!(dataset.calendar.bars_per_year, 252.0);
    assert_eq!(dataset.interval.to_string(), "1d");
    let apple = dataset.symbol("AAPL").unwrap();
    assert!(apple.is_tradable());
    assert_eq!(apple.timestamps()[0], "2000-03-01".parse::<Timestamp>().unwrap());
    assert_eq!(apple.open.get(0), Some(118.56));
    assert_eq!(apple.volume.get(0), Some(9_616_100.0));
    assert_eq!(apple.adjustment.as_ref().unwrap().get(0), Some(4.186662803811 / 130.31));
}

#[test]
fn the_sample_is_what_its_provenance_says() {
    let provenance = std::fs::read_to_string(fixture("PROVENANCE.md")).unwrap();
    let files = ["bokeh_stocks", "arch_sp500", "arch_nasdaq", "arch_vix", "arch_wti"];
    for file in files.map(|name| format!("{name}.csv.gz")) {
        let root = tempfile::tempdir().unwrap();
        let receipt = run(root.path(), "x", vec![Source::path(fixture(&file))]);
        let sha256 = &receipt.description.sources[0].sha256;
        let row = provenance.lines().find(|line| line.starts_with(&format!("| `{file}`"))).unwrap();
        assert!(row.contains(sha256), "{file} has {sha256}");
    }
}

#[test]
fn the_sample_indices_become_one_dataset() {
    let root = tempfile::tempdir().unwrap();
    let sources = vec![
        Source::path(fixture("arch_sp500.csv.gz")).with_symbol("SP500"),
        Source::path(fixture("arch_nasdaq.csv.gz")),
        Source::path(fixture("arch_vix.csv.gz")),
        Source::path(fixture("arch_wti.csv.gz")),
    ];
    let receipt = run(root.path(), "indices", sources);
    let rows: Vec<_> = receipt
        .description
        .symbols
        .iter()
        .map(|s| (s.symbol.as_str(), s.bars, s.first.to_string(), s.last.to_string(), s.tradable))
        .collect();
    let row = |symbol, bars, first: &str, last: &str, tradable| {
        (symbol, bars, first.to_owned(), last.to_owned(), tradable)
    };
    assert_eq!(
        rows,
        [
            row("ARCH_NASDAQ", 5031, "1999-01-04", "2018-12-31", true),
            row("DCOILWTICO", 8611 - 290, "1986-01-02", "2019-01-03", false),
            row("SP500", 5031, "1999-01-04", "2018-12-31", true),
            row("VIX", 1305 - 46, "2014-01-03", "2019-01-03", false),
        ]
    );
    let skipped: Vec<_> = receipt.description.sources.iter().map(|s| s.skipped).collect();
    assert_eq!(skipped, [0, 0, 46, 290]);
    assert_eq!(receipt.rejected, 0);
    assert_eq!(receipt.description.calendar.bars_per_year, 252.0);
    let notes: Vec<_> = receipt.notes().iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "arch_sp500.csv.gz: read as yahoo",
            "arch_nasdaq.csv.gz: read as yahoo",
            "not tradable, but usable in rules as close@DCOILWTICO, close@VIX",
        ]
    );
}

/// Days between bars, volume, and four prices of which the extremes become high and low.
type Bar = (i64, Option<f64>, [f64; 4], f64);

fn any_bars() -> impl Strategy<Value = Vec<Bar>> {
    let price = 1e-3..1e6;
    let volume = prop::option::of(0.0..1e12);
    prop::collection::vec((1..4_i64, volume, prop::array::uniform4(price.clone()), price), 2..40)
}

/// The bars, and the same as lines of CSV.
fn bars_and_lines(bars: &[Bar], adjusted: bool) -> (Bars, Vec<String>) {
    let (mut day, mut lines, mut times) = (0, Vec::new(), Vec::new());
    let mut columns: [Vec<Option<f64>>; 6] = Default::default();
    for (gap, volume, prices, adjusted_close) in bars {
        day += gap;
        times.push(Timestamp::from_micros(day * 86_400_000_000));
        let [open, close, ..] = *prices;
        let high = prices.iter().copied().fold(f64::MIN, f64::max);
        let low = prices.iter().copied().fold(f64::MAX, f64::min);
        let values = [Some(open), Some(high), Some(low), Some(close), *volume, Some(adjusted_close / close)];
        columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
        let volume = volume.map_or_else(|| "NA".to_owned(), |v| v.to_string());
        let adjusted = if adjusted { format!(",{adjusted_close}") } else { String::new() };
        lines.push(format!("{},{open},{high},{low},{close},{volume}{adjusted}\n", times[times.len() - 1]));
    }
    let [open, high, low, close, volume, adjustment] = columns.map(|c| c.into_iter().collect::<Series>());
    let mut bars = Bars::new("S", times, [open, high, low, close, volume]).unwrap();
    bars.adjustment = adjusted.then_some(adjustment);
    (bars, lines)
}

#[test]
fn few_rows_have_the_interval_of_all_rows_of_their_symbol() {
    // 3 January, 6 and 10 January: what the first file holds is a week apart and on one weekday.
    let header = "Date,Open,High,Low,Close,Volume\n";
    let file = |rows: &str| Source::bytes("f.csv", format!("{header}{rows}").into_bytes()).with_symbol("S");
    let root = tempfile::tempdir().unwrap();
    run(
        root.path(),
        "x",
        vec![file("2000-01-10,1,1,1,1,1\n2000-01-03,1,1,1,1,1\n"), file("2000-01-06,1,1,1,1,1\n")],
    );
    let dataset = load_verified(root.path(), "x").unwrap();
    let days: Vec<String> = dataset.symbols[0].timestamps().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2000-01-03", "2000-01-06", "2000-01-10"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bars_are_loaded_bit_for_bit(bars in any_bars(), adjusted: bool, turn in 0..40_usize, cut in 0..40_usize) {
        let (bars, mut lines) = bars_and_lines(&bars, adjusted);
        lines.rotate_left(turn % bars.len());
        // In two files, to which the rows are dealt in any way.
        let header = if adjusted { "Date,Open,High,Low,Close,Volume,Adj Close\n" } else { "Date,Open,High,Low,Close,Volume\n" };
        let file = |lines: &[String]| {
            Source::bytes("f.csv", [header, &lines.concat()].concat().into_bytes()).with_symbol("S")
        };
        let (front, back) = lines.split_at(cut % bars.len());
        let root = tempfile::tempdir().unwrap();
        let receipt = run(root.path(), "x", vec![file(front), file(back)]);
        prop_assert_eq!(receipt.rejected, 0);
        let dataset = load_verified(root.path(), "x").unwrap();
        prop_assert_eq!(&dataset.symbols, &[bars]);
    }
}
