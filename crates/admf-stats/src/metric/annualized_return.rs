//! Annualised return: compound growth per year.
//!
//! # What it does
//! Compound growth per year: (1 + total return) ^ (bars per year / n) - 1, and -1 after ruin.
//! # When it fails
//! Over less than a year it extrapolates: a good week becomes a fantastic year. Undefined without bars, or
//! where a short, steep rise grows beyond every number.
//! # Parameters
//! `bars_per_year`.
//! # Reference
//! Rule 18.

use crate::{Basis, ReturnEvidence, finite, ratio};

/// Fraction per year, at least -1; `None` without bars.
pub fn annualized_return(returns: &ReturnEvidence, basis: &Basis) -> Option<f64> {
    let growth = ratio(returns.final_equity, returns.capital)?;
    let per_year = ratio(basis.bars_per_year, returns.moments.count as f64)?;
    if growth <= 0.0 {
        return Some(-1.0);
    }
    finite(libm::pow(growth, per_year) - 1.0)
}
