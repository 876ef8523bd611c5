//! Many bars on few pixels, without losing an extreme.

use std::ops::Range;

/// A series as points, at most four per column: the first, the smallest, the largest and the last value of each, in
/// order of time. A line through them covers the same pixels as a line through all values. `x` of a point is its index.
pub(super) fn points(values: &[f64], columns: usize) -> Vec<(usize, f64)> {
    if values.len() <= 2 * columns {
        return values.iter().copied().enumerate().collect();
    }
    let mut points = Vec::with_capacity(4 * columns);
    for range in (0..columns).map(|column| bars(values.len(), columns, column)) {
        let order = |a: &usize, b: &usize| values[*a].total_cmp(&values[*b]);
        let low = range.clone().min_by(order).unwrap_or(range.start);
        let high = range.clone().max_by(order).unwrap_or(range.start);
        let mut kept = [range.start, low, high, range.end - 1];
        kept.sort_unstable();
        for (at, bar) in kept.iter().enumerate() {
            if at == 0 || kept[at - 1] != *bar {
                points.push((*bar, values[*bar]));
            }
        }
    }
    points
}

/// The bars of a column, at least one when there are as many bars as columns.
pub(super) fn bars(count: usize, columns: usize, column: usize) -> Range<usize> {
    column * count / columns..((column + 1) * count / columns).max(column * count / columns + 1).min(count)
}

/// Stretches of bars with the same state: the state of a column of bars is what `state` says of its bars, and equal
/// neighbours are one stretch.
pub(super) fn stretches<S: PartialEq>(
    count: usize,
    columns: usize,
    state: impl Fn(Range<usize>) -> S,
) -> Vec<(Range<usize>, S)> {
    let columns = columns.min(count);
    let mut stretches: Vec<(Range<usize>, S)> = Vec::new();
    for range in (0..columns).map(|column| bars(count, columns, column)) {
        let now = state(range.clone());
        match stretches.last_mut() {
            Some((stretch, before)) if *before == now => stretch.end = range.end,
            _ => stretches.push((range, now)),
        }
    }
    stretches
}

/// What most of the items are, the first of equals; `None` for none.
pub(super) fn most<T: PartialEq + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for item in items {
        match counts.iter_mut().find(|(other, _)| *other == item) {
            Some((_, count)) => *count += 1,
            None => counts.push((item, 1)),
        }
    }
    let best = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == best).map(|(item, _)| item)
}

#[cfg(test)]
mod tests;
