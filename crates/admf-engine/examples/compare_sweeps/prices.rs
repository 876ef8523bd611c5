//! Prices from a file with a header that names open, high, low, close and volume; its dates are not needed.

use admf_model::{Bars, Series, Timestamp};
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::Read;

const DAY: i64 = 86_400_000_000;

/// Bars a day apart, so that 252 of them can be a year for every program that reads the same file.
pub(crate) fn read(path: &str) -> Bars {
    let mut text = String::new();
    let mut file = File::open(path).unwrap_or_else(|e| panic!("cannot open {path}: {e}"));
    let read = match path.ends_with(".gz") {
        true => GzDecoder::new(file).read_to_string(&mut text),
        false => file.read_to_string(&mut text),
    };
    read.unwrap_or_else(|e| panic!("cannot read {path}: {e}"));
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let columns = ["Open", "High", "Low", "Close", "Volume"].map(|name| {
        let at = header.iter().position(|column| *column == name);
        let at = at.unwrap_or_else(|| panic!("{path} has no column {name}"));
        let number = |line: &str| line.split(',').nth(at).and_then(|cell| cell.parse::<f64>().ok());
        Series::from_values(
            lines.clone().map(|line| number(line).unwrap_or_else(|| panic!("{path}: `{line}`"))).collect(),
        )
    });
    let timestamps = (0..columns[0].len() as i64).map(|day| Timestamp::from_micros(day * DAY)).collect();
    Bars::new("X", timestamps, columns).expect("days are in order")
}
