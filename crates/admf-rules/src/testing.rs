//! Bars and rules for the tests of this crate.

use crate::expr::Expr;
use crate::formula::{Formula, Scope, Setting, check};
use crate::{Graph, Inputs, NodeId, RuleError, Type};
use admf_model::{AlignedBars, Bars, Interval, Labels, Role, Series, Timestamp};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A rule without parameters, bound.
pub(crate) fn bind(text: &str, graph: &mut Graph) -> NodeId {
    try_bind(text, graph).unwrap_or_else(|e| panic!("`{text}`: {e}"))
}

/// A rule of any type without parameters.
pub(crate) fn try_bind(text: &str, graph: &mut Graph) -> Result<NodeId, RuleError> {
    try_formula(text)?.bind(&[], graph)
}

/// A rule of any type without parameters, checked.
pub(crate) fn formula(text: &str) -> Formula {
    try_formula(text).unwrap_or_else(|e| panic!("`{text}`: {e}"))
}

fn try_formula(text: &str) -> Result<Formula, RuleError> {
    let expr = Expr::parse(text)?;
    let scope = Scope { parameters: &[], setting: Setting::Exit };
    let checked = check(&expr, &scope, Type::Truth, "here").or_else(|first| {
        check(&expr, &scope, Type::Number, "here")
            .or_else(|_| check(&expr, &scope, Type::Label, "here"))
            .map_err(|_| first)
    });
    checked.map_err(|mut errors| errors.0.remove(0))
}

/// Everything that a rule is evaluated on.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) bars: Bars,
    pub(crate) auxiliary: BTreeMap<String, AlignedBars>,
    pub(crate) regimes: BTreeMap<String, Labels>,
    pub(crate) interval: Interval,
}

/// One bar of a world: five prices, five of `VIX`, the labels of `trend` and `volatility`.
pub(crate) type Tick = ([Option<f64>; 10], Option<u8>, Option<u8>);

impl World {
    pub(crate) fn new(ticks: &[Tick]) -> Self {
        let column = |at: usize| -> Series { ticks.iter().map(|(prices, ..)| prices[at]).collect() };
        let timestamps =
            (0..ticks.len()).map(|bar| Timestamp::from_micros(bar as i64 * Interval::DAY.micros())).collect();
        let bars = Bars::new("X", timestamps, [0, 1, 2, 3, 4].map(column)).unwrap();
        let [open, high, low, close, volume] = [5, 6, 7, 8, 9].map(column);
        let fresh = ticks.iter().map(|_| true).collect();
        let vix = AlignedBars { open, high, low, close, volume, fresh };
        let trend = Labels::new(Role::Trend, ticks.iter().map(|t| t.1));
        let volatility = Labels::new(Role::Volatility, ticks.iter().map(|t| t.2));
        Self {
            bars,
            auxiliary: BTreeMap::from([("VIX".to_owned(), vix)]),
            regimes: BTreeMap::from([("trend".to_owned(), trend), ("volatility".to_owned(), volatility)]),
            interval: Interval::DAY,
        }
    }

    /// High, low and close (which is also the open) at each bar, volume 1.
    pub(crate) fn of_prices(rows: impl IntoIterator<Item = [f64; 3]>) -> Self {
        let ticks: Vec<Tick> = rows
            .into_iter()
            .map(|[high, low, close]| {
                let own = [close, high, low, close, 1.0].map(Some);
                let mut prices = [None; 10];
                prices[..5].copy_from_slice(&own);
                (prices, None, None)
            })
            .collect();
        Self::new(&ticks)
    }

    /// The close alone, which all prices equal.
    pub(crate) fn of_closes(closes: &[Option<f64>]) -> Self {
        let ticks: Vec<Tick> = closes
            .iter()
            .map(|close| ([*close, *close, *close, *close, None, None, None, None, None, None], None, None))
            .collect();
        Self::new(&ticks)
    }

    pub(crate) fn inputs(&self) -> Inputs<'_> {
        let (auxiliary, regimes) = (&self.auxiliary, &self.regimes);
        Inputs { bars: &self.bars, auxiliary, regimes, interval: self.interval }
    }
}

/// Prices on a coarse lattice, so that equal values and crossings are common, with holes.
pub(crate) fn ticks(bars: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Tick>> {
    let price = || prop_oneof![1 => Just(None), 9 => (1..40_i32).prop_map(|p| Some(f64::from(p) / 4.0))];
    let prices = proptest::array::uniform10(price());
    let label = |labels: u8| prop_oneof![1 => Just(None), 4 => (0..labels).prop_map(Some)];
    proptest::collection::vec((prices, label(3), label(4)), bars)
}

/// The same with the highest of the own prices as the high and the lowest as the low, as bars have them.
pub(crate) fn coherent(bars: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Tick>> {
    ticks(bars).prop_map(|mut ticks| {
        for (prices, ..) in &mut ticks {
            let own = prices[..4].iter().flatten().copied();
            let (high, low) = (own.clone().reduce(f64::max), own.reduce(f64::min));
            (prices[1], prices[2]) = (high, low);
        }
        ticks
    })
}

/// A rule that is true or false.
pub(crate) fn truth_rule() -> impl Strategy<Value = String> {
    let comparison = prop_oneof!["<", "<=", ">", ">=", "==", "!="];
    let leaf = prop_oneof![
        1 => Just("true".to_owned()),
        1 => Just("false".to_owned()),
        2 => prop_oneof!["UP", "DOWN", "RANGE"].prop_map(|l| format!("regime(trend) == {l}")),
        2 => prop_oneof!["LOW", "EXTREME"].prop_map(|l| format!("{l} != regime(volatility)")),
        1 => Just("regime(trend) != regime(volatility)".to_owned()),
        8 => (number_rule(), comparison, number_rule()).prop_map(|(a, c, b)| format!("{a} {c} {b}")),
        3 => (prop_oneof!["cross_above", "cross_below"], number_rule(), number_rule())
            .prop_map(|(f, a, b)| format!("{f}({a}, {b})")),
        2 => (prop_oneof!["rising", "falling"], number_rule(), 1..4_u32).prop_map(|(f, a, n)| format!("{f}({a}, {n})")),
        1 => number_rule().prop_map(|a| format!("defined({a})")),
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| format!("not ({a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("latch({a}, {b})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(c, a, b)| format!("if({c}, {a}, {b})")),
            (inner.clone(), 1..5_u32).prop_map(|(a, n)| format!("count({a}, {n}) >= since({a})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) or ({b})")),
        ]
    })
}

/// A rule that is a number.
pub(crate) fn number_rule() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        2 => prop_oneof!["open", "high", "low", "close", "volume", "close@VIX", "high@VIX"].prop_map(|p| p),
        1 => (-8..8_i32).prop_map(|n| format!("{}", f64::from(n) / 2.0)),
        1 => (1..6_u32).prop_map(|n| format!("atr({n})")),
        1 => prop_oneof!["atr\\(2\\)@VIX", "rsi\\(close, 3\\)@VIX", "true_range@VIX", "month", "trading_day_of_month"].prop_map(|f| f),
    ];
    leaf.prop_recursive(3, 10, 2, |inner| {
        let windowed = prop_oneof!["sma", "ema", "highest", "lowest", "lag", "roc"];
        prop_oneof![
            3 => (windowed, inner.clone(), 1..9_u32).prop_map(|(f, a, n)| format!("{f}({a}, {n})")),
            1 => (prop_oneof!["corr", "beta"], inner.clone(), inner.clone(), 2..9_u32)
                .prop_map(|(f, a, b, n)| format!("{f}({a}, {b}, {n})")),
            1 => (inner.clone(), 1..9_u32, 0..5_u32).prop_map(|(a, n, p)| format!("percentile({a}, {n}, {})", f64::from(p) / 4.0)),
            1 => (prop_oneof!["rsi", "stdev", "rank", "zscore", "slope"], inner.clone(), 2..9_u32).prop_map(|(f, a, n)| format!("{f}({a}, {n})")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            3 => (inner.clone(), prop_oneof!["\\+", "-", "\\*", "/"], inner)
                .prop_map(|(a, o, b)| format!("({a}) {o} ({b})")),
        ]
    })
}
