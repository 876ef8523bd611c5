//! Random markets and decisions for property tests.

use admf_engine::{Market, Terms};
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

/// Random costs and fill convention, capital 100,000.
pub(crate) fn terms() -> impl Strategy<Value = Terms> {
    let fees = (0.0_f64..0.01, 0.0_f64..20.0, 0.0_f64..0.05);
    (any::<bool>(), fees, any::<bool>(), 0.0_f64..0.003, -0.1_f64..0.1, any::<bool>()).prop_map(
        |(next_open, (commission, per_fill, per_unit), sqrt, rate, mar, close_at_end)| Terms {
            execution: Execution {
                fill: if next_open { Fill::NextOpen } else { Fill::SameClose },
                costs: Costs {
                    commission,
                    commission_per_fill: per_fill,
                    commission_per_unit: per_unit,
                    slippage: if sqrt { Slippage::Sqrt(rate) } else { Slippage::Linear(rate) },
                    borrow_rate: 0.02,
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
