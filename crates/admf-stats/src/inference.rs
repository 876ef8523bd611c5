//! How much of a Sharpe ratio may be luck.

pub mod average_linkage;
pub mod deflated_sharpe;
pub mod effective_number;
pub mod expected_maximum;
pub mod normal;
pub mod probabilistic_sharpe;

pub use average_linkage::{Merge, average_linkage};
pub use deflated_sharpe::{TrialStatistics, deflated_sharpe};
pub use effective_number::effective_number;
pub use expected_maximum::expected_maximum_sharpe;
pub use normal::{normal_cdf, normal_quantile};
pub use probabilistic_sharpe::probabilistic_sharpe;
