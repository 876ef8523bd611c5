//! What two runs say differently about themselves.

use admf_model::{Cell, CellKind, Sheet};
use admf_store::run::RunMetadata;

/// Settings that make two runs different ones; the others are names, and what follows from these.
pub(super) const DECIDING: [&str; 4] = ["dataset_hash", "auxiliary", "engine_version", "bars_per_year"];

/// Rows for what is not the same.
pub(super) fn differences(first: &RunMetadata, second: &RunMetadata) -> Sheet {
    let mut sheet =
        Sheet::new([("setting", CellKind::Text), ("first", CellKind::Text), ("second", CellKind::Text)]);
    for (one, other) in settings(first).into_iter().zip(settings(second)) {
        if one.1 != other.1 {
            sheet.push(vec![one.0.into(), text(one.1), text(other.1)]);
        }
    }
    sheet
}

fn text(value: String) -> Cell {
    if value.is_empty() { Cell::Null } else { value.into() }
}

fn settings(run: &RunMetadata) -> Vec<(&'static str, String)> {
    let facts = &run.facts;
    let auxiliary = facts.auxiliary.iter().map(|a| format!("{}@{}", a.dataset, a.dataset_hash));
    let number = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
    vec![
        ("name", facts.name.clone()),
        ("family", facts.family.clone()),
        ("dataset", facts.dataset.clone()),
        ("dataset_hash", facts.dataset_hash.to_string()),
        ("auxiliary", auxiliary.collect::<Vec<_>>().join(" ")),
        ("symbols", facts.symbols.join(" ")),
        ("bar_interval", facts.bar_interval.clone()),
        ("bars_per_year", facts.bars_per_year.to_string()),
        ("start_date", facts.start_date.to_string()),
        ("end_date", facts.end_date.to_string()),
        ("total_bars", facts.total_bars.to_string()),
        ("config_hash", facts.config_hash.to_string()),
        ("engine_version", facts.engine_version.clone()),
        ("commission_model", facts.commission_model.clone()),
        ("slippage_model", facts.slippage_model.clone()),
        ("strategies", run.total_strategies.to_string()),
        ("trades", run.total_trades.to_string()),
        ("classifiers", run.total_classifiers.to_string()),
        ("trials", run.trials.to_string()),
        ("trial_sharpe_variance", number(run.trial_sharpe_variance)),
        ("expected_maximum_sharpe", number(run.expected_maximum_sharpe)),
        ("best_sharpe", number(run.best_sharpe)),
        ("best_strategy", run.best_strategy.map_or_else(String::new, |id| id.to_string())),
    ]
}
