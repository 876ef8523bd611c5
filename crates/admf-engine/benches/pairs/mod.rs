//! Moving-average pairs over a random walk: what benchmarks of the sweep have in common.

#![allow(dead_code, unreachable_pub)]

use admf_engine::{Candidate, Market, SymbolData, Terms};
use admf_model::{Bars, Costs, Execution, Fill, Interval, Prices, Series, Timestamp};
use admf_rules::{Columns, Definition, Graph, yaml};
use std::collections::BTreeMap;

/// Of all pairs.
const BARS: usize = 5_031;
/// Windows from 2 to 102.
const ALL: &str = "{fast: 2..101, slow: 3..102}";
const DAY: i64 = 86_400_000_000;

/// Pairs to be swept.
pub struct Pairs {
    pub graph: Graph,
    pub symbols: Vec<SymbolData>,
    pub candidates: Vec<Candidate>,
}

impl Pairs {
    /// 5,050 pairs over 5,031 bars.
    pub fn all(fill: Fill, positions: Positions) -> Self {
        let pairs = Self::new(ALL, BARS, fill, positions);
        assert_eq!(pairs.candidates.len(), 5_050);
        pairs
    }

    /// The pairs of a grid over so many bars.
    pub fn new(grid: &str, length: usize, fill: Fill, positions: Positions) -> Self {
        let bars = walk(length);
        let execution = Execution { fill, costs: Costs::DEFAULT, ..Execution::DEFAULT };
        let terms = Terms { execution, bars_per_year: 252.0 };
        let window = (bars.timestamps()[0], bars.timestamps()[length - 1]);
        let market = Market::new(&bars, Prices::Raw, 252.0, 0.0, window).expect("bars can be traded");
        let text = match positions {
            Positions::Long => CROSSOVER.to_owned(),
            Positions::Protected => format!("{CROSSOVER}{STOPS}"),
            Positions::BothSides => format!("{CROSSOVER}{STOPS}{SHORT}"),
        };
        let definition = Definition::strategy(&yaml::parse(&text).expect("YAML")).expect("a strategy");
        let grid = yaml::parse(grid).expect("a map");
        let grid = definition.grid(Some(&grid), None).expect("the parameters exist");
        let mut graph = Graph::new();
        let bind =
            |parameters| definition.bind_strategy(&parameters, &mut graph).expect("windows are in range");
        let candidates = grid.iter().map(bind).map(|rule| Candidate { symbol: 0, rule }).collect();
        let mut data = SymbolData {
            market,
            auxiliary: BTreeMap::new(),
            labels: BTreeMap::new(),
            columns: Columns::new(length),
            regimes: Vec::new(),
            terms,
            interval: Interval::DAY,
        };
        data.extend(&graph).expect("the rules read only the bars");
        Self { graph, symbols: vec![data], candidates }
    }

    /// Strategies times bars.
    pub fn strategy_bars(&self) -> usize {
        self.candidates.len() * self.symbols[0].market.bars.len()
    }
}

/// A reproducible random walk with the volatility of a stock index.
fn walk(length: usize) -> Bars {
    let mut state = 42_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut price = 1000.0;
    let mut columns = [vec![], vec![], vec![], vec![]];
    for _ in 0..length {
        let open = price * (1.0 + 0.004 * (uniform() - 0.5));
        let close = open * (1.0 + 0.035 * (uniform() - 0.494));
        let (high, low) =
            (open.max(close) * (1.0 + 0.004 * uniform()), open.min(close) * (1.0 - 0.004 * uniform()));
        for (column, value) in columns.iter_mut().zip([open, high, low, close]) {
            column.push(value);
        }
        price = close;
    }
    let timestamps = (0..length as i64).map(|d| Timestamp::from_micros(d * DAY)).collect();
    let [open, high, low, close] = columns.map(Series::from_values);
    Bars::new("X", timestamps, [open, high, low, close, Series::undefined(length)])
        .expect("bars are in order")
}

/// Long while the fast average is above the slow one.
const CROSSOVER: &str = "
name: crossover
parameters: {fast: {type: integer, default: 10, range: 2..400}, slow: {type: integer, default: 50, range: 3..1000}}
where: fast < slow
long: sma(close, $fast) > sma(close, $slow)
";
/// What protects a position.
const STOPS: &str = "stop_loss: 8%\ntake_profit: 25%\ntrailing_stop: 12%\n";
/// The other side, with half of equity.
const SHORT: &str = "short: sma(close, $fast) < sma(close, $slow)\nsize: 50%\n";

/// Which positions the moving averages take.
#[derive(Clone, Copy)]
pub enum Positions {
    /// Long with all of equity while the fast one is above.
    Long,
    /// The same with a stop, a target and a trailing stop.
    Protected,
    /// Long or short with half of equity, and the same stops.
    BothSides,
}
