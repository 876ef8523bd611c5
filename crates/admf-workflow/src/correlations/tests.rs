use super::matrix::{self, Keep, Pair};
use super::series::Series;
use admf_engine::Profiles;
use admf_model::StrategyId;
use std::num::NonZeroUsize;

/// Six series: 0, 1 and 2 move together, 3 moves against them, 4 and 5 on their own; 1 stands for two strategies.
const SERIES: [[f64; 8]; 6] = [
    [1.0, 2.0, 3.0, 2.0, 1.0, 0.0, 1.0, 2.0],
    [1.0, 2.0, 3.1, 2.0, 1.0, 0.0, 1.0, 2.0],
    [1.0, 2.0, 3.0, 2.0, 1.0, 0.4, 1.0, 2.0],
    [-1.0, -2.0, -3.0, -2.0, -1.0, 0.0, -1.0, -2.0],
    [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
];

const EFFECTIVE: f64 = 1.773679069696101;
const MEAN: f64 = 0.10497717189191307;

fn id(name: &str) -> StrategyId {
    StrategyId::of(&[name.as_bytes()])
}

fn correlate(keep: Keep) -> matrix::Matrix {
    let mut profiles = Profiles::new(8, SERIES.len());
    assert!(SERIES.iter().all(|series| profiles.push(series)));
    let mut members: Vec<Vec<StrategyId>> = (0..6).map(|n| vec![id(&n.to_string())]).collect();
    members[1].push(id("twin of 1"));
    let series = Series { profiles, members, undefined: vec![id("flat")] };
    matrix::correlate(series, NonZeroUsize::new(2), keep).unwrap()
}

fn pairs(matrix: &matrix::Matrix) -> Vec<(u32, u32)> {
    matrix.pairs.iter().map(|Pair { first, second, .. }| (*first, *second)).collect()
}

#[test]
fn pairs_are_sorted_and_few_are_the_closest_of_all() {
    let all = correlate(Keep::for_request(-1.0, None));
    assert_eq!(all.pairs.len(), 15);
    assert!(all.pairs.windows(2).all(|pair| pair[0].correlation >= pair[1].correlation));
    // By numpy 0.99960, 0.99327 and 0.99187.
    assert_eq!(pairs(&all)[..3], [(0, 1), (1, 2), (0, 2)]);
    for most in 1..=15 {
        let few = correlate(Keep::new(-1.0, most));
        assert_eq!(few.pairs, all.pairs[..most], "{most}");
    }
}

#[test]
fn an_answer_knows_what_it_lacks() {
    let few = correlate(Keep::new(-1.0, 3));
    let last = few.pairs[2].correlation;
    assert_eq!((few.count(0.999_9), few.count(last)), (Some(0), None));
    assert!(few.answers(last, Some(3)) && !few.answers(last, Some(4)) && !few.answers(0.0, None));
    assert!(few.answers(0.999_9, None));
    let asked = correlate(Keep::for_request(0.5, None));
    assert_eq!(asked.count(0.5), Some(3));
    assert!(asked.answers(0.5, None) && !asked.answers(0.4, None));
}

#[test]
fn clusters_hold_what_is_alike_on_average() {
    let matrix = correlate(Keep::for_request(-1.0, None));
    assert_eq!(matrix.clusters(0.9), [vec![0, 1, 2], vec![3], vec![4], vec![5]]);
    assert_eq!(matrix.clusters(-1.0), [vec![0, 1, 2, 3, 4, 5]]);
    assert_eq!(matrix.clusters(1.0).len(), 6);
}

/// numpy 2, the second series twice: `c = np.corrcoef(x); l = np.linalg.eigvalsh(c); l.sum()**2 / (l**2).sum()` and
/// `(c.sum() - 7) / 42`.
#[test]
fn identical_strategies_count_in_sums() {
    let matrix = correlate(Keep::for_request(-1.0, Some(1)));
    let effective = matrix.effective_number().unwrap();
    assert!((effective - EFFECTIVE).abs() < 1e-9, "{effective}");
    let mean = matrix.mean_correlation().unwrap();
    assert!((mean - MEAN).abs() < 1e-12, "{mean}");
}
