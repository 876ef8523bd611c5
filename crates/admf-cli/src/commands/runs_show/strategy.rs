//! `admf runs show RUN STRATEGY`: the page of one strategy, its tables and its chart.

use super::super::run::short;
use super::terms;
use crate::args::Format;
use crate::args::runs::{RunsShowArguments, StrategyTable};
use crate::chart::{self, Band, Chart, Scale, terminal};
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_model::{Cell, Fill};
use admf_workflow::replay::{ReplayTable, table};
use admf_workflow::runs_show::{StrategyShowReport, StrategyShowRequest, show_stored, show_strategy};
use admf_workflow::words::grouped;

/// Columns of a chart where nobody says how wide the window is.
const WIDTH: usize = 100;

pub(super) fn show(arguments: &RunsShowArguments, session: &Session) -> Result<Outcome, Failure> {
    arguments.chart.iter().try_for_each(|path| chart::check(path))?;
    let request = StrategyShowRequest {
        workspace: session.workspace()?,
        run: arguments.run.clone(),
        strategy: arguments.strategy.clone(),
    };
    if let Some(stored) = show_stored(&request)? {
        return super::stored::show(arguments, stored, session);
    }
    let report = show_strategy(&request)?;
    let messages = session.messages();
    report.notes.iter().for_each(|note| messages.warn(note));
    let drawn = drawn(&report, arguments.scale);
    for path in &arguments.chart {
        chart::write(path, &drawn)?;
        messages.note(&format!("wrote the chart to {}", path.display()));
    }
    match arguments.table {
        Some(which) => session.print(&Document::table(table(&report.replay, which.into())))?,
        // A chart alone is asked for to be looked at, not for the numbers beside it.
        None if !arguments.chart.is_empty() && arguments.strategy.is_empty() && !session.is_read() => {}
        None => {
            let picture = (session.format() == Format::Table).then(|| {
                let characters =
                    if arguments.ascii { terminal::Characters::Ascii } else { terminal::Characters::Unicode };
                terminal::text(&drawn, session.width().unwrap_or(WIDTH), characters)
            });
            session.print(&document(&report, picture))?;
            messages.note(&report.luck);
        }
    }
    if !report.is_verified() {
        messages.warn(&report.verified);
        return Ok(Outcome::Differs);
    }
    if arguments.table.is_some() || !arguments.chart.is_empty() {
        messages.note(&report.verified);
    } else {
        next(&report, session);
    }
    Ok(Outcome::Done)
}

fn next(report: &StrategyShowReport, session: &Session) {
    let run = short(report.metadata.run_id);
    let id = &report.replay.stored.strategy_id.to_string()[..8];
    session.next(&[
        &format!("runs show {run} {id} --table trades -o trades.csv"),
        &format!("runs show {run} {id} --chart {id}.svg"),
        &format!("analytics scan --run {run} --type {}", report.replay.stored.strategy_type),
    ]);
}

fn document(report: &StrategyShowReport, picture: Option<String>) -> Document {
    let id = report.replay.stored.strategy_id.to_string();
    let title = format!("Strategy {}", &id[..8]);
    let mut document = Document::facts("strategy", title, identity(report));
    if let Some(picture) = picture {
        document = document.with_text("chart", picture);
    }
    document = document.with_main_table("performance", "Performance", report.performance.clone()).with_facts(
        "trading",
        "Trading",
        trading(report),
    );
    if !report.regimes.rows.is_empty() {
        document = document.with_table("regimes", "By regime", report.regimes.clone());
    }
    let trades = report.replay.trades.len();
    if trades > 0 {
        let shown = report.trades.rows.len();
        let title = if shown < trades {
            format!("Trades: the best, the worst and the last of {}", grouped(trades as u64))
        } else {
            "Trades".to_owned()
        };
        document = document.with_table("trades", title, report.trades.clone());
    }
    document
}

/// What the strategy is.
fn identity(report: &StrategyShowReport) -> Facts {
    let (run, stored) = (&report.metadata, &report.replay.stored);
    let count = |n: u64| Cell::from(usize::try_from(n).unwrap_or(usize::MAX));
    let mut facts: Facts = vec![
        ("run_id", run.run_id.to_string().into()),
        ("strategy_id", stored.strategy_id.to_string().into()),
        ("correlation_id", stored.correlation_id.to_string().into()),
        ("strategy_type", stored.strategy_type.as_str().into()),
        ("parameters", parameters(report).into()),
        ("symbol", stored.symbol.as_str().into()),
        ("rule", stored.rule.as_str().into()),
        ("dataset", format!("{}@{}", run.facts.dataset, run.facts.dataset_hash).into()),
        ("from", first_and_last(report).0.into()),
        ("to", first_and_last(report).1.into()),
        ("bars", stored.evaluated_bars.into()),
        ("bars_per_year", stored.bars_per_year.into()),
    ];
    facts.extend(terms(&report.execution));
    facts.extend([
        ("commission", run.facts.commission_model.as_str().into()),
        ("slippage", run.facts.slippage_model.as_str().into()),
        ("trials_counted", count(run.trials)),
        ("verification", report.verified.as_str().into()),
    ]);
    facts
}

/// What it did in the market.
fn trading(report: &StrategyShowReport) -> Facts {
    let (p, stored) = (&report.replay.performance, &report.replay.stored);
    vec![
        ("deflated_sharpe", p.deflated_sharpe.into()),
        ("total_trades", p.total_trades.into()),
        ("win_rate", p.win_rate.into()),
        ("profit_factor", p.profit_factor.into()),
        ("avg_trade_return", p.avg_trade_return.into()),
        ("avg_trade_duration", p.avg_trade_duration.into()),
        ("exposure", p.exposure.into()),
        ("turnover", p.turnover.into()),
        ("beta", p.beta.into()),
        ("longest_drawdown", p.longest_drawdown.into()),
        ("value_at_risk", p.value_at_risk.into()),
        ("expected_shortfall", p.expected_shortfall.into()),
        ("total_costs", p.total_costs.into()),
        ("cost_impact", p.cost_impact.into()),
        ("ambiguous_trades", stored.ambiguous_trades.into()),
        ("conflicts", stored.conflicts.into()),
        ("open_position", stored.open_position.into()),
        ("ruined", stored.ruined.into()),
    ]
}

/// `fast=10 slow=50`, as it can be typed.
fn parameters(report: &StrategyShowReport) -> String {
    let json: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&report.replay.stored.parameters.0).unwrap_or_default();
    let bare = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    json.iter().map(|(name, value)| format!("{name}={}", bare(value))).collect::<Vec<_>>().join(" ")
}

fn first_and_last(report: &StrategyShowReport) -> (String, String) {
    let time = |time: Option<&admf_model::Timestamp>| time.map_or(String::new(), ToString::to_string);
    (time(report.replay.times.first()), time(report.replay.times.last()))
}

/// What is drawn of the strategy.
fn drawn(report: &StrategyShowReport, scale: Scale) -> Chart {
    let (replay, facts) = (&report.replay, &report.metadata.facts);
    let stored = &replay.stored;
    let p = &replay.performance;
    let ratio =
        |value: Option<f64>| value.map_or("undefined".to_owned(), |v| format!("{v:.2}").replace('-', "−"));
    let percent = |value: Option<f64>| value.map_or("undefined".to_owned(), chart::percent);
    let (from, to) = first_and_last(report);
    let title = [stored.strategy_type.as_str(), &parameters(report), "on", &stored.symbol];
    let terms = format!(
        "{from} to {to} · {} bars of {} · filled at the {} · commission {} · slippage {}",
        grouped(stored.evaluated_bars.unsigned_abs()),
        facts.bar_interval,
        if report.execution.fill == Fill::NextOpen { "next open" } else { "same close" },
        facts.commission_model,
        facts.slippage_model
    );
    let hold = &replay.baseline.performance;
    let numbers = format!(
        "Sharpe ratio {} (buy and hold {}) · return {} ({}) · deepest drawdown {} ({}) · deflated Sharpe {} with {} trials",
        ratio(p.sharpe_ratio),
        ratio(hold.sharpe_ratio),
        percent(p.total_return),
        percent(hold.total_return),
        percent(p.max_drawdown),
        percent(hold.max_drawdown),
        percent(p.deflated_sharpe),
        grouped(report.metadata.trials)
    );
    let bands = replay.labels.iter().map(|classifier| Band {
        name: classifier.name.clone(),
        vocabulary: classifier.role.labels(),
        labels: classifier.labels.clone(),
    });
    Chart {
        title: title.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        subtitles: vec![terms, numbers],
        times: replay.times.clone(),
        capital: replay.capital,
        equity: replay.curve.net.clone(),
        baseline: replay.baseline.equity.clone(),
        drawdown: replay.drawdown.clone(),
        units: replay.curve.units.clone(),
        bands: bands.collect(),
        scale,
    }
}

impl From<StrategyTable> for ReplayTable {
    fn from(table: StrategyTable) -> Self {
        match table {
            StrategyTable::Trades => Self::Trades,
            StrategyTable::Signals => Self::Signals,
            StrategyTable::Equity => Self::Equity,
            StrategyTable::Regimes => Self::Regimes,
        }
    }
}
