//! Results of any size: rows are written in parts as they come, and only a part is held.

use super::{Document, Printer, csv, json, table};
use crate::args::Format;
use crate::failure::Failure;
use admf_model::{Cell, RowSink, Sheet, SheetColumn};
use admf_workflow::export::{Export, TextExport};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Rows of a part. In tables for people it is a page with names and widths of its own.
const PART: usize = 1024;

/// A result on its way.
pub(crate) struct RowStream<'a> {
    printer: &'a Printer,
    /// The file; standard output without one.
    file: Option<TextExport>,
    /// The Parquet file, once the columns are known.
    parquet: Option<Export>,
    part: Sheet,
    rows: usize,
    is_first: bool,
    hidden: Vec<String>,
    /// Why writing ended early; nothing where the reader went away, which is no failure.
    ended: Option<Option<Failure>>,
}

impl<'a> RowStream<'a> {
    pub(super) fn new(printer: &'a Printer) -> Result<Self, Failure> {
        let create =
            |path: &Path| TextExport::create(path).map_err(|error| Failure::file("write", path, &error));
        let path = printer.destination.file.as_deref();
        let file = path.filter(|_| printer.destination.format != Format::Parquet).map(create).transpose()?;
        Ok(Self {
            printer,
            file,
            parquet: None,
            part: Sheet::new([]),
            rows: 0,
            is_first: true,
            hidden: Vec::new(),
            ended: None,
        })
    }

    /// Writes what is left and returns how many rows there were.
    pub(crate) fn finish(mut self) -> Result<usize, Failure> {
        if self.ended.is_none() && (self.is_first || !self.part.rows.is_empty()) {
            self.flush();
        }
        if self.ended.is_none() && self.printer.destination.format == Format::Json {
            self.write(json::end(self.rows == 0));
        }
        if let Some(Some(failure)) = self.ended.take() {
            return Err(failure);
        }
        if let Some(file) = self.file.take() {
            let path = self.printer.destination.file.as_deref().unwrap_or_else(|| "-".as_ref());
            file.finish().map_err(|error| Failure::file("write", path, &error))?;
        }
        if let Some(export) = self.parquet.take() {
            export.finish()?;
        }
        if self.printer.destination.file.is_some() {
            self.printer.wrote_rows(Some(self.rows));
        } else {
            self.printer.note_hidden(&self.hidden);
        }
        Ok(self.rows)
    }

    /// Writes the part that is held.
    fn flush(&mut self) {
        let columns = self.part.columns.clone();
        let part = std::mem::replace(&mut self.part, Sheet { columns, rows: Vec::new() });
        self.rows += part.rows.len();
        let is_first = std::mem::replace(&mut self.is_first, false);
        let text = match self.printer.destination.format {
            Format::Parquet => return self.export(&part),
            Format::Csv => csv::part(&part, is_first),
            Format::Jsonl => Ok(json::lines(&Document::table(part))),
            Format::Json if part.rows.is_empty() => Ok(String::new()),
            Format::Json => Ok(json::part(&part, is_first)),
            Format::Table => Ok(self.page(part, is_first)),
        };
        match text {
            Ok(text) => self.write(&text),
            Err(failure) => self.ended = Some(Some(failure)),
        }
    }

    fn page(&mut self, part: Sheet, is_first: bool) -> String {
        let rendered = table::document(&Document::table(part), self.printer.destination.layout());
        for name in rendered.hidden {
            if !self.hidden.contains(&name) {
                self.hidden.push(name);
            }
        }
        if is_first { rendered.text } else { format!("\n{}", rendered.text) }
    }

    fn write(&mut self, text: &str) {
        let written = match &mut self.file {
            Some(file) => file.write_all(text.as_bytes()),
            None => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
            }
        };
        self.ended = match written {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Some(None),
            Err(error) => Some(Some(match self.printer.destination.file.as_deref() {
                Some(path) => Failure::file("write", path, &error),
                None => Failure::failed(&format!("cannot write the result: {error}")),
            })),
        };
    }

    fn export(&mut self, part: &Sheet) {
        let path = self.printer.destination.file.as_deref();
        let path = path.expect("Parquet has a file: checked in Destination::resolve");
        let export = match self.parquet.take() {
            Some(export) => Ok(export),
            None => Export::create(path, &part.columns),
        };
        let written = export.and_then(|mut export| export.write(part).map(|()| export));
        match written {
            Ok(export) => self.parquet = Some(export),
            Err(error) => self.ended = Some(Some(error.into())),
        }
    }
}

impl RowSink for RowStream<'_> {
    fn columns(&mut self, columns: &[SheetColumn]) {
        self.part = Sheet { columns: columns.to_vec(), rows: Vec::new() };
    }

    fn row(&mut self, row: Vec<Cell>) -> ControlFlow<()> {
        self.part.push(row);
        if self.part.rows.len() == PART {
            self.flush();
        }
        if self.ended.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
