//! Rows for tests: small, complete and different from each other.

use crate::record::{Date, Json};
use crate::run::{FORMAT, Rows, RunFacts, RunMetadata, WallClock};
use crate::tables::{
    ClassifierRow, LabelRow, ParameterAnalysisRow, RegimePerformanceRow, SignalRow, StrategyRow, TradeRow,
};
use admf_model::{
    ClassifierId, ContentHash, CorrelationId, METRICS, Performance, RunId, StrategyId, Timestamp, TradeId,
    TrialId,
};
use std::collections::BTreeMap;

pub(crate) const CREATED_AT: Timestamp = Timestamp::from_micros(1_700_000_000_123_456);
pub(crate) const SPEC: &str = "name: sample\n";

pub(crate) fn run_id() -> RunId {
    RunId::of(&[b"run"])
}

pub(crate) fn facts() -> RunFacts {
    RunFacts {
        name: "sample".to_owned(),
        workflow_type: "grid_search".to_owned(),
        family: "us-1d".to_owned(),
        dataset: "us".to_owned(),
        dataset_hash: ContentHash::of(&[b"data"]),
        auxiliary: Vec::new(),
        symbols: vec!["AAPL".to_owned(), "IBM".to_owned()],
        bar_interval: "1d".to_owned(),
        bars_per_year: 252.0,
        start_date: Date::from_days(11_017),
        end_date: Date::from_days(15_764),
        total_bars: 6542,
        config_hash: ContentHash::of(&[b"spec"]),
        engine_version: "0.1.0".to_owned(),
        commission_model: "0.001 of value".to_owned(),
        slippage_model: "linear 0.0005".to_owned(),
        parent_run_id: None,
    }
}

/// Strategy `n`: Sharpe ratio 0.1 n, undefined for every seventh.
pub(crate) fn strategy(run_id: RunId, n: u32) -> StrategyRow {
    let strategy_id = StrategyId::of(&[&n.to_be_bytes()]);
    let mut values: [Option<f64>; METRICS.len()] =
        std::array::from_fn(|at| Some(at as f64 + f64::from(n) / 8.0));
    values[METRICS.iter().position(|m| m.name == "total_trades").expect("a metric")] = Some(f64::from(n));
    let mut performance = Performance::from_values(values);
    performance.sharpe_ratio = (!n.is_multiple_of(7)).then(|| f64::from(n) / 10.0);
    performance.deflated_sharpe = None;
    StrategyRow {
        run_id,
        strategy_id,
        correlation_id: CorrelationId::new(run_id, strategy_id),
        trial_id: TrialId::of(&[&n.to_be_bytes()]),
        strategy_type: if n.is_multiple_of(2) { "ma_crossover" } else { "momentum" }.to_owned(),
        strategy_version: ContentHash::of(&[b"definition"]).to_string(),
        symbol: if n.is_multiple_of(3) { "AAPL" } else { "IBM" }.to_owned(),
        parameters: Json(format!("{{\"fast\":{},\"level\":0.5}}", n % 4)),
        rule: format!("long: sma(close, {n}) > close"),
        signal_file: Some("signals/momentum.parquet".to_owned()),
        signal_changes: i64::from(n),
        compression_ratio: (n > 0).then(|| 100.0 / f64::from(n)),
        performance,
        net_sharpe: performance.sharpe_ratio,
        market_regime: Some("UP".to_owned()),
        volatility_regime: None,
        correlation_regime: None,
        evaluated_bars: 100,
        bars_per_year: 252.0,
        conflicts: 0,
        ambiguous_trades: 1,
        ruined: n == 5,
        open_position: n.is_multiple_of(2),
    }
}

pub(crate) fn trade(strategy: &StrategyRow, ordinal: u64) -> TradeRow {
    TradeRow {
        trade_id: TradeId::new(strategy.correlation_id, ordinal),
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        correlation_id: strategy.correlation_id,
        entry_time: Timestamp::from_micros(86_400_000_000 * ordinal as i64),
        exit_time: Timestamp::from_micros(86_400_000_000 * (ordinal as i64 + 3)),
        symbol: strategy.symbol.clone(),
        direction: "short".to_owned(),
        status: "closed".to_owned(),
        exit_reason: (ordinal > 0).then(|| "stop".to_owned()),
        entry_price: 100.25,
        exit_price: 99.0,
        position_size: -12.5,
        pnl: 15.625,
        pnl_percent: 1.25,
        return_fraction: 0.0125,
        favourable_excursion: 0.02,
        adverse_excursion: 0.0,
        entry_volatility: None,
        exit_volatility: Some(0.2),
        entry_regime: Some("DOWN".to_owned()),
        exit_regime: None,
        entry_volatility_regime: Some("LOW".to_owned()),
        exit_volatility_regime: None,
        entry_signal_event_id: None,
        exit_signal_event_id: None,
        slippage: 0.5,
        commission: 1.0,
        borrow: 0.0,
        duration_bars: 3,
        ambiguous: true,
    }
}

pub(crate) fn classifier_id() -> ClassifierId {
    ClassifierId::of(&[b"trend"])
}

pub(crate) fn classifier(run_id: RunId) -> ClassifierRow {
    ClassifierRow {
        run_id,
        classifier_id: classifier_id(),
        classifier_type: "trend".to_owned(),
        role: "trend".to_owned(),
        symbol: "AAPL".to_owned(),
        parameters: Json("{\"n\":50}".to_owned()),
        rule: "UP: close > sma(close, 50)".to_owned(),
        state_file: Some("classifiers/trend.parquet".to_owned()),
        regime_changes: 2,
        compression_ratio: Some(50.0),
        regime_counts: Json("{\"UP\":60,\"DOWN\":40}".to_owned()),
        avg_regime_duration: Some(50.0),
        regime_stability: Some(0.98),
        transition_matrix: Json("{\"UP\":{\"UP\":0.98,\"DOWN\":0.02}}".to_owned()),
    }
}

pub(crate) fn label(day: i64, regime: Option<&str>) -> LabelRow {
    LabelRow {
        classifier_id: classifier_id(),
        symbol: "AAPL".to_owned(),
        ts: Timestamp::from_micros(day * 86_400_000_000),
        regime: regime.map(str::to_owned),
    }
}

pub(crate) fn signal(strategy: &StrategyRow, bar: i64) -> SignalRow {
    SignalRow {
        strategy_id: strategy.strategy_id,
        symbol: strategy.symbol.clone(),
        ts: Timestamp::from_micros(bar * 86_400_000_000),
        bar: Some(bar),
        signal: (bar % 3 - 1) as i8,
        confidence: None,
    }
}

pub(crate) fn regime_performance(strategy: &StrategyRow) -> RegimePerformanceRow {
    RegimePerformanceRow {
        run_id: strategy.run_id,
        strategy_id: strategy.strategy_id,
        classifier_id: classifier_id(),
        regime: "UP".to_owned(),
        sharpe_ratio: strategy.performance.sharpe_ratio,
        total_return: Some(0.5),
        win_rate: None,
        trade_count: 4,
        avg_duration: Some(12.5),
        bars: 60,
        regime_aware_score: strategy.performance.sharpe_ratio,
    }
}

pub(crate) fn parameter_analysis() -> ParameterAnalysisRow {
    ParameterAnalysisRow {
        run_id: run_id(),
        strategy_type: "momentum".to_owned(),
        parameter_name: "n".to_owned(),
        parameter_value: 20.0,
        avg_sharpe: Some(0.5),
        std_sharpe: None,
        count_strategies: 3,
        best_sharpe: Some(1.5),
    }
}

/// Everything that belongs to these strategies; the classifier comes with strategy 0.
pub(crate) fn rows(run_id: RunId, strategies: std::ops::Range<u32>) -> Rows {
    let mut rows = Rows::default();
    if strategies.start == 0 {
        rows.classifiers.push(classifier(run_id));
        rows.labels = BTreeMap::from([("trend".to_owned(), vec![label(0, Some("UP")), label(9, None)])]);
    }
    for n in strategies {
        let strategy = strategy(run_id, n);
        rows.trades.extend((0..2).map(|ordinal| trade(&strategy, ordinal)));
        let signals = rows.signals.entry(strategy.strategy_type.clone()).or_default();
        signals.extend((1..4).map(|bar| signal(&strategy, bar)));
        rows.regime_performance.push(regime_performance(&strategy));
        rows.strategies.push(strategy);
    }
    rows
}

pub(crate) fn metadata() -> RunMetadata {
    RunMetadata {
        format: FORMAT,
        run_id: run_id(),
        ordinal: 0,
        status: "completed".to_owned(),
        facts: RunFacts { parent_run_id: Some(RunId::of(&[b"parent"])), ..facts() },
        total_strategies: 10,
        total_trades: 20,
        total_classifiers: 1,
        trials: 46,
        trial_sharpe_variance: None,
        expected_maximum_sharpe: None,
        best_sharpe: None,
        best_strategy: None,
        best_classifier: Some(classifier_id()),
        signal_files: BTreeMap::new(),
        classifier_files: BTreeMap::new(),
        files: BTreeMap::new(),
        wall_clock: WallClock { created_at: CREATED_AT, finished_at: CREATED_AT, elapsed_ms: 0 },
    }
}
