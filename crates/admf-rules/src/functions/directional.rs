//! Wilder's directional movement: what `plus_di`, `minus_di` and `adx` are made of.

use super::true_range::true_range;

/// Sums of movement up, movement down and true range that forget the `n`th part of themselves at each bar.
pub(super) struct Directional {
    n: f64,
    seen: f64,
    before: Option<[f64; 3]>,
    sums: [f64; 3],
}

/// Shares of the true range that were movement up and down, 0 to 1; not finite without any range.
#[derive(Clone, Copy)]
pub(super) struct Directions {
    pub(super) up: f64,
    pub(super) down: f64,
}

impl Directional {
    pub(super) fn new(n: f64) -> Self {
        Self { n, seen: 0.0, before: None, sums: [0.0; 3] }
    }

    /// With this bar's high, low and close; `None` before the bar `n + 1`. As in TA-Lib the sums are full after `n - 1`
    /// movements, and the `n`th already makes them forget.
    pub(super) fn next(&mut self, [high, low, close]: [f64; 3]) -> Option<Directions> {
        let before = self.before.replace([high, low, close])?;
        let (up, down) = (high - before[0], before[1] - low);
        let movement = [
            if up > down && up > 0.0 { up } else { 0.0 },
            if down > up && down > 0.0 { down } else { 0.0 },
            true_range(high, low, before[2]),
        ];
        let filling = self.seen < self.n - 1.0;
        for (sum, movement) in self.sums.iter_mut().zip(movement) {
            *sum += if filling { movement } else { movement - *sum / self.n };
        }
        if filling {
            self.seen += 1.0;
            return None;
        }
        let [up, down, range] = self.sums;
        Some(Directions { up: up / range, down: down / range })
    }
}
