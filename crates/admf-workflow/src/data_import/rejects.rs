//! Rejected rows by reason: a thousand bad dates are one line, with how many they are and where the first one is.

use admf_model::{CellKind, Sheet};
use admf_store::market::{Receipt, RejectedRow};
use std::collections::HashMap;
use std::path::Path;

/// Reasons that are shown.
const SHOWN: usize = 20;

/// Rows of one file that were rejected for the same reason.
#[derive(Debug, PartialEq)]
struct Group {
    file: String,
    rows: usize,
    first_line: u64,
    /// The reason of the first row.
    reason: String,
}

/// The most frequent reasons in the order of their first rows, and how many reasons there are.
pub(super) fn by_reason(receipt: &Receipt) -> (Sheet, usize) {
    let all = receipt.reject_file.as_deref().and_then(read);
    // Without the file, the first rows of the receipt have to do.
    let rows = all.unwrap_or_else(|| {
        let rows = receipt.rejects.iter();
        rows.map(|reject| (reject.file.clone(), reject.line, reject.reason.to_string())).collect()
    });
    let mut groups = grouped(rows);
    let reasons = groups.len();
    if reasons > SHOWN {
        groups.sort_by_key(|group| std::cmp::Reverse(group.rows));
        groups.truncate(SHOWN);
    }
    let mut sheet = Sheet::new([
        ("rows", CellKind::Integer),
        ("file", CellKind::Text),
        ("first_line", CellKind::Integer),
        ("reason", CellKind::Text),
    ]);
    for Group { file, rows, first_line, reason } in groups {
        let line = usize::try_from(first_line).unwrap_or(usize::MAX);
        sheet.push(vec![rows.into(), file.into(), line.into(), reason.into()]);
    }
    (sheet, reasons)
}

/// File, line and reason of every rejected row; `None` when the list cannot be read.
fn read(path: &Path) -> Option<Vec<(String, u64, String)>> {
    let mut reader = csv::Reader::from_path(path).ok()?;
    let rows = reader.deserialize::<RejectedRow>();
    rows.map(|row| row.map(|row| (row.file, row.line, row.reason))).collect::<Result<_, _>>().ok()
}

/// In the order of the first row of each.
fn grouped(rows: Vec<(String, u64, String)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Only looked up, never iterated.
    let mut at: HashMap<(String, String), usize> = HashMap::new();
    for (file, line, reason) in rows {
        let index = *at.entry((file.clone(), kind(&reason))).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.rows += 1,
            None => groups.push(Group { file, rows: 1, first_line: line, reason }),
        }
    }
    groups
}

/// Reasons that differ only in their numbers are the same: every run of digits becomes one sign.
fn kind(reason: &str) -> String {
    let mut kind = String::with_capacity(reason.len());
    for c in reason.chars() {
        match c {
            '0'..='9' if kind.ends_with('#') => {}
            '0'..='9' => kind.push('#'),
            other => kind.push(other),
        }
    }
    kind
}

#[cfg(test)]
mod tests;
