use super::RangeTables;
use proptest::prelude::*;

fn largest_fall(closes: &[f64]) -> f64 {
    let mut peak = f64::MIN;
    closes.iter().fold(0.0_f64, |worst, c| {
        peak = peak.max(*c);
        worst.max(1.0 - c / peak)
    })
}

proptest! {
    #[test]
    fn any_range_is_answered_as_by_walking_it(
        closes in prop::collection::vec(1.0_f64..100.0, 1..70),
        ends in (0_usize..70, 0_usize..70),
    ) {
        let n = closes.len();
        let (a, b) = (ends.0.min(ends.1) % n, ends.0.max(ends.1) % n);
        let (first, last) = (a.min(b), a.max(b));
        let part = &closes[first..=last];
        let max = part.iter().copied().fold(f64::MIN, f64::max);
        let min = part.iter().copied().fold(f64::MAX, f64::min);
        let tables = RangeTables::new(&closes);
        prop_assert_eq!(tables.seen(first..=last, &closes, &closes), (max, min));
        prop_assert_eq!(tables.extremes(first..=last), (max, min));
        prop_assert_eq!(tables.largest_fall(first..=last), largest_fall(part));
        let next = (first + 1..n).find(|i| closes[*i] >= closes[first]).unwrap_or(n);
        prop_assert_eq!(tables.next_at_least(first), next);
    }
}

#[test]
fn a_single_close_never_fell() {
    let tables = RangeTables::new(&[5.0]);
    assert_eq!((tables.extremes(0..=0), tables.largest_fall(0..=0)), ((5.0, 5.0), 0.0));
}
