//! Makes columns fit a window, losing as little as possible.

use super::GAP;
use super::column::Column;

/// Folds headers, leaves out the id of a run that is the same everywhere, narrows the widest texts, then leaves out the
/// last columns. Returns the names of what is left out.
pub(super) fn fit(columns: &mut Vec<Column>, width: usize) -> Vec<String> {
    let mut hidden = Vec::new();
    if total(columns) > width {
        columns.iter_mut().for_each(Column::fold_header);
    }
    if total(columns) > width {
        columns.retain(|column| {
            let redundant = column.name == "run_id" && column.is_constant();
            if redundant {
                hidden.push(column.name.clone());
            }
            !redundant
        });
    }
    while total(columns) > width && narrow_widest(columns, width) {}
    let mut last = Vec::new();
    while total(columns) > width && columns.len() > 1 {
        last.extend(columns.pop().map(|column| column.name));
    }
    hidden.extend(last.into_iter().rev());
    hidden
}

/// Takes from the widest text what is too much, at most down to the next widest; false when nothing can be taken.
fn narrow_widest(columns: &mut [Column], width: usize) -> bool {
    let excess = total(columns) - width;
    let mut texts: Vec<&mut Column> = columns
        .iter_mut()
        .filter(|column| !column.is_number && column.widest_cell() > column.floor())
        .collect();
    texts.sort_by_key(|column| std::cmp::Reverse(column.widest_cell()));
    let next = texts.get(1).map_or(0, |column| column.widest_cell());
    let Some(widest) = texts.into_iter().next() else { return false };
    let now = widest.widest_cell();
    let level = if next < now { next } else { now - 1 };
    let target = now.saturating_sub(excess).max(level).max(widest.floor());
    widest.narrow(target);
    true
}

fn total(columns: &[Column]) -> usize {
    columns.iter().map(|column| column.width + GAP).sum::<usize>().saturating_sub(GAP)
}
