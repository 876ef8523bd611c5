//! The ratios by which shares are split, and which of them is near a ratio of prices.

/// Shares that one old share becomes, at most.
const MOST: u32 = 100;
/// Old shares of a ratio that is not whole, such as the 2 of 3:2, and the new ones, at most.
const OLD: u32 = 5;
const NEW: u32 = 9;
/// The least ratio that is a split and no dividend.
pub(super) const LEAST: f64 = 1.2;

/// Which ratios are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// All: where an adjustment factor says that there was a split.
    All,
    /// Whole ones and 3:2: where the price alone has to tell. The others are so close to each other that any move by a
    /// third would be near one.
    Telling,
}

/// The split near a ratio of prices, before to after: `2:1` for 2, `1:10` for 0.1. `tolerance` is a fraction.
pub(super) fn near_split(ratio: f64, tolerance: f64, among: Among) -> Option<String> {
    let size = if ratio >= 1.0 { ratio } else { 1.0 / ratio };
    let off = |(new, old): &(u32, u32)| (size * f64::from(*old) / f64::from(*new) - 1.0).abs();
    let best = ratios(among).min_by(|a, b| off(a).total_cmp(&off(b)))?;
    let (new, old) = best;
    (off(&best) <= tolerance)
        .then(|| if ratio >= 1.0 { format!("{new}:{old}") } else { format!("{old}:{new}") })
}

fn ratios(among: Among) -> impl Iterator<Item = (u32, u32)> {
    let whole = (2..=MOST).map(|new| (new, 1));
    let others = (2..=OLD).flat_map(|old| (old + 1..=NEW).map(move |new| (new, old)));
    let counts = move |(new, old): &(u32, u32)| match among {
        Among::All => f64::from(*new) / f64::from(*old) >= LEAST,
        Among::Telling => (*new, *old) == (3, 2),
    };
    whole.chain(others.filter(counts))
}

#[cfg(test)]
mod tests {
    use super::{Among, near_split};

    #[test]
    fn the_nearest_ratio_is_named_from_old_to_new() {
        let all = |ratio| near_split(ratio, 0.02, Among::All);
        let telling = |ratio| near_split(ratio, 0.03, Among::Telling);
        let named = |ratio: &str| Some(ratio.to_owned());
        assert_eq!((all(2.0), telling(2.05)), (named("2:1"), named("2:1")));
        assert_eq!((all(1.5), telling(1.48)), (named("3:2"), named("3:2")));
        assert_eq!((all(0.1), telling(0.1)), (named("1:10"), named("1:10")));
        // A third more is a split if the factor says so, and else a move like others.
        assert_eq!((all(4.0 / 3.0), telling(4.0 / 3.0)), (named("4:3"), None));
        assert_eq!((all(2.5), telling(2.5)), (named("5:2"), None));
        // Dividends, and what nobody splits by.
        assert_eq!((all(1.1), all(150.0), telling(101.0), telling(2.2)), (None, None, named("100:1"), None));
    }
}
