//! Every strategy of the library at its defaults on real prices: what `fixtures/library/reference.py` computed with
//! pandas, numpy and TA-Lib.

use crate::support::{Observer, clock};
use admf_rules::library;
use admf_store::market::{self, Request, Source};
use admf_store::tables::TradeRow;
use admf_workflow::Workspace;
use admf_workflow::replay::{Replay, StrategyReplay, Verification};
use admf_workflow::run::{RunRequest, run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

const SP500: &[u8] = include_bytes!("../../../../fixtures/market/arch_sp500.csv.gz");
const NASDAQ: &[u8] = include_bytes!("../../../../fixtures/market/arch_nasdaq.csv.gz");
const VIX: &[u8] = include_bytes!("../../../../fixtures/market/arch_vix.csv.gz");
const EXPECTED: &str = include_str!("../../../../fixtures/library/expected.json");

fn workspace(folder: &Path) -> Workspace {
    let workspace = Workspace::init(folder).unwrap();
    let indices = vec![
        Source::bytes("arch_sp500.csv.gz", SP500).with_symbol("SP500"),
        Source::bytes("arch_nasdaq.csv.gz", NASDAQ).with_symbol("NASDAQ"),
    ];
    for (name, sources) in [("indices", indices), ("vix", vec![Source::bytes("arch_vix.csv.gz", VIX)])] {
        let request = Request {
            sources,
            name: name.into(),
            family: None,
            bars_per_year: None,
            reading: market::Reading::default(),
            rejects: None,
            now: clock(),
        };
        market::import(&workspace.market(), &request, &|_| ()).unwrap();
    }
    workspace
}

/// The library on one index each, by name.
fn replayed(folder: &Path, symbol: impl Fn(&str) -> String) -> BTreeMap<String, StrategyReplay> {
    let workspace = workspace(folder);
    let mut spec = "data: {dataset: indices, auxiliary: [vix]}\nstrategies:\n".to_owned();
    for definition in library::strategies() {
        let name = &definition.name;
        spec += &format!("  - {{type: {name}, symbols: {}}}\n", symbol(name));
    }
    spec += "classifiers: [trend, vix, drawdown, correlation]\n";
    let request = RunRequest {
        workspace: &workspace,
        spec_name: "library.yaml".into(),
        spec_text: spec,
        threads: NonZeroUsize::new(2),
        clock: &clock,
    };
    let report = run(&request, &mut Observer::default()).unwrap();
    assert_eq!((report.strategies, report.duplicates), (library::strategies().len(), 0));
    let mut replay = Replay::open(&workspace, "@last").unwrap();
    let keys = replay.keys().unwrap();
    keys.iter().map(|key| (key.strategy_type.clone(), replay.strategy(key).unwrap())).collect()
}

/// Dates in order and on which side, in one number: any that is missing, moved or turned changes it.
fn digest<'a>(trades: impl Iterator<Item = &'a TradeRow>, day: impl Fn(&TradeRow) -> i64) -> i64 {
    let side = |trade: &TradeRow| if trade.direction == "long" { 1 } else { -1 };
    trades.zip(1..).map(|(trade, at)| at * day(trade) * side(trade)).sum()
}

#[test]
fn every_strategy_does_what_an_independent_computation_says() {
    const DAY: i64 = 86_400_000_000;
    let expected: BTreeMap<String, Value> = serde_json::from_str(EXPECTED).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let symbol =
        |name: &str| expected.get(name).map_or("SP500", |e| e["symbol"].as_str().unwrap()).to_owned();
    let replays = replayed(folder.path(), symbol);
    let mut wrong = Vec::new();
    for (name, replay) in &replays {
        let performance = &replay.performance;
        // What is evaluated again goes bar by bar, what is stored the fastest way.
        let difference = &replay.verification;
        assert!(!matches!(difference, Verification::Different(_)), "{name}: {difference:?}");
        assert!(performance.total_trades > Some(0.0) || name == "buy_and_hold", "{name} never trades");
        let expected = expected.get(name).unwrap_or_else(|| panic!("{name} has no independent computation"));
        let closed = || replay.trades.iter().filter(|trade| trade.status == "closed");
        let got = [
            ("trades", closed().count() as i64),
            ("entries", digest(replay.trades.iter(), |trade| trade.entry_time.micros() / DAY)),
            ("exits", digest(closed(), |trade| trade.exit_time.micros() / DAY)),
        ];
        for (what, value) in got {
            if expected[what] != value {
                wrong.push(format!("{name}: {what} {value}, expected {}", expected[what]));
            }
        }
        let metrics = [
            ("total_return", performance.total_return),
            ("sharpe_ratio", performance.sharpe_ratio),
            ("max_drawdown", performance.max_drawdown),
            ("exposure", performance.exposure),
        ];
        for (what, value) in metrics {
            // What is earned with a size that follows a column, the reference simulation cannot say.
            let (Some(expected), value) = (expected[what].as_f64(), value.unwrap()) else { continue };
            if (value - expected).abs() > 1e-9 * expected.abs().max(1.0) {
                wrong.push(format!("{name}: {what} {value}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
