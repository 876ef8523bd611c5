//! Every strategy of the library, with random parameters on random markets: both kernels agree, and no decision
//! depends on a later bar.

use crate::agreement::agree;
use crate::random;
use admf_engine::{Candidate, Evaluation, Mode, Path, Sweep, SymbolData, Terms, Workers, sweep};
use admf_model::{AlignedBars, Bars, Interval, ParameterValue, Parameters, Series};
use admf_rules::{Columns, Definition, Graph, library};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// Small values, so that warm-up ends early and rules trade on short markets; within the allowed ranges.
fn parameters(definition: &Definition, draws: &[f64]) -> Parameters {
    let value = |(parameter, draw): (&admf_rules::ParameterDefinition, &f64)| {
        let value = match parameter.values[0] {
            ParameterValue::Integer(_) => ParameterValue::Integer(3 + (draw * 12.0) as i64),
            ParameterValue::Number(n) => ParameterValue::Number(n * (0.5 + draw)),
        };
        let (low, high) = parameter.range.unwrap_or((value, value));
        (parameter.name.clone(), value.clamp(low, high))
    };
    Parameters::new(definition.parameters.iter().zip(draws.iter().cycle()).map(value).collect())
}

/// Other symbols on the clock of the evaluated one: its own prices some bars ago.
fn others(definition: &Definition, bars: &Bars) -> BTreeMap<String, AlignedBars> {
    let late = |series: &Series| -> Series {
        (0..bars.len()).map(|bar| bar.checked_sub(7).and_then(|earlier| series.get(earlier))).collect()
    };
    let other = AlignedBars {
        open: late(&bars.open),
        high: late(&bars.high),
        low: late(&bars.low),
        close: late(&bars.close),
        volume: late(&bars.volume),
        fresh: (0..bars.len()).map(|bar| bar >= 7).collect(),
    };
    definition.symbols().into_iter().map(|symbol| (symbol, other.clone())).collect()
}

pub(crate) fn run(
    definition: &Definition,
    parameters: &Parameters,
    bars: &Bars,
    terms: &Terms,
    path: Path,
) -> Evaluation {
    let mut graph = Graph::new();
    let rule = definition.bind_strategy(parameters, &mut graph).unwrap();
    let mut data = SymbolData {
        market: random::market(bars, terms, 0),
        auxiliary: others(definition, bars),
        labels: BTreeMap::new(),
        columns: Columns::new(bars.len()),
        regimes: Vec::new(),
        terms: *terms,
        interval: Interval::DAY,
    };
    data.extend(&graph).unwrap();
    let workers = Workers::new(NonZeroUsize::MIN).unwrap();
    let plan = Sweep { graph: &graph, symbols: &[data], mode: Mode::full(path) };
    sweep(&workers, &plan, &[Candidate { symbol: 0, rule }]).pop().unwrap()
}

/// The same bars up to `keep`, then others.
fn with_other_future(bars: &Bars, keep: usize) -> Bars {
    let change = |series: &Series, factor: f64| -> Series {
        series.iter().enumerate().map(|(bar, v)| Some(if bar <= keep { v? } else { v? * factor })).collect()
    };
    let columns = [
        change(&bars.open, 1.7),
        change(&bars.high, 1.9),
        change(&bars.low, 0.8),
        change(&bars.close, 1.3),
        bars.volume.clone(),
    ];
    Bars::new("X", bars.timestamps().to_vec(), columns).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn both_kernels_agree(
        bars in random::bars(60..200),
        terms in random::terms(),
        draws in prop::collection::vec(0.0_f64..1.0, 4),
    ) {
        for definition in library::strategies() {
            let parameters = parameters(definition, &draws);
            let go = |path| run(definition, &parameters, &bars, &terms, path);
            agree(&go(Path::Fastest), &go(Path::BarByBar))?;
        }
    }

    #[test]
    fn no_decision_depends_on_a_later_bar(
        bars in random::bars(60..160),
        terms in random::terms(),
        draws in prop::collection::vec(0.0_f64..1.0, 4),
        keep in 20_usize..58,
    ) {
        let other = with_other_future(&bars, keep);
        for definition in library::strategies() {
            let parameters = parameters(definition, &draws);
            for path in [Path::Fastest, Path::BarByBar] {
                let until = |bars| {
                    let mut signals = run(definition, &parameters, bars, &terms, path).signals;
                    signals.retain(|(bar, _)| *bar <= keep);
                    signals
                };
                prop_assert_eq!(until(&bars), until(&other), "{} with {}", definition.name, parameters);
            }
        }
    }
}
