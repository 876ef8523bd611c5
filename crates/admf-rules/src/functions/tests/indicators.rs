//! Indicators against TA-Lib and other programs, on five markets.

use super::{FUNCTIONS, Family, column, warm_up};
use crate::testing::{Tick, World};

/// Bars and expected values of a market; `fixtures/indicators/reference.py` says how both came about.
struct Market {
    name: &'static str,
    bars: &'static str,
    values: &'static str,
}

macro_rules! market {
    ($name:literal) => {
        Market {
            name: $name,
            bars: include_str!(concat!("../../../fixtures/indicators/", $name, "_bars.csv")),
            values: include_str!(concat!("../../../fixtures/indicators/", $name, "_values.csv")),
        }
    };
}

const MARKETS: [Market; 5] =
    [market!("random"), market!("apple"), market!("awkward"), market!("constant"), market!("huge")];

/// The rules that an independent program was asked for.
pub(super) fn compared() -> impl Iterator<Item = &'static str> {
    MARKETS[0].values.lines().skip(1).filter_map(|line| line.split(';').next())
}

fn world(market: &Market) -> World {
    World::new(&ticks(market))
}

fn ticks(market: &Market) -> Vec<Tick> {
    market
        .bars
        .lines()
        .skip(1)
        .map(|line| {
            let mut prices = [None; 10];
            // High, low, close and volume; the open is not read by any indicator.
            for (slot, field) in prices[1..].iter_mut().zip(line.split(';')) {
                *slot = Some(field.parse().unwrap());
            }
            (prices, None, None)
        })
        .collect()
}

#[test]
fn values_are_those_of_other_programs() {
    for market in &MARKETS {
        let world = world(market);
        let mut lines = market.values.lines();
        let samples: Vec<usize> =
            lines.next().unwrap().split(';').skip(4).map(|bar| bar.parse().unwrap()).collect();
        assert_eq!(samples.len(), world.bars.len() / 13);
        for line in lines {
            let fields: Vec<&str> = line.split(';').collect();
            let (rule, source) = (fields[0], fields[1]);
            let ours = column(&world, rule);
            let first: Option<usize> = fields[2].parse().ok();
            assert_eq!(
                ours.iter().position(Option::is_some),
                first,
                "{}: {rule} begins elsewhere",
                market.name
            );
            let expected =
                samples.iter().copied().zip(&fields[4..]).chain(first.map(|bar| (bar, &fields[3])));
            for (bar, field) in expected {
                let theirs: Option<f64> = field.parse().ok();
                let agree = match (ours[bar], theirs) {
                    (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9 * theirs.abs() + 1e-12,
                    (ours, theirs) => ours == theirs,
                };
                assert!(agree, "{}: {rule} at {bar}: {:?}, {source} {theirs:?}", market.name, ours[bar]);
            }
        }
    }
}

#[test]
fn nothing_begins_before_or_after_its_warm_up() {
    // On prices that always move every ratio is defined.
    let world = world(&MARKETS[0]);
    for rule in compared() {
        let first = column(&world, rule).iter().position(Option::is_some);
        assert_eq!(first, Some(warm_up(rule)), "{rule}");
    }
}

#[test]
fn averages_of_equal_prices_are_that_price_to_the_last_bit() {
    // Rounding errors would let a flat price cross its own average.
    let world = World::of_closes(&[Some(0.1); 300]);
    for rule in [
        "ema(close, 49)",
        "rma(close, 49)",
        "wma(close, 49)",
        "dema(close, 7)",
        "hma(close, 49)",
        "kama(close, 49)",
        "bollinger_upper(close, 49)",
        "bollinger_middle(close, 49)",
        "bollinger_lower(close, 49)",
        "donchian_middle(49)",
        "keltner_upper(49)",
    ] {
        let values = column(&world, rule);
        let first = warm_up(rule);
        assert!(values[..first].iter().all(Option::is_none), "{rule}");
        assert!(values[first..].iter().all(|value| *value == Some(0.1)), "{rule}: {:?}", values[first]);
    }
}

/// Of one value and one of an earlier bar: neither a window nor a recursion.
const OF_TWO_VALUES: [&str; 1] = ["roc"];

/// Defined where the bars they look at are, whatever was before.
const WINDOWS: [&str; 22] = [
    "sma(close, 7)",
    "wma(close, 7)",
    "hma(close, 9)",
    "vwma(close, 7)",
    "stochastic_k(5, 3)",
    "stochastic_d(5, 3, 4)",
    "cci(5)",
    "williams_r(5)",
    "aroon_up(6)",
    "aroon_down(6)",
    "aroon_oscillator(6)",
    "stdev(close, 7)",
    "bollinger_upper(close, 7)",
    "bollinger_middle(close, 7)",
    "bollinger_lower(close, 7)",
    "bollinger_percent_b(close, 7)",
    "bollinger_bandwidth(close, 7)",
    "donchian_upper(7)",
    "donchian_middle(7)",
    "donchian_lower(7)",
    "realized_vol(close, 7)",
    "mfi(7)",
];

/// Go on from their state after a bar without prices.
const RECURSIONS: [&str; 19] = [
    "ema(close, 7)",
    "rma(close, 7)",
    "dema(close, 4)",
    "tema(close, 4)",
    "kama(close, 5)",
    "rsi(close, 5)",
    "macd(close, 3, 7)",
    "macd_signal(close, 3, 7, 4)",
    "macd_histogram(close, 3, 7, 4)",
    "adx(5)",
    "plus_di(5)",
    "minus_di(5)",
    "trix(close, 4)",
    "atr(5)",
    "true_range()",
    "keltner_upper(5, 2, 6)",
    "keltner_middle(5)",
    "keltner_lower(5, 2, 6)",
    "obv()",
];

#[test]
fn every_indicator_is_a_window_or_a_recursion() {
    let families = [Family::Averages, Family::Momentum, Family::Volatility, Family::Volume];
    let known: Vec<&str> = WINDOWS.iter().chain(&RECURSIONS).chain(&OF_TWO_VALUES).copied().collect();
    for function in FUNCTIONS.iter().filter(|function| families.contains(&function.family)) {
        assert!(known.iter().any(|rule| rule.split('(').next() == Some(function.name)), "{function:?}");
    }
}

/// Some bars without any price.
fn with_holes() -> Vec<Tick> {
    let mut ticks = ticks(&MARKETS[0]);
    for tick in ticks.iter_mut().skip(30).step_by(41) {
        tick.0 = [None; 10];
    }
    ticks
}

#[test]
fn windows_know_nothing_of_what_was_before_a_hole() {
    let ticks = with_holes();
    for rule in WINDOWS {
        let whole = column(&World::new(&ticks), rule);
        let mut expected = Vec::new();
        for part in ticks.split(|tick| tick.0[3].is_none()) {
            expected.extend(column(&World::new(part), rule));
            expected.push(None);
        }
        expected.pop();
        assert_eq!(whole, expected, "{rule}");
    }
}

#[test]
fn recursions_do_not_notice_a_hole() {
    let ticks = with_holes();
    let without: Vec<Tick> = ticks.iter().filter(|tick| tick.0[3].is_some()).copied().collect();
    for rule in RECURSIONS {
        let mut values = column(&World::new(&without), rule).into_iter();
        let expected: Vec<_> =
            ticks.iter().map(|tick| tick.0[3].and_then(|_| values.next().unwrap())).collect();
        assert_eq!(column(&World::new(&ticks), rule), expected, "{rule}");
        assert_eq!(expected.iter().position(Option::is_some), Some(warm_up(rule)), "{rule}");
    }
}
