use super::{Profiles, correlations};
use crate::Workers;
use std::num::NonZeroUsize;

/// A generator that Python repeats: x ← (1103515245 x + 12345) mod 2³¹, a number x / 2³¹ - 0.5.
fn series(count: usize, bars: usize) -> Vec<Vec<f64>> {
    let mut x: u64 = 7;
    let mut next = || {
        x = (x * 1_103_515_245 + 12_345) % (1 << 31);
        x as f64 / (1_u64 << 31) as f64 - 0.5
    };
    let mut series: Vec<Vec<f64>> = (0..count).map(|_| (0..bars).map(|_| next()).collect()).collect();
    let first = series[0].clone();
    for other in &mut series[1..] {
        other.iter_mut().zip(&first).for_each(|(x, shared)| *x += 0.5 * shared);
    }
    series
}

fn profiles(series: &[Vec<f64>]) -> Profiles {
    let mut profiles = Profiles::new(series[0].len(), series.len());
    assert!(series.iter().all(|series| profiles.push(series)));
    profiles
}

/// The full matrix.
fn matrix(profiles: &Profiles, threads: usize) -> Vec<Vec<f64>> {
    let workers = Workers::new(NonZeroUsize::new(threads).unwrap()).unwrap();
    let mut matrix = vec![vec![1.0; profiles.len()]; profiles.len()];
    let mut seen = 0;
    correlations(&workers, profiles, |row, found| {
        assert_eq!((row, found.len()), (seen, profiles.len() - row - 1), "row after row, all after itself");
        seen += 1;
        for (at, correlation) in found.iter().enumerate() {
            matrix[row][row + 1 + at] = *correlation;
            matrix[row + 1 + at][row] = *correlation;
        }
    });
    assert_eq!(seen, profiles.len());
    matrix
}

/// numpy 2: `np.corrcoef` of the same series.
#[test]
fn correlations_are_those_of_numpy() {
    // 30 series end within a panel, 700 bars within a block.
    let matrix = matrix(&profiles(&series(30, 700)), 2);
    let expected = [
        (0, 1, 0.442_148_029_003_129_55),
        (0, 29, 0.392_108_034_043_041_95),
        (3, 17, 0.157_394_522_683_308_09),
        (11, 12, 0.250_294_457_430_204_5),
        (12, 24, 0.271_441_169_658_659_6),
        (28, 29, 0.203_737_999_060_073_87),
    ];
    for (a, b, expected) in expected {
        assert!((matrix[a][b] - expected).abs() < 1e-13, "{a} {b}: {} is not {expected}", matrix[a][b]);
    }
    let squares: f64 = matrix.iter().flatten().map(|c| c * c).sum();
    assert!((squares - 73.893_030_834_708_72).abs() < 1e-10, "{squares}");
}

#[test]
fn more_than_one_stripe_is_right_everywhere() {
    let series = series(113, 40);
    let matrix = matrix(&profiles(&series), 2);
    for a in 0..series.len() {
        for b in 0..series.len() {
            let expected = if a == b { 1.0 } else { naive(&series[a], &series[b]) };
            assert!((matrix[a][b] - expected).abs() < 1e-13, "{a} {b}");
        }
    }
}

fn naive(x: &[f64], y: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (a, b) = (mean(x), mean(y));
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(x, y)| f(x - a, y - b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

#[test]
fn bits_do_not_depend_on_threads_or_neighbours() {
    let series = series(80, 301);
    let one = matrix(&profiles(&series), 1);
    assert_eq!(one, matrix(&profiles(&series), 3));
    // The same pair in other places of other panels.
    let shifted = matrix(&profiles(&series[5..]), 2);
    assert_eq!(one[7][60].to_bits(), shifted[2][55].to_bits());
}

#[test]
fn what_does_not_vary_has_no_correlations() {
    let mut profiles = Profiles::new(4, 0);
    assert!(!profiles.push(&[0.0; 4]));
    assert!(!profiles.push(&[0.1 + 0.2, 0.3, 0.3, 0.3]), "differs by rounding only");
    assert!(profiles.is_empty());
    assert!(profiles.push(&[1e-9, 0.0, 0.0, 0.0]), "small is not constant");
    assert!(profiles.push(&[-2e-9, 0.0, 0.0, 0.0]));
    assert_eq!(matrix(&profiles, 1)[0][1], -1.0);
}
