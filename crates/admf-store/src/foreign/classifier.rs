//! A classifier of a foreign run, from its folder.

use super::Problem;
use super::json::{self, Decimal};
use super::series::{State, read_states};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A classifier as its source tells it. What is not said is `None` or empty.
#[derive(Clone, Debug)]
pub struct ForeignClassifier {
    /// Its id, or the name of its folder.
    pub id: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Name of the definition.
    pub classifier_type: Option<String>,
    /// What its labels describe.
    pub role: Option<String>,
    /// The symbol.
    pub symbol: Option<String>,
    /// Parameter values by name.
    pub parameters: serde_json::Map<String, serde_json::Value>,
    /// Bars evaluated.
    pub total_states: Option<f64>,
    /// Bars by label.
    pub regime_counts: BTreeMap<String, f64>,
    /// Mean length of a stay by label, in bars.
    pub durations: BTreeMap<String, f64>,
    /// Share of the bars under a label that are followed by another.
    pub transitions: BTreeMap<String, BTreeMap<String, f64>>,
    /// The labels, in order of time.
    pub states: Vec<State>,
}

type Numbers = BTreeMap<String, Decimal>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    classifier_id: Option<String>,
    classifier_type: Option<String>,
    role: Option<String>,
    symbol: Option<String>,
    parameters: Option<serde_json::Map<String, serde_json::Value>>,
    total_states: Decimal,
    regime_counts: Option<Numbers>,
    avg_regime_duration: Option<Numbers>,
    transition_matrix: Option<BTreeMap<String, Numbers>>,
}

/// `transitions.json` is the matrix, or holds it by name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Transitions {
    Named {
        transition_matrix: BTreeMap<String, Numbers>,
    },
    Matrix(BTreeMap<String, Numbers>),
    /// Another summary, which is not adopted.
    Other(serde::de::IgnoredAny),
}

/// Reads a classifier and its labels.
///
/// # Errors
/// With the first thing that is wrong with it.
pub fn classifier(folder: &Path) -> Result<ForeignClassifier, Problem> {
    let file: File = json::read(&folder.join("metadata.json"))?;
    let matrix = match file.transition_matrix {
        Some(matrix) => matrix,
        None => match json::read_if_there(&folder.join("transitions.json"))? {
            Some(Transitions::Named { transition_matrix } | Transitions::Matrix(transition_matrix)) => {
                transition_matrix
            }
            Some(Transitions::Other(_)) | None => BTreeMap::new(),
        },
    };
    let name = || folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(ForeignClassifier {
        id: file.classifier_id.unwrap_or_else(name),
        folder: folder.to_owned(),
        classifier_type: file.classifier_type,
        role: file.role,
        symbol: file.symbol,
        parameters: file.parameters.unwrap_or_default(),
        total_states: file.total_states.0,
        regime_counts: defined(file.regime_counts.unwrap_or_default()),
        durations: defined(file.avg_regime_duration.unwrap_or_default()),
        transitions: matrix.into_iter().map(|(label, row)| (label, defined(row))).collect(),
        states: read_states(&folder.join("states.parquet"))?,
    })
}

fn defined(numbers: Numbers) -> BTreeMap<String, f64> {
    numbers.into_iter().filter_map(|(name, number)| Some((name, number.0?))).collect()
}
