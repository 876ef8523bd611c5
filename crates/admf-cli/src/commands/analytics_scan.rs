//! `admf analytics scan` searches the strategies of all runs.

use crate::args::analytics::ScanArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::progress::counted;
use crate::session::Session;
use admf_workflow::scan::{ScanRequest, scan};

pub(super) fn analytics_scan(arguments: &ScanArguments, session: &Session) -> Result<Outcome, Failure> {
    let request = ScanRequest {
        workspace: session.workspace()?,
        min_sharpe: arguments.min_sharpe,
        min_deflated: arguments.min_deflated,
        max_drawdown: arguments.max_drawdown,
        min_trades: arguments.min_trades,
        min_win_rate: arguments.min_win_rate,
        min_return: arguments.min_return,
        strategy_types: arguments.strategy_types.clone(),
        symbols: arguments.symbols.clone(),
        run: arguments.run.clone(),
        market_regime: arguments.market_regime.clone(),
        volatility_regime: arguments.volatility_regime.clone(),
        filter: arguments.filter.clone(),
        sort: arguments.sort.clone(),
        limit: arguments.top,
    };
    let report = scan(&request)?;
    let messages = session.messages();
    for note in &report.notes {
        messages.warn(note);
    }
    let shown = report.strategies.rows.len();
    session.print(&Document::table(report.strategies))?;
    if shown == 0 {
        messages.note("nothing matches");
        return Ok(if arguments.fail_empty { Outcome::NothingMatched } else { Outcome::Done });
    }
    let matching = usize::try_from(report.matching).unwrap_or(usize::MAX);
    if matching > shown {
        messages
            .note(&format!("{shown} of {} shown; --top N shows more", counted(matching, "match", "matches")));
    }
    Ok(Outcome::Done)
}
