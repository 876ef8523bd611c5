//! `admf sql` asks the tables in SQL.

use super::run::read_text;
use crate::args::SqlArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::sql::SqlRequest;
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn sql(arguments: &SqlArguments, session: &Session) -> Result<Outcome, Failure> {
    let statement = match (&arguments.statement, &arguments.file) {
        (_, Some(file)) => read_text(file)?.1,
        (Some(statement), None) if statement == "-" => read_text(Path::new("-"))?.1,
        (Some(statement), None) => statement.clone(),
        (None, None) if std::io::stdin().is_terminal() => {
            return Err(Failure::usage("there is no statement")
                .with_help("write one in quotes, name a file with -f, or send one: admf sql < FILE"));
        }
        (None, None) => read_text(Path::new("-"))?.1,
    };
    let report = admf_workflow::sql::sql(&SqlRequest { workspace: session.workspace()?, statement })?;
    for note in &report.notes {
        session.messages().warn(note);
    }
    session.print(&Document::table(report.rows))?;
    Ok(Outcome::Done)
}
