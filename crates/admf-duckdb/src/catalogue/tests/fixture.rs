//! Small runs for tests of the catalogue.

use admf_model::{
    ClassifierId, ContentHash, CorrelationId, Performance, RunId, StrategyId, Timestamp, TradeId, TrialId,
};
use admf_store::Workspace;
use admf_store::record::{Date, Json};
use admf_store::run::{Finish, Rows, RunFacts, RunWriter, SharpeEvidence};
use admf_store::tables::{ClassifierRow, LabelRow, RegimePerformanceRow, SignalRow, StrategyRow, TradeRow};

/// A new workspace in a folder that lives as long as the first value.
pub(crate) fn workspace() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::init(folder.path()).unwrap();
    (folder, workspace)
}

/// Stores a run of `strategies` strategies that began in a second of 2024; equal names make equal ids.
pub(crate) fn run(workspace: &Workspace, name: &str, second: i64, strategies: usize) -> RunId {
    let created_at = Timestamp::from_micros(1_704_067_200_000_000 + second * 1_000_000);
    let mut writer = RunWriter::begin(workspace, name, facts(name), created_at).unwrap();
    let run_id = writer.run_id();
    let mut rows = Rows::default();
    for at in 0..strategies {
        let strategy = strategy(run_id, at);
        rows.trades.push(trade(&strategy));
        rows.regime_performance.push(regime(&strategy));
        // Of two types, so that a run has several files.
        let kind = if at.is_multiple_of(2) { "ma_crossover" } else { "momentum" };
        rows.signals.entry(kind.to_owned()).or_default().push(signal(&strategy));
        rows.strategies.push(strategy);
    }
    rows.labels.insert("trend".to_owned(), vec![label(Some("UP")), label(None)]);
    rows.classifiers.push(classifier(run_id));
    writer.checkpoint(&rows).unwrap();
    let deflated_sharpe = |row: &SharpeEvidence| row.sharpe_ratio.map(|sharpe| sharpe / 10.0);
    let finish = Finish {
        elapsed_ms: &|| 1500,
        trials: 7,
        trial_sharpe_variance: Some(0.25),
        expected_maximum_sharpe: Some(1.0),
        deflated_sharpe: &deflated_sharpe,
    };
    writer.finish(&finish).unwrap().run_id
}

fn facts(name: &str) -> RunFacts {
    RunFacts {
        name: name.to_owned(),
        workflow_type: "grid_search".to_owned(),
        family: "indices".to_owned(),
        dataset: "sample".to_owned(),
        dataset_hash: ContentHash::of(&[b"bars"]),
        auxiliary: Vec::new(),
        symbols: vec!["SPX".to_owned(), "it's \"DAX\"".to_owned()],
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

fn strategy(run_id: RunId, at: usize) -> StrategyRow {
    let fast = at + 2;
    let strategy_id = StrategyId::of(&[&fast.to_be_bytes()]);
    let sharpe_ratio = (at % 5 != 4).then_some(at as f64 / 8.0);
    StrategyRow {
        run_id,
        strategy_id,
        correlation_id: CorrelationId::new(run_id, strategy_id),
        trial_id: TrialId::of(&[&fast.to_be_bytes()]),
        strategy_type: "ma_crossover".to_owned(),
        strategy_version: "1".to_owned(),
        symbol: "SPX".to_owned(),
        parameters: Json(format!("{{\"fast\":{fast},\"slow\":50}}")),
        rule: format!("sma(close, {fast}) > sma(close, 50)"),
        signal_file: None,
        signal_changes: 3,
        compression_ratio: Some(100.0),
        performance: Performance { sharpe_ratio, total_trades: Some(1.0), ..Performance::default() },
        net_sharpe: sharpe_ratio,
        market_regime: Some("UP".to_owned()),
        volatility_regime: None,
        correlation_regime: None,
        evaluated_bars: 700,
        bars_per_year: 252.0,
        conflicts: 0,
        ambiguous_trades: 0,
        ruined: false,
        open_position: at.is_multiple_of(2),
    }
}

fn trade(strategy: &StrategyRow) -> TradeRow {
    TradeRow {
        trade_id: TradeId::of(&[&strategy.correlation_id.bits().to_be_bytes()]),
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        correlation_id: strategy.correlation_id,
        entry_time: Timestamp::from_micros(950_000_000_000_000),
        exit_time: Timestamp::from_micros(951_000_000_000_000),
        symbol: strategy.symbol.clone(),
        direction: "long".to_owned(),
        status: "closed".to_owned(),
        exit_reason: Some("rule".to_owned()),
        entry_price: 100.0,
        exit_price: 110.0,
        position_size: 2.0,
        pnl: 20.0,
        pnl_percent: 10.0,
        return_fraction: 0.1,
        favourable_excursion: 0.12,
        adverse_excursion: 0.01,
        entry_volatility: Some(0.2),
        exit_volatility: None,
        entry_regime: Some("UP".to_owned()),
        exit_regime: None,
        entry_volatility_regime: None,
        exit_volatility_regime: None,
        entry_signal_event_id: None,
        exit_signal_event_id: None,
        slippage: 0.1,
        commission: 0.2,
        borrow: 0.0,
        duration_bars: 11,
        ambiguous: false,
    }
}

fn signal(strategy: &StrategyRow) -> SignalRow {
    SignalRow {
        strategy_id: strategy.strategy_id,
        symbol: strategy.symbol.clone(),
        ts: Timestamp::from_micros(950_000_000_000_000),
        bar: Some(4),
        signal: -1,
        confidence: None,
    }
}

fn label(regime: Option<&str>) -> LabelRow {
    LabelRow {
        classifier_id: ClassifierId::of(&[b"trend"]),
        symbol: "SPX".to_owned(),
        ts: Timestamp::from_micros(950_000_000_000_000),
        regime: regime.map(str::to_owned),
    }
}

fn regime(strategy: &StrategyRow) -> RegimePerformanceRow {
    RegimePerformanceRow {
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        classifier_id: ClassifierId::of(&[b"trend"]),
        regime: "UP".to_owned(),
        sharpe_ratio: strategy.net_sharpe,
        total_return: Some(0.1),
        win_rate: None,
        trade_count: 1,
        avg_duration: Some(11.0),
        bars: 300,
        regime_aware_score: strategy.net_sharpe,
    }
}

fn classifier(run_id: RunId) -> ClassifierRow {
    ClassifierRow {
        run_id,
        classifier_id: ClassifierId::of(&[b"trend"]),
        classifier_type: "trend".to_owned(),
        role: "trend".to_owned(),
        symbol: "SPX".to_owned(),
        parameters: Json("{\"n\":50}".to_owned()),
        rule: "UP: close > sma(close, 50)".to_owned(),
        state_file: None,
        regime_changes: 2,
        compression_ratio: Some(350.0),
        regime_counts: Json("{\"UP\":300,\"DOWN\":400}".to_owned()),
        avg_regime_duration: Some(350.0),
        regime_stability: Some(0.99),
        transition_matrix: Json("{\"UP\":{\"DOWN\":0.01}}".to_owned()),
    }
}
