//! How many independent strategies a set of correlated ones amounts to.

use crate::ratio;

/// (Σλ)² / Σλ² over the eigenvalues λ of the correlation matrix of `count` series. The sum of the eigenvalues is the
/// number of series, and the sum of their squares is that of all correlations, each pair counted twice and each series
/// with itself once (`sum_squares`), so that no eigenvalue need be computed. From 1, where all are the same but for
/// sign and scale, to `count`, where none is correlated. Bretherton, Widmann, Dymnikov, Wallace and Bladé, The Effective
/// Number of Spatial Degrees of Freedom of a Time-Varying Field, Journal of Climate 12(7), 1999, equation 5.
///
/// `None` without series.
pub fn effective_number(count: u64, sum_squares: f64) -> Option<f64> {
    let count = count as f64;
    ratio(count * count, sum_squares)
}

#[cfg(test)]
mod tests {
    use super::effective_number;

    #[test]
    fn independent_series_count_in_full_and_equal_ones_once() {
        assert_eq!(effective_number(5, 5.0), Some(5.0));
        assert_eq!(effective_number(5, 25.0), Some(1.0));
        assert_eq!(effective_number(0, 0.0), None);
    }

    /// numpy 2: `l = np.linalg.eigvalsh([[1,.5,.2],[.5,1,-.3],[.2,-.3,1]]); l.sum()**2 / (l**2).sum()`.
    #[test]
    fn squares_of_correlations_stand_for_squares_of_eigenvalues() {
        let squares = 3.0 + 2.0 * (0.5_f64 * 0.5 + 0.2 * 0.2 + 0.3 * 0.3);
        let found = effective_number(3, squares).unwrap();
        assert!((found - 2.393_617_021_276_595).abs() < 1e-12, "{found}");
    }
}
