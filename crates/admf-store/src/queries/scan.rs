//! `scan.sql`: strategies of all runs that fulfil conditions, the best first.

use super::{QueryError, parameter_names};
use crate::database::{Database, SqlValue};
use crate::filter;
use crate::tables::optimization_runs;
use admf_model::{Cell, Filter, METRICS, Metric, RowSink, RunId, Sheet, SheetColumn};
use std::ops::ControlFlow;

const SQL: &str = include_str!("scan.sql");

/// What to look for; every condition is optional.
#[derive(Clone, Debug)]
pub struct ScanRequest {
    /// Lowest annualised Sharpe ratio.
    pub min_sharpe: Option<f64>,
    /// Largest maximum drawdown, a positive fraction.
    pub max_drawdown: Option<f64>,
    /// Fewest closed trades.
    pub min_trades: Option<i64>,
    /// Lowest share of winning trades, a fraction.
    pub min_win_rate: Option<f64>,
    /// Lowest total return, a fraction.
    pub min_return: Option<f64>,
    /// Lowest deflated Sharpe ratio, a probability.
    pub min_deflated: Option<f64>,
    /// Types of strategies; all when empty.
    pub strategy_types: Vec<String>,
    /// Symbols; all when empty.
    pub symbols: Vec<String>,
    /// Only this run.
    pub run: Option<RunId>,
    /// Also what an older run found of the same strategy on the same period of the same dataset. One run alone is
    /// always shown in full.
    pub all_runs: bool,
    /// Trend label under which positions were held for most bars.
    pub market_regime: Option<String>,
    /// Volatility label under which positions were held for most bars.
    pub volatility_regime: Option<String>,
    /// A further condition over the columns of `optimization_runs` and the parameters.
    pub filter: Option<Filter>,
    /// The order.
    pub sort: Sort,
    /// How many at most; [`scan_all`] shows all.
    pub limit: u32,
}

impl ScanRequest {
    /// No conditions, the highest Sharpe ratio first.
    pub fn by_sharpe(limit: u32) -> Self {
        Self {
            min_sharpe: None,
            max_drawdown: None,
            min_trades: None,
            min_win_rate: None,
            min_return: None,
            min_deflated: None,
            strategy_types: Vec::new(),
            symbols: Vec::new(),
            run: None,
            all_runs: false,
            market_regime: None,
            volatility_regime: None,
            filter: None,
            sort: Sort::by("sharpe_ratio", SortOrder::Descending).expect("sharpe_ratio is a metric"),
            limit,
        }
    }
}

/// By which metric and in which direction; undefined values come last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    metric: &'static Metric,
    order: SortOrder,
}

/// Which comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// The smallest.
    Ascending,
    /// The largest.
    Descending,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanReport {
    /// The strategies, in the order asked for.
    pub sheet: Sheet,
    /// How many fulfil the conditions, shown or not.
    pub matching: u64,
    /// Results of older runs of the strategies shown, which stand in no row.
    pub older: u64,
}

impl Sort {
    /// Sorts by the metric of this name.
    pub fn by(name: &str, order: SortOrder) -> Result<Self, QueryError> {
        match METRICS.iter().find(|metric| metric.name == name) {
            Some(metric) => Ok(Self { metric, order }),
            None => Err(unknown_metric(name)),
        }
    }

    /// The metric's name.
    pub(super) fn metric_name(self) -> &'static str {
        self.metric.name
    }
}

/// Asks for the first ones.
pub fn scan(db: &mut dyn Database, request: &ScanRequest) -> Result<ScanReport, QueryError> {
    let sql = statement(db, request, Found::Counted)?;
    let sheet = db.rows(&sql, &arguments(request, Some(request.limit)))?;
    Ok(report(sheet))
}

/// Asks for all that fulfil the conditions, however many they are: `sink` takes them as they are found, in order.
/// Returns the number of results of older runs that stand in no row.
pub fn scan_all(
    db: &mut dyn Database,
    request: &ScanRequest,
    sink: &mut dyn RowSink,
) -> Result<u64, QueryError> {
    // Counting before the first row would keep all rows in memory.
    let sql = statement(db, request, Found::PassedOn)?;
    let mut shown = Shown { sink, older: 0 };
    db.stream(&sql, &arguments(request, None), &mut shown)?;
    Ok(shown.older)
}

/// Passes on what is shown: all but the last two columns.
struct Shown<'a> {
    sink: &'a mut dyn RowSink,
    older: u64,
}

impl RowSink for Shown<'_> {
    fn columns(&mut self, columns: &[SheetColumn]) {
        self.sink.columns(&columns[..columns.len().saturating_sub(COUNTS)]);
    }

    fn row(&mut self, mut row: Vec<Cell>) -> ControlFlow<()> {
        let (_, results) = (row.pop(), row.pop());
        self.older += others(results.as_ref());
        self.sink.row(row)
    }
}

/// Columns at the end of every row that count and are not shown: `results_of_strategy` and `matching`.
const COUNTS: usize = 2;

/// What becomes of the strategies that fulfil the conditions.
#[derive(Clone, Copy, Debug)]
enum Found {
    /// They are kept, and counted.
    Counted,
    /// They are handed on as they are found.
    PassedOn,
}

fn statement(db: &mut dyn Database, request: &ScanRequest, found: Found) -> Result<String, QueryError> {
    let filter = match &request.filter {
        Some(filter) => filter::render(filter, optimization_runs::columns(), &parameter_names(db)?)?,
        None => "TRUE".to_owned(),
    };
    let newest = !request.all_runs && request.run.is_none();
    let Sort { metric, order } = request.sort;
    let (materialized, matching) = match found {
        Found::Counted => ("MATERIALIZED", "(SELECT COUNT(*) FROM found)"),
        Found::PassedOn => ("NOT MATERIALIZED", "CAST(NULL AS BIGINT)"),
    };
    let shown = SQL.lines().any(|line| line.trim().trim_end_matches(',') == metric.name);
    Ok(SQL
        .replace("{newest}", if newest { "is_newest" } else { "TRUE" })
        .replace("{results}", if newest { "results" } else { "CAST(1 AS BIGINT)" })
        .replace("{materialized}", materialized)
        .replace("{matching}", matching)
        .replace("{sort_column}", &if shown { String::new() } else { format!("{},", metric.name) })
        .replace("{sort_metric}", metric.name)
        .replace("{sort_order}", if order == SortOrder::Ascending { "ASC" } else { "DESC" })
        .replace("{filter}", &filter))
}

fn arguments(request: &ScanRequest, limit: Option<u32>) -> [SqlValue; 12] {
    [
        request.min_sharpe.into(),
        request.max_drawdown.into(),
        request.min_trades.into(),
        request.min_win_rate.into(),
        request.min_return.into(),
        request.min_deflated.into(),
        words(&request.strategy_types),
        words(&request.symbols),
        request.run.map(|run| run.to_string()).into(),
        request.market_regime.clone().into(),
        request.volatility_regime.clone().into(),
        limit.map(i64::from).into(),
    ]
}

/// A list as one text, each word between unit separators; undefined for none.
fn words(list: &[String]) -> SqlValue {
    match list {
        [] => SqlValue::Null,
        list => SqlValue::Text(format!("\u{1f}{}\u{1f}", list.join("\u{1f}"))),
    }
}

/// Takes the counts off: the number of results of each strategy, and that of matching strategies in every row.
fn report(mut sheet: Sheet) -> ScanReport {
    sheet.columns.truncate(sheet.columns.len().saturating_sub(COUNTS));
    let (mut matching, mut older) = (0, 0);
    for row in &mut sheet.rows {
        if let Some(Cell::Integer(n)) = row.pop() {
            matching = n.unsigned_abs();
        }
        older += others(row.pop().as_ref());
    }
    ScanReport { sheet, matching, older }
}

/// Of so many results of a strategy all but the one that is shown.
fn others(results: Option<&Cell>) -> u64 {
    match results {
        Some(Cell::Integer(n)) => n.unsigned_abs().saturating_sub(1),
        _ => 0,
    }
}

fn unknown_metric(name: &str) -> QueryError {
    let names = METRICS.iter().map(|metric| metric.name);
    let near = filter::nearest(name, names.clone());
    QueryError::UnknownMetric { name: name.to_owned(), near, known: names.collect::<Vec<_>>().join(", ") }
}

#[cfg(test)]
mod tests;
