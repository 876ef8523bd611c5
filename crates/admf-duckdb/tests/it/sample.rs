//! Two small runs whose every value is chosen by hand, so that answers can be checked by eye.

use admf_model::{
    ClassifierId, ContentHash, CorrelationId, METRICS, Performance, RunId, StrategyId, Timestamp, TrialId,
};
use admf_store::Workspace;
use admf_store::record::{Date, Json};
use admf_store::run::{Finish, Rows, RunFacts, RunWriter, SharpeEvidence};
use admf_store::tables::{ClassifierRow, LabelRow, RegimePerformanceRow, SignalRow, StrategyRow};

/// A strategy: name, type, symbol, fast, Sharpe ratio, return, drawdown, closed trades, win rate, trend label,
/// volatility label.
pub(crate) type Line = (
    &'static str,
    &'static str,
    &'static str,
    u32,
    Option<f64>,
    f64,
    f64,
    u32,
    Option<f64>,
    Option<&'static str>,
    &'static str,
);

const FIRST: [Line; 6] = [
    ("a", "ma_crossover", "SPX", 5, Some(1.5), 0.9, 0.10, 12, Some(0.50), Some("UP"), "LOW"),
    ("b", "ma_crossover", "SPX", 10, Some(1.0), 0.4, 0.20, 8, Some(0.75), Some("UP"), "NORMAL"),
    ("c", "ma_crossover", "DAX", 5, Some(-0.5), -0.3, 0.45, 30, Some(0.20), Some("DOWN"), "HIGH"),
    ("d", "momentum", "SPX", 20, Some(1.0), 0.5, 0.15, 4, Some(0.25), Some("RANGE"), "LOW"),
    ("e", "momentum", "DAX", 40, None, 0.0, 0.00, 0, None, None, "LOW"),
    // Bought and never sold: no closed trade, and yet it traded.
    ("f", "buy_and_hold", "SPX", 0, Some(0.75), 1.5, 0.50, 0, None, Some("UP"), "NORMAL"),
];
const SECOND: [Line; 2] = [
    ("a", "ma_crossover", "SPX", 5, Some(1.25), 0.7, 0.12, 11, Some(0.50), Some("UP"), "LOW"),
    ("g", "fade", "BRK,B", 2, Some(2.0), 3.0, 0.05, 100, Some(0.90), Some("RANGE"), "EXTREME"),
];

/// The workspace, in a folder that lives as long as it does.
pub(crate) struct Sample {
    _folder: tempfile::TempDir,
    pub(crate) workspace: Workspace,
    pub(crate) first: RunId,
    /// Ids and the words that stand for them in the files.
    pub(crate) names: Vec<(String, String)>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::init(folder.path()).unwrap();
        let mut names = Vec::new();
        let first = run(&workspace, "first", 5, &FIRST, &mut names);
        run(&workspace, "second", 7, &SECOND, &mut names);
        Self { _folder: folder, workspace, first, names }
    }
}

pub(crate) fn strategy_id(name: &str) -> StrategyId {
    StrategyId::of(&[name.as_bytes()])
}

fn run(
    workspace: &Workspace,
    name: &str,
    trials: u64,
    lines: &[Line],
    names: &mut Vec<(String, String)>,
) -> RunId {
    let created_at = Timestamp::from_micros(1_704_067_200_000_000 + trials as i64 * 1_000_000);
    let mut writer = RunWriter::begin(workspace, name, facts(name), created_at).unwrap();
    let run_id = writer.run_id();
    names.push((run_id.to_string(), format!("<run {name}>")));
    let mut rows = Rows::default();
    for line in lines {
        let row = strategy(run_id, line);
        let signal = SignalRow {
            strategy_id: row.strategy_id,
            symbol: row.symbol.clone(),
            ts: Timestamp::from_micros(950_000_000_000_000),
            bar: Some(4),
            signal: 1,
            confidence: None,
        };
        rows.signals.entry(row.strategy_type.clone()).or_default().push(signal);
        rows.regime_performance.extend(["UP", "DOWN"].map(|label| regime(&row, label)));
        names.push((row.strategy_id.to_string(), format!("<strategy {}>", line.0)));
        names.push((row.correlation_id.to_string(), format!("<{} in {name}>", line.0)));
        names.push((row.trial_id.to_string(), format!("<trial {}>", line.0)));
        rows.strategies.push(row);
    }
    rows.classifiers.push(classifier(run_id));
    let label = LabelRow {
        classifier_id: ClassifierId::of(&[b"trend"]),
        symbol: "SPX".to_owned(),
        ts: Timestamp::from_micros(950_000_000_000_000),
        regime: Some("UP".to_owned()),
    };
    rows.labels.insert("trend".to_owned(), vec![label]);
    writer.checkpoint(&rows).unwrap();
    let deflated_sharpe = |row: &SharpeEvidence| row.sharpe_ratio.map(|sharpe| sharpe / 4.0 + 0.25);
    let finish = Finish {
        elapsed_ms: &|| 1500,
        trials,
        trial_sharpe_variance: Some(0.25),
        expected_maximum_sharpe: Some(1.0),
        deflated_sharpe: &deflated_sharpe,
    };
    writer.finish(&finish).unwrap();
    run_id
}

pub(crate) fn facts(name: &str) -> RunFacts {
    RunFacts {
        name: name.to_owned(),
        workflow_type: "grid_search".to_owned(),
        family: "indices".to_owned(),
        dataset: "sample".to_owned(),
        dataset_hash: ContentHash::of(&[b"bars"]),
        auxiliary: Vec::new(),
        symbols: vec!["SPX".to_owned(), "DAX".to_owned()],
        bar_interval: "1d".to_owned(),
        bars_per_year: 252.0,
        start_date: Date::from_days(10_000),
        end_date: Date::from_days(11_000),
        total_bars: 700,
        config_hash: ContentHash::of(&[name.as_bytes()]),
        engine_version: "0.1.0".to_owned(),
        commission_model: "0.001 of value".to_owned(),
        slippage_model: "linear 0.0005".to_owned(),
        parent_run_id: None,
    }
}

/// Metrics that a line does not give are their position in the list, so that no two columns can be confused.
pub(crate) fn strategy(run_id: RunId, line: &Line) -> StrategyRow {
    let (name, kind, symbol, fast, sharpe, total_return, drawdown, trades, win_rate, trend, volatility) =
        *line;
    let values: [Option<f64>; METRICS.len()] = std::array::from_fn(|at| Some(at as f64));
    let performance = Performance {
        sharpe_ratio: sharpe,
        deflated_sharpe: None,
        total_return: Some(total_return),
        max_drawdown: Some(drawdown),
        total_trades: Some(f64::from(trades)),
        win_rate,
        ..Performance::from_values(values)
    };
    let strategy_id = strategy_id(name);
    StrategyRow {
        run_id,
        strategy_id,
        correlation_id: CorrelationId::new(run_id, strategy_id),
        trial_id: TrialId::of(&[name.as_bytes()]),
        strategy_type: kind.to_owned(),
        strategy_version: "1".to_owned(),
        symbol: symbol.to_owned(),
        parameters: Json(if fast > 0 { format!("{{\"fast\":{fast}}}") } else { "{}".to_owned() }),
        rule: format!("long: {name}"),
        signal_file: Some(format!("signals/{kind}.parquet")),
        signal_changes: 3,
        compression_ratio: Some(100.0),
        performance,
        net_sharpe: sharpe,
        market_regime: trend.map(str::to_owned),
        volatility_regime: Some(volatility.to_owned()),
        correlation_regime: None,
        evaluated_bars: 700,
        bars_per_year: 252.0,
        conflicts: 1,
        ambiguous_trades: 2,
        ruined: false,
        open_position: kind == "buy_and_hold",
    }
}

pub(crate) fn regime(strategy: &StrategyRow, label: &str) -> RegimePerformanceRow {
    let up = label == "UP";
    RegimePerformanceRow {
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        classifier_id: ClassifierId::of(&[b"trend"]),
        regime: label.to_owned(),
        sharpe_ratio: strategy.net_sharpe.filter(|_| up),
        total_return: Some(if up { 0.5 } else { -0.25 }),
        win_rate: up.then_some(0.5),
        trade_count: if up { 4 } else { 0 },
        avg_duration: up.then_some(11.0),
        bars: if up { 300 } else { 400 },
        regime_aware_score: strategy.net_sharpe.filter(|_| up),
    }
}

pub(crate) fn classifier(run_id: RunId) -> ClassifierRow {
    ClassifierRow {
        run_id,
        classifier_id: ClassifierId::of(&[b"trend"]),
        classifier_type: "trend".to_owned(),
        role: "trend".to_owned(),
        symbol: "SPX".to_owned(),
        parameters: Json("{\"n\":50}".to_owned()),
        rule: "UP: close > sma(close, 50)".to_owned(),
        state_file: Some("classifiers/trend.parquet".to_owned()),
        regime_changes: 2,
        compression_ratio: Some(350.0),
        regime_counts: Json("{\"UP\":300,\"DOWN\":400}".to_owned()),
        avg_regime_duration: Some(350.0),
        regime_stability: Some(0.99),
        transition_matrix: Json("{\"UP\":{\"DOWN\":0.01}}".to_owned()),
    }
}
