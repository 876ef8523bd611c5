//! One scenario of the sweep on one thread, for `cargo xtask instructions`, which counts what it executes.

#![allow(clippy::print_stdout)]

#[path = "../benches/pairs/mod.rs"]
mod pairs;

use admf_engine::{Detail, Metrics, Mode, Path, Scratch, evaluate};
use admf_model::Fill;
use pairs::{Pairs, Positions};

/// Few pairs over few bars: an instruction is an instruction.
const GRID: &str = "{fast: 2..20 step 3, slow: [30, 60, 90]}";
const BARS: usize = 2_000;

fn main() {
    let scenario = std::env::args().nth(1).unwrap_or_default();
    let (positions, path) = match scenario.as_str() {
        "stops" => (Positions::Protected, Path::Fastest),
        "both_sides" => (Positions::BothSides, Path::Fastest),
        "bar_by_bar" => (Positions::Long, Path::BarByBar),
        _ => (Positions::Long, Path::Fastest),
    };
    let net = scenario == "net";
    let mode = match net {
        true => Mode { path, detail: Detail::NONE, metrics: Metrics::Net },
        false => Mode::full(path),
    };
    let fill = if net { Fill::SameClose } else { Fill::NextOpen };
    let pairs = Pairs::new(GRID, BARS, fill, positions);
    let symbol = &pairs.symbols[0];
    let mut scratch = Scratch::default();
    let mut evaluated = 0;
    // `setup` stops here, so that the difference is the sweep's.
    for candidate in pairs.candidates.iter().filter(|_| scenario != "setup") {
        let decisions = symbol.decisions(&pairs.graph, &candidate.rule);
        evaluate(&symbol.market, &decisions, &symbol.regimes, &symbol.terms, mode, &mut scratch);
        evaluated += symbol.market.bars.len();
    }
    println!("{evaluated}");
}
