use super::{ColumnChoice, Columns, PriceColumns};
use crate::market::dialects::{DIALECTS, DialectName, KnownDialect};
use crate::market::error::{HeaderProblem, MarketError};

fn find(header: &str) -> Result<Columns, HeaderProblem> {
    Columns::find(&headers(header), DIALECTS[DIALECTS.len() - 1], &[])
}

fn dialect(name: &str) -> &'static KnownDialect {
    name.parse::<DialectName>().unwrap().0
}

fn headers(header: &str) -> Vec<String> {
    header.split(',').map(|name| name.trim().to_owned()).collect()
}

fn message(header: &str) -> String {
    MarketError::header("f.csv", headers(header), find(header).unwrap_err()).to_string()
}

#[test]
fn columns_are_found_by_name_in_any_order_and_case() {
    let columns = find("Ticker,Date,Open,High,Low,Close,Volume,Adj Close").unwrap();
    assert_eq!(columns.symbol.as_ref().unwrap().index, 0);
    assert_eq!(columns.time.index, 1);
    let PriceColumns::Bar(prices) = &columns.prices else { panic!("{columns:?}") };
    assert_eq!(prices.each_ref().map(|c| c.index), [2, 3, 4, 5]);
    assert_eq!(columns.volume.as_ref().unwrap().index, 6);
    assert_eq!(columns.adjusted_close.as_ref().unwrap().index, 7);

    let columns = find("VOLUME,adj_close,close,low,HIGH,open,symbol,Timestamp,Dividends").unwrap();
    assert_eq!(columns.time.index, 7);
    assert_eq!(columns.adjusted_close.as_ref().unwrap().index, 1);
    assert_eq!(columns.ignored, ["Dividends"]);
    assert_eq!(columns.headers()[..2], ["VOLUME", "adj_close"]);

    for time in ["Date", "Time", "Timestamp", "Datetime", "observation_date", "Date Time", "<DATE>"] {
        assert_eq!(find(&format!("{time},Close")).unwrap().time.header, time);
    }
}

#[test]
fn a_date_may_have_its_time_beside_it() {
    let columns = find("Date,Time,Close").unwrap();
    assert_eq!((columns.time.index, columns.clock.unwrap().index), (0, 1));
}

fn value_symbol(header: &str) -> Option<String> {
    match find(header).unwrap().prices {
        PriceColumns::Series(series) => Columns::series_symbol(&series[0]),
        _ => None,
    }
}

#[test]
fn a_single_value_column_names_the_symbol() {
    for (header, symbol) in [
        ("Date,vix", Some("VIX")),
        ("observation_date,DCOILWTICO", Some("DCOILWTICO")),
        ("Date,10y rate", Some("10Y_RATE")),
        ("Date,value", None),
        ("Date,Price", None),
        ("Date,Close", None),
        (",Date,vix,", Some("VIX")),
    ] {
        assert_eq!(value_symbol(header).as_deref(), symbol, "{header}");
    }
}

#[test]
fn headers_that_make_no_bars_are_explained() {
    let known = "known names: Date, Datetime, Timestamp, Time, Ticker, Symbol, Open, High, Low, Close, Adj Close, Volume; \
        others with --columns date=NAME,close=NAME";
    assert_eq!(
        message("When,Open,High,Low,Close"),
        format!(
            "f.csv: no column is a date: name one `Date`, `Datetime`, `Timestamp` or `Time`; \
             found `When`, `Open`, `High`, `Low`, `Close`; {known}"
        )
    );
    assert_eq!(
        message("Dates,Clsoe,Volumne"),
        format!(
            "f.csv: no column is a date: name one `Date`, `Datetime`, `Timestamp` or `Time`; \
             found `Dates`, `Clsoe`, `Volumne`; is `Dates` meant to be `Date`?; is `Clsoe` meant to be `Close`?; \
             is `Volumne` meant to be `Volume`?; {known}"
        )
    );
    assert_eq!(
        message("Date,bid,ask"),
        format!(
            "f.csv: no column is a price: name them `Open`, `High`, `Low` and `Close`, or `Close` alone, \
             or keep a single value column; found `Date`, `bid`, `ask`; {known}"
        )
    );
    assert_eq!(
        message("Date,Open,Hihg,Close"),
        format!(
            "f.csv: `High`, `Low` missing: a bar needs `Open`, `High`, `Low` and `Close`; or give `Close` alone; \
             found `Date`, `Open`, `Hihg`, `Close`; is `Hihg` meant to be `High`?; {known}"
        )
    );
    assert_eq!(
        message("Date,Close,close"),
        "f.csv: `Close` and `close` mean the same: say which one with --columns close=…, or remove one; found `Date`, `Close`, `close`"
    );
    for data in ["2000-03-01,1.5,2", "3/1/2000,x", "AAPL,2000-03-01 10:00"] {
        let expected = "the first line looks like data, not like a header: add a line with the names of the columns, or name the \
             dialect";
        assert!(message(data).contains(expected), "{data}");
    }
}

#[test]
fn a_long_header_is_cut_in_the_message() {
    let header = (0..50).map(|i| format!("c{i}")).collect::<Vec<_>>().join(",");
    assert!(message(&header).contains("`c19`, 30 more; known names"), "{}", message(&header));
}

#[test]
fn the_user_may_say_which_column_is_what() {
    let choose = |header: &str, choices: &str| {
        let choices: Vec<ColumnChoice> = choices.split(',').map(|text| text.parse().unwrap()).collect();
        Columns::find(&headers(header), DIALECTS[DIALECTS.len() - 1], &choices)
    };
    let columns = choose("Datum,Eröffnung,Schluss,Stück", "date=Datum,close=schluss").unwrap();
    assert_eq!((columns.time.index, columns.headers().join(" ")), (0, "Datum Schluss".to_owned()));
    assert_eq!(columns.ignored, ["Eröffnung", "Stück"]);
    // Of two dates the chosen one is read; a column may be left out.
    let columns = choose("unix,Date,Timestamp,Close,Volume", "date=unix,volume=").unwrap();
    assert_eq!((columns.time.header.as_str(), columns.volume.clone()), ("unix", None));
    assert_eq!(columns.ignored, ["Date", "Timestamp", "Volume"]);
    let error = choose("Date,Close", "close=Last").unwrap_err();
    assert_eq!(error.to_string(), "there is no column `Last`");
    assert!(
        "price=x"
            .parse::<ColumnChoice>()
            .unwrap_err()
            .starts_with("`price` is no role of a column: there are date,")
    );
}

#[test]
fn dialects_have_columns_of_their_own() {
    let binance = dialect("binance");
    let header: Vec<String> = binance.header.iter().map(|h| (*h).to_owned()).collect();
    let columns = Columns::find(&header, binance, &[]).unwrap();
    assert_eq!((columns.time.index, columns.closes, columns.ignored.len()), (6, true, 0));
    let columns = Columns::find(
        &headers("<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<VOL>,<SPREAD>"),
        dialect("metatrader"),
        &[],
    )
    .unwrap();
    assert_eq!((columns.volume.unwrap().index, columns.ignored.len()), (6, 0));
    let columns = Columns::find(&headers("observation_date,VIXCLS,DGS10"), dialect("fred"), &[]).unwrap();
    assert!(matches!(columns.prices, PriceColumns::Series(series) if series.len() == 2));
}
