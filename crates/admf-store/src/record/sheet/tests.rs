#![allow(unreachable_pub, reason = "the macro declares public rows")]
use super::sheet;
use crate::record::{Date, Json, Record, record};
use admf_model::{Cell, StrategyId, Timestamp};

record! {
    /// One of each type.
    pub struct Everything = "everything" {
        /// Text.
        id: StrategyId,
        /// JSON.
        json: Json,
        /// A list.
        list: Vec<String>,
        /// Small.
        tiny: i8,
        /// Whole.
        whole: Option<i64>,
        /// Decimal.
        number: f64,
        /// Truth.
        truth: bool,
        /// Time.
        ts: Timestamp,
        /// Day.
        day: Date,
    }
}

#[test]
fn every_type_becomes_a_cell_and_undefined_stays_undefined() {
    let row = |whole| Everything {
        id: StrategyId::from_bits(255),
        json: Json("{\"n\":1}".to_owned()),
        list: vec!["a".to_owned(), "b\"".to_owned()],
        tiny: -1,
        whole,
        number: 0.5,
        truth: true,
        ts: Timestamp::from_micros(1_500_000),
        day: Date::from_days(31),
    };
    let sheet = sheet(&[row(None), row(Some(7))]);
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let table = Everything::table().columns.iter().map(|column| column.name);
    assert_eq!(names, table.collect::<Vec<_>>());
    let expected = vec![
        Cell::from("00000000000000ff"),
        "{\"n\":1}".into(),
        "[\"a\",\"b\\\"\"]".into(),
        Cell::Integer(-1),
        Cell::Null,
        0.5.into(),
        true.into(),
        "1970-01-01T00:00:01.5Z".into(),
        "1970-02-01".into(),
    ];
    assert_eq!(sheet.rows[0], expected);
    assert_eq!(sheet.rows[1][4], Cell::Integer(7));
}
