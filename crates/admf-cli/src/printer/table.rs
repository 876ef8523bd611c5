//! Tables for people: aligned, rounded, ids shortened, made to fit the window.

use super::document::{Body, Document, Facts, Section};
use super::{json, numbers};
use crate::palette::{self, paint};
use admf_model::{CellKind, Sheet};
use console::{measure_text_width as width_of, truncate_str};
use serde_json::Value;

/// Between two columns.
const GAP: usize = 2;
/// A text column is not cut shorter than this to make room.
const NARROWEST: usize = 16;
/// Digits of an id that are shown; commands take any unambiguous beginning.
const ID_DIGITS: usize = 8;

/// How wide a table may be and whether it has colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Columns of the window; `None` for no limit.
    pub width: Option<usize>,
    /// Draw with colour.
    pub colour: bool,
}

/// A text and what did not fit into it.
pub(super) struct Rendered {
    /// The text.
    pub text: String,
    /// Names of columns that are not shown.
    pub hidden: Vec<String>,
}

/// All sections, one after the other.
pub(super) fn document(document: &Document, layout: Layout) -> Rendered {
    let mut rendered = Rendered { text: String::new(), hidden: Vec::new() };
    for (index, section) in document.sections.iter().enumerate() {
        if index > 0 {
            rendered.text.push('\n');
        }
        add_section(&mut rendered, section, layout);
    }
    rendered
}

fn add_section(rendered: &mut Rendered, section: &Section, layout: Layout) {
    if let Some(title) = &section.title {
        rendered.text += &paint(layout.colour, palette::BOLD, title);
        rendered.text.push('\n');
    }
    match &section.body {
        Body::Facts(facts) => rendered.text += &facts_text(facts, layout),
        Body::Text(text) => {
            rendered.text += text;
            if !text.ends_with('\n') {
                rendered.text.push('\n');
            }
        }
        Body::Table(sheet) => {
            let mut columns: Vec<Column> =
                (0..sheet.columns.len()).map(|at| Column::new(sheet, at)).collect();
            let hidden = layout.width.map(|width| fit(&mut columns, width)).unwrap_or_default();
            for name in hidden {
                if !rendered.hidden.contains(&name) {
                    rendered.hidden.push(name);
                }
            }
            rendered.text += &table_text(&columns, layout.colour);
        }
    }
}

/// `name  value` lines; a value of several lines keeps its column.
fn facts_text(facts: &Facts, layout: Layout) -> String {
    let labels: Vec<String> = facts.iter().map(|(name, _)| name.replace('_', " ")).collect();
    let widest = labels.iter().map(|label| width_of(label)).max().unwrap_or(0);
    let mut text = String::new();
    for (label, (name, value)) in labels.iter().zip(facts) {
        let value = numbers::column(name, std::iter::once(value)).concat();
        let label = paint(layout.colour, palette::DIM, &format!("{label:widest$}"));
        let indent = format!("\n{:1$}", "", widest + 4);
        text += &format!("  {label}  {}\n", value.trim_end().replace('\n', &indent));
    }
    text
}

struct Column {
    name: String,
    /// The name in as many lines as the header has for it.
    header: Vec<String>,
    cells: Vec<String>,
    is_number: bool,
    is_status: bool,
    width: usize,
}

impl Column {
    fn new(sheet: &Sheet, at: usize) -> Self {
        let column = &sheet.columns[at];
        let mut cells = numbers::column(&column.name, sheet.rows.iter().map(|row| &row[at]));
        let is_id = column.name.ends_with("_id");
        for (text, row) in cells.iter_mut().zip(&sheet.rows) {
            if is_id && is_full_id(text) {
                text.truncate(ID_DIGITS);
            }
            if let Some(object) = json::parse_object(&row[at]) {
                *text = object
                    .iter()
                    .map(|(name, value)| format!("{name}={}", bare(value)))
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            if text.contains(['\n', '\t', '\r']) {
                *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
        let mut new = Self {
            header: vec![column.name.clone()],
            name: column.name.clone(),
            cells,
            is_number: matches!(column.kind, CellKind::Integer | CellKind::Number),
            is_status: column.name == "status" || column.name == "state",
            width: 0,
        };
        new.measure();
        new
    }

    fn measure(&mut self) {
        self.width = self.header.iter().map(|line| width_of(line)).max().unwrap_or(0).max(self.widest_cell());
    }

    fn widest_cell(&self) -> usize {
        self.cells.iter().map(|cell| width_of(cell)).max().unwrap_or(0)
    }

    /// Breaks the name at underscores where the cells are narrower than it.
    fn fold_header(&mut self) {
        let room = self.widest_cell().max(6);
        let mut lines: Vec<String> = Vec::new();
        for part in self.name.split_inclusive('_') {
            match lines.last_mut() {
                Some(line) if line.len() + part.len() <= room => line.push_str(part),
                _ => lines.push(part.to_owned()),
            }
        }
        self.header = lines;
        self.measure();
    }

    fn shorten(&mut self, width: usize) {
        for cell in &mut self.cells {
            *cell = truncate_str(cell, width, "…").into_owned();
        }
        self.measure();
    }

    fn aligned(&self, text: &str) -> String {
        let space = " ".repeat(self.width.saturating_sub(width_of(text)));
        if self.is_number { space + text } else { text.to_owned() + &space }
    }
}

fn is_full_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A JSON value without the quotes of a text.
fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn total_width(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Makes columns fit: folds headers, then shortens the widest texts, then leaves out the last columns, whose names are
/// returned.
fn fit(columns: &mut Vec<Column>, width: usize) -> Vec<String> {
    if total_width(columns) > width {
        columns.iter_mut().for_each(Column::fold_header);
    }
    while total_width(columns) > width {
        let excess = total_width(columns) - width;
        let texts = columns.iter_mut().filter(|column| !column.is_number && column.widest_cell() > NARROWEST);
        let Some(widest) = texts.max_by_key(|column| column.widest_cell()) else { break };
        let now = widest.widest_cell();
        let header = widest.header.iter().map(|line| width_of(line)).max().unwrap_or(0);
        let target = now.saturating_sub(excess).max(NARROWEST).max(header);
        if target >= now {
            break;
        }
        widest.shorten(target);
    }
    let mut hidden = Vec::new();
    while total_width(columns) > width && columns.len() > 1 {
        hidden.extend(columns.pop().map(|column| column.name));
    }
    hidden.reverse();
    hidden
}

fn table_text(columns: &[Column], colour: bool) -> String {
    let mut text = String::new();
    let mut add = |cells: Vec<String>| {
        text += cells.join(&" ".repeat(GAP)).trim_end();
        text.push('\n');
    };
    let lines = columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    for line in 0..lines {
        // Names stand on the rule below them.
        let header = columns.iter().map(|column| {
            let at = (line + column.header.len()).checked_sub(lines);
            let name = at.and_then(|at| column.header.get(at)).map_or("", String::as_str);
            paint(colour, palette::BOLD, &column.aligned(name))
        });
        add(header.collect());
    }
    add(columns.iter().map(|column| paint(colour, palette::DIM, &"─".repeat(column.width))).collect());
    let rows = columns.first().map_or(0, |column| column.cells.len());
    for row in 0..rows {
        add(columns.iter().map(|column| cell_text(column, row, colour)).collect());
    }
    text
}

fn cell_text(column: &Column, row: usize, colour: bool) -> String {
    let text = &column.cells[row];
    let aligned = column.aligned(text);
    let style = match text.as_str() {
        "-" => palette::DIM,
        "ok" | "complete" if column.is_status => palette::GOOD,
        "warn" | "incomplete" | "running" if column.is_status => palette::WARNING,
        "fail" if column.is_status => palette::BAD,
        _ => return aligned,
    };
    paint(colour, style, &aligned)
}

#[cfg(test)]
mod tests;
