use super::average_linkage;

/// Correlations of eight random series of which some were added to others.
const CORRELATIONS: [f64; 28] = [
    0.839902, 0.153007, 0.191634, 0.310514, 0.581862, -0.177561, -0.058889, 0.262452, 0.126979, 0.34728,
    0.446331, -0.200557, -0.090003, 0.737156, 0.190104, 0.016438, 0.017726, 0.004175, 0.180935, -0.139259,
    -0.030364, -0.041087, 0.158833, -0.19386, -0.23694, -0.144939, -0.158164, 0.758228,
];

/// scipy 1.x: `1 - linkage(squareform(1 - c), 'average')[:, 2]`.
#[test]
fn merges_are_those_of_scipy() {
    let merges = average_linkage(CORRELATIONS.to_vec(), &[1.0; 8]);
    let expected = [0.839902, 0.758228, 0.737156, 0.5140965, 0.272209, 0.12278625, -0.10920525];
    assert_eq!(merges.len(), expected.len());
    for (merge, expected) in merges.iter().zip(expected) {
        assert!((merge.correlation - expected).abs() < 1e-12, "{merge:?} is not {expected}");
    }
    // `fcluster(z, 1 - 0.4, 'distance')` joins 0, 1 and 5; 2 and 3; 6 and 7.
    let joined: Vec<(u32, u32)> = merges[..4].iter().map(|m| (m.first, m.second)).collect();
    assert_eq!(joined, [(0, 1), (6, 7), (2, 3), (0, 5)]);
}

#[test]
fn a_series_that_stands_for_several_weighs_as_much() {
    // 0 stands for two equal series: the same as writing it twice.
    let merges = average_linkage(vec![0.9, 0.2, 0.6], &[2.0, 1.0, 1.0]);
    let spelled = average_linkage(vec![1.0, 0.9, 0.2, 0.9, 0.2, 0.6], &[1.0; 4]);
    let correlations = |merges: &[super::Merge]| merges.iter().map(|m| m.correlation).collect::<Vec<_>>();
    assert_eq!(correlations(&merges), correlations(&spelled)[1..]);
    assert!((merges[1].correlation - (2.0 * 0.2 + 0.6) / 3.0).abs() < 1e-15);
}

#[test]
fn few_series_and_ties_have_an_answer() {
    assert!(average_linkage(Vec::new(), &[]).is_empty());
    assert!(average_linkage(Vec::new(), &[1.0]).is_empty());
    let equal = average_linkage(vec![0.5; 6], &[1.0; 4]);
    assert_eq!(equal.iter().map(|m| m.correlation).collect::<Vec<_>>(), [0.5; 3]);
}
