//! A quiet observer and a clock that stands still.

use admf_model::Timestamp;
use admf_workflow::run::{PlanSummary, RunObserver};

/// Remembers what it was told; asks to stop once `stop_after` strategies are evaluated.
#[derive(Debug, Default)]
pub(crate) struct Observer {
    pub(crate) planned: Option<PlanSummary>,
    pub(crate) evaluated: usize,
    pub(crate) notes: Vec<String>,
    pub(crate) stop_after: Option<usize>,
}

impl RunObserver for Observer {
    fn expanded(&mut self, looked: u64, of: u64) {
        assert!(looked <= of, "no more is looked at than there is");
    }

    fn planned(&mut self, plan: &PlanSummary) {
        self.planned = Some(plan.clone());
    }

    fn progressed(&mut self, evaluated: usize) {
        assert!(evaluated >= self.evaluated, "progress goes forward");
        self.evaluated = evaluated;
    }

    fn noted(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    fn is_cancelled(&self) -> bool {
        self.stop_after.is_some_and(|limit| self.evaluated >= limit)
    }
}

/// 2026-01-02, always.
pub(crate) fn clock() -> Timestamp {
    Timestamp::from_date(2026, 1, 2).unwrap()
}
