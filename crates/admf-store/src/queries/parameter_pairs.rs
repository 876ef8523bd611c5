//! `parameter_pairs.sql`: how the values of two parameters went together with a metric.

use super::number;
use crate::database::{Database, DatabaseError};
use admf_model::{Metric, RunId};

/// Values of the first and the second parameter, both ascending, and the mean of the metric over the strategies that
/// have them; `None` where the metric is undefined for all of them.
pub fn parameter_pairs(
    db: &mut dyn Database,
    run: RunId,
    strategy_type: &str,
    [first, second]: [&str; 2],
    metric: &Metric,
) -> Result<Vec<(f64, f64, Option<f64>)>, DatabaseError> {
    let sql = include_str!("parameter_pairs.sql").replace("{metric}", metric.name);
    let arguments = [run.to_string().into(), strategy_type.into(), first.into(), second.into()];
    let sheet = db.rows(&sql, &arguments)?;
    let pair = |row: &Vec<_>| Some((number(row.first()?)?, number(row.get(1)?)?, number(row.get(2)?)));
    Ok(sheet.rows.iter().filter_map(pair).collect())
}
