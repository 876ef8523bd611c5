use super::sentences;

#[test]
fn luck_is_told_in_the_unit_of_the_table() {
    // Expected maximum of 1,000 draws of variance 1: 3.2551215 (the formula of Bailey and López de Prado 2014 with
    // Python's statistics.NormalDist.inv_cdf); × √0.0001 per bar × √252 per year = 0.51673.
    let told = sentences(1000, admf_stats::expected_maximum_sharpe(1000, 0.0001), 252.0, 103);
    assert_eq!(
        told,
        [
            "deflated_sharpe is the probability that a strategy is better than the best of 1,000 attempts would be by \
             luck; luck alone would show a Sharpe ratio of about 0.52 here",
            "103 strategies never traded or have no Sharpe ratio and are not counted",
        ]
    );
}

#[test]
fn what_is_undefined_is_said_to_be() {
    let told = sentences(1, None, 252.0, 1);
    assert!(told[0].starts_with("deflated_sharpe is undefined"), "{}", told[0]);
    assert_eq!(told[1], "1 strategy never traded or has no Sharpe ratio and is not counted");
    assert_eq!(sentences(5, None, 252.0, 0).len(), 1);
}
