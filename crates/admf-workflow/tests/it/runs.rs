//! Runs that repeat, stop half-way or are removed.

use crate::support::{Observer, clock};
use admf_model::Cell;
use admf_store::market::{self, Request, Source};
use admf_store::run::{self, RunState};
use admf_store::trials;
use admf_workflow::run::{RunReport, RunRequest};
use admf_workflow::scan::{ScanRequest, scan};
use admf_workflow::words::grouped;
use admf_workflow::{WorkflowError, Workspace};
use std::num::NonZeroUsize;
use std::path::Path;

const STOCKS: &[u8] = include_bytes!("../../../../fixtures/market/bokeh_stocks.csv.gz");
pub(crate) const SPEC: &str = "
data: {dataset: stocks, symbols: [AAPL, IBM]}
strategies: [{type: ma_crossover, grid: {fast: 2..41, slow: 50..99}}]
classifiers: [trend]
keep: {trades: none, signals: none}
";

pub(crate) fn workspace(folder: &Path) -> Workspace {
    let workspace = Workspace::init(folder).unwrap();
    let request = Request {
        sources: vec![Source::bytes("bokeh_stocks.csv.gz", STOCKS)],
        name: "stocks".into(),
        family: None,
        bars_per_year: None,
        reading: market::Reading::default(),
        rejects: None,
        now: clock(),
    };
    market::import(&workspace.market(), &request, &|_| ()).unwrap();
    workspace
}

pub(crate) fn go(
    workspace: &Workspace,
    spec: &str,
    observer: &mut Observer,
) -> Result<RunReport, WorkflowError> {
    let request = RunRequest {
        workspace,
        spec_name: "spec.yaml".into(),
        spec_text: spec.into(),
        threads: NonZeroUsize::new(2),
        clock: &clock,
    };
    admf_workflow::run::run(&request, observer)
}

#[test]
fn an_interrupted_run_is_incomplete_and_its_trials_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let mut observer = Observer { stop_after: Some(1000), ..Observer::default() };
    let error = go(&workspace, SPEC, &mut observer).unwrap_err();
    let WorkflowError::Interrupted { run, evaluated, total } = error else { panic!("{error}") };
    assert_eq!((evaluated, total), (1024, 4000));
    let listing = run::list(&workspace).unwrap();
    assert_eq!(listing.runs.len(), 1);
    assert_eq!((listing.runs[0].run_id, &listing.runs[0].state), (run, &RunState::Incomplete));
    assert_eq!(listing.runs[0].strategies, 1024);
    assert_eq!(trials::summary(&workspace, "stocks").unwrap().trials, 1024);
    // The next run is another one, complete, and counts only what is new.
    let report = go(&workspace, SPEC, &mut Observer::default()).unwrap();
    assert_ne!(report.run_id, run);
    assert_eq!(trials::summary(&workspace, "stocks").unwrap().trials, 4000);
}

#[test]
fn removing_a_run_leaves_the_trials_and_repeats_the_id() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let first = go(&workspace, SPEC, &mut Observer::default()).unwrap();
    let again = go(&workspace, SPEC, &mut Observer::default()).unwrap();
    assert_ne!(first.run_id, again.run_id);
    assert_eq!((first.trials, &first.best.rows[0][5..]), (again.trials, &again.best.rows[0][5..]));
    run::remove(&workspace, first.run_id).unwrap();
    let before = trials::summary(&workspace, "stocks").unwrap();
    assert_eq!((before.trials, before.traded()), (4000, first.trials));
    assert_eq!(go(&workspace, SPEC, &mut Observer::default()).unwrap().run_id, first.run_id);
}

#[test]
fn more_trials_deflate_the_same_strategy() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let deflated = |spec: &str| {
        let report = go(&workspace, spec, &mut Observer::default()).unwrap();
        let column = report.best.columns.iter().position(|c| c.name == "deflated_sharpe").unwrap();
        let Cell::Number(value) = report.best.rows[0][column] else { panic!("{:?}", report.best.rows[0]) };
        (report.run_id, report.trials, value)
    };
    let few = "data: {dataset: stocks, symbols: [AAPL]}
strategies: [{type: ma_crossover, grid: {fast: [5, 40], slow: [50, 99]}}]";
    let (first, n_few, before) = deflated(few);
    go(&workspace, SPEC, &mut Observer::default()).unwrap();
    let (_, n_many, after) = deflated(few);
    assert!(n_few == 4 && n_many > 3000 && after < before, "{n_few} {before}, {n_many} {after}");
    // Side by side the two ratios of one strategy need an explanation; one run's ratios do not.
    let request = ScanRequest { limit: 8, ..everything(&workspace) };
    let notes = scan(&ScanRequest { filter: Some("slow == 99 and fast == 5".into()), ..request.clone() })
        .unwrap()
        .notes;
    let trials = grouped(n_many);
    let expected = format!("from 4 here; family `stocks` has {trials} now");
    assert!(notes.len() == 1 && notes[0].contains(&expected), "{notes:?} {expected}");
    let one = scan(&ScanRequest { run: Some("@last".into()), ..request.clone() }).unwrap();
    assert!(one.notes.is_empty() && one.matching == 4, "{one:?}");
    // The first run alone was overtaken too.
    let first = scan(&ScanRequest { run: Some(first.to_string()), ..request }).unwrap();
    assert!(first.notes.len() == 1 && first.notes[0].contains(&expected), "{:?}", first.notes);
}

/// A question without conditions.
fn everything(workspace: &Workspace) -> ScanRequest {
    ScanRequest {
        workspace: workspace.clone(),
        min_sharpe: None,
        min_deflated: None,
        max_drawdown: None,
        min_trades: None,
        min_win_rate: None,
        min_return: None,
        strategy_types: Vec::new(),
        symbols: Vec::new(),
        run: None,
        all_runs: false,
        market_regime: None,
        volatility_regime: None,
        filter: None,
        sort: "sharpe_ratio".into(),
        limit: 50,
    }
}

#[test]
fn the_same_rule_under_two_names_is_one_strategy() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let spec = "data: {dataset: stocks, symbols: [AAPL]}
strategies:
  - type: ma_crossover
    grid: {fast: 10, slow: 50}
  - name: twin
    parameters: {a: 10, b: [50, 60]}
    long: sma(close, $a) > sma(close, $b)";
    let report = go(&workspace, spec, &mut Observer::default()).unwrap();
    assert_eq!((report.strategies, report.duplicates), (2, 1));
}

#[test]
fn rules_may_name_other_symbols_and_regimes() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let spec = "data: {dataset: stocks, symbols: [AAPL]}
strategies:
  - name: relative
    parameters: {n: [20, 50]}
    long: close / lag(close, $n) > close@IBM / lag(close@IBM, $n) and regime(trend) == UP
    stop_loss: 2 * atr(14)
classifiers: [trend]";
    let report = go(&workspace, spec, &mut Observer::default()).unwrap();
    assert_eq!(report.strategies, 2);
    assert!(report.trials == 2, "both traded");
}

#[test]
fn a_spec_that_names_what_is_not_there_starts_no_run() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    for (spec, message) in [
        ("data: stoks\nstrategies: [buy_and_hold]", "stoks"),
        ("data: {dataset: stocks, symbols: [APPL]}\nstrategies: [buy_and_hold]", "has no symbol `APPL`"),
        ("data: stocks\nstrategies: [{name: a, long: close@VIX > 1}]", "symbol `VIX` is not in the data"),
        (
            "data: stocks\nstrategies: [{name: a, long: regime(trend) == UP}]",
            "no classifier `trend` in this run",
        ),
        (
            "data: stocks\nstrategies: [{type: ma_crossover, grid: {fast: 300, slow: 20..30}}]",
            "no combination of parameters satisfies `where`",
        ),
        (
            "data: {dataset: stocks, symbols: [AAPL], from: 2020-01-01}\nstrategies: [buy_and_hold]",
            "`AAPL` has 0 bars from 2020-01-01 to 2013-03-01",
        ),
        (
            "data: stocks\nstrategies: [{name: a, parameters: {n: [5, 0]}, long: \"sma(close, $n) > 1\"}]",
            "of sma is 0",
        ),
    ] {
        let error = go(&workspace, spec, &mut Observer::default()).unwrap_err();
        assert!(error.to_string().contains(message), "{spec}: {error}");
        assert_eq!(error.kind(), admf_workflow::ErrorKind::BadInput, "{spec}");
        assert!(run::list(&workspace).unwrap().runs.is_empty(), "{spec}");
    }
}

const TWO: &str =
    "strategies: [{name: a, long: regime(trend) == UP}]\nclassifiers: [{type: trend, parameters: ";

/// Strategy ids and the number of trials of a family after a run.
fn ids(workspace: &Workspace, spec: &str) -> (Vec<Cell>, u64) {
    let report = go(workspace, spec, &mut Observer::default()).unwrap();
    let ids = report.best.rows.iter().map(|row| row[1].clone()).collect();
    (ids, trials::summary(workspace, "stocks").unwrap().trials)
}

#[test]
fn another_regime_is_another_strategy_and_another_trial() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let spec = |n: u32| format!("data: {{dataset: stocks, symbols: [AAPL]}}\n{TWO}{{n: {n}}}}}]\n");
    let (fast, one) = ids(&workspace, &spec(50));
    let (slow, two) = ids(&workspace, &spec(200));
    let (again, three) = ids(&workspace, &spec(50));
    assert_ne!(fast, slow);
    assert_eq!(fast, again);
    assert_eq!((one, two, three), (1, 2, 2));
}

#[test]
fn staleness_is_part_of_a_rule_that_reads_another_symbol() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let spec = |rule: &str, staleness: u32| {
        format!(
            "data: {{dataset: stocks, symbols: [AAPL], staleness: {staleness}}}
strategies: [{{name: a, long: {rule}}}]"
        )
    };
    assert_ne!(
        ids(&workspace, &spec("close > close@IBM", 1)).0,
        ids(&workspace, &spec("close > close@IBM", 5)).0
    );
    assert_eq!(ids(&workspace, &spec("close > 10", 1)).0, ids(&workspace, &spec("close > 10", 5)).0);
}

#[test]
fn raw_prices_are_the_prices_as_traded() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    // AAPL opened at 118.56 on 2000-03-01 and closed at 130.31; adjusted for splits since, it closed at 4.19.
    let first = |prices: &str| {
        let spec = format!(
            "data: {{dataset: stocks, symbols: [AAPL], to: 2000-03-31, prices: {prices}}}
strategies: [buy_and_hold]
execution: {{fill: same_close}}
costs: {{commission: 0, slippage: 0}}"
        );
        let report = go(&workspace, &spec, &mut Observer::default()).unwrap();
        let folder = workspace.run(report.run_id).join("trades.parquet");
        admf_store::parquet_file::read_rows::<admf_store::tables::TradeRow>(&folder).unwrap()[0].entry_price
    };
    assert_eq!(first("raw"), 130.31);
    assert!((first("adjusted") - 4.186_662_803_811).abs() < 1e-9);
}

#[test]
fn the_id_of_a_run_depends_on_the_data_of_other_symbols() {
    const VIX: &[u8] = include_bytes!("../../../../fixtures/market/arch_vix.csv.gz");
    const NASDAQ: &[u8] = include_bytes!("../../../../fixtures/market/arch_nasdaq.csv.gz");
    let run = |other: &'static [u8]| {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        let request = Request {
            sources: vec![Source::bytes("other.csv.gz", other).with_symbol("V")],
            name: "v".into(),
            family: None,
            bars_per_year: None,
            reading: market::Reading::default(),
            rejects: None,
            now: clock(),
        };
        market::import(&workspace.market(), &request, &|_| ()).unwrap();
        let spec = "data: {dataset: stocks, symbols: [IBM], auxiliary: v}
strategies: [{name: a, long: close@V > 20}]";
        go(&workspace, spec, &mut Observer::default()).unwrap().run_id
    };
    assert_ne!(run(VIX), run(NASDAQ));
    assert_eq!(run(VIX), run(VIX));
}

#[test]
fn fixed_levels_of_adjusted_prices_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let notes = |prices: &str, rule: &str| {
        let mut observer = Observer::default();
        let spec = format!(
            "data: {{dataset: stocks, symbols: [AAPL], prices: {prices}}}
strategies: [{{name: a, long: {rule}}}]"
        );
        go(&workspace, &spec, &mut observer).unwrap();
        observer.notes
    };
    assert!(notes("adjusted", "close > 50")[0].contains("prices: raw"));
    assert!(notes("raw", "close > 50").is_empty());
    assert!(notes("adjusted", "close > close@IBM").is_empty());
}
