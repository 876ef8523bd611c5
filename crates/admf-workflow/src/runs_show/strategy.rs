//! `admf runs show RUN STRATEGY`: one strategy of a run, evaluated again and compared with what is stored.

use crate::replay::{Replay, ReplayTable, StrategyReplay, Verification, table};
use crate::{WorkflowError, luck};
use admf_model::{Cell, CellKind, Execution, Performance, Sheet};
use admf_store::Workspace;
use admf_store::run::RunMetadata;

/// Trades that are shown of each kind.
const SHOWN: usize = 3;

/// Which strategy of which run.
#[derive(Clone, Debug)]
pub struct StrategyShowRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// The beginning of the run's id, or `@last`.
    pub run: String,
    /// Words that only this strategy fulfils, see [`Replay::select`]; the best when there are none.
    pub strategy: Vec<String>,
}

/// One strategy.
#[derive(Clone, Debug)]
pub struct StrategyShowReport {
    /// The run.
    pub metadata: RunMetadata,
    /// How its fills and costs were.
    pub execution: Execution,
    /// Everything that the strategy did.
    pub replay: StrategyReplay,
    /// Metrics of returns: net, gross, of buying and holding, and what the strategy has more than that.
    pub performance: Sheet,
    /// Results by regime; without rows when the run has no classifier.
    pub regimes: Sheet,
    /// All trades when they are few, else the best, the worst and the last.
    pub trades: Sheet,
    /// What luck would show.
    pub luck: String,
    /// Whether all this is what is stored, in words.
    pub verified: String,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl StrategyShowReport {
    /// True unless something is not what the run stored.
    pub fn is_verified(&self) -> bool {
        !matches!(self.replay.verification, Verification::Different(_))
    }
}

/// Evaluates a strategy of a finished run again.
pub fn show_strategy(request: &StrategyShowRequest) -> Result<StrategyShowReport, WorkflowError> {
    let mut opened = Replay::open(&request.workspace, &request.run)?;
    let best = ["@best".to_owned()];
    let words = if request.strategy.is_empty() { &best[..] } else { &request.strategy };
    let key = opened.select(words)?;
    let replay = opened.strategy(&key)?;
    Ok(StrategyShowReport {
        execution: opened.plan.execution,
        performance: performance(&replay.performance, &replay.baseline.performance),
        regimes: table(&replay, ReplayTable::Regimes),
        trades: trades(&replay),
        luck: luck::of_strategy(&opened.metadata, &replay.performance),
        verified: verified(&replay.verification),
        notes: opened.notes,
        metadata: opened.metadata,
        replay,
    })
}

/// The metrics of returns, those of the strategy above those of its yardstick.
fn performance(net: &Performance, hold: &Performance) -> Sheet {
    let number = CellKind::Number;
    let mut sheet = Sheet::new([
        ("performance", CellKind::Text),
        ("total_return", number),
        ("annualized_return", number),
        ("volatility", number),
        ("sharpe_ratio", number),
        ("sortino_ratio", number),
        ("max_drawdown", number),
        ("calmar_ratio", number),
    ]);
    let mut push = |name: &str, values: [Option<f64>; 7]| {
        sheet.push(std::iter::once(name.into()).chain(values.map(Cell::from)).collect());
    };
    let of = |p: &Performance| {
        [
            p.total_return,
            p.annualized_return,
            p.volatility,
            p.sharpe_ratio,
            p.sortino_ratio,
            p.max_drawdown,
            p.calmar_ratio,
        ]
    };
    let gross = [
        net.gross_return,
        net.gross_annualized_return,
        net.gross_volatility,
        net.gross_sharpe,
        net.gross_sortino,
        net.gross_max_drawdown,
        net.gross_calmar,
    ];
    push("net", of(net));
    push("gross", gross);
    push("buy_and_hold", of(hold));
    let mut excess = of(net).into_iter().zip(of(hold)).map(|(a, b)| Some(a? - b?));
    push("net less buy_and_hold", std::array::from_fn(|_| excess.next().flatten()));
    sheet
}

/// All trades where they are few, else the best, the worst and the last of them, each kind in order of time.
fn trades(replay: &StrategyReplay) -> Sheet {
    let all = &replay.trades;
    let few = all.len() <= 3 * SHOWN + 1;
    let mut by_return: Vec<usize> = (0..all.len()).filter(|at| all[*at].exit_reason.is_some()).collect();
    by_return.sort_by(|a, b| all[*b].return_fraction.total_cmp(&all[*a].return_fraction));
    let in_order = |of: &[usize]| {
        let mut of = of.to_vec();
        of.sort_unstable();
        of
    };
    let kinds: Vec<(&str, Vec<usize>)> = if few {
        vec![("", (0..all.len()).collect())]
    } else {
        let closed = by_return.len();
        vec![
            ("best", in_order(&by_return[..SHOWN.min(closed)])),
            ("worst", in_order(&by_return[closed.saturating_sub(SHOWN)..])),
            ("last", (all.len() - SHOWN..all.len()).collect()),
        ]
    };
    let columns = [
        ("trades", CellKind::Text),
        ("trade", CellKind::Integer),
        ("direction", CellKind::Text),
        ("entry_time", CellKind::Text),
        ("exit_time", CellKind::Text),
        ("duration_bars", CellKind::Integer),
        ("entry_price", CellKind::Number),
        ("exit_price", CellKind::Number),
        ("return_fraction", CellKind::Number),
        ("pnl", CellKind::Number),
        ("exit_reason", CellKind::Text),
        ("entry_regime", CellKind::Text),
    ];
    let mut sheet = Sheet::new(columns);
    for (kind, at) in kinds.iter().flat_map(|(kind, of)| of.iter().map(move |at| (*kind, *at))) {
        let trade = &all[at];
        sheet.push(vec![
            kind.into(),
            (at + 1).into(),
            trade.direction.as_str().into(),
            trade.entry_time.to_string().into(),
            trade.exit_time.to_string().into(),
            trade.duration_bars.into(),
            trade.entry_price.into(),
            trade.exit_price.into(),
            trade.return_fraction.into(),
            trade.pnl.into(),
            trade.exit_reason.as_deref().unwrap_or("still open").into(),
            trade.entry_regime.as_deref().into(),
        ]);
    }
    if few {
        sheet.columns.remove(0);
        sheet.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
    sheet
}

fn verified(verification: &Verification) -> String {
    match verification {
        Verification::Identical => "verified against the stored metrics: equal to the last bit".to_owned(),
        Verification::WithinRounding { difference } => {
            format!("verified against the stored metrics: equal to within {difference:.0e}")
        }
        Verification::Different(differences) => {
            let text = |d: &crate::replay::Difference| {
                format!("{} is {}, stored is {}", d.what, d.computed, d.stored)
            };
            let shown: Vec<String> = differences.iter().take(5).map(text).collect();
            let more = differences.len().saturating_sub(5);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            format!("not what is stored: {}{more}", shown.join("; "))
        }
    }
}

#[cfg(test)]
mod tests;
