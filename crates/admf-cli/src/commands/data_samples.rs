//! `admf data samples` writes the sample prices as files.

use crate::args::data::DataSamplesArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::data_samples::{DataSamplesRequest, data_samples as samples};
use std::path::Path;

pub(super) fn data_samples(arguments: &DataSamplesArguments, session: &Session) -> Result<Outcome, Failure> {
    let here = arguments.folder == Path::new(".");
    let folder = if here { "".into() } else { arguments.folder.clone() };
    session.print(&Document::table(samples(&DataSamplesRequest { folder: folder.clone() })?))?;
    let import = format!("data import {} --as stocks", folder.join("stocks.csv.gz").display());
    session.next(&[&import]);
    Ok(Outcome::Done)
}
