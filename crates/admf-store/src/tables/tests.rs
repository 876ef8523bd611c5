use super::{TradeRow, database, per_type};
use crate::record::Record;

#[test]
fn tables_and_columns_have_names_and_sentences() {
    for table in database().into_iter().chain(per_type()) {
        assert!(table.doc.ends_with('.'), "{}", table.name);
        for column in table.database_columns() {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            assert!(column.name.bytes().all(plain), "{}", column.name);
            assert!(column.doc.ends_with('.'), "`{}.{}` has no sentence", table.name, column.name);
        }
        let mut names: Vec<&str> = table.database_columns().map(|column| column.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "a column of {} occurs twice", table.name);
    }
}

/// The columns of the tables in the storage design of large grid searches.
#[test]
fn nothing_of_the_design_is_missing() {
    let expected: [(&str, &[&str]); 6] = [
        (
            "runs",
            &[
                "run_id",
                "created_at",
                "workflow_type",
                "symbols",
                "start_date",
                "end_date",
                "total_bars",
                "config_hash",
                "status",
                "workspace_path",
            ],
        ),
        (
            "strategies",
            &[
                "strategy_id",
                "run_id",
                "strategy_type",
                "parameters",
                "signal_file",
                "signal_changes",
                "compression_ratio",
                "total_return",
                "sharpe_ratio",
                "sortino_ratio",
                "max_drawdown",
                "win_rate",
                "profit_factor",
                "calmar_ratio",
                "total_trades",
                "avg_trade_duration",
                "largest_win",
                "largest_loss",
                "gross_sharpe",
                "net_sharpe",
                "total_commission",
                "total_slippage",
                "created_at",
                "processed_at",
            ],
        ),
        (
            "classifiers",
            &[
                "classifier_id",
                "run_id",
                "classifier_type",
                "parameters",
                "state_file",
                "regime_changes",
                "compression_ratio",
                "regime_counts",
                "avg_regime_duration",
                "regime_stability",
                "transition_matrix",
                "created_at",
            ],
        ),
        (
            "regime_performance",
            &[
                "strategy_id",
                "classifier_id",
                "regime",
                "sharpe_ratio",
                "total_return",
                "win_rate",
                "trade_count",
                "avg_duration",
                "regime_aware_score",
            ],
        ),
        (
            "parameter_analysis",
            &[
                "run_id",
                "strategy_type",
                "parameter_name",
                "parameter_value",
                "avg_sharpe",
                "std_sharpe",
                "count_strategies",
                "best_sharpe",
            ],
        ),
        (
            "trades",
            &[
                "trade_id",
                "run_id",
                "correlation_id",
                "entry_time",
                "exit_time",
                "symbol",
                "direction",
                "entry_price",
                "exit_price",
                "position_size",
                "pnl",
                "pnl_percent",
                "entry_volatility",
                "exit_volatility",
                "entry_regime",
                "exit_regime",
                "entry_signal_event_id",
                "exit_signal_event_id",
                "slippage",
                "commission",
            ],
        ),
    ];
    for ((name, columns), table) in expected.into_iter().zip(database()) {
        assert_eq!(table.name, name);
        for column in columns {
            assert!(table.column(column).is_some(), "{name}.{column}");
        }
    }
}

#[test]
fn the_schema_is_the_columns() {
    let table = TradeRow::table();
    let schema = table.schema();
    let fields: Vec<_> = schema.fields().iter().map(|f| (f.name().as_str(), f.is_nullable())).collect();
    let columns: Vec<_> = table.columns.iter().map(|c| (c.name, c.nullable)).collect();
    assert_eq!(fields, columns);
}
