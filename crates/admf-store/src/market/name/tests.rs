use super::{Reference, before_interval, is_symbol, symbol_from};

#[test]
fn references_have_a_safe_name_and_a_hexadecimal_version() {
    assert_eq!(
        Reference::parse("us.stocks-1_a").unwrap(),
        Reference { name: "us.stocks-1_a", version: None }
    );
    assert_eq!(Reference::parse("a@0aF").unwrap(), Reference { name: "a", version: Some("0aF") });
    for bad in
        ["", "..", "../a", "a/b", ".hidden", "a\\b", "/etc", "a b", "a\0", "a@", "a@../..", "a@xyz", "@00"]
    {
        assert!(Reference::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(
        Reference::parse("a@xyz").unwrap_err().to_string(),
        "`a@xyz` is no dataset version: write NAME or NAME@HASH with hexadecimal digits"
    );
}

#[test]
fn symbols_can_be_named_in_rules() {
    for good in ["AAPL", "^VIX", "BRK.B", "BTC-USD", "ES=F", "7203.T", "SIE_DE", "Ä"] {
        assert!(is_symbol(good), "{good}");
    }
    for bad in ["", "A B", "A@B", "A,B", "A\tB", "\"A\"", &"A".repeat(65)] {
        assert!(!is_symbol(bad), "{bad}");
    }
    assert_eq!(symbol_from("Adj. rate/10y"), "ADJ._RATE_10Y");
}

#[test]
fn interval_and_period_are_no_part_of_a_symbol() {
    for (name, symbol) in [
        ("BTCUSDT-1h-2024-01", "BTCUSDT"),
        ("BTCUSDT-1m-2024-01-31", "BTCUSDT"),
        ("1000SHIB-USD-12h-2024-01", "1000SHIB-USD"),
        ("BTCUSD_240329-1mo-2024-01", "BTCUSD_240329"),
        ("ETHUSDT-1d", "ETHUSDT"),
        // Not of this kind.
        ("BTCUSDT-trades-2024-01", "BTCUSDT-trades-2024-01"),
        ("BTCUSDT-2024-01", "BTCUSDT-2024-01"),
        ("BTCUSDT", "BTCUSDT"),
        ("1h-2024-01", "1h-2024-01"),
        ("-1h", "-1h"),
        ("", ""),
    ] {
        assert_eq!(before_interval(name), symbol, "{name}");
    }
}
