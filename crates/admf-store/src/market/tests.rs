//! The sample files through the whole import, store and load.

use super::{
    MarketError, Outcome, Progress, Reason, Receipt, Request, Source, import, list, load, load_verified, show,
};
use admf_model::{Bars, Timestamp};
use std::cell::RefCell;
use std::path::{Path, PathBuf};

fn fixture(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/market").join(file)
}

fn request(name: &str, sources: Vec<Source>) -> Request {
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    Request { sources, name: name.to_owned(), family: None, bars_per_year: None, now }
}

/// Imports CSV text under the file name `prices.csv`.
fn import_text(root: &Path, name: &str, text: &str) -> Result<Receipt, MarketError> {
    import(root, request(name, vec![Source::bytes("prices.csv", text.as_bytes().to_vec())]), &|_| {})
}

fn day(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_sample_stocks_are_five_full_histories() {
    let root = tempfile::tempdir().unwrap();
    let receipt =
        import(root.path(), request("stocks", vec![Source::path(fixture("bokeh_stocks.csv.gz"))]), &|_| {})
            .unwrap();
    // Counts: `gzip -dc bokeh_stocks.csv.gz | awk -F, 'NR>1{c[$1]++} END{for(k in c) print k, c[k]}'`.
    let counts: Vec<_> = receipt.description.symbols.iter().map(|s| (s.symbol.as_str(), s.bars)).collect();
    assert_eq!(counts, [("AAPL", 3270), ("FB", 196), ("GOOG", 2148), ("IBM", 3270), ("MSFT", 3270)]);
    assert_eq!((receipt.bars(), receipt.rejected, receipt.skipped()), (12_154, 0, 0));
    assert_eq!(receipt.outcome, Outcome::New);
    assert!(receipt.notes().is_empty(), "{:?}", receipt.notes());
    let dataset = load_verified(root.path(), "stocks").unwrap();
    assert_eq!(dataset.calendar.bars_per_year, 252.0);
    assert_eq!(dataset.interval.to_string(), "1d");
    let apple = dataset.symbol("AAPL").unwrap();
    assert!(apple.is_tradable());
    assert_eq!(apple.timestamps()[0], day("2000-03-01"));
    assert_eq!(apple.open.get(0), Some(118.56));
    assert_eq!(apple.volume.get(0), Some(9_616_100.0));
    assert_eq!(apple.adjustment.as_ref().unwrap().get(0), Some(4.186662803811 / 130.31));
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
    let receipt = import(root.path(), request("indices", sources), &|_| {}).unwrap();
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
    assert_eq!(notes, ["not tradable, but usable in rules as close@DCOILWTICO, close@VIX"]);
}
