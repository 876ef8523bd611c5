//! Moving-average pairs: from bars in memory to eight metrics a pair in memory.

use crate::worker::Outcome;
use admf_engine::{Candidate, Detail, Market, Metrics, Mode, Path, Sweep, SymbolData, Terms, Workers, sweep};
use admf_model::{Bars, Costs, Execution, Fill, Interval, Performance, Prices, Slippage};
use admf_rules::{Columns, Definition, Graph, library, yaml};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Instant;

/// A metric's name and how to read it.
type Column = (&'static str, fn(&Performance) -> Option<f64>);

/// The metrics that both programs have to agree on.
const METRICS: [Column; 8] = [
    ("total_return", |p| p.total_return),
    ("annualized_return", |p| p.annualized_return),
    ("sharpe_ratio", |p| p.sharpe_ratio),
    ("sortino_ratio", |p| p.sortino_ratio),
    ("max_drawdown", |p| p.max_drawdown),
    ("total_trades", |p| p.total_trades),
    ("win_rate", |p| p.win_rate),
    ("profit_factor", |p| p.profit_factor),
];

/// The pairs long and short with half of equity, and with all that protects a position.
const BOTH_SIDES: &str = "
name: both_sides
parameters: {fast: {type: integer, default: 10, range: 2..400}, slow: {type: integer, default: 50, range: 3..1000}}
where: fast < slow
long: sma(close, $fast) > sma(close, $slow)
short: sma(close, $fast) < sma(close, $slow)
size: 50%
stop_loss: 8%
take_profit: 25%
trailing_stop: 12%
";

/// Days of trading in a year.
const YEAR: f64 = 252.0;

/// Every pair of windows from 2 to `widest` bars. Time counts from the bars and the grid on: rules are bound, averages
/// and everything that a market is prepared with are computed within it.
pub(crate) fn run(workers: &Workers, bars: &Bars, task: &str, widest: usize) -> Outcome {
    let (fill, path, metrics) = match task {
        "same_close" => (Fill::SameClose, Path::Fastest, Metrics::Net),
        "next_open" => (Fill::NextOpen, Path::Fastest, Metrics::All),
        "both_sides" => (Fill::NextOpen, Path::Fastest, Metrics::All),
        "bar_by_bar" => (Fill::NextOpen, Path::BarByBar, Metrics::All),
        _ => panic!("`{task}` is none of same_close, next_open, both_sides, bar_by_bar"),
    };
    let both_sides = || Definition::strategy(&yaml::parse(BOTH_SIDES).expect("YAML")).expect("a strategy");
    let definition = match task {
        "both_sides" => &both_sides(),
        _ => library::strategy("ma_crossover").expect("the library has ma_crossover"),
    };
    let windows = format!("{{fast: 2..{}, slow: 3..{widest}}}", widest - 1);
    let windows = yaml::parse(&windows).expect("a map");
    let start = Instant::now();
    let grid = definition.grid(Some(&windows), None).expect("the parameters exist");
    let mut graph = Graph::new();
    let bind = |parameters| definition.bind_strategy(&parameters, &mut graph).expect("windows are in range");
    let candidates: Vec<Candidate> =
        grid.iter().map(bind).map(|rule| Candidate { symbol: 0, rule }).collect();
    let bound = start.elapsed();
    let symbols = [prepare(workers, bars, fill, &graph)];
    let prepared = start.elapsed();
    let mode = Mode { path, detail: Detail::NONE, metrics };
    let evaluations = sweep(workers, &Sweep { graph: &graph, symbols: &symbols, mode }, &candidates);
    let swept = start.elapsed();
    let mut outcome = Outcome::new(swept.as_secs_f64());
    let phases =
        [("bind_seconds", bound), ("prepare_seconds", prepared - bound), ("sweep_seconds", swept - prepared)];
    for (phase, took) in phases {
        outcome.details.insert(phase.to_owned(), json!(took.as_secs_f64()));
    }
    outcome.details.insert("strategies".to_owned(), json!(candidates.len()));
    let value = |metric: fn(&Performance) -> Option<f64>| {
        evaluations.iter().map(|e| metric(&e.performance).unwrap_or(f64::NAN)).collect()
    };
    outcome.columns = METRICS.map(|(name, metric)| (name, value(metric))).into();
    outcome
}

fn prepare(workers: &Workers, bars: &Bars, fill: Fill, graph: &Graph) -> SymbolData {
    let costs = Costs { commission: 0.001, slippage: Slippage::Linear(0.0005), ..Costs::NONE };
    let execution = Execution { fill, costs, capital: 100_000.0, ..Execution::DEFAULT };
    let terms = Terms { execution, bars_per_year: YEAR };
    let window = (bars.timestamps()[0], bars.timestamps()[bars.len() - 1]);
    let acceptable = terms.minimum_acceptable_bar_return();
    let market = Market::new(bars, Prices::Raw, YEAR, acceptable, window).expect("bars can be traded");
    let mut data = SymbolData {
        market,
        auxiliary: BTreeMap::new(),
        labels: BTreeMap::new(),
        columns: Columns::new(bars.len()),
        regimes: Vec::new(),
        terms,
        interval: Interval::DAY,
    };
    data.extend_on(workers, graph).expect("the rules read only the bars");
    data
}
