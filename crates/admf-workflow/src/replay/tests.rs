use super::{Replay, ReplayTable, Verification, returns, table};
use crate::Workspace;
use crate::data_import::import_sources;
use crate::demo::{DemoRequest, demo};
use crate::error::{ErrorKind, WorkflowError};
use crate::run::{PlanSummary, RunObserver, RunRequest, run};
use admf_model::{Cell, RunId, Sheet, Timestamp};
use admf_rules::library;
use admf_store::market::Source;
use admf_store::parquet_file;
use admf_store::run::StrategyKey;
use admf_store::tables::{SignalRow, StrategyRow, TradeRow};
use std::fs;
use tempfile::TempDir;

struct Quiet;

impl RunObserver for Quiet {
    fn expanded(&mut self, _: u64, _: u64) {}
    fn planned(&mut self, _: &PlanSummary) {}
    fn progressed(&mut self, _: usize) {}
    fn noted(&mut self, _: &str) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

fn clock() -> Timestamp {
    Timestamp::from_micros(1_700_000_000_000_000)
}

/// Everything that a rule can do beside what the library does: shorts, stops, targets, sizes, regimes,
/// classifiers, and one definition with other symbols in the place of its own names.
const OWN: &str = "
  - name: both_ways
    parameters: {n: [10, 20]}
    long: close > sma(close, $n)
    short: close < sma(close, $n)
    size: 60%
  - name: protected
    parameters: {stop: [3%, 5%]}
    long: rsi(close, 5) < 30
    exit: rsi(close, 5) > 60
    stop_loss: $stop
    take_profit: 2 * atr(10)
    max_bars: 15
  - name: with_the_trend
    long: regime(trend) == UP
    symbols: [IBM]
  - {type: dual_momentum, symbols: AAPL, others: {other: MSFT}}
  - {type: dual_momentum, symbols: AAPL, others: {other: IBM}}
";

/// A workspace with the sample stocks, and the spec of every kind of strategy.
fn prepared() -> (TempDir, Workspace, String) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    let stocks = include_bytes!("../../../../fixtures/market/bokeh_stocks.csv.gz");
    import_sources(&workspace, vec![Source::bytes("stocks.csv.gz", stocks)], "stocks", None, clock())
        .unwrap();
    // Those that name other symbols need data of their own.
    let alone = library::strategies().iter().filter(|strategy| strategy.symbols().is_empty());
    let names: Vec<String> = alone.map(|strategy| format!("\n  - {}", strategy.name)).collect();
    assert!(names.len() >= 6);
    let spec = format!(
        "name: kinds\ndata: {{dataset: stocks, symbols: [AAPL, IBM], from: 2003-01-01, to: 2010-12-31}}\n\
         classifiers: [trend, volatility]\ncosts: {{borrow_rate: 2%}}\nstrategies:{}{OWN}",
        names.concat()
    );
    (folder, workspace, spec)
}

fn run_spec(workspace: &Workspace, text: &str) -> RunId {
    let request = RunRequest {
        workspace,
        spec_name: "kinds.yaml".to_owned(),
        spec_text: text.to_owned(),
        threads: None,
        clock: &clock,
    };
    run(&request, &mut Quiet).unwrap().run_id
}

fn stored<R: admf_store::record::Record>(workspace: &Workspace, run: RunId, file: &str) -> Vec<R> {
    parquet_file::read_rows(&workspace.run(run).join(file)).unwrap()
}

fn of<'a, R: Clone>(
    rows: &'a [R],
    key: &StrategyKey,
    id: impl Fn(&R) -> admf_model::StrategyId + 'a,
) -> Vec<R> {
    rows.iter().filter(|row| id(row) == key.strategy_id).cloned().collect()
}

#[test]
fn every_kind_is_what_was_stored_to_the_last_bit() {
    let (_folder, workspace, spec) = prepared();
    let run = run_spec(&workspace, &spec);
    let trades: Vec<TradeRow> = stored(&workspace, run, "trades.parquet");
    let mut replay = Replay::open(&workspace, &run.to_string()).unwrap();
    assert!(replay.notes.is_empty());
    let keys = replay.keys().unwrap();
    for key in &keys {
        let one = replay.strategy(key).unwrap();
        assert_eq!(one.verification, Verification::Identical, "{key:?}");
        assert_eq!(one.performance, one.stored.performance, "{key:?}");
        assert_eq!(one.trades, of(&trades, key, |row: &TradeRow| row.strategy_id));
        let file = one.stored.signal_file.clone().unwrap();
        let signals: Vec<SignalRow> = stored(&workspace, run, &file);
        assert_eq!(one.signals, of(&signals, key, |row: &SignalRow| row.strategy_id));

        let bars = one.times.len();
        assert_eq!(bars as i64, one.stored.evaluated_bars);
        for length in [one.curve.net.len(), one.curve.gross.len(), one.curve.units.len(), one.drawdown.len()]
        {
            assert_eq!(length, bars);
        }
        let growth = one.curve.net[bars - 1] / replay.capital() - 1.0;
        assert_near(growth, one.performance.total_return, "total_return");
        let growth = one.curve.gross[bars - 1] / replay.capital() - 1.0;
        assert_near(growth, one.performance.gross_return, "gross_return");
        let deepest = one.drawdown.iter().copied().fold(0.0, f64::max);
        assert_near(deepest, one.performance.max_drawdown, "max_drawdown");
        let exposed = one.curve.units.iter().filter(|units| **units != 0.0).count() as f64 / bars as f64;
        assert_near(exposed, one.performance.exposure, "exposure");
    }
    assert!(trades.iter().any(|trade| trade.direction == "short" && trade.borrow > 0.0));
    assert!(trades.iter().any(|trade| trade.exit_reason.as_deref() == Some("stop")));
}

fn assert_near(computed: f64, stored: Option<f64>, what: &str) {
    let stored = stored.unwrap();
    assert!((computed - stored).abs() <= 1e-9 * stored.abs().max(1.0), "{what}: {computed} and {stored}");
}

#[test]
fn what_was_not_kept_is_computed_again() {
    let (_folder, workspace, spec) = prepared();
    let kept = run_spec(&workspace, &spec);
    let lean = run_spec(&workspace, &format!("{spec}keep: {{trades: none, signals: none}}\n"));
    assert!(stored::<TradeRow>(&workspace, lean, "trades.parquet").is_empty());
    let mut with = Replay::open(&workspace, &kept.to_string()).unwrap();
    let mut without = Replay::open(&workspace, &lean.to_string()).unwrap();
    let mut seen = 0;
    for key in with.keys().unwrap() {
        let (a, b) = (with.strategy(&key).unwrap(), without.strategy(&key).unwrap());
        assert_eq!((b.verification, b.stored.signal_file), (Verification::Identical, None));
        let bare = |sheet: Sheet| -> Vec<Vec<Cell>> {
            let ids = ["trade_id", "run_id", "correlation_id"];
            let kept: Vec<bool> = sheet.columns.iter().map(|c| !ids.contains(&c.name.as_str())).collect();
            let row = |row: Vec<Cell>| {
                row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(c, _)| c).collect()
            };
            sheet.rows.into_iter().map(row).collect()
        };
        assert_eq!(bare(admf_store::record::sheet(&a.trades)), bare(admf_store::record::sheet(&b.trades)));
        assert_eq!(a.signals, b.signals);
        seen += b.trades.len();
    }
    assert!(seen > 100);
}

#[test]
fn many_strategies_of_the_demo_are_what_was_stored() {
    let folder = tempfile::tempdir().unwrap();
    let request = DemoRequest { folder: folder.path().join("demo"), threads: None, clock: &clock };
    let workspace = demo(&request, &mut |_| {}, &mut Quiet).unwrap().workspace;
    let mut replay = Replay::open(&workspace, "@last").unwrap();
    let keys = replay.keys().unwrap();
    assert!(keys.len() > 4000);
    for key in keys.iter().step_by(97) {
        assert_eq!(replay.strategy(key).unwrap().verification, Verification::Identical, "{key:?}");
    }
    let rows: Vec<StrategyRow> = stored(&workspace, replay.metadata.run_id, "strategies.parquet");
    let capital = replay.capital();
    let sums = replay
        .equities(&keys, None, |key, equity| {
            let compound: f64 = returns(capital, equity).map(|r| (1.0 + r).ln()).sum();
            (key.strategy_id, equity.len(), equity[equity.len() - 1] / capital - 1.0, compound)
        })
        .unwrap();
    for ((id, bars, growth, compound), row) in sums.into_iter().zip(&rows) {
        assert_eq!((id, bars as i64), (row.strategy_id, row.evaluated_bars));
        assert_near(growth, row.performance.total_return, "total_return");
        assert_near(compound.exp() - 1.0, row.performance.total_return, "compounded returns");
        assert_eq!(replay.timestamps(&row.symbol).unwrap().len(), bars);
    }
}

#[test]
fn another_number_is_noticed() {
    let (_folder, workspace, spec) = prepared();
    let run = run_spec(&workspace, &spec);
    let path = workspace.run(run).join("strategies.parquet");
    let mut rows: Vec<StrategyRow> = parquet_file::read_rows(&path).unwrap();
    let sharpe = rows[3].performance.sharpe_ratio.unwrap();
    rows[3].performance.sharpe_ratio = Some(sharpe + 1e-6);
    rows[4].performance.volatility = rows[4].performance.volatility.map(|v| v + 1e-13);
    parquet_file::write_rows(&path, &rows, &[]).unwrap();
    let path = workspace.run(run).join("trades.parquet");
    let mut trades: Vec<TradeRow> = parquet_file::read_rows(&path).unwrap();
    let changed = trades.iter_mut().find(|trade| trade.strategy_id == rows[5].strategy_id).unwrap();
    changed.pnl += 1e-9;
    parquet_file::write_rows(&path, &trades, &[]).unwrap();

    let mut replay = Replay::open(&workspace, &run.to_string()).unwrap();
    let keys = replay.keys().unwrap();
    let mut found = |at: usize| replay.strategy(&keys[at]).unwrap().verification;
    assert_eq!(found(2), Verification::Identical);
    let differences = |of: Verification| match of {
        Verification::Different(differences) => differences.into_iter().map(|d| d.what).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(differences(found(3)), ["sharpe_ratio"]);
    assert!(matches!(found(4), Verification::WithinRounding { difference } if difference < 1e-12));
    assert_eq!(differences(found(5)), ["trades"]);
}

fn refused(workspace: &Workspace) -> WorkflowError {
    Replay::open(workspace, "@last").err().unwrap()
}

#[test]
fn what_is_gone_or_changed_is_said() {
    let (_folder, workspace, spec) = prepared();
    let run = run_spec(&workspace, &spec);

    // Another engine is a note: what it computes is compared all the same.
    let path = workspace.run(run).join("metadata.json");
    let metadata = fs::read_to_string(&path).unwrap();
    let version = format!("\"engine_version\": \"{}\"", crate::run::ENGINE_VERSION);
    fs::write(&path, metadata.replace(&version, "\"engine_version\": \"0.0.7\"")).unwrap();
    assert!(Replay::open(&workspace, "@last").unwrap().notes[0].contains("ADMF 0.0.7"));

    // A newer version of the data does not matter.
    let newer = b"Date,Open,High,Low,Close\n2020-01-01,1,1,1,1\n2020-01-02,1,1,1,1\n";
    import_sources(&workspace, vec![Source::bytes("x.csv", newer).with_symbol("X")], "stocks", None, clock())
        .unwrap();
    let mut replay = Replay::open(&workspace, "@last").unwrap();
    let key = replay.select(&["@best".to_owned()]).unwrap();
    assert_eq!(replay.strategy(&key).unwrap().verification, Verification::Identical);

    let hash = replay.metadata.facts.dataset_hash;
    fs::remove_dir_all(workspace.market().join("stocks").join(hash.to_string())).unwrap();
    let gone = refused(&workspace);
    assert_eq!(gone.kind(), ErrorKind::BadInput);
    assert!(gone.to_string().contains(&format!("stocks@{hash}")), "{gone}");

    fs::write(workspace.run(run).join("spec.yaml"), spec.replace("[10, 20]", "[10, 21]")).unwrap();
    assert!(refused(&workspace).to_string().contains("was changed after the run"));
}

#[test]
fn tables_hold_every_bar_and_every_label() {
    let (_folder, workspace, spec) = prepared();
    run_spec(&workspace, &spec);
    let mut replay = Replay::open(&workspace, "@last").unwrap();
    let key = replay.select(&["both_ways".to_owned(), "IBM".to_owned(), "n=20".to_owned()]).unwrap();
    let one = replay.strategy(&key).unwrap();
    let equity = table(&one, ReplayTable::Equity);
    assert_eq!(equity.rows.len(), one.times.len());
    let names: Vec<&str> = equity.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(&names[names.len() - 2..], ["trend", "volatility"]);
    let at = |row: usize, name: &str| &equity.rows[row][names.iter().position(|n| *n == name).unwrap()];
    let last = equity.rows.len() - 1;
    assert_eq!(*at(last, "equity"), Cell::Number(one.curve.net[last]));
    assert_eq!(*at(0, "ts"), Cell::Text("2003-01-02".to_owned()));
    assert!((0..=last).any(|row| *at(row, "trend") == Cell::from("UP")));
    assert_eq!(table(&one, ReplayTable::Trades).rows.len(), one.trades.len());
    assert_eq!(table(&one, ReplayTable::Signals).rows.len(), one.signals.len());
    assert_eq!(table(&one, ReplayTable::Regimes).rows.len(), one.regimes.len());
    assert!(one.regimes.len() >= 5);
}
