//! The sweep from prepared bars to metrics in memory: 5,050 moving-average pairs over 5,031 daily bars.
//!
//! `cargo xtask bench` runs it. Times depend on the machine; they are compared, never asserted.

use admf_engine::{
    Candidate, Detail, Evaluation, Market, Metrics, Mode, Path, Sweep, SymbolData, Terms, Workers, sweep,
};
use admf_model::{Bars, Costs, Execution, Fill, Interval, Prices, Series, Timestamp};
use admf_rules::{Columns, Definition, Graph, yaml};
use divan::Bencher;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

const BARS: usize = 5_031;
const PAIRS: usize = 5_050;
const DAY: i64 = 86_400_000_000;

fn main() {
    divan::main();
}

/// A reproducible random walk with the volatility of a stock index.
fn bars() -> Bars {
    let mut state = 42_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut price = 1000.0;
    let mut columns = [vec![], vec![], vec![], vec![]];
    for _ in 0..BARS {
        let open = price * (1.0 + 0.004 * (uniform() - 0.5));
        let close = open * (1.0 + 0.035 * (uniform() - 0.494));
        let (high, low) =
            (open.max(close) * (1.0 + 0.004 * uniform()), open.min(close) * (1.0 - 0.004 * uniform()));
        for (column, value) in columns.iter_mut().zip([open, high, low, close]) {
            column.push(value);
        }
        price = close;
    }
    let timestamps = (0..BARS as i64).map(|d| Timestamp::from_micros(d * DAY)).collect();
    let [open, high, low, close] = columns.map(Series::from_values);
    Bars::new("X", timestamps, [open, high, low, close, Series::undefined(BARS)]).expect("bars are in order")
}

struct Setup {
    graph: Graph,
    symbols: Vec<SymbolData>,
    candidates: Vec<Candidate>,
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
enum Positions {
    /// Long with all of equity while the fast one is above.
    Long,
    /// The same with a stop, a target and a trailing stop.
    Protected,
    /// Long or short with half of equity, and the same stops.
    BothSides,
}

fn setup(fill: Fill, positions: Positions) -> Setup {
    let bars = bars();
    let execution = Execution { fill, costs: Costs::DEFAULT, ..Execution::DEFAULT };
    let terms = Terms { execution, bars_per_year: 252.0 };
    let window = (bars.timestamps()[0], bars.timestamps()[BARS - 1]);
    let market = Market::new(&bars, Prices::Raw, 252.0, 0.0, window).expect("bars can be traded");
    let text = match positions {
        Positions::Long => CROSSOVER.to_owned(),
        Positions::Protected => format!("{CROSSOVER}{STOPS}"),
        Positions::BothSides => format!("{CROSSOVER}{STOPS}{SHORT}"),
    };
    let definition = Definition::strategy(&yaml::parse(&text).expect("YAML")).expect("a strategy");
    let grid = yaml::parse("{fast: 2..101, slow: 3..102}").expect("a map");
    let grid = definition.grid(Some(&grid), None).expect("the parameters exist");
    let mut graph = Graph::new();
    let bind = |parameters| definition.bind_strategy(&parameters, &mut graph).expect("windows are in range");
    let candidates: Vec<Candidate> =
        grid.iter().map(bind).map(|rule| Candidate { symbol: 0, rule }).collect();
    assert_eq!(candidates.len(), PAIRS);
    let mut data = SymbolData {
        market,
        auxiliary: BTreeMap::new(),
        labels: BTreeMap::new(),
        columns: Columns::new(BARS),
        regimes: Vec::new(),
        terms,
        interval: Interval::DAY,
    };
    data.extend(&graph).expect("the rules read only the bars");
    Setup { graph, symbols: vec![data], candidates }
}

fn run(workers: &Workers, setup: &Setup, mode: Mode) -> Vec<Evaluation> {
    sweep(workers, &Sweep { graph: &setup.graph, symbols: &setup.symbols, mode }, &setup.candidates)
}

fn bench(bencher: Bencher<'_, '_>, (fill, positions): (Fill, Positions), mode: Mode, threads: usize) {
    let setup = setup(fill, positions);
    let workers =
        Workers::new(NonZeroUsize::new(threads).expect("at least one thread")).expect("threads start");
    bencher
        .counter(divan::counter::ItemsCount::new(PAIRS * BARS))
        .bench_local(|| run(&workers, &setup, mode));
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn long_same_close(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, (Fill::SameClose, Positions::Long), Mode::full(Path::Fastest), threads);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn metrics_same_close(bencher: Bencher<'_, '_>, threads: usize) {
    let mode = Mode { path: Path::Fastest, detail: Detail::NONE, metrics: Metrics::Net };
    bench(bencher, (Fill::SameClose, Positions::Long), mode, threads);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn long_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, (Fill::NextOpen, Positions::Long), Mode::full(Path::Fastest), threads);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn stops_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, (Fill::NextOpen, Positions::Protected), Mode::full(Path::Fastest), threads);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn stops_shorts_sizes_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, (Fill::NextOpen, Positions::BothSides), Mode::full(Path::Fastest), threads);
}

#[divan::bench(args = [1], sample_count = 5)]
fn bar_by_bar_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, (Fill::NextOpen, Positions::Long), Mode::full(Path::BarByBar), threads);
}
