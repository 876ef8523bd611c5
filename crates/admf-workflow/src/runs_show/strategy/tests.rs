use super::{performance, verified};
use crate::replay::{Difference, Verification};
use admf_model::{Cell, Performance};

#[test]
fn the_yardstick_is_subtracted() {
    let net = Performance {
        total_return: Some(0.75),
        gross_return: Some(0.875),
        sharpe_ratio: Some(1.0),
        ..Performance::default()
    };
    let hold = Performance { total_return: Some(0.5), max_drawdown: Some(0.25), ..Performance::default() };
    let sheet = performance(&net, &hold);
    let column = |name: &str| {
        let at = sheet.columns.iter().position(|column| column.name == name).unwrap();
        sheet.rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>()
    };
    let (number, none) = (Cell::Number, || Cell::Null);
    assert_eq!(column("total_return"), [number(0.75), number(0.875), number(0.5), number(0.25)]);
    assert_eq!(
        column("sharpe_ratio"),
        [number(1.0), none(), none(), none()],
        "undefined less anything is undefined"
    );
    assert_eq!(column("max_drawdown"), [none(), none(), number(0.25), none()]);
}

#[test]
fn what_differs_is_named_up_to_a_number() {
    let difference =
        |n: usize| Difference { what: format!("m{n}"), stored: "1".to_owned(), computed: "2".to_owned() };
    let text = verified(&Verification::Different((0..7).map(difference).collect()));
    assert!(text.starts_with("not what is stored: m0 is 2, stored is 1; m1"), "{text}");
    assert!(text.ends_with("; and 2 more"), "{text}");
    assert!(verified(&Verification::Identical).starts_with("verified against the stored metrics"));
}
