//! `admf data dialects` lists the ways of writing prices that are known, or tells about one.

use crate::args::Format;
use crate::args::data::DataDialectsArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::data_dialects::{DataDialectsRequest, data_dialects as dialects};

/// Columns of the list; the others are told of one dialect.
const LISTED: usize = 2;

pub(super) fn data_dialects(
    arguments: &DataDialectsArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let mut sheet = dialects(&DataDialectsRequest { name: arguments.name.clone() })?;
    if session.format() != Format::Table {
        session.print(&Document::table(sheet))?;
        return Ok(Outcome::Done);
    }
    if arguments.name.is_some() {
        session.print(&Document::blocks(&sheet, session.width()))?;
        return Ok(Outcome::Done);
    }
    sheet.columns.truncate(LISTED);
    sheet.rows.iter_mut().for_each(|row| row.truncate(LISTED));
    session.print(&Document::table(sheet))?;
    session
        .messages()
        .note(&format!("columns, times and traps of one: `{}`", session.command("data dialects NAME")));
    Ok(Outcome::Done)
}
