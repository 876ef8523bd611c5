//! What a strategy did as tables: trades, signals, equity bar by bar, results by regime.

use super::StrategyReplay;
use admf_model::{Cell, CellKind, Sheet};
use admf_store::record;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayTable {
    /// A row per trade, with the columns of `trades`.
    Trades,
    /// A row per change of the wanted position, with the columns of `signals`.
    Signals,
    /// A row per evaluated bar: prices, position, equity, drawdown, labels.
    Equity,
    /// A row per classifier and label.
    Regimes,
}

/// The table of a strategy.
pub fn table(strategy: &StrategyReplay, which: ReplayTable) -> Sheet {
    match which {
        ReplayTable::Trades => record::sheet(&strategy.trades),
        ReplayTable::Signals => record::sheet(&strategy.signals),
        ReplayTable::Equity => equity(strategy),
        ReplayTable::Regimes => regimes(strategy),
    }
}

/// Bar by bar. The label of a bar is known at its close and counts for the bar after it.
fn equity(strategy: &StrategyReplay) -> Sheet {
    let fixed = [
        ("ts", CellKind::Text),
        ("bar", CellKind::Integer),
        ("open", CellKind::Number),
        ("high", CellKind::Number),
        ("low", CellKind::Number),
        ("close", CellKind::Number),
        ("units", CellKind::Number),
        ("equity", CellKind::Number),
        ("bar_return", CellKind::Number),
        ("drawdown", CellKind::Number),
        ("gross_equity", CellKind::Number),
        ("buy_and_hold", CellKind::Number),
    ];
    let labels = strategy.labels.iter().map(|classifier| (classifier.name.as_str(), CellKind::Text));
    let mut sheet = Sheet::new(fixed.into_iter().chain(labels));
    let bars = &strategy.bars;
    let returns = super::returns(strategy.capital, &strategy.curve.net);
    for ((at, bar), bar_return) in strategy.window.clone().enumerate().zip(returns) {
        let mut row: Vec<Cell> = vec![
            strategy.times[at].to_string().into(),
            bar.into(),
            bars.open.get(bar).into(),
            bars.high.get(bar).into(),
            bars.low.get(bar).into(),
            bars.close.get(bar).into(),
            strategy.curve.units[at].into(),
            strategy.curve.net[at].into(),
            bar_return.into(),
            strategy.drawdown[at].into(),
            strategy.curve.gross[at].into(),
            strategy.baseline.equity[at].into(),
        ];
        row.extend(strategy.labels.iter().map(|classifier| Cell::from(classifier.labels[at])));
        sheet.push(row);
    }
    sheet
}

/// What the strategy did under each label.
fn regimes(strategy: &StrategyReplay) -> Sheet {
    let mut sheet = Sheet::new([
        ("classifier_type", CellKind::Text),
        ("regime", CellKind::Text),
        ("bars", CellKind::Integer),
        ("sharpe_ratio", CellKind::Number),
        ("total_return", CellKind::Number),
        ("trade_count", CellKind::Integer),
        ("win_rate", CellKind::Number),
        ("avg_duration", CellKind::Number),
    ]);
    for row in &strategy.regimes {
        let classifier = strategy.labels.iter().find(|labelled| labelled.classifier_id == row.classifier_id);
        sheet.push(vec![
            classifier.map(|labelled| labelled.name.as_str()).into(),
            row.regime.as_str().into(),
            row.bars.into(),
            row.sharpe_ratio.into(),
            row.total_return.into(),
            row.trade_count.into(),
            row.win_rate.into(),
            row.avg_duration.into(),
        ]);
    }
    sheet
}
