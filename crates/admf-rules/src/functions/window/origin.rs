//! A level to measure values from, so that a small spread around a large level keeps its digits.

/// The first value after every gap.
#[derive(Default)]
pub(in crate::functions) struct Origin(Option<f64>);

impl Origin {
    /// The value's distance from the level. Deviations do not depend on the level, and those of prices within a factor
    /// of two of it are exact (Sterbenz 1974, Floating-point computation, theorem 4.3.1).
    pub(in crate::functions) fn measure(&mut self, value: Option<f64>) -> Option<f64> {
        let Some(value) = value else {
            self.0 = None;
            return None;
        };
        Some(value - *self.0.get_or_insert(value))
    }

    /// The level.
    pub(in crate::functions) fn level(&self) -> f64 {
        self.0.unwrap_or(0.0)
    }
}
