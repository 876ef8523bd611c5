//! Which slips are forgiven.

use super::nearest;

#[test]
fn forgives_slips_but_not_other_words() {
    let known = ["sma", "ema", "highest", "lowest", "cross_above"];
    assert_eq!(nearest("SMA", known), Some("sma"));
    assert_eq!(nearest("smaa", known), Some("sma"));
    assert_eq!(nearest("higest", known), Some("highest"));
    assert_eq!(nearest("crossabove", known), Some("cross_above"));
    assert_eq!(nearest("macd", known), None);
}
