//! Messages on standard error: notes, hints, warnings and the reason why a command failed.

use super::destination::uses_colour;
use super::diagnostic;
use super::fill::fill;
use crate::args::Global;
use crate::failure::Failure;
use crate::palette::{self, paint};
use std::io::{IsTerminal, Write};

/// Standard error, and how much of it is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Messages {
    /// Standard error is a terminal.
    pub is_terminal: bool,
    /// More is wanted.
    pub verbose: bool,
    colour: bool,
    quiet: bool,
    /// Columns of the terminal; texts for files and pipes are not wrapped.
    width: Option<usize>,
}

impl Messages {
    /// From the options.
    pub(crate) fn new(global: &Global) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let colour = uses_colour(global.color, is_terminal);
        let size = is_terminal.then(|| console::Term::stderr().size_checked()).flatten();
        let width = size.map(|(_, columns)| usize::from(columns));
        Self { is_terminal, verbose: global.verbose, colour, quiet: global.quiet, width }
    }

    /// True when progress may be drawn over and over.
    pub(crate) fn draws_progress(&self) -> bool {
        self.is_terminal && !self.quiet
    }

    /// Something worth knowing.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Something worth knowing for those who want to know more.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbose {
            self.say(&paint(self.colour, palette::DIM, text));
        }
    }

    /// Something that may not be as intended.
    pub(crate) fn warn(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("{} {text}", paint(self.colour, palette::WARNING, "warning:")));
        }
    }

    /// Commands that make sense next, never wrapped: they are there to be pasted.
    pub(crate) fn next(&self, commands: &[String]) {
        if self.quiet {
            return;
        }
        for (index, command) in commands.iter().enumerate() {
            let label = if index == 0 { "next:" } else { "     " };
            let label = paint(self.colour, palette::DIM, label);
            write(&format!("{label} {}\n", paint(self.colour, palette::COMMAND, command)));
        }
    }

    /// A question that is answered with a line; nothing is a no.
    pub(crate) fn confirm(&self, question: &str) -> std::io::Result<bool> {
        write(&format!("{question} [y/N] "));
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    fn say(&self, text: &str) {
        let text = self.width.map_or_else(|| text.to_owned(), |width| fill(text, width));
        write(&format!("{text}\n"));
    }

    /// Why the command failed.
    pub(crate) fn failure(&self, failure: &Failure) {
        failure.parts.iter().for_each(|part| self.failure(part));
        write(&diagnostic::render(failure, self.colour, self.width));
    }
}

/// A message that cannot be written has no reader, which is no reason to fail.
fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
