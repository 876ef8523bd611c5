//! The sweep from prepared bars to metrics in memory: 5,050 moving-average pairs over 5,031 daily bars.
//!
//! `cargo xtask bench` runs it. Times depend on the machine; they are compared, never asserted.

use admf_engine::{Candidate, Evaluation, Market, Path, Sweep, SymbolData, Terms, Workers, sweep};
use admf_model::{Bars, Costs, Execution, Fill, Interval, Prices, Series, Timestamp};
use admf_rules::{Columns, Graph, library};
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

fn setup(fill: Fill) -> Setup {
    let bars = bars();
    let execution = Execution { fill, costs: Costs::DEFAULT, ..Execution::DEFAULT };
    let terms = Terms { execution, bars_per_year: 252.0 };
    let window = (bars.timestamps()[0], bars.timestamps()[BARS - 1]);
    let market = Market::new(&bars, Prices::Raw, 252.0, 0.0, window).expect("bars can be traded");
    let definition = library::strategy("ma_crossover").expect("the library has ma_crossover");
    let grid = admf_rules::yaml::parse("{fast: 2..101, slow: 3..102}").expect("a map");
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

fn run(workers: &Workers, setup: &Setup, path: Path) -> Vec<Evaluation> {
    sweep(workers, &Sweep { graph: &setup.graph, symbols: &setup.symbols, path }, &setup.candidates)
}

fn bench(bencher: Bencher<'_, '_>, fill: Fill, path: Path, threads: usize) {
    let setup = setup(fill);
    let workers =
        Workers::new(NonZeroUsize::new(threads).expect("at least one thread")).expect("threads start");
    bencher
        .counter(divan::counter::ItemsCount::new(PAIRS * BARS))
        .bench_local(|| run(&workers, &setup, path));
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn segments_same_close(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, Fill::SameClose, Path::Fastest, threads);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn segments_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, Fill::NextOpen, Path::Fastest, threads);
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn bar_by_bar_next_open(bencher: Bencher<'_, '_>, threads: usize) {
    bench(bencher, Fill::NextOpen, Path::BarByBar, threads);
}
