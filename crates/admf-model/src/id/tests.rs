use super::{ContentHash, ContentHasher, CorrelationId, RunId, StrategyId};

#[test]
fn identities_are_stable_and_read_back() {
    // First 16 digits of: printf '\x0c\0\0\0\0\0\0\0admf/content\x03\0\0\0\0\0\0\0abc' | sha256sum
    let id = ContentHash::of(&[b"abc"]);
    assert_eq!(id.to_string(), "436cc54809715c1f");
    assert_eq!(id.to_string().parse::<ContentHash>().unwrap(), id);
    assert!("436c".parse::<ContentHash>().is_err());
    assert!("+36cc54809715c1f".parse::<ContentHash>().is_err());
}

#[test]
fn parts_do_not_run_together() {
    assert_ne!(ContentHash::of(&[b"ab", b"c"]), ContentHash::of(&[b"a", b"bc"]));
    assert_ne!(ContentHash::of(&[b"ab"]).bits(), RunId::of(&[b"ab"]).bits());
}

#[test]
fn a_strategy_has_one_correlation_id_per_run() {
    let strategy = StrategyId::of(&[b"s"]);
    let first = CorrelationId::new(RunId::of(&[b"1"]), strategy);
    assert_ne!(first, CorrelationId::new(RunId::of(&[b"2"]), strategy));
    assert_eq!(first, CorrelationId::new(RunId::of(&[b"1"]), strategy));
}

#[test]
fn parts_in_pieces_hash_as_whole_ones() {
    let mut hasher = ContentHasher::new();
    hasher.begin(3);
    hasher.add(b"a");
    hasher.add(b"bc");
    hasher.begin(0);
    assert_eq!(hasher.finish(), ContentHash::of(&[b"abc", b""]));
}
