//! Places in a source text.

/// Byte offsets into the text that was parsed: a spec, a definition or a filter. The texts of a spec of several files
/// count as one, each behind the one before.
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

    /// The same place in a text that begins at `base`.
    pub const fn shifted(self, base: usize) -> Self {
        Self { start: self.start + base, end: self.end + base }
    }

    /// From the start of this span to the end of a later one.
    pub const fn to(self, later: Self) -> Self {
        Self { start: self.start, end: later.end }
    }
}
