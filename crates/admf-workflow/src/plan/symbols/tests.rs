//! Patterns, order, and what is said about names that mean nothing.

use super::fits;

#[test]
fn patterns_stand_for_any_letters() {
    for (pattern, symbol, expected) in [
        ("*", "AAPL", true),
        ("A*", "AAPL", true),
        ("A*", "MA", false),
        ("*USDT", "BTCUSDT", true),
        ("B*D*T", "BTCUSDT", true),
        ("*US*", "BTCUSDT", true),
        ("A*A", "A", false),
        ("A*A", "AA", true),
        ("AAPL", "AAPL", false),
        ("**", "X", true),
        ("é*", "éa", true),
    ] {
        assert_eq!(fits(pattern, symbol), expected, "{pattern} {symbol}");
    }
}
