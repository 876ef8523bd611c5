//! `admf config show` says what the settings are and where each value comes from.

use crate::args::config::ConfigShowArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_model::{CellKind, Sheet};

pub(super) fn config_show(arguments: &ConfigShowArguments, session: &Session) -> Result<Outcome, Failure> {
    let configuration = &session.preferences().configuration;
    let columns: &[&str] =
        if arguments.origins { &["key", "value", "origin"] } else { &["key", "value", "meaning"] };
    let all = configuration.sheet();
    let at: Vec<usize> =
        columns.iter().filter_map(|name| all.columns.iter().position(|c| c.name == *name)).collect();
    let mut sheet = Sheet::new(columns.iter().map(|name| (*name, CellKind::Text)));
    let workspace = session.find_workspace().ok().map(|workspace| workspace.root().display().to_string());
    let origin = match (session.names_workspace(), &workspace) {
        (Some(name), _) => name,
        (None, Some(_)) => "found from the folder you stand in",
        (None, None) => "there is none here",
    };
    let about = if arguments.origins { origin } else { "where datasets and runs are" };
    sheet.push(vec!["workspace".into(), workspace.into(), about.into()]);
    for row in &all.rows {
        sheet.push(at.iter().map(|column| row[*column].clone()).collect());
    }
    session.print(&Document::table(sheet))?;
    if arguments.origins {
        for (path, is_there) in &configuration.files {
            let state = if *is_there { "was read" } else { "is not there" };
            session.messages().note(&format!("{} {state}", path.display()));
        }
    }
    Ok(Outcome::Done)
}
