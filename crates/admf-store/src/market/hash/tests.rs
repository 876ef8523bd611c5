use super::content_hash;
use admf_model::{Bars, Series, Timestamp};

fn bars(symbol: &str, close: &[Option<f64>], volume: &[Option<f64>]) -> Bars {
    let times = (0..close.len()).map(|bar| Timestamp::from_micros(bar as i64)).collect();
    let none = || Series::undefined(close.len());
    let columns = [none(), none(), none(), close.iter().copied().collect(), volume.iter().copied().collect()];
    Bars::new(symbol, times, columns).unwrap()
}

#[test]
fn every_difference_changes_the_hash() {
    let base = bars("A", &[Some(1.0), Some(2.0)], &[None, None]);
    let hash = |bars: &Bars| content_hash(std::slice::from_ref(bars));
    assert_eq!(hash(&base), hash(&base.clone()));
    let mut adjusted = base.clone();
    adjusted.adjustment = Some(Series::undefined(2));
    let others = [
        bars("B", &[Some(1.0), Some(2.0)], &[None, None]),
        bars("A", &[Some(1.0), Some(f64::from_bits(2.0_f64.to_bits() + 1))], &[None, None]),
        bars("A", &[Some(1.0), Some(2.0)], &[None, Some(0.0)]),
        bars("A", &[None, None], &[Some(1.0), Some(2.0)]),
        bars("A", &[Some(1.0)], &[None]),
        adjusted,
    ];
    for other in &others {
        assert_ne!(hash(&base), hash(other), "{other:?}");
    }
}

#[test]
fn the_hash_does_not_change_between_versions_of_the_program() {
    // Datasets are found and runs are compared by this number: SHA-256 over length-prefixed parts, computed with
    // Python's hashlib and struct, see the layout in `hash_symbol`.
    let bars = bars("A", &[Some(1.5), None], &[None, Some(7.0)]);
    assert_eq!(content_hash(&[bars]).to_string(), "153b550caf1d8235");
}
