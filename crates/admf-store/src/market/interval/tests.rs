use super::shared_interval;
use crate::market::symbols::Head;
use admf_model::{Bars, Series, Timestamp};

const DAY: i64 = 86_400_000_000;

fn bars(symbol: &str, times: impl IntoIterator<Item = i64>) -> Bars {
    let times: Vec<_> = times.into_iter().map(Timestamp::from_micros).collect();
    let column = || Series::undefined(times.len());
    let columns = [column(), column(), column(), column(), column()];
    Bars::new(symbol, times, columns).unwrap()
}

fn interval(symbols: &[Bars]) -> Result<String, String> {
    let heads: Vec<Head<'_>> = symbols.iter().map(Head::of).collect();
    shared_interval(&heads).map(|interval| interval.to_string()).map_err(|e| e.to_string())
}

#[test]
fn the_most_common_gap_is_the_interval() {
    let sessions = || (0..30).filter(|d| d % 7 < 5).map(|d| d * DAY);
    assert_eq!(interval(&[bars("A", sessions())]).unwrap(), "1d");
    assert_eq!(interval(&[bars("A", (0..9).map(|w| w * 7 * DAY))]).unwrap(), "1w");
    assert_eq!(interval(&[bars("A", (0..9).map(|m| m * 300_000_000))]).unwrap(), "5m");
    // Of gaps that are equally common, the shortest.
    assert_eq!(interval(&[bars("A", [0, 3 * DAY, 4 * DAY])]).unwrap(), "1d");
    // Two bars over a weekend do not speak against daily bars.
    assert_eq!(interval(&[bars("A", sessions()), bars("NEW", [4 * DAY, 7 * DAY])]).unwrap(), "1d");
}

#[test]
fn symbols_with_other_bars_are_refused() {
    let symbols = [bars("DAILY", (0..9).map(|d| d * DAY)), bars("HOURLY", (0..8).map(|h| h * DAY / 24))];
    assert_eq!(
        interval(&symbols).unwrap_err(),
        "DAILY has bars of 1d, HOURLY of 1h: a dataset has one interval; import them under two names"
    );
    assert_eq!(
        interval(&[bars("A", [0])]).unwrap_err(),
        "A has a single bar: at least two are needed to tell the bar interval"
    );
}
