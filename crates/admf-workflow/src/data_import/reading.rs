//! What the user says about files, as typed, and what it means.

use crate::WorkflowError;
use admf_store::market::{ColumnChoice, DialectName, Reading};
use std::fmt::Display;
use std::str::FromStr;

/// How files are to be read, as typed; what is missing is found out from the files.
#[derive(Clone, Debug, Default)]
pub struct ReadingArguments {
    /// Name of the dialect.
    pub dialect: Option<String>,
    /// `ROLE=HEADER`, each of which may hold several with commas between them.
    pub columns: Vec<String>,
    /// What text is encoded in.
    pub encoding: Option<String>,
    /// How dates are written.
    pub date_format: Option<String>,
    /// The zone of clocks that name none.
    pub zone: Option<String>,
    /// `point` or `comma`.
    pub decimal: Option<String>,
    /// `open`, `close` or `period-start`.
    pub stamps: Option<String>,
    /// Length of a bar.
    pub interval: Option<String>,
}

impl ReadingArguments {
    pub(crate) fn parse(&self) -> Result<Reading, WorkflowError> {
        let columns = self.columns.iter().flat_map(|text| text.split(','));
        Ok(Reading {
            dialect: read::<DialectName>("--dialect", self.dialect.as_ref())?.map(|name| name.0),
            columns: columns
                .map(|text| read_one::<ColumnChoice>("--columns", text))
                .collect::<Result<_, _>>()?,
            encoding: read("--encoding", self.encoding.as_ref())?,
            dates: read("--date-format", self.date_format.as_ref())?,
            zone: read("--zone", self.zone.as_ref())?,
            decimal: read("--decimal", self.decimal.as_ref())?,
            stamps: read("--stamps", self.stamps.as_ref())?,
            interval: read("--bar", self.interval.as_ref())?,
        })
    }
}

fn read<T: FromStr<Err: Display>>(option: &str, text: Option<&String>) -> Result<Option<T>, WorkflowError> {
    text.map(|text| read_one(option, text)).transpose()
}

fn read_one<T: FromStr<Err: Display>>(option: &str, text: &str) -> Result<T, WorkflowError> {
    text.parse()
        .map_err(|error: T::Err| WorkflowError::Usage { message: format!("{option}: {error}"), help: None })
}
