//! Results by regime as sources report them: by label and metric, or by classifier and label.

use super::adoption::AdoptedClassifier;
use admf_model::ClassifierId;
use admf_store::foreign::{ForeignStrategy, Problem, Reported};

/// What a strategy is reported to have done under a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Result {
    /// The name under which it is reported.
    pub(super) outer: String,
    pub(super) classifier_id: ClassifierId,
    pub(super) label: String,
    pub(super) sharpe_ratio: Option<f64>,
    pub(super) total_return: Option<f64>,
    pub(super) win_rate: Option<f64>,
    pub(super) trade_count: Option<f64>,
    pub(super) avg_duration: Option<f64>,
    pub(super) bars: Option<f64>,
}

/// All that can be attributed to a classifier of the run.
///
/// # Errors
/// When something that should be a number is none.
pub(super) fn results(
    source: &ForeignStrategy,
    classifiers: &[AdoptedClassifier],
    in_percent: bool,
) -> std::result::Result<Vec<Result>, Problem> {
    let mut results = Vec::new();
    for (outer, inner) in &source.regimes {
        let named = classifiers.iter().find(|c| c.source.id == *outer || c.classifier_type == *outer);
        if let Some(classifier) = named {
            for label in inner.0.keys() {
                let sharpe_ratio = inner.number(&source.file, label)?;
                results.push(Result { sharpe_ratio, ..empty(outer, classifier, label) });
            }
        } else if let Some(classifier) = with_label(classifiers, outer) {
            results.push(under(source, (outer, inner), classifier, in_percent)?);
        }
    }
    Ok(results)
}

/// The only classifier that gives a label; where there is one classifier and it does not tell its labels, that one.
fn with_label<'a>(classifiers: &'a [AdoptedClassifier], label: &str) -> Option<&'a AdoptedClassifier> {
    let gives = |classifier: &&AdoptedClassifier| {
        let source = &classifier.source;
        source.regime_counts.contains_key(label)
            || source.states.iter().any(|state| state.label.as_deref() == Some(label))
    };
    let mut giving = classifiers.iter().filter(gives);
    let first = giving.next()?;
    giving.next().is_none().then_some(first)
}

fn under(
    source: &ForeignStrategy,
    (label, numbers): (&str, &Reported),
    classifier: &AdoptedClassifier,
    in_percent: bool,
) -> std::result::Result<Result, Problem> {
    let first = |names: &[&str]| -> std::result::Result<Option<f64>, Problem> {
        for name in names {
            if let Some(number) = numbers.number(&source.file, name)? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    };
    let fraction = |value: Option<f64>| value.map(|v| if in_percent { v / 100.0 } else { v });
    Ok(Result {
        sharpe_ratio: first(&["net_sharpe", "sharpe_ratio"])?,
        total_return: fraction(first(&["net_return", "total_return"])?),
        win_rate: fraction(first(&["win_rate"])?),
        trade_count: first(&["trade_count", "total_trades", "num_trades"])?,
        avg_duration: first(&["avg_duration"])?,
        bars: first(&["bars"])?,
        ..empty(label, classifier, label)
    })
}

fn empty(outer: &str, classifier: &AdoptedClassifier, label: &str) -> Result {
    Result {
        outer: outer.to_owned(),
        classifier_id: classifier.classifier_id,
        label: label.to_owned(),
        sharpe_ratio: None,
        total_return: None,
        win_rate: None,
        trade_count: None,
        avg_duration: None,
        bars: None,
    }
}
