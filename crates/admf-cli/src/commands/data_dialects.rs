//! `admf data dialects` lists the ways of writing prices that are known.

use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;

pub(super) fn data_dialects(session: &Session) -> Result<Outcome, Failure> {
    session.print(&Document::table(admf_workflow::data_dialects::data_dialects()))?;
    Ok(Outcome::Done)
}
