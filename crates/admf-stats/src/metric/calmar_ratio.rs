//! Calmar ratio: growth per year against the worst fall.
//!
//! # What it does
//! Annualised return divided by maximum drawdown.
//! # When it fails
//! It inherits the chance of a single worst event. Undefined without a drawdown.
//! # Parameters
//! `bars_per_year`.
//! # Reference
//! Rule 18; Young, Calmar Ratio: A Smoother Tool, Futures, October 1991.

use super::{annualized_return, max_drawdown};
use crate::{Basis, ReturnEvidence, ratio};

/// Dimensionless; `None` without a drawdown.
pub fn calmar_ratio(returns: &ReturnEvidence, basis: &Basis) -> Option<f64> {
    ratio(annualized_return(returns, basis)?, max_drawdown(returns))
}
