//! The widest vectors that a processor has, for plain loops.

/// Runs a loop compiled for this processor: the compiler makes vectors of it, as wide as it has them. Results do not
/// depend on the processor: the loop says in which order it adds.
///
/// What the closure calls must be inlined into it, or it is compiled for every processor alike.
#[inline(always)]
pub fn vectorized<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
