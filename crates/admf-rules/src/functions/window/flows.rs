//! Two sums side by side.

use super::{Aggregate, Sum};

/// What flowed in two directions.
#[derive(Clone, Copy)]
pub(in crate::functions) struct Flows([Sum; 2]);

impl Flows {
    /// The first sum as a share of both, 0 to 1; not finite where both are 0.
    pub(in crate::functions) fn share_of_first(self) -> f64 {
        let [first, second] = self.0.map(Sum::value);
        first / (first + second)
    }
}

impl Aggregate<[f64; 2]> for Flows {
    fn of(values: [f64; 2]) -> Self {
        Self(values.map(Sum::of))
    }

    fn join(self, later: Self) -> Self {
        Self([self.0[0].join(later.0[0]), self.0[1].join(later.0[1])])
    }
}
