use super::{BarPrices, Protection};
use admf_model::{ExitReason, Side};

const GUARD: Protection = Protection { stop: Some(10.0), target: Some(20.0), trail: None, best: 100.0 };

fn hit(
    guard: Protection,
    side: Side,
    (open, high, low): (f64, f64, f64),
    carried: bool,
) -> Option<(f64, ExitReason, bool)> {
    let hit = guard.levels(side, 100.0).hit(side, BarPrices { open, high, low }, carried)?;
    Some((hit.raw, hit.reason, hit.ambiguous))
}

#[test]
fn a_gap_fills_at_the_open_and_a_touch_at_the_level() {
    let long = |prices, carried| hit(GUARD, Side::Long, prices, carried);
    assert_eq!(long((85.0, 88.0, 84.0), true), Some((85.0, ExitReason::Stop, false)));
    assert_eq!(
        long((85.0, 88.0, 84.0), false),
        Some((90.0, ExitReason::Stop, false)),
        "not carried into the bar"
    );
    assert_eq!(long((125.0, 126.0, 119.0), true), Some((125.0, ExitReason::Target, false)));
    assert_eq!(long((100.0, 120.0, 99.0), true), Some((120.0, ExitReason::Target, false)));
    assert_eq!(long((100.0, 119.0, 91.0), true), None);
}

#[test]
fn the_adverse_extreme_comes_first() {
    assert_eq!(hit(GUARD, Side::Long, (100.0, 121.0, 89.0), true), Some((90.0, ExitReason::Stop, true)));
    assert_eq!(hit(GUARD, Side::Short, (100.0, 111.0, 79.0), true), Some((110.0, ExitReason::Stop, true)));
    assert_eq!(hit(GUARD, Side::Short, (100.0, 109.0, 80.0), true), Some((80.0, ExitReason::Target, false)));
}

#[test]
fn the_tighter_stop_holds_and_the_trail_follows_the_best_price() {
    let mut guard = Protection { trail: Some(15.0), ..GUARD };
    assert_eq!(guard.levels(Side::Long, 100.0).stop, Some(90.0));
    guard.see(Side::Long, BarPrices { open: 100.0, high: 112.0, low: 99.0 });
    assert_eq!(guard.levels(Side::Long, 100.0).stop, Some(97.0));
    let mut guard = Protection { trail: Some(15.0), ..GUARD };
    guard.see(Side::Short, BarPrices { open: 100.0, high: 112.0, low: 80.0 });
    assert_eq!(guard.levels(Side::Short, 100.0).stop, Some(95.0));
}
