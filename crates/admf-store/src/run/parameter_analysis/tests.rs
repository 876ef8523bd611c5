use super::ParameterFold;
use crate::record::Json;
use crate::sample;

#[test]
fn strategies_are_grouped_by_the_value_of_each_parameter() {
    let mut fold = ParameterFold::default();
    for (parameters, sharpe) in [
        ("{\"n\":20,\"level\":0.5}", Some(1.0)),
        ("{\"n\":10,\"level\":0.5}", Some(4.0)),
        ("{\"n\":10,\"level\":-1}", Some(2.0)),
        ("{\"n\":10,\"level\":0.5}", None),
        ("{\"n\":\"text\"}", Some(9.0)),
        ("not json", Some(9.0)),
    ] {
        let mut row = sample::strategy(sample::run_id(), 2);
        row.parameters = Json(parameters.to_owned());
        row.performance.sharpe_ratio = sharpe;
        fold.push(&row);
    }
    let rows: Vec<_> = fold
        .finish(sample::run_id())
        .into_iter()
        .map(|r| {
            (
                r.parameter_name,
                r.parameter_value,
                r.avg_sharpe,
                r.std_sharpe,
                r.count_strategies,
                r.best_sharpe,
            )
        })
        .collect();
    let text = str::to_owned;
    // statistics.stdev([1, 4]) = 2.1213203435596424, statistics.stdev([4, 2]) = 1.4142135623730951 (Python)
    let expected = [
        (text("level"), -1.0, Some(2.0), None, 1, Some(2.0)),
        (text("level"), 0.5, Some(2.5), Some(2.121_320_343_559_642_4), 3, Some(4.0)),
        (text("n"), 10.0, Some(3.0), Some(std::f64::consts::SQRT_2), 3, Some(4.0)),
        (text("n"), 20.0, Some(1.0), None, 1, Some(1.0)),
    ];
    assert_eq!(rows, expected);
}
