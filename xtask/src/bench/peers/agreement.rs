//! Whether two programs computed the same: asked before their times are compared.

use anyhow::{Result, bail};

/// How far values may be apart: in parts of the larger of one and the value.
pub(super) const TOLERANCE: f64 = 1e-9;

/// How two sets of columns agree.
#[derive(Debug, PartialEq)]
pub(super) struct Agreement {
    /// Rows in which every column agrees.
    pub(super) agreeing: usize,
    /// All rows.
    pub(super) rows: usize,
    /// The first rows that do not, by their index.
    pub(super) differing: Vec<usize>,
    /// The largest difference in rows that agree.
    pub(super) largest: f64,
    /// The largest difference of all.
    pub(super) farthest: f64,
}

/// Compares columns of the same names, from row `from` on. Undefined agrees with undefined.
pub(super) fn compare(
    ours: &[(String, Vec<f64>)],
    theirs: &[(String, Vec<f64>)],
    from: usize,
) -> Result<Agreement> {
    let rows = ours.first().map_or(0, |(_, column)| column.len());
    let mut distances = vec![0.0_f64; rows];
    for (name, column) in ours {
        let Some((_, other)) = theirs.iter().find(|(other, _)| other == name) else {
            bail!("the peer has no column `{name}`");
        };
        if other.len() != column.len() {
            bail!("`{name}` has {} rows, the peer's {}", column.len(), other.len());
        }
        for (distance, (a, b)) in distances.iter_mut().zip(column.iter().zip(other)) {
            *distance = distance.max(apart(*a, *b));
        }
    }
    let differs = |row: &usize| distances[*row] > TOLERANCE;
    let differing: Vec<usize> = (from.min(rows)..rows).filter(differs).collect();
    let largest = distances[from.min(rows)..].iter().copied().filter(|d| *d <= TOLERANCE).fold(0.0, f64::max);
    let farthest = distances[from.min(rows)..].iter().copied().fold(0.0, f64::max);
    let rows = rows - from.min(rows);
    Ok(Agreement { agreeing: rows - differing.len(), rows, differing, largest, farthest })
}

fn apart(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        return if a.is_nan() && b.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if a == b { 0.0 } else { (a - b).abs() / b.abs().max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::{Agreement, compare};

    fn columns(values: &[f64]) -> Vec<(String, Vec<f64>)> {
        vec![("x".to_owned(), values.to_vec())]
    }

    #[test]
    fn rows_agree_within_the_tolerance_and_where_both_are_undefined() {
        let ours = columns(&[9.0, f64::NAN, 1e6, 0.5, f64::NAN]);
        let theirs = columns(&[1.0, f64::NAN, 1e6 + 1e-4, 0.5 + 1e-6, 1.0]);
        let found = compare(&ours, &theirs, 1).unwrap();
        assert_eq!((found.agreeing, found.rows), (2, 4));
        assert_eq!(found.differing, [3, 4]);
        assert_eq!(found.farthest, f64::INFINITY);
        assert!(found.largest > 0.9e-10 && found.largest < 1.1e-10, "{}", found.largest);
    }

    #[test]
    fn columns_must_be_of_the_same_names_and_lengths() {
        assert!(compare(&columns(&[1.0]), &[], 0).is_err());
        assert!(compare(&columns(&[1.0]), &columns(&[1.0, 2.0]), 0).is_err());
        let nothing = Agreement { agreeing: 0, rows: 0, differing: vec![], largest: 0.0, farthest: 0.0 };
        assert_eq!(compare(&[], &[], 5).unwrap(), nothing);
    }
}
