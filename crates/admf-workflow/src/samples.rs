//! Sample prices that come with the program: what the demo and the examples import.

use crate::WorkflowError;
use crate::data_import::{DataImportReport, import_sources};
use admf_model::Timestamp;
use admf_store::Workspace;
use admf_store::market::Source;

/// A dataset of sample prices.
pub(crate) struct Sample {
    /// The dataset that it is imported as.
    pub name: &'static str,
    files: &'static [File],
}

struct File {
    name: &'static str,
    /// The symbol that it holds, where the file does not say it.
    symbol: Option<&'static str>,
    bytes: &'static [u8],
}

/// Daily bars of five shares, with adjusted prices.
pub(crate) const STOCKS: Sample = Sample {
    name: "stocks",
    files: &[File {
        name: "bokeh_stocks.csv.gz",
        symbol: None,
        bytes: include_bytes!("../../../fixtures/market/bokeh_stocks.csv.gz"),
    }],
};

/// Daily bars of two indices.
pub(crate) const INDICES: Sample = Sample {
    name: "indices",
    files: &[
        File {
            name: "arch_sp500.csv.gz",
            symbol: Some("SP500"),
            bytes: include_bytes!("../../../fixtures/market/arch_sp500.csv.gz"),
        },
        File {
            name: "arch_nasdaq.csv.gz",
            symbol: Some("NASDAQ"),
            bytes: include_bytes!("../../../fixtures/market/arch_nasdaq.csv.gz"),
        },
    ],
};

/// Daily closes of the VIX, which rules can read and nobody can trade.
pub(crate) const VIX: Sample = Sample {
    name: "vix",
    files: &[File {
        name: "arch_vix.csv.gz",
        symbol: None,
        bytes: include_bytes!("../../../fixtures/market/arch_vix.csv.gz"),
    }],
};

impl Sample {
    /// Imports it; a dataset that is there already stays as it is.
    pub(crate) fn import(
        &self,
        workspace: &Workspace,
        now: Timestamp,
    ) -> Result<DataImportReport, WorkflowError> {
        let source = |file: &File| {
            let source = Source::bytes(file.name, file.bytes);
            match file.symbol {
                Some(symbol) => source.with_symbol(symbol),
                None => source,
            }
        };
        import_sources(workspace, self.files.iter().map(source).collect(), self.name, None, now)
    }
}
