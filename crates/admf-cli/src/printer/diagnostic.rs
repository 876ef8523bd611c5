//! Draws a failure: the message, the place in the source text, and what to do.

use super::fill::fill;
use crate::failure::Failure;
use admf_workflow::Snippet;
use excerpt::{Excerpt, shortened};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::fmt;

mod excerpt;

/// Widest text, also where there is no window; longer lines of a message wrap.
const WIDEST: usize = 100;

/// The failure as lines of text that fit a window of this width, broken between words only.
pub(super) fn render(failure: &Failure, colour: bool, width: Option<usize>) -> String {
    let width = width.unwrap_or(WIDEST).min(WIDEST);
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        // Texts come wrapped: miette would break them at hyphens and inside paths.
        .with_wrap_lines(false)
        .with_links(false)
        .with_context_lines(2);
    let mut text = String::new();
    match handler.render_report(&mut text, &View::of(failure, width)) {
        Ok(()) => text,
        // Drawing failed, so the words have to do.
        Err(fmt::Error) => format!("{}\n", failure.message),
    }
}

/// A failure as miette wants to see it.
#[derive(Debug)]
struct View<'a> {
    failure: &'a Failure,
    message: String,
    help: Option<String>,
    source: Option<Excerpt>,
    cause: Option<Cause>,
}

/// One reason under another.
#[derive(Debug)]
struct Cause {
    message: String,
    deeper: Option<Box<Cause>>,
}

impl<'a> View<'a> {
    fn of(failure: &'a Failure, width: usize) -> Self {
        // Beside `  × `, `  ╰─▶ ` and `  help: `.
        let beside = |indent: usize, text: &str| fill(text, width.saturating_sub(indent).max(20));
        // A mark behind the last character needs a blank to stand under.
        let blank = |s: &Snippet| if s.start >= s.text.len() { " " } else { "" };
        let source = failure
            .snippet
            .as_ref()
            .map(|s| Excerpt { name: s.name.clone(), text: format!("{}{}", s.text, blank(s)) });
        let cause = failure.causes.iter().rev().fold(None, |deeper, message| {
            Some(Cause { message: beside(6, message), deeper: deeper.map(Box::new) })
        });
        Self {
            message: beside(4, &failure.message),
            help: failure.help.as_ref().map(|help| beside(8, help)),
            failure,
            source,
            cause,
        }
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for View<'_> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}

impl Diagnostic for View<'_> {
    fn help<'h>(&'h self) -> Option<Box<dyn fmt::Display + 'h>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.failure.snippet.as_ref()?;
        let end = snippet.end.min(snippet.text.len());
        let start = snippet.start.min(end);
        Some(Box::new(std::iter::once(LabeledSpan::underline(start..shortened(&snippet.text, start, end)))))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.deeper.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests;
