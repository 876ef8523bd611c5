//! What is known of a run before anything is evaluated.

use super::ENGINE_VERSION;
use super::prepared::Prepared;
use super::rows::count;
use crate::WorkflowError;
use admf_model::{ContentHash, Costs, Dataset, Fill, Slippage};
use admf_store::record::Date;
use admf_store::run::{AuxiliaryDataset, RunFacts};

/// The facts of a plan that is about to be run.
pub(super) fn facts(prepared: &Prepared, spec_text: &str) -> RunFacts {
    let Prepared { plan, symbols, total, .. } = prepared;
    let (from, to) = symbols.period().expect("a plan has at least one symbol");
    let auxiliary = |d: &Dataset| AuxiliaryDataset { dataset: d.name.clone(), dataset_hash: d.content_hash };
    RunFacts {
        name: plan.name.clone(),
        workflow_type: if *total == 1 { "backtest" } else { "grid_search" }.to_owned(),
        family: plan.dataset.family.clone(),
        dataset: plan.dataset.name.clone(),
        dataset_hash: plan.dataset.content_hash,
        auxiliary: plan.auxiliary.iter().map(auxiliary).collect(),
        symbols: plan.symbols.clone(),
        bar_interval: plan.dataset.interval.to_string(),
        bars_per_year: plan.bars_per_year,
        start_date: Date::from(from),
        end_date: Date::from(to),
        total_bars: count(symbols.bars()),
        config_hash: ContentHash::of(&[spec_text.as_bytes()]),
        engine_version: ENGINE_VERSION.to_owned(),
        commission_model: commission_model(plan.execution.costs),
        slippage_model: match plan.execution.costs.slippage {
            Slippage::Linear(rate) => format!("linear {rate}"),
            Slippage::Sqrt(rate) => format!("sqrt {rate}"),
        },
        parent_run_id: None,
    }
}

fn commission_model(costs: Costs) -> String {
    let Costs { commission, commission_per_fill, commission_per_unit, .. } = costs;
    let mut parts = vec![format!("{commission} of value")];
    if commission_per_fill > 0.0 {
        parts.push(format!("{commission_per_fill} per fill"));
    }
    if commission_per_unit > 0.0 {
        parts.push(format!("{commission_per_unit} per unit"));
    }
    parts.join(" + ")
}

/// Refuses to go on with a run whose facts are not what they were when it began.
pub(super) fn check_unchanged(begun: &RunFacts, now: &RunFacts) -> Result<(), WorkflowError> {
    let refuse = |what: String| WorkflowError::Data {
        message: format!("{what}: the two halves would not be one run"),
        help: Some("run its spec again".to_owned()),
    };
    if begun.engine_version != now.engine_version {
        return Err(refuse(format!(
            "the run was begun by ADMF {} and this is ADMF {}",
            begun.engine_version, now.engine_version
        )));
    }
    // Where the spec has no name, the run is called after the file it came from.
    let now = RunFacts { name: begun.name.clone(), ..now.clone() };
    if *begun == now {
        return Ok(());
    }
    let object = |facts: &RunFacts| match serde_json::to_value(facts) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (object(begun), object(&now));
    let changed = before.iter().find(|(key, value)| after.get(*key) != Some(value));
    Err(refuse(match changed {
        Some((key, value)) => {
            let after = after.get(key).cloned().unwrap_or_default();
            format!("`{key}` was {value} when the run began and is {after}")
        }
        None => "what the run is about has changed since it began".to_owned(),
    }))
}

/// When decisions are filled, in words.
pub(super) fn fill(fill: Fill) -> &'static str {
    match fill {
        Fill::NextOpen => "at the next open",
        Fill::SameClose => "at the same close",
    }
}

#[cfg(test)]
mod tests;
