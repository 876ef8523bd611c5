//! `admf analytics scan` searches the strategies of all runs.

use crate::args::analytics::ScanArguments;
use crate::args::values::Top;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::progress::counted;
use crate::session::Session;
use admf_workflow::scan::{ScanRequest, scan, scan_all};

pub(super) fn analytics_scan(arguments: &ScanArguments, session: &Session) -> Result<Outcome, Failure> {
    let limit = match arguments.top {
        Top::First(limit) => limit,
        Top::All => return all(arguments, session),
    };
    let report = scan(&request(arguments, session, limit)?)?;
    let messages = session.messages();
    for note in &report.notes {
        messages.warn(note);
    }
    let shown = report.strategies.rows.len();
    session.print(&Document::table(report.strategies))?;
    let matching = usize::try_from(report.matching).unwrap_or(usize::MAX);
    if matching > shown {
        messages
            .note(&format!("{shown} of {} shown; --top N shows more", counted(matching, "match", "matches")));
    }
    report.remarks.iter().for_each(|remark| messages.note(remark));
    Ok(outcome(arguments, session, shown))
}

/// Writes rows while they are found.
fn all(arguments: &ScanArguments, session: &Session) -> Result<Outcome, Failure> {
    let request = request(arguments, session, 0)?;
    let mut rows = session.stream()?;
    let report = scan_all(&request, &mut rows)?;
    let shown = rows.finish()?;
    let messages = session.messages();
    for note in &report.notes {
        messages.warn(note);
    }
    report.remarks.iter().for_each(|remark| messages.note(remark));
    Ok(outcome(arguments, session, shown))
}

fn outcome(arguments: &ScanArguments, session: &Session, shown: usize) -> Outcome {
    if shown > 0 {
        return Outcome::Done;
    }
    session.messages().note("nothing matches");
    if arguments.fail_empty { Outcome::NothingMatched } else { Outcome::Done }
}

fn request(arguments: &ScanArguments, session: &Session, limit: u32) -> Result<ScanRequest, Failure> {
    Ok(ScanRequest {
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
        all_runs: arguments.all_runs,
        market_regime: arguments.market_regime.clone(),
        volatility_regime: arguments.volatility_regime.clone(),
        filter: arguments.filter.clone(),
        sort: arguments.sort.clone(),
        limit,
    })
}
