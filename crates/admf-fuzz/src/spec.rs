//! Specs: checked by themselves, and against the data where their grids are small.

use crate::{assert_sound, prices, workspace_in};
use admf_store::Workspace;
use admf_workflow::rules_check::{SpecRequest, check_spec};
use admf_workflow::spec::{Source, Spec};
use std::fmt::Write;
use std::path::Path;

/// Most combinations that are put in place one by one: what is looked for is in the reading.
const MOST_COMBINATIONS: u128 = 500;
/// The dataset that specs of the corpus name.
const DATASET: &str = "sp500";

pub(crate) fn spec(folder: &Path, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // Included files would be others on each machine.
    if text.contains("include") {
        return;
    }
    let workspace = with_prices(folder);
    let small = match Spec::parse(&Source::new("spec.yaml", text)) {
        Ok(spec) => {
            let grids = spec.strategies.iter().map(|entry| entry.grid.steps());
            grids.fold(0, u128::saturating_add) <= MOST_COMBINATIONS
        }
        Err(error) => {
            assert_sound(&error);
            false
        }
    };
    let request = SpecRequest {
        workspace: small.then_some(workspace),
        name: "spec.yaml".to_owned(),
        text: text.to_owned(),
    };
    if let Err(error) = check_spec(&request) {
        assert_sound(&error);
    }
}

/// A workspace with a dataset of sixty bars of one symbol.
fn with_prices(folder: &Path) -> Workspace {
    let workspace = workspace_in(folder);
    if !workspace.market().join(DATASET).exists() {
        let mut text = "date,open,high,low,close,volume\n".to_owned();
        for day in 0..60 {
            let (month, day, close) = (1 + day / 28, 1 + day % 28, 100 + (day * 7) % 13);
            writeln!(text, "2020-{month:02}-{day:02},{close},{},{},{close},1000", close + 1, close - 1)
                .expect("text grows");
        }
        let file = folder.join("prices.csv");
        std::fs::write(&file, text).expect("the folder can be written");
        prices::import(&workspace, &format!("SP500={}", file.display()), DATASET)
            .expect("the prices are sound");
    }
    workspace
}
