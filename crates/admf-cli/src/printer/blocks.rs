//! Rows of sentences, too long for columns: a block each, the first cell above, the others below with their names.

use super::fill::fill;
use super::numbers;
use admf_model::Sheet;

/// Wider lines are hard to read.
const WIDEST: usize = 100;

/// The blocks, with lines that fit into a window where there is one.
pub(super) fn blocks(sheet: &Sheet, window: Option<usize>) -> String {
    let labels: Vec<String> = sheet.columns.iter().map(|column| column.name.replace('_', " ")).collect();
    let label = labels.iter().skip(1).map(String::len).max().unwrap_or(0);
    let room = window.unwrap_or(WIDEST).min(WIDEST).saturating_sub(label + 4).max(20);
    let indent = format!("\n{:1$}", "", label + 4);
    let mut blocks = Vec::new();
    for row in &sheet.rows {
        let cells = labels.iter().zip(row).map(|(name, cell)| numbers::fact(name, cell));
        let mut lines = Vec::new();
        for (name, text) in labels.iter().zip(cells) {
            lines.push(match lines.is_empty() {
                true => text,
                false => format!("  {name:label$}  {}", fill(&text, room).replace('\n', &indent)),
            });
        }
        blocks.push(lines.join("\n") + "\n");
    }
    blocks.join("\n")
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use admf_model::{CellKind, Sheet};

    #[test]
    fn sentences_stand_beside_their_names() {
        let mut sheet = Sheet::new(["rule", "finds", "seen_in"].map(|name| (name, CellKind::Text)));
        sheet.push(vec!["gap".into(), "bars that should be there".into(), "days".into()]);
        sheet.push(vec!["split".into(), "a jump".into(), "stocks".into()]);
        let text = "gap\n  finds    bars that should be\n           there\n  seen in  days\n\nsplit\n  finds    a jump\n  seen in  stocks\n";
        assert_eq!(blocks(&sheet, Some(32)), text);
    }
}
