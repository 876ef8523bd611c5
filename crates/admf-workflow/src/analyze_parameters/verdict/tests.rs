use super::super::values::{Origin, Values};
use super::{Shape, Verdict, sentence};
use admf_model::{Direction, METRICS};
use admf_store::queries::ParameterValue;

fn values(means: &[(f64, f64)]) -> Values {
    let value = |(value, mean): &(f64, f64)| ParameterValue {
        symbol: None,
        value: *value,
        strategies: 3,
        mean: Some(*mean),
        median: Some(*mean),
        deviation: Some(0.1),
        highest: Some(*mean),
        lowest: Some(*mean),
    };
    Values::of(Origin::Computed, means.iter().map(value).collect())
}

#[test]
fn the_values_beside_the_best_say_plateau_or_spike() {
    let cases: [(&[f64], Shape, f64, bool); 8] = [
        (&[0.0, 0.9, 1.0, 0.8, 0.2], Shape::Plateau, 3.0, false),
        (&[0.0, 0.6, 1.0, 0.7, 0.2], Shape::Slope, 3.0, false),
        (&[0.0, 0.1, 1.0, 0.2, 0.2], Shape::Spike, 3.0, false),
        (&[1.0, 0.9, 0.5, 0.0], Shape::Plateau, 1.0, true),
        (&[0.0, 0.1, 0.1, 1.0], Shape::Spike, 4.0, true),
        (&[0.0, 0.1, 1.0], Shape::Few, 3.0, true),
        // Of equal ones the smallest value.
        (&[0.5, 0.5], Shape::Flat, 1.0, true),
        (&[0.5], Shape::Single, 1.0, false),
    ];
    for (means, shape, value, at_edge) in cases {
        let means: Vec<(f64, f64)> = means.iter().enumerate().map(|(at, m)| (at as f64 + 1.0, *m)).collect();
        let best = Verdict::of(&means, Direction::Higher).best(&values(&means)).unwrap();
        assert_eq!((best.shape, best.value, best.at_edge), (shape, value, at_edge), "{means:?}");
    }
}

#[test]
fn the_best_drawdown_is_the_smallest() {
    let means = [(1.0, 0.5), (2.0, 0.2), (3.0, 0.3)];
    let best = Verdict::of(&means, Direction::Lower).best(&values(&means)).unwrap();
    assert_eq!((best.value, best.mean, best.neighbours), (2.0, 0.2, Some(0.4)));
    assert!((best.sensitivity - 0.3).abs() < 1e-15);
}

#[test]
fn nothing_defined_has_no_best() {
    assert_eq!(Verdict::of(&[], Direction::Higher).best(&values(&[])), None);
}

#[test]
fn a_choice_that_matters_less_than_chance_is_said_to() {
    let sharpe = METRICS.iter().find(|metric| metric.name == "sharpe_ratio").unwrap();
    let means = [(5.0, 0.50), (10.0, 0.52), (15.0, 0.51)];
    let verdict = Verdict::of(&means, Direction::Higher);
    let text = sentence("fast", sharpe, &verdict.best(&values(&means)).unwrap(), &verdict);
    assert!(
        text.starts_with(
            "`fast` = 10 is the best of 3 values with a mean sharpe_ratio of 0.520, 0.505 beside it"
        ),
        "{text}"
    );
    assert!(text.ends_with("so the choice matters little"), "{text}");
}
