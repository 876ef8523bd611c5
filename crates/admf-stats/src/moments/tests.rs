use super::Moments;
use proptest::prelude::*;

fn moments(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    values.iter().for_each(|value| moments.push(*value));
    moments
}

fn assert_close(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1e-6), "{found} is not {expected}");
}

/// Bar returns that differ from each other: the first two are apart.
fn returns() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-0.1..0.1, 0..60).prop_map(|mut values| {
        values.splice(0..0, [-0.05, 0.07]);
        values
    })
}

#[test]
fn numpy_and_scipy_agree() {
    // numpy mean, var(ddof=1); scipy.stats.skew, kurtosis(fisher=False).
    let sample = moments(&[0.012, -0.034, 0.005, 0.021, -0.002, 0.0, 0.017, -0.05, 0.009, 0.003]);
    assert_close(sample.mean(), -0.0019, 1e-13);
    assert_close(sample.sample_variance(), 0.0005125444444444445, 1e-13);
    assert_close(sample.sample_deviation(), 0.0005125444444444445_f64.sqrt(), 1e-13);
    assert_close(sample.skewness(), -1.222989885286803, 1e-12);
    assert_close(sample.kurtosis(), 3.2292366064406406, 1e-12);
}

#[test]
fn few_values_have_no_spread() {
    assert_eq!(moments(&[]).mean(), None);
    assert_eq!(moments(&[]).kurtosis(), None);
    assert_eq!(moments(&[0.3]).mean(), Some(0.3));
    assert_eq!(moments(&[0.3]).sample_variance(), None);
    assert_eq!(moments(&[0.1, 0.3]).skewness().map(|s| s.abs() < 1e-12), Some(true));
}

#[test]
fn rounding_is_no_variance() {
    // Adding 0.1 a million times errs by 1e-11 of the sum, of which a naive difference makes a standard deviation.
    for count in [2, 3, 1000, 1_000_000] {
        let constant = moments(&vec![0.1; count]);
        assert_eq!(constant.sample_variance(), Some(0.0), "{count} values");
        assert_eq!((constant.skewness(), constant.kurtosis()), (None, None), "{count} values");
    }
    let grown: Vec<f64> = (1..500).map(|bar| 1.0003_f64.powi(bar) / 1.0003_f64.powi(bar - 1) - 1.0).collect();
    assert_eq!(moments(&grown).sample_variance(), Some(0.0));
}

#[test]
fn a_small_spread_around_a_large_mean_is_seen_or_undefined() {
    let near: Vec<f64> = (0..1000).map(|i| 1.0 + 1e-4 * f64::from(i % 2)).collect();
    assert_close(moments(&near).sample_deviation(), 5.0025e-5, 1e-4);
    assert_eq!(moments(&near).kurtosis(), None, "no digits of the fourth power are left");
}

proptest! {
    #[test]
    fn sums_of_parts_are_the_sums_of_the_whole(values in returns(), split in 0.0..1.0) {
        let (left, right) = values.split_at((values.len() as f64 * split) as usize);
        let mut parts = moments(left);
        parts.add(&moments(right));
        let whole = moments(&values);
        prop_assert_eq!(parts.count, whole.count);
        for (part, all) in [
            (parts.sum, whole.sum),
            (parts.sum_squares, whole.sum_squares),
            (parts.sum_cubes, whole.sum_cubes),
            (parts.sum_fourths, whole.sum_fourths),
        ] {
            prop_assert!((part - all).abs() < 1e-14);
        }
    }

    #[test]
    fn power_sums_agree_with_two_passes(values in returns()) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let central = |k: i32| values.iter().map(|v| (v - mean).powi(k)).sum::<f64>() / n;
        let found = moments(&values);
        assert_close(found.sample_variance(), central(2) * n / (n - 1.0), 1e-12);
        let skewness = central(3) / central(2).powf(1.5);
        prop_assert!((found.skewness().unwrap() - skewness).abs() < 1e-10);
        assert_close(found.kurtosis(), central(4) / central(2).powi(2), 1e-10);
    }

    #[test]
    fn scaling_scales_the_spread_and_keeps_the_shape(values in returns(), scale in 0.01..100.0) {
        let scaled = moments(&values.iter().map(|v| v * scale).collect::<Vec<_>>());
        let mirrored = moments(&values.iter().map(|v| -v).collect::<Vec<_>>());
        let plain = moments(&values);
        assert_close(scaled.sample_deviation(), plain.sample_deviation().unwrap() * scale, 1e-12);
        assert_close(scaled.kurtosis(), plain.kurtosis().unwrap(), 1e-9);
        prop_assert!((scaled.skewness().unwrap() - plain.skewness().unwrap()).abs() < 1e-9);
        prop_assert_eq!(mirrored.skewness().unwrap(), -plain.skewness().unwrap());
    }
}
