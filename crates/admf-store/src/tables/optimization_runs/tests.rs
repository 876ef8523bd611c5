use super::{columns, sql};
use crate::tables::ColumnType;
use admf_model::METRICS;

#[test]
fn columns_take_their_type_from_the_tables() {
    let kind = |name: &str| columns().iter().find(|column| column.name == name).map(|column| column.kind);
    assert_eq!(kind("run_id"), Some(ColumnType::Text));
    assert_eq!(kind("created_at"), Some(ColumnType::Timestamp));
    assert_eq!(kind("run_name"), Some(ColumnType::Text));
    assert_eq!(kind("name"), None);
    assert_eq!(kind("start_date"), Some(ColumnType::Date));
    assert_eq!(kind("event_count"), Some(ColumnType::Integer));
    assert_eq!(kind("event_storage_path"), Some(ColumnType::Text));
}

#[test]
fn every_metric_is_a_column_and_no_name_occurs_twice() {
    let names: Vec<&str> = columns().iter().map(|column| column.name).collect();
    for metric in &METRICS {
        assert!(names.contains(&metric.name), "{}", metric.name);
    }
    let mut distinct = names.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), names.len());
    assert!(!sql().contains('{'));
}

/// The columns of table `optimization_runs` in the design of the two-layer analytics (SQL for what worked, events for
/// why), and the symbol.
#[test]
fn nothing_of_the_design_is_missing() {
    let expected = [
        "run_id",
        "created_at",
        "correlation_id",
        "strategy_type",
        "strategy_version",
        "parameters",
        "total_return",
        "sharpe_ratio",
        "sortino_ratio",
        "max_drawdown",
        "win_rate",
        "profit_factor",
        "value_at_risk",
        "expected_shortfall",
        "beta",
        "market_regime",
        "volatility_regime",
        "correlation_regime",
        "avg_market_volatility",
        "total_trades",
        "avg_trade_duration",
        "avg_slippage",
        "total_commission",
        "event_count",
        "first_event_id",
        "last_event_id",
        "event_storage_path",
        "symbol",
    ];
    for name in expected {
        assert!(columns().iter().any(|column| column.name == name), "{name}");
    }
}
