//! Each dialect is recognised by a file as its source writes it, and by no other.

use super::{DIALECTS, DialectName, FirstLine, recognise};

fn found(line: &str, delimiter: char) -> (&'static str, bool) {
    let fields: Vec<String> = line.split(delimiter).map(|field| field.trim().to_owned()).collect();
    let (dialect, header) = recognise(&FirstLine { fields: &fields });
    (dialect.name, header)
}

#[test]
fn first_lines_tell_the_dialect() {
    for (line, delimiter, name, header) in [
        // https://github.com/binance/binance-public-data, README, klines, before and after 2025.
        (
            "1499040000000,0.01634790,0.80000000,0.01575800,0.01577100,148976.11427815,1499644799999,2434.19055334,308,1756.87402397,28.46694368,0",
            ',',
            "binance",
            false,
        ),
        (
            "1735689600000000,94591.79,94591.79,94580.01,94582.51,1.5,1735689659999999,142000.1,308,0.9,85000.2,0",
            ',',
            "binance",
            false,
        ),
        (
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore",
            ',',
            "binance",
            true,
        ),
        ("<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>", ',', "stooq", true),
        (
            "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>",
            '\t',
            "metatrader",
            true,
        ),
        ("<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>", '\t', "metatrader", true),
        ("2012.02.01,00:00,1.306600,1.306600,1.306560,1.306560,0", ',', "metatrader", false),
        ("20120201 000000;1.306600;1.306600;1.306560;1.306560;0", ';', "histdata", false),
        ("Date,Open,High,Low,Close,Adj Close,Volume", ',', "yahoo", true),
        ("Datetime,Open,High,Low,Close,Volume,Dividends,Stock Splits", ',', "yahoo", true),
        ("date,open,high,low,close,volume,average,barCount", ',', "interactive-brokers", true),
        ("Date,Close/Last,Volume,Open,High,Low", ',', "nasdaq", true),
        ("Date,Price,Open,High,Low,Vol.,Change %", ',', "investing", true),
        ("observation_date,VIXCLS", ',', "fred", true),
        ("DATE,DGS10", ',', "fred", true),
        ("Date,Close", ',', "generic", true),
        ("DATE,CLOSE", ',', "generic", true),
        ("DATE,OPEN,HIGH,LOW,CLOSE", ',', "generic", true),
        ("date,vix", ',', "generic", true),
    ] {
        assert_eq!(found(line, delimiter), (name, header), "{line}");
    }
}

#[test]
fn dialects_are_named_and_described() {
    for dialect in DIALECTS {
        assert!(dialect.name.parse::<DialectName>().unwrap().0 == dialect);
        for text in [dialect.source, dialect.recognised_by, dialect.columns, dialect.times, dialect.traps] {
            assert!(text.len() > 10 && !text.contains("  "), "{}: {text}", dialect.name);
        }
    }
    let error = "binanse".parse::<DialectName>().unwrap_err();
    assert!(error.ends_with("; is it binance?"), "{error}");
}
