use super::RegimeStatistics;
use admf_model::{Labels, Role};

#[test]
fn runs_changes_and_transitions_are_counted() {
    let codes = [Some(0), Some(0), Some(1), None, Some(1), Some(0)];
    let got = RegimeStatistics::new(&Labels::new(Role::Trend, codes), 0..6);
    assert_eq!((got.bars, got.undefined_bars, got.changes), (vec![3, 2, 0], 1, 2));
    // Runs: 0 0 | 1 | 1 | 0: five known bars in four runs.
    assert_eq!(got.average_duration, Some(1.25));
    // Pairs: 0-0, 0-1, 1-0.
    assert_eq!(got.stability, Some(1.0 / 3.0));
    assert_eq!(got.transitions[0], [Some(0.5), Some(0.5), Some(0.0)]);
    assert_eq!(got.transitions[2], [None, None, None]);
}
