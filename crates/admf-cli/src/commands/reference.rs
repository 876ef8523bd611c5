//! `admf reference` prints the texts that `cargo xtask codegen` writes.

mod cli;

use crate::args::{ReferenceArguments, ReferenceText};
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::reference;

pub(super) fn reference(arguments: &ReferenceArguments, session: &Session) -> Result<Outcome, Failure> {
    let text = match arguments.what {
        ReferenceText::Schema => reference::schema(),
        ReferenceText::Tables => reference::tables(),
        ReferenceText::Metrics => reference::metrics(),
        ReferenceText::Functions => reference::rule_functions(),
        ReferenceText::Library => reference::rule_library(),
        ReferenceText::Settings => reference::settings(),
        ReferenceText::Data => reference::market_data(),
        ReferenceText::Cli => cli::page(),
        ReferenceText::Spec => reference::spec_schema(),
    };
    session.print(&Document::text(text))?;
    Ok(Outcome::Done)
}
