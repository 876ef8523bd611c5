//! Sample prices that come with the program: what the demo and the examples import, and users as files.

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

/// A file of sample prices.
pub(crate) struct File {
    /// Its name where it comes from, which datasets keep.
    name: &'static str,
    /// Its name when it is given to the user.
    pub plain: &'static str,
    /// What is in it, in words.
    pub holds: &'static str,
    /// The symbol that it holds, where the file does not say it.
    symbol: Option<&'static str>,
    pub bytes: &'static [u8],
}

/// Daily bars of five shares, with adjusted prices.
pub(crate) const STOCKS: Sample = Sample {
    name: "stocks",
    files: &[File {
        name: "bokeh_stocks.csv.gz",
        plain: "stocks.csv.gz",
        holds: "AAPL, FB, GOOG, IBM and MSFT, days of 2000 to 2013",
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
            plain: "sp500.csv.gz",
            holds: "the index S&P 500, days of 1999 to 2018",
            symbol: Some("SP500"),
            bytes: include_bytes!("../../../fixtures/market/arch_sp500.csv.gz"),
        },
        File {
            name: "arch_nasdaq.csv.gz",
            plain: "nasdaq.csv.gz",
            holds: "the index NASDAQ Composite, days of 1999 to 2018",
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
        plain: "vix.csv.gz",
        holds: "closes of the index VIX, days of 1990 to 2018",
        symbol: None,
        bytes: include_bytes!("../../../fixtures/market/arch_vix.csv.gz"),
    }],
};

impl Sample {
    /// Its files.
    pub(crate) fn files(&self) -> &'static [File] {
        self.files
    }

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
