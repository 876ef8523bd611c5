//! Tables for people: aligned, rounded, ids shortened, made to fit the window.

use super::document::{Body, Document, Facts, Section};
use super::numbers;
use crate::palette::{self, paint};
use admf_model::{Cell, Sheet};
use column::Column;
use console::measure_text_width as width_of;
use fit::fit;
use wrap::wrap;

mod column;
mod fit;
mod wrap;

/// Between two columns.
const GAP: usize = 2;

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
    for section in document.sections.iter().filter(|section| !section.export_only) {
        if !rendered.text.is_empty() {
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
        Body::Table(sheet) => add_table(rendered, sheet, layout),
        Body::Text(text) => {
            rendered.text += text;
            if !text.ends_with('\n') {
                rendered.text.push('\n');
            }
        }
    }
}

fn facts_text(facts: &Facts, layout: Layout) -> String {
    let text = |(name, value): &(&'static str, Cell)| (name.replace('_', " "), numbers::fact(name, value));
    labelled(&facts.iter().map(text).collect::<Vec<_>>(), layout)
}

/// `label  value` lines; a long value goes on below itself.
fn labelled(values: &[(String, String)], layout: Layout) -> String {
    let widest = values.iter().map(|(label, _)| width_of(label)).max().unwrap_or(0);
    let room = layout.width.map_or(usize::MAX, |width| width.saturating_sub(widest + 2 * GAP).max(20));
    let indent = format!("\n{:1$}", "", widest + 2 * GAP);
    let mut text = String::new();
    for (label, value) in values {
        let label = paint(layout.colour, palette::DIM, &format!("{label:widest$}"));
        text += &format!("  {label}  {}\n", wrap(value.trim_end(), room).join(&indent));
    }
    text
}

fn add_table(rendered: &mut Rendered, sheet: &Sheet, layout: Layout) {
    let mut columns: Vec<Column> = (0..sheet.columns.len()).map(|at| Column::new(sheet, at)).collect();
    let hidden = layout.width.map(|width| fit(&mut columns, width)).unwrap_or_default();
    if !hidden.is_empty() && sheet.rows.len() == 1 {
        rendered.text += &row_text(sheet, layout);
        return;
    }
    // Without rows nothing is missed.
    for name in hidden.into_iter().filter(|_| !sheet.rows.is_empty()) {
        if !rendered.hidden.contains(&name) {
            rendered.hidden.push(name);
        }
    }
    let header = columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    for line in 0..header {
        // Names stand on the rule below them.
        let names = columns.iter().map(|column| {
            let at = (line + column.header.len()).checked_sub(header);
            at.and_then(|at| column.header.get(at)).map_or("", String::as_str)
        });
        let names: Vec<&str> = names.collect();
        rendered.text += &line_of(&columns, &names, |_, text| paint(layout.colour, palette::BOLD, text));
    }
    let rules: Vec<String> = columns.iter().map(|column| "─".repeat(column.width)).collect();
    let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
    rendered.text += &line_of(&columns, &rules, |_, text| paint(layout.colour, palette::DIM, text));
    for row in 0..sheet.rows.len() {
        let height = columns.iter().map(|column| column.cells[row].len()).max().unwrap_or(0);
        for line in 0..height {
            let cell = |column: &'_ Column| column.cells[row].get(line).cloned().unwrap_or_default();
            let cells: Vec<String> = columns.iter().map(cell).collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            rendered.text += &line_of(&columns, &cells, |column, text| column.painted(text, layout.colour));
        }
    }
}

/// A single row that is wider than the window: a line per column, with room for whole ids.
fn row_text(sheet: &Sheet, layout: Layout) -> String {
    let value = |at: usize| {
        let column = Column::new(sheet, at);
        let text = if column.is_id {
            numbers::column(&column.name, sheet.rows.iter().map(|row| &row[at])).concat()
        } else {
            column.cells.concat().concat()
        };
        (column.name, text)
    };
    labelled(&(0..sheet.columns.len()).map(value).collect::<Vec<_>>(), layout)
}

/// One line of a table, without blanks at its end.
fn line_of(columns: &[Column], texts: &[&str], painted: impl Fn(&Column, &str) -> String) -> String {
    let mut line = String::new();
    let mut blanks = 0;
    for (column, text) in columns.iter().zip(texts) {
        let space = column.width.saturating_sub(width_of(text));
        let (before, after) = if column.is_number { (space, 0) } else { (0, space) };
        if !text.is_empty() {
            line += &" ".repeat(blanks + before);
            line += &painted(column, text);
            blanks = after + GAP;
        } else {
            blanks += space + GAP;
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests;
