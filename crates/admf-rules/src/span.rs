//! Places in a source text.

/// Byte offsets into the text that was parsed: a spec, a definition or a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; equal to `start` for a place between two characters.
    pub end: usize,
}

impl Span {
    /// From `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the start of this span to the end of a later one.
    pub const fn to(self, later: Self) -> Self {
        Self { start: self.start, end: later.end }
    }
}
