//! The largest value of a run and how long ago it was.

use super::Aggregate;

/// The largest value; of equal ones the latest.
#[derive(Clone, Copy)]
pub(in crate::functions) struct LatestHighest {
    count: f64,
    value: f64,
    age: f64,
}

impl LatestHighest {
    /// Values that came after it.
    pub(in crate::functions) fn age(self) -> f64 {
        self.age
    }
}

impl Aggregate for LatestHighest {
    fn of(value: f64) -> Self {
        Self { count: 1.0, value, age: 0.0 }
    }

    fn join(self, later: Self) -> Self {
        let count = self.count + later.count;
        if later.value >= self.value {
            Self { count, ..later }
        } else {
            Self { count, value: self.value, age: self.age + later.count }
        }
    }
}
