//! ADMF's side of the comparisons that `cargo xtask bench --peers` makes with sweeps and indicators.
//!
//! `compare_sweeps sweep FILE` answers for the prices in a file `same_close N`, `next_open N`, `both_sides N`, `bar_by_bar N` (moving-average
//! pairs up to a window of N bars) and `bandwidth N` (bytes a second that a core reads from N bytes);
//! `compare_sweeps indicators FILE` answers an expression of the rule language.

#![allow(clippy::print_stdout, reason = "the harness reads standard output")]

mod bandwidth;
mod indicator;
mod pairs;
mod prices;
#[path = "../../../../xtask/peers/worker.rs"]
mod worker;

use admf_engine::Workers;
use admf_model::Bars;
use std::num::NonZeroUsize;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [topic, file] = arguments.as_slice() else { panic!("usage: compare_sweeps sweep|indicators FILE") };
    let bars = prices::read(file);
    match topic.as_str() {
        "sweep" => sweeps(&bars),
        "indicators" => worker::serve(1, |task| indicator::run(&bars, task)),
        _ => panic!("`{topic}` is neither sweep nor indicators"),
    }
}

fn sweeps(bars: &Bars) {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let workers = Workers::new(threads).expect("threads start");
    worker::serve(threads.get(), |task| {
        let (task, number) = task.split_once(' ').expect("a task and its number");
        let number = number.parse().expect("a whole number");
        match task {
            "bandwidth" => bandwidth::run(number),
            _ => pairs::run(&workers, bars, task, number),
        }
    });
}
