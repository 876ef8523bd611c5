use super::PrefixSums;

/// A small downside after a large one: a plain difference of prefixes would keep about five digits of it.
#[test]
fn a_small_sum_behind_a_large_one_keeps_its_digits() {
    let returns = [-0.9, -3e-6, 2e-6, -1e-6];
    let sums = PrefixSums::new(&returns, &[1.0; 4], 0.0);
    let got = sums.over(1..4);
    assert!((got.downside / 1e-11 - 1.0).abs() < 1e-12, "{}", got.downside);
    assert!((got.returns / -2e-6 - 1.0).abs() < 1e-12, "{}", got.returns);
    assert_eq!((got.closes, sums.over(2..2).squares), (3.0, 0.0));
}
