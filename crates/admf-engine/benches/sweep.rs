//! The sweep from prepared bars to metrics in memory: 5,050 moving-average pairs over 5,031 daily bars.
//!
//! `cargo xtask bench` runs it. Times depend on the machine; they are compared, never asserted.

mod pairs;

use admf_engine::{Detail, Metrics, Mode, Path, Sweep, Workers, sweep};
use admf_model::Fill;
use divan::Bencher;
use pairs::{Pairs, Positions};
use std::num::NonZeroUsize;

fn main() {
    divan::main();
}

fn bench(bencher: Bencher<'_, '_>, (fill, positions): (Fill, Positions), mode: Mode, threads: usize) {
    let pairs = Pairs::all(fill, positions);
    let workers =
        Workers::new(NonZeroUsize::new(threads).expect("at least one thread")).expect("threads start");
    let plan = Sweep { graph: &pairs.graph, symbols: &pairs.symbols, mode };
    bencher
        .counter(divan::counter::ItemsCount::new(pairs.strategy_bars()))
        .bench_local(|| sweep(&workers, &plan, &pairs.candidates));
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
