//! What the user says about files that do not tell it themselves.

use super::columns::ColumnChoice;
use super::date::{DateReading, DateRules};
use super::dialects::KnownDialect;
use super::number::Decimal;
use super::stamps::Stamps;
use super::text::TextEncoding;
use super::zone::Zone;
use admf_model::Interval;

/// How files are to be read; what is `None` or empty is found out from the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The dialect.
    pub dialect: Option<&'static KnownDialect>,
    /// Which columns are what.
    pub columns: Vec<ColumnChoice>,
    /// What text is encoded in.
    pub encoding: Option<TextEncoding>,
    /// How dates are written.
    pub dates: Option<DateReading>,
    /// The zone of clocks that name none; UTC without one.
    pub zone: Option<Zone>,
    /// The decimal sign.
    pub decimal: Option<Decimal>,
    /// What the time of a bar is in the file.
    pub stamps: Option<Stamps>,
    /// The length of a bar.
    pub interval: Option<Interval>,
}

impl Reading {
    pub(super) fn date_rules(&self) -> DateRules {
        DateRules { reading: self.dates.clone(), zone: self.zone.clone() }
    }
}
