//! Indicators against TA-Lib and other programs, on five markets.

use super::{column, warm_up};
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
    let ticks: Vec<Tick> = market
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
        .collect();
    World::new(&ticks)
}

#[test]
fn values_are_those_of_other_programs() {
    for market in &MARKETS {
        let world = world(market);
        let mut lines = market.values.lines();
        let samples: Vec<usize> =
            lines.next().unwrap().split(';').skip(4).map(|bar| bar.parse().unwrap()).collect();
        assert_eq!(samples.len(), (world.bars.len() - 1) / 13 + usize::from(world.bars.len() % 13 == 0));
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
