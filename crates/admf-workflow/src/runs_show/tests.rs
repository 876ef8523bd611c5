use super::headline;
use admf_model::{Cell, CellKind, Sheet};

#[test]
fn the_headline_names_the_best_and_the_worst_value() {
    let mut sheet = Sheet::new([
        ("parameter_name", CellKind::Text),
        ("parameter_value", CellKind::Number),
        ("avg_sharpe", CellKind::Number),
    ]);
    let rows = [
        ("fast", 5.0, Some(0.2)),
        ("fast", 10.0, Some(0.6)),
        ("fast", 15.0, None),
        ("fast", 20.0, Some(-0.1)),
    ];
    for (name, value, sharpe) in rows.into_iter().chain([("slow", 50.0, Some(0.1))]) {
        sheet.push(vec![name.into(), value.into(), sharpe.into()]);
    }
    let headline = headline(&sheet);
    // A parameter with a single value has nothing to say.
    assert_eq!(headline.rows.len(), 1);
    let expected: Vec<Cell> = vec![
        "fast".into(),
        4_usize.into(),
        10.0.into(),
        0.6.into(),
        20.0.into(),
        (-0.1).into(),
        false.into(),
    ];
    assert_eq!(headline.rows[0], expected);
}
