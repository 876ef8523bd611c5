use super::DrawdownFold;
use proptest::prelude::*;

fn fold(capital: f64, equity: &[f64]) -> DrawdownFold {
    let mut fold = DrawdownFold::new(capital);
    equity.iter().for_each(|equity| fold.push(*equity));
    fold
}

#[test]
fn the_starting_capital_is_the_first_peak() {
    let below = fold(100.0, &[90.0, 95.0, 99.0]);
    assert!((below.max_drawdown() - 0.1).abs() < 1e-15);
    assert_eq!((below.longest(), below.underwater, below.peak), (3, 3, 100.0));
}

#[test]
fn reaching_the_peak_again_ends_a_drawdown() {
    let twice = fold(100.0, &[110.0, 105.0, 110.0, 104.5, 88.0, 109.0, 111.0, 100.0]);
    assert!((twice.max_drawdown() - 0.2).abs() < 1e-15);
    assert_eq!((twice.longest(), twice.underwater, twice.peak), (3, 1, 111.0));
}

#[test]
fn ruin_is_a_drawdown_of_all() {
    assert_eq!(fold(100.0, &[120.0, 0.0, 0.0]).max_drawdown(), 1.0);
}

#[test]
fn a_lost_last_bit_is_no_drawdown() {
    let flat = fold(100_000.0, &[100_000.0 * (1.0 - 1e-15); 50]);
    assert_eq!((flat.max_drawdown(), flat.longest()), (0.0, 0));
    assert_eq!(fold(100_000.0, &[99_999.999; 50]).longest(), 50, "a tenth of a cent is one");
}

proptest! {
    #[test]
    fn agrees_with_looking_at_every_pair(equity in prop::collection::vec(1.0..200.0, 1..40)) {
        let all: Vec<f64> = [100.0].into_iter().chain(equity.iter().copied()).collect();
        let peak_before = |at: usize| all[..=at].iter().copied().fold(0.0, f64::max);
        let deepest = (0..all.len()).map(|at| 1.0 - all[at] / peak_before(at)).fold(0.0, f64::max);
        let below: Vec<bool> = (0..all.len()).map(|at| all[at] < peak_before(at)).collect();
        let longest = below.split(|below| !below).map(<[bool]>::len).max().unwrap();
        let found = fold(100.0, &equity);
        prop_assert_eq!(found.max_drawdown(), deepest);
        prop_assert_eq!(found.longest(), longest as u64);
    }
}
