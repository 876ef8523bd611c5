//! The part of a text that a message shows: lines around a place, or of a line that is too long a part of it.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Longest line that is shown whole, in bytes.
const LONGEST: usize = 300;
/// Bytes that are shown on either side of a place in a longer line.
const AROUND: usize = 60;

/// A text with its name.
#[derive(Debug)]
pub(super) struct Excerpt {
    pub(super) name: String,
    pub(super) text: String,
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, before, after)?;
        let is_long = read.data().split(|byte| *byte == b'\n').any(|line| line.len() > LONGEST);
        let named = |data: &'a [u8], at: SourceSpan, line: usize, column: usize, lines: usize| {
            MietteSpanContents::new_named(self.name.clone(), data, at, line, column, lines)
        };
        if !is_long || before + after == 0 {
            let (line, column, lines) = (read.line(), read.column(), read.line_count());
            return Ok(Box::new(named(read.data(), *read.span(), line, column, lines)));
        }
        let place = self.text.read_span(span, 0, 0)?;
        let (start, end) = (span.offset(), span.offset() + span.len());
        let line_start = start - place.column().min(start);
        let from = self.text.floor_char_boundary(start.saturating_sub(AROUND).max(line_start));
        let rest = &self.text[end..];
        let to_line_end = rest.find('\n').unwrap_or(rest.len()).min(AROUND);
        let to = self.text.ceil_char_boundary(end + to_line_end);
        let at = SourceSpan::new(from.into(), to - from);
        let column = place.column() - (start - from).min(place.column());
        Ok(Box::new(named(&self.text.as_bytes()[from..to], at, place.line(), column, 1)))
    }
}

/// The end of a mark from `start` to `end`: at least a character, and not longer than what is shown.
pub(super) fn shortened(text: &str, start: usize, end: usize) -> usize {
    let end = end.max(start + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    if line_end - start > LONGEST { end.min(text.ceil_char_boundary(start + AROUND)) } else { end }
}
