//! Random markets and decisions for property tests.

use admf_engine::decisions::Quantity;
use admf_engine::{Decisions, Market, Terms};
use admf_model::{Bars, Bits, Costs, Execution, Fill, Prices, Series, Slippage, Timestamp};
use admf_rules::Truth;
use proptest::prelude::*;

const DAY: i64 = 86_400_000_000;

/// A random walk with gaps: open, high, low and close around it.
pub(crate) fn bars(len: std::ops::Range<usize>) -> impl Strategy<Value = Bars> {
    let row = (-0.05_f64..0.05, -0.05_f64..0.05, 0.0_f64..0.03, 0.0_f64..0.03);
    prop::collection::vec(row, len).prop_map(|moves| {
        let mut price = 100.0_f64;
        let (mut open, mut high, mut low, mut close) = (vec![], vec![], vec![], vec![]);
        for (gap, change, up, down) in moves {
            let o = price * (1.0 + gap);
            // Every fifth or so close repeats the last, to the last bit or all but that, so that ties occur.
            let c = match change.abs() {
                0.0..0.007 => price,
                0.007..0.014 => price.next_down(),
                _ => o * (1.0 + change),
            };
            open.push(o);
            high.push(o.max(c) * (1.0 + up));
            low.push(o.min(c) * (1.0 - down));
            close.push(c);
            price = c;
        }
        let timestamps = (0..close.len() as i64).map(|d| Timestamp::from_micros(d * DAY)).collect();
        let volume = Series::undefined(close.len());
        let [open, high, low, close] = [open, high, low, close].map(Series::from_values);
        Bars::new("X", timestamps, [open, high, low, close, volume]).unwrap()
    })
}

/// A three-valued column that changes rarely (`stickiness` near 1) or often.
pub(crate) fn truth(len: usize) -> impl Strategy<Value = Truth> {
    let steps = prop::collection::vec((0_u8..20, 0.0_f64..1.0), len);
    (steps, 0.0_f64..1.0).prop_map(|(steps, stickiness)| {
        let mut value = Some(false);
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for (draw, change) in steps {
            if change > stickiness {
                value = match draw {
                    0..8 => Some(true),
                    8..17 => Some(false),
                    _ => None,
                };
            }
            yes.push(value == Some(true));
            no.push(value == Some(false));
        }
        Truth { yes: yes.into_iter().collect::<Bits>(), no: no.into_iter().collect::<Bits>() }
    })
}

/// A distance or a size: a constant, or a column that is undefined here and there.
fn quantity(values: std::ops::Range<f64>, scale: f64, len: usize) -> impl Strategy<Value = Quantity> {
    let column = prop::collection::vec(prop::option::weighted(0.9, values.clone()), len);
    prop_oneof![
        3 => values.prop_map(Quantity::Constant),
        1 => column.prop_map(move |values| {
            Quantity::Column(values.into_iter().map(|v| v.map(|v| v * scale)).collect::<Series>())
        }),
    ]
}

/// Random rules with everything that a position can depend on.
pub(crate) fn decisions(len: usize) -> impl Strategy<Value = Decisions> {
    let sides = (prop::option::weighted(0.8, truth(len)), prop::option::weighted(0.6, truth(len)));
    let exits = (prop::option::of(truth(len)), prop::option::of(truth(len)));
    // Prices are about 100.
    let distance = || prop::option::of(quantity(0.005..0.2, 100.0, len));
    let size = prop_oneof![2 => Just(Quantity::Constant(1.0)), 3 => quantity(0.1..1.2, 1.0, len)];
    let max_bars = prop::option::of(1_u32..20);
    (sides, exits, (distance(), distance(), distance()), size, max_bars).prop_map(
        |(
            (long, short),
            (exit_long, exit_short),
            (stop_loss, take_profit, trailing_stop),
            size,
            max_bars,
        )| {
            Decisions {
                exit_long: exit_long.filter(|_| long.is_some()),
                exit_short: exit_short.filter(|_| short.is_some()),
                long,
                short,
                held_exit_long: None,
                held_exit_short: None,
                size,
                stop_loss,
                take_profit,
                trailing_stop,
                max_bars,
            }
        },
    )
}

/// Random costs and fill convention, capital 100,000.
pub(crate) fn terms() -> impl Strategy<Value = Terms> {
    let fees = (0.0_f64..0.01, 0.0_f64..20.0, 0.0_f64..0.05);
    let borrow_rate = prop_oneof![Just(0.0), Just(0.02), Just(3.0)];
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (switches, fees, 0.0_f64..0.003, -0.1_f64..0.1, borrow_rate).prop_map(
        |(
            (next_open, sqrt, close_at_end, whole_units),
            (commission, per_fill, per_unit),
            rate,
            mar,
            borrow_rate,
        )| Terms {
            execution: Execution {
                whole_units,
                fill: if next_open { Fill::NextOpen } else { Fill::SameClose },
                costs: Costs {
                    commission,
                    commission_per_fill: per_fill,
                    commission_per_unit: per_unit,
                    slippage: if sqrt { Slippage::Sqrt(rate) } else { Slippage::Linear(rate) },
                    borrow_rate,
                },
                minimum_acceptable_return: mar,
                risk_free: 0.01,
                close_at_end,
                ..Execution::DEFAULT
            },
            bars_per_year: 252.0,
        },
    )
}

/// The market of some bars, evaluated from `skip` bars after the first.
pub(crate) fn market(bars: &Bars, terms: &Terms, skip: usize) -> Market {
    let window = (bars.timestamps()[skip], bars.timestamps()[bars.len() - 1]);
    let mar = terms.minimum_acceptable_bar_return();
    Market::new(bars, Prices::Raw, terms.bars_per_year, mar, window).unwrap()
}
