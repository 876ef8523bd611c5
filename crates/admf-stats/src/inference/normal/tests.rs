use super::{normal_cdf, normal_quantile};
use proptest::prelude::*;

/// From mpmath with 40 digits; scipy.special.ndtr gives the same doubles.
const CDF: [(f64, f64); 15] = [
    (-30.0, 4.906713927148187e-198),
    (-20.0, 2.7536241186062337e-89),
    (-10.0, 7.619853024160525e-24),
    (-8.0, 6.220960574271784e-16),
    (-5.0, 2.866515718791939e-07),
    (-3.0, 0.0013498980316300946),
    (-1.5, 0.06680720126885807),
    (-0.5, 0.3085375387259869),
    (-0.001, 0.49960105778608893),
    (0.0, 0.5),
    (0.1, 0.539827837277029),
    (1.0, 0.8413447460685429),
    (2.5, 0.9937903346742238),
    (4.0, 0.9999683287581669),
    (6.0, 0.9999999990134123),
];

/// From mpmath with 40 digits; scipy.special.ndtri agrees to 4e-15.
const QUANTILE: [(f64, f64); 20] = [
    (1e-300, -37.0470962993612),
    (1e-100, -21.273453560965326),
    (1e-20, -9.262340089798407),
    (1e-12, -7.034483825301132),
    (1e-11, -6.706023155495136),
    (1e-9, -5.9978070150076865),
    (1e-6, -4.753424308822899),
    (0.001, -3.0902323061678136),
    (0.01, -2.326347874040841),
    (0.05, -1.6448536269514726),
    (0.074, -1.4466320671589785),
    (0.076, -1.4325027208258116),
    (0.25, -0.6744897501960817),
    (0.4, -0.2533471031357997),
    (0.6, 0.2533471031357997),
    (0.75, 0.6744897501960817),
    (0.924, 1.4325027208258119),
    (0.975, 1.9599639845400538),
    (0.99, 2.3263478740408408),
    (0.999, 3.090232306167813),
];

#[test]
fn probabilities_are_those_of_mpmath_and_scipy() {
    for (x, expected) in CDF {
        let found = normal_cdf(x);
        assert!((found / expected - 1.0).abs() < 1e-13, "cdf({x}) = {found}, expected {expected}");
    }
}

#[test]
fn quantiles_are_those_of_mpmath_and_scipy() {
    for (probability, expected) in QUANTILE {
        let found = normal_quantile(probability).unwrap();
        assert!(
            (found / expected - 1.0).abs() < 1e-14,
            "quantile({probability}) = {found}, expected {expected}"
        );
    }
    assert_eq!(normal_quantile(0.5), Some(0.0));
}

#[test]
fn only_probabilities_between_zero_and_one_have_a_quantile() {
    for probability in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
        assert_eq!(normal_quantile(probability), None, "{probability}");
    }
}

proptest! {
    #[test]
    fn the_quantile_inverts_the_probability(x in -35.0..5.0) {
        let back = normal_quantile(normal_cdf(x)).unwrap();
        // Above zero a probability has ever fewer digits left to tell two quantiles apart.
        let resolution = 1e-14 + if x > 0.0 { 2e-16 / normal_cdf(-x) } else { 0.0 };
        prop_assert!((back - x).abs() < resolution * x.abs().max(1.0), "{} came back as {}", x, back);
    }
}
