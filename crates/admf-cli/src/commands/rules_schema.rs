//! `admf rules schema` prints the JSON Schema of specs.

use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::reference::spec_schema;

pub(super) fn rules_schema(session: &Session) -> Result<Outcome, Failure> {
    session.print(&Document::text(spec_schema()))?;
    Ok(Outcome::Done)
}
