//! Steps fed in pieces, as a live feed with interruptions does.

use super::super::{Argument, Block, FUNCTIONS, Function, Lanes};
use proptest::prelude::*;

/// Constants that every function takes.
fn constants(function: &Function) -> Vec<f64> {
    let of = |argument: &Argument| match *argument {
        Argument::Bars { minimum, .. } => Some(minimum.max(5.0)),
        Argument::Number { minimum, maximum, .. } => Some(maximum.min(minimum.max(2.0))),
        _ => None,
    };
    function.arguments.iter().filter_map(of).collect()
}

/// 64 bars of a column.
fn block(values: &[Option<f64>]) -> (Lanes, u64) {
    let mut lanes = [0.0; 64];
    let mut defined = 0;
    for (bar, value) in values.iter().enumerate() {
        lanes[bar] = value.unwrap_or(f64::NAN);
        defined |= u64::from(value.is_some()) << bar;
    }
    (lanes, defined)
}

/// The values of a fresh step that takes the rows in pieces; a piece of one bar goes through `next`.
fn in_pieces(function: &Function, columns: &[Vec<Option<f64>>], pieces: &[usize]) -> Vec<Option<u64>> {
    let mut step = (function.make)(&constants(function));
    let mut values = Vec::new();
    let mut sizes = pieces.iter().copied().cycle();
    while values.len() < columns[0].len() {
        let from = values.len();
        let bars = sizes.next().unwrap().min(columns[0].len() - from);
        if bars == 1 {
            let row: Vec<Option<f64>> = columns.iter().map(|column| column[from]).collect();
            values.push(step.next(&row).filter(|value| value.is_finite()).map(f64::to_bits));
            continue;
        }
        let lanes: Vec<(Lanes, u64)> =
            columns.iter().map(|column| block(&column[from..from + bars])).collect();
        let blocks: Vec<Block<'_>> =
            lanes.iter().map(|(values, defined)| Block { values, defined: *defined }).collect();
        let mut output = [0.0; 64];
        let defined = step.fold(&blocks, bars, &mut output);
        values.extend((0..bars).map(|bar| (defined >> bar & 1 == 1).then(|| output[bar].to_bits())));
    }
    values
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_values_do_not_depend_on_how_the_bars_arrive(
        columns in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![1 => Just(None), 12 => (1..40_u32).prop_map(|p| Some(f64::from(p) / 4.0))], 180),
            4,
        ),
        pieces in proptest::collection::vec(1..=64_usize, 1..9),
    ) {
        for function in FUNCTIONS {
            let columns = &columns[..function.inputs()];
            if columns.is_empty() {
                continue;
            }
            let whole = in_pieces(function, columns, &[64]);
            prop_assert_eq!(&whole, &in_pieces(function, columns, &pieces), "{:?}", function);
            prop_assert_eq!(&whole, &in_pieces(function, columns, &[1]), "{:?}", function);
        }
    }
}
