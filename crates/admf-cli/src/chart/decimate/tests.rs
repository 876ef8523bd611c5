use super::{bars, most, points, stretches};

/// A deterministic walk.
fn walk(bars: usize) -> Vec<f64> {
    let mut state = 7_u64;
    let mut value = 1.0;
    (0..bars)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            value *= 1.0 + ((state >> 40) as f64 / f64::from(1 << 24) - 0.5) / 50.0;
            value
        })
        .collect()
}

#[test]
fn no_extreme_is_lost_and_time_never_goes_back() {
    let mut values = walk(200_000);
    values[123_457] = 1e6;
    values[77_777] = -1e6;
    let kept = points(&values, 1000);
    assert!(kept.len() <= 4000, "{}", kept.len());
    assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(kept.iter().all(|(bar, value)| values[*bar] == *value));
    for column in 0..1000 {
        let range = bars(values.len(), 1000, column);
        let inside: Vec<f64> =
            kept.iter().filter(|(bar, _)| range.contains(bar)).map(|(_, value)| *value).collect();
        let extremes = |of: &[f64]| of.iter().fold((f64::MAX, f64::MIN), |(a, b), v| (v.min(a), v.max(b)));
        assert_eq!(extremes(&inside), extremes(&values[range.clone()]), "column {column}");
        assert!(
            kept.iter().any(|(bar, _)| *bar == range.start)
                && kept.iter().any(|(bar, _)| *bar == range.end - 1)
        );
    }
}

#[test]
fn few_bars_stay_as_they_are() {
    let values = walk(196);
    assert_eq!(points(&values, 1000).len(), 196);
}

#[test]
fn columns_share_the_bars_without_gap() {
    for (count, columns) in [(10, 3), (5031, 1840), (3, 3)] {
        let ranges: Vec<_> = (0..columns).map(|column| bars(count, columns, column)).collect();
        assert_eq!((ranges[0].start, ranges[columns - 1].end), (0, count));
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start), "{count} in {columns}");
    }
}

#[test]
fn equal_neighbours_are_one_stretch() {
    let held = [0, 0, 1, 1, 1, 0];
    let state = |bars: std::ops::Range<usize>| held[bars].iter().max().copied();
    let found = stretches(held.len(), 100, state);
    assert_eq!(found, [(0..2, Some(0)), (2..5, Some(1)), (5..6, Some(0))]);
    assert_eq!(stretches(held.len(), 2, state), [(0..6, Some(1))]);
}

#[test]
fn the_most_frequent_wins_and_of_equals_the_first() {
    assert_eq!(most("abba".chars()), Some('a'));
    assert_eq!(most("abb".chars()), Some('b'));
    assert_eq!(most("".chars()), None);
}
