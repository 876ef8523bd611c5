//! The stream is the published one, and bounded numbers are uniform.

use super::Random;

#[test]
fn the_stream_is_that_of_the_reference_implementation() {
    // Vigna's splitmix64.c from state 1234567, as printed in the Rosetta Code task "Pseudo-random numbers/Splitmix64".
    let mut random = Random::new(1_234_567);
    let expected = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(expected.map(|_| random.next()), expected);
}

#[test]
fn bounded_numbers_are_uniform() {
    let mut random = Random::new(7);
    let mut counts = [0_u32; 6];
    for _ in 0..60_000 {
        counts[random.below(6) as usize] += 1;
    }
    // Chi squared with 5 degrees of freedom is above 20.5 once in a thousand.
    let chi: f64 = counts.iter().map(|n| (f64::from(*n) - 10_000.0).powi(2) / 10_000.0).sum();
    assert!(chi < 20.5, "{counts:?}");
}

#[test]
fn bounds_beyond_64_bits_are_kept_and_reached() {
    let mut random = Random::new(1);
    assert_eq!(random.below(1), 0);
    let bound = (1_u128 << 100) + 1;
    let drawn: Vec<u128> = (0..1000).map(|_| random.below(bound)).collect();
    assert!(drawn.iter().all(|n| *n < bound));
    assert!(drawn.iter().any(|n| *n > bound / 8 * 7) && drawn.iter().any(|n| *n < bound / 8));
    assert!(drawn.iter().any(|n| n % 2 == 1) && drawn.iter().any(|n| n % 2 == 0));
}
