//! `admf data ls` lists datasets.

use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::data_list::{DataListRequest, data_list};

pub(super) fn data_ls(session: &Session) -> Result<Outcome, Failure> {
    let report = data_list(&DataListRequest { workspace: session.workspace()? })?;
    for fault in &report.faults {
        session.messages().warn(fault);
    }
    let is_empty = report.datasets.rows.is_empty();
    session.print(&Document::table(report.datasets))?;
    if is_empty {
        session.messages().note("no datasets");
        session.next(&["data import FILE… --as NAME"]);
    }
    Ok(Outcome::Done)
}
