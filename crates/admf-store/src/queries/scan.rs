//! `scan.sql`: strategies of all runs that fulfil conditions, the best first.

use super::{QueryError, parameter_names};
use crate::database::{Database, SqlValue};
use crate::filter;
use crate::tables::optimization_runs;
use admf_model::{Cell, Filter, METRICS, Metric, RunId, Sheet};

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
    /// Trend label under which positions were held for most bars.
    pub market_regime: Option<String>,
    /// Volatility label under which positions were held for most bars.
    pub volatility_regime: Option<String>,
    /// A further condition over the columns of `optimization_runs` and the parameters.
    pub filter: Option<Filter>,
    /// The order.
    pub sort: Sort,
    /// How many at most.
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
    /// The smallest and the largest number of trials behind the deflated Sharpe ratios among the strategies; undefined
    /// where none has one. Where the two differ, these ratios do not compare.
    pub trials: Option<(u64, u64)>,
}

impl Sort {
    /// Sorts by the metric of this name.
    pub fn by(name: &str, order: SortOrder) -> Result<Self, QueryError> {
        match METRICS.iter().find(|metric| metric.name == name) {
            Some(metric) => Ok(Self { metric, order }),
            None => Err(unknown_metric(name)),
        }
    }
}

/// Asks.
pub fn scan(db: &mut dyn Database, request: &ScanRequest) -> Result<ScanReport, QueryError> {
    let filter = match &request.filter {
        Some(filter) => filter::render(filter, optimization_runs::columns(), &parameter_names(db)?)?,
        None => "TRUE".to_owned(),
    };
    let Sort { metric, order } = request.sort;
    let shown = SQL.lines().any(|line| line.trim().trim_end_matches(',') == metric.name);
    let sql = SQL
        .replace("{sort_column}", &if shown { String::new() } else { format!("{},", metric.name) })
        .replace("{sort_metric}", metric.name)
        .replace("{sort_order}", if order == SortOrder::Ascending { "ASC" } else { "DESC" })
        .replace("{filter}", &filter);
    let sheet = db.rows(&sql, &arguments(request))?;
    Ok(without_matching(sheet))
}

fn arguments(request: &ScanRequest) -> [SqlValue; 12] {
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
        i64::from(request.limit).into(),
    ]
}

/// A list as one text, each word between unit separators; undefined for none.
fn words(list: &[String]) -> SqlValue {
    match list {
        [] => SqlValue::Null,
        list => SqlValue::Text(format!("\u{1f}{}\u{1f}", list.join("\u{1f}"))),
    }
}

/// Takes the last column off, which repeats the number of matching strategies in every row.
fn without_matching(mut sheet: Sheet) -> ScanReport {
    sheet.columns.pop();
    let mut matching = 0;
    for row in &mut sheet.rows {
        if let Some(Cell::Integer(n)) = row.pop() {
            matching = n.unsigned_abs();
        }
    }
    let trials = trials(&sheet);
    ScanReport { sheet, matching, trials }
}

/// The range of column `trials` over the rows with a deflated Sharpe ratio.
fn trials(sheet: &Sheet) -> Option<(u64, u64)> {
    let at = |name: &str| sheet.columns.iter().position(|column| column.name == name);
    let (deflated, trials) = (at("deflated_sharpe")?, at("trials")?);
    let counts = sheet.rows.iter().filter_map(|row| match (&row[deflated], &row[trials]) {
        (Cell::Number(_), Cell::Integer(n)) => Some(n.unsigned_abs()),
        _ => None,
    });
    counts.fold(None, |range, n| {
        let (least, most) = range.unwrap_or((n, n));
        Some((least.min(n), most.max(n)))
    })
}

fn unknown_metric(name: &str) -> QueryError {
    let names = METRICS.iter().map(|metric| metric.name);
    let near = filter::nearest(name, names.clone());
    QueryError::UnknownMetric { name: name.to_owned(), near, known: names.collect::<Vec<_>>().join(", ") }
}

#[cfg(test)]
mod tests;
