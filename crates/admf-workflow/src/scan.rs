//! `admf analytics scan`: strategies of all finished runs by what they did.

use crate::filter::parse_filter;
use crate::words::grouped;
use crate::{WorkflowError, database};
use admf_duckdb::Catalogue;
use admf_model::{Cell, ContentHash, Direction, METRICS, Role, RowSink, RunId, Sheet, SheetColumn};
use admf_rules::nearest;
use admf_store::queries::{self, Sort, SortOrder, known_words, parameter_names};
use admf_store::tables::optimization_runs;
use admf_store::{Workspace, run};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// What to look for; every condition is optional.
#[derive(Clone, Debug)]
pub struct ScanRequest {
    /// The workspace.
    pub workspace: Workspace,
    /// Lowest annualised Sharpe ratio.
    pub min_sharpe: Option<f64>,
    /// Lowest deflated Sharpe ratio, a probability.
    pub min_deflated: Option<f64>,
    /// Largest maximum drawdown, a positive fraction.
    pub max_drawdown: Option<f64>,
    /// Fewest closed trades.
    pub min_trades: Option<u64>,
    /// Lowest share of winning trades, a fraction.
    pub min_win_rate: Option<f64>,
    /// Lowest total return, a fraction.
    pub min_return: Option<f64>,
    /// Types of strategies; all when empty.
    pub strategy_types: Vec<String>,
    /// Symbols; all when empty.
    pub symbols: Vec<String>,
    /// Only this run: the beginning of its id, or `@last`.
    pub run: Option<String>,
    /// Also what older runs found of the same strategy on the same period of the same dataset.
    pub all_runs: bool,
    /// Trend label under which positions were held for most bars, in any case.
    pub market_regime: Option<String>,
    /// Volatility label under which positions were held for most bars, in any case.
    pub volatility_regime: Option<String>,
    /// A further condition over the columns of `optimization_runs` and the parameters.
    pub filter: Option<String>,
    /// A metric, optionally with `:asc` or `:desc`; the best first otherwise.
    pub sort: String,
    /// How many at most; [`scan_all`] shows all.
    pub limit: u32,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanReport {
    /// The strategies, in the order asked for.
    pub strategies: Sheet,
    /// How many fulfil the conditions, shown or not.
    pub matching: u64,
    /// What may not be as the user thinks.
    pub notes: Vec<String>,
    /// What else the user should know about the answer.
    pub remarks: Vec<String>,
}

/// What was found by [`scan_all`], beside the rows that its sink took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanAllReport {
    /// How many fulfil the conditions, as far as the sink took them.
    pub matching: u64,
    /// What may not be as the user thinks.
    pub notes: Vec<String>,
    /// What else the user should know about the answer.
    pub remarks: Vec<String>,
}

/// Searches for the first ones.
pub fn scan(request: &ScanRequest) -> Result<ScanReport, WorkflowError> {
    let (mut database, question, mut notes) = prepare(request)?;
    let found = queries::scan(&mut database, &question)?;
    if found.matching == 0 {
        notes.extend(unknown_words(request, &mut database)?);
    }
    notes.extend(later_trials(&mut database, &found.sheet)?);
    let shown = found.sheet.rows.len();
    let mut same = SameResults::new(&found.sheet.columns);
    found.sheet.rows.iter().for_each(|row| same.see(row));
    let remarks = same.note(shown as u64).into_iter().chain(older_results(found.older)).collect();
    Ok(ScanReport { strategies: found.sheet, matching: found.matching, notes, remarks })
}

/// Searches for all that match, however many: `sink` takes them as they are found, in order, and memory does not grow
/// with their number but for a few bytes each.
pub fn scan_all(request: &ScanRequest, sink: &mut dyn RowSink) -> Result<ScanAllReport, WorkflowError> {
    let (mut database, question, mut notes) = prepare(request)?;
    let mut seen = Seen { sink, same: SameResults::default(), rows: 0 };
    let older = queries::scan_all(&mut database, &question, &mut seen)?;
    let Seen { same, rows, .. } = seen;
    if rows == 0 {
        notes.extend(unknown_words(request, &mut database)?);
    }
    let remarks = same.note(rows).into_iter().chain(older_results(older)).collect();
    Ok(ScanAllReport { matching: rows, notes, remarks })
}

/// Passes rows on and counts those with the same results.
struct Seen<'a> {
    sink: &'a mut dyn RowSink,
    same: SameResults,
    rows: u64,
}

impl RowSink for Seen<'_> {
    fn columns(&mut self, columns: &[SheetColumn]) {
        self.same = SameResults::new(columns);
        self.sink.columns(columns);
    }

    fn row(&mut self, row: Vec<Cell>) -> ControlFlow<()> {
        self.rows += 1;
        self.same.see(&row);
        self.sink.row(row)
    }
}

/// Counts strategies whose results another one has to the last digit: other parameters, the same trades.
#[derive(Default)]
struct SameResults {
    /// Positions of the columns that are compared.
    columns: Vec<usize>,
    seen: BTreeSet<ContentHash>,
    same: u64,
}

impl SameResults {
    const COMPARED: [&str; 6] =
        ["run_id", "symbol", "sharpe_ratio", "total_return", "max_drawdown", "total_trades"];

    fn new(columns: &[SheetColumn]) -> Self {
        let compared = |column: &SheetColumn| Self::COMPARED.contains(&column.name.as_str());
        let at = columns.iter().enumerate().filter(|(_, column)| compared(column)).map(|(at, _)| at);
        Self { columns: at.collect(), ..Self::default() }
    }

    fn see(&mut self, row: &[Cell]) {
        let cells: Vec<&Cell> = self.columns.iter().map(|at| &row[*at]).collect();
        // A strategy without a Sharpe ratio did not trade: that many did nothing is no news.
        if !cells.contains(&&Cell::Null)
            && !self.seen.insert(ContentHash::of(&[format!("{cells:?}").as_bytes()]))
        {
            self.same += 1;
        }
    }

    fn note(&self, shown: u64) -> Option<String> {
        let shown = grouped(shown);
        match self.same {
            0 => None,
            1 => Some(format!(
                "1 of the {shown} shown has the same results as another to the last digit: other parameters, the same trades"
            )),
            n => Some(format!(
                "{} of the {shown} shown have the same results as another to the last digit: other parameters, the same trades",
                grouped(n)
            )),
        }
    }
}

/// What is not shown of runs that were repeated.
fn older_results(older: u64) -> Option<String> {
    let of = "of the same strategies on the same period and dataset";
    match older {
        0 => None,
        1 => Some(format!("1 result of an older run {of} is not shown; --all-runs shows it")),
        n => Some(format!("{} results of older runs {of} are not shown; --all-runs shows them", grouped(n))),
    }
}

/// Checks a request and opens what answers it.
fn prepare(request: &ScanRequest) -> Result<(Catalogue, queries::ScanRequest, Vec<String>), WorkflowError> {
    check_fractions(request)?;
    let sort = parse_sort(&request.sort)?;
    let label =
        |role: Role, text: &Option<String>| text.as_ref().map(|text| parse_label(role, text)).transpose();
    let market_regime = label(Role::Trend, &request.market_regime)?;
    let volatility_regime = label(Role::Volatility, &request.volatility_regime)?;
    let run = match &request.run {
        Some(reference) => Some(run::resolve_complete(&request.workspace, reference)?.run_id),
        None => None,
    };
    let (mut database, notes) = database::open(&request.workspace)?;
    let filter = match &request.filter {
        Some(text) => {
            Some(parse_filter(text, optimization_runs::columns(), &parameter_names(&mut database)?)?)
        }
        None => None,
    };
    let question = queries::ScanRequest {
        min_sharpe: request.min_sharpe,
        max_drawdown: request.max_drawdown,
        min_trades: request.min_trades.map(|n| i64::try_from(n).unwrap_or(i64::MAX)),
        min_win_rate: request.min_win_rate,
        min_return: request.min_return,
        min_deflated: request.min_deflated,
        strategy_types: request.strategy_types.clone(),
        symbols: request.symbols.clone(),
        run,
        all_runs: request.all_runs,
        market_regime,
        volatility_regime,
        filter,
        sort,
        limit: request.limit,
    };
    Ok((database, question, notes))
}

/// Why nothing matches, where a type or symbol is not there at all.
fn unknown_words(request: &ScanRequest, database: &mut Catalogue) -> Result<Vec<String>, WorkflowError> {
    let known = known_words(database)?;
    let types = request.strategy_types.iter().filter_map(|name| unknown("type", name, &known.strategy_types));
    let symbols = request.symbols.iter().filter_map(|name| unknown("symbol", name, &known.symbols));
    Ok(types.chain(symbols).collect())
}

/// Where the deflated ratios shown count fewer trials than there are now: what luck shows today.
fn later_trials(database: &mut Catalogue, found: &Sheet) -> Result<Vec<String>, WorkflowError> {
    let families = queries::family_luck(database, deflated_runs(found))?;
    let outgrown = families.iter().filter(|family| family.fewest < family.trials);
    let told = outgrown.filter_map(|family| {
        let luck = family.expected_maximum_sharpe?;
        let (fewest, trials) = (grouped(family.fewest), grouped(family.trials));
        Some(format!(
            "deflated_sharpe counts the trials there were when its run finished, from {fewest} here; family `{}` has \
             {trials} now, of which the best would show a Sharpe ratio of about {luck:.2} by luck: compare sharpe_ratio \
             with that",
            family.family
        ))
    });
    Ok(told.collect())
}

/// The runs of the rows that have a deflated Sharpe ratio.
fn deflated_runs(sheet: &Sheet) -> BTreeSet<RunId> {
    let at = |name: &str| sheet.columns.iter().position(|column| column.name == name);
    let (Some(run), Some(deflated)) = (at("run_id"), at("deflated_sharpe")) else { return BTreeSet::new() };
    let rows = sheet.rows.iter().filter(|row| matches!(row[deflated], Cell::Number(_)));
    rows.filter_map(|row| if let Cell::Text(run) = &row[run] { run.parse().ok() } else { None }).collect()
}

/// Shares are fractions: 15 instead of 0.15 would quietly match everything or nothing.
fn check_fractions(request: &ScanRequest) -> Result<(), WorkflowError> {
    let shares = [
        ("--max-drawdown", request.max_drawdown),
        ("--min-win-rate", request.min_win_rate),
        ("--min-deflated", request.min_deflated),
    ];
    for (option, value) in shares {
        if let Some(value) = value.filter(|value| !(0.0..=1.0).contains(value)) {
            let help = if (1.0..=100.0).contains(&value) {
                format!("write {option} {} for {value} %", value / 100.0)
            } else {
                "write a number between 0 and 1".to_owned()
            };
            return Err(usage(format!("{option} is a fraction between 0 and 1, not {value}"), help));
        }
    }
    Ok(())
}

/// `calmar_ratio`, `calmar_ratio:asc`.
fn parse_sort(text: &str) -> Result<Sort, WorkflowError> {
    let (name, order) = text.split_once(':').map_or((text, None), |(name, order)| (name, Some(order)));
    let Some(metric) = METRICS.iter().find(|metric| metric.name == name) else {
        let names = || METRICS.iter().map(|metric| metric.name);
        let help = match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("metrics are {}", names().collect::<Vec<_>>().join(", ")),
        };
        return Err(usage(format!("cannot sort by `{name}`: it is not a metric"), help));
    };
    let order = match (order, metric.direction) {
        (Some("asc"), _) | (None, Direction::Lower) => SortOrder::Ascending,
        (Some("desc"), _) | (None, Direction::Higher | Direction::Neutral) => SortOrder::Descending,
        (Some(other), _) => {
            let help = format!("write {name}:asc, {name}:desc, or {name} alone for the best first");
            return Err(usage(format!("`{other}` is no order"), help));
        }
    };
    Ok(Sort::by(metric.name, order)?)
}

fn parse_label(role: Role, text: &str) -> Result<String, WorkflowError> {
    let found = role.labels().iter().find(|label| label.eq_ignore_ascii_case(text));
    found.map(|label| (*label).to_owned()).ok_or_else(|| {
        usage(format!("`{text}` is not a {role} label"), format!("labels are {}", role.labels().join(", ")))
    })
}

/// Why a name matched nothing: no stored strategy has it.
fn unknown(what: &str, name: &str, known: &[String]) -> Option<String> {
    if known.iter().any(|known| known == name) {
        return None;
    }
    let remedy = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "no run has finished yet".to_owned(),
        None => format!("there are {}", known.join(", ")),
    };
    Some(format!("no stored strategy has the {what} `{name}`: {remedy}"))
}

fn usage(message: String, help: String) -> WorkflowError {
    WorkflowError::Usage { message, help: Some(help) }
}

#[cfg(test)]
mod tests;
