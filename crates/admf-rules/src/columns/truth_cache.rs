//! Comparisons that many strategies of a sweep have in common, kept for the next one.

use crate::graph::Node;
use admf_model::Comparison;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Bytes of the truths that are kept: they stay in a core's own cache.
const BUDGET: usize = 1 << 19;
/// At least so many comparisons are kept, however many bars there are.
const FEWEST: usize = 16;
/// And so many, however few.
const MOST: usize = 1 << 12;

/// Which comparison: of columns, prices and numbers, whose nodes mean the same in every graph of the same columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// [`super::Columns::id`].
    pub(super) columns: u64,
    pub(super) comparison: Comparison,
    pub(super) sides: (Node, Node),
}

/// One comparison on all bars.
#[derive(Debug, Default)]
struct Slot {
    key: Option<Key>,
    /// What was asked for last and is not kept: if it is asked for again, it is worth being kept.
    asked: Option<Key>,
    yes: Vec<u64>,
    no: Vec<u64>,
}

/// Comparisons made lately, each in the place that its key says: a sweep meets them again and again, and reads 64 times
/// less than by comparing anew. One thread's.
#[derive(Debug, Default)]
pub struct TruthCache {
    slots: Vec<Slot>,
    keeps_nothing: bool,
}

impl TruthCache {
    /// For who asks once.
    pub(super) fn that_keeps_nothing() -> Self {
        Self { slots: Vec::new(), keeps_nothing: true }
    }

    /// Writes a comparison's truths, computed by `compute` if they are not kept.
    pub(super) fn read(
        &mut self,
        key: Key,
        yes: &mut [u64],
        no: &mut [u64],
        compute: impl FnOnce(&mut [u64], &mut [u64]),
    ) {
        if self.keeps_nothing {
            return compute(yes, no);
        }
        if self.slots.is_empty() {
            let each = 2 * size_of::<u64>() * yes.len().max(1);
            self.slots.resize_with((BUDGET / each).clamp(FEWEST, MOST), Slot::default);
        }
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let count = self.slots.len() as u64;
        let slot = &mut self.slots[(hasher.finish() % count) as usize];
        if slot.key != Some(key) {
            if slot.asked.replace(key) != Some(key) {
                return compute(yes, no);
            }
            slot.key = Some(key);
            slot.yes.resize(yes.len(), 0);
            slot.no.resize(no.len(), 0);
            compute(&mut slot.yes, &mut slot.no);
        }
        yes.copy_from_slice(&slot.yes);
        no.copy_from_slice(&slot.no);
    }
}
