//! Everything that is written: results to standard output or a file, all else to standard error.

use crate::args::{Format, Global};
use crate::failure::Failure;
use admf_workflow::export::{export, export_text};
use std::io::{self, Write};

mod blocks;
mod csv;
mod destination;
mod diagnostic;
mod document;
mod fill;
mod json;
mod messages;
mod numbers;
mod stream;
mod table;

pub(crate) use destination::Destination;
pub(crate) use document::{Document, Facts};
pub(crate) use messages::Messages;
pub(crate) use stream::RowStream;

/// Where results and messages go.
pub(crate) struct Printer {
    /// Messages on standard error.
    pub messages: Messages,
    destination: Destination,
}

impl Printer {
    /// A printer for these options; an error when they contradict each other.
    pub(crate) fn new(messages: Messages, global: &Global) -> Result<Self, Failure> {
        let destination = Destination::resolve(global)?;
        Ok(Self { messages, destination })
    }

    /// True when results are tables on a terminal: somebody reads along.
    pub(crate) fn is_read(&self) -> bool {
        self.destination.is_terminal && self.destination.format == Format::Table
    }

    /// How results are written.
    pub(crate) fn format(&self) -> Format {
        self.destination.format
    }

    /// Columns of the window that results are written to; `None` where they are not read on a terminal.
    pub(crate) fn width(&self) -> Option<usize> {
        self.destination.layout().width
    }

    /// True when the format holds all parts of a result, not only its main table.
    pub(crate) fn writes_all_parts(&self) -> bool {
        matches!(self.destination.format, Format::Table | Format::Json)
    }

    /// Writes a result in the chosen format to its destination.
    pub(crate) fn print(&self, document: &Document) -> Result<(), Failure> {
        let to = &self.destination;
        let mut hidden = Vec::new();
        let text = match to.format {
            Format::Table => {
                let rendered = table::document(document, to.layout());
                hidden = rendered.hidden;
                rendered.text
            }
            Format::Json => json::document(document),
            Format::Jsonl => json::lines(document),
            Format::Csv => csv::document(document)?,
            Format::Parquet => return self.parquet(document),
        };
        match &to.file {
            None => {
                write_to_stdout(text.as_bytes())?;
                self.note_hidden(&hidden);
                Ok(())
            }
            Some(path) => {
                export_text(path, text.as_bytes()).map_err(|error| Failure::file("write", path, &error))?;
                self.wrote(document);
                Ok(())
            }
        }
    }

    /// Begins a result whose rows are written as they come.
    pub(crate) fn stream(&self) -> Result<RowStream<'_>, Failure> {
        RowStream::new(self)
    }

    /// Writes a text as it is, whatever the format.
    pub(crate) fn print_verbatim(&self, text: &str) -> Result<(), Failure> {
        match &self.destination.file {
            None => write_to_stdout(text.as_bytes()),
            Some(path) => {
                export_text(path, text.as_bytes()).map_err(|error| Failure::file("write", path, &error))
            }
        }
    }

    fn note_hidden(&self, hidden: &[String]) {
        const NAMED: usize = 8;
        let shows = "a wider window or --format csv shows";
        match hidden {
            [] => {}
            [one] => self.messages.note(&format!("not shown: {one}; {shows} it")),
            several => {
                let more = several.len().saturating_sub(NAMED);
                let named = several[..several.len() - more].join(", ");
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                self.messages.note(&format!("not shown: {named}{more}; {shows} them"));
            }
        }
    }

    fn parquet(&self, document: &Document) -> Result<(), Failure> {
        let path =
            self.destination.file.as_deref().expect("Parquet has a file: checked in Destination::resolve");
        let sheet = document.sheet().ok_or_else(|| {
            Failure::usage("this result is a text, not a table")
                .with_help("use --format table or --format json")
        })?;
        export(path, &sheet)?;
        self.wrote(document);
        Ok(())
    }

    fn wrote(&self, document: &Document) {
        self.wrote_rows(document.sheet().map(|sheet| sheet.rows.len()));
    }

    fn wrote_rows(&self, rows: Option<usize>) {
        let path = self.destination.file.as_deref().unwrap_or_else(|| "-".as_ref()).display();
        let what = match rows {
            Some(1) => "1 row".to_owned(),
            Some(rows) => format!("{rows} rows"),
            None => "the text".to_owned(),
        };
        self.messages.note(&format!("wrote {what} to {path}"));
    }
}

/// What the program says when it is called without a word.
const START: &str = "\
Learn from your own backtests: what worked, and how much of it was luck.

  1. admf demo                                  real prices, 5,000 strategies, a ranked table
  2. admf init; admf data import FILE --as NAME  a folder for your own work, and prices in it
  3. admf run SPEC                              evaluate a spec; admf analytics scan ranks all runs

admf --help lists all commands, admf COMMAND --help shows examples of one.
";

/// The shortest help: how to begin.
pub(crate) fn print_start() -> std::process::ExitCode {
    match write_to_stdout(START.as_bytes()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => failure.exit_code(),
    }
}

/// A reader that went away, such as `head`, is no failure.
fn write_to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::failed(&format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
