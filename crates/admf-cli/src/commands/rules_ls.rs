//! `admf rules ls` lists the library.

use crate::failure::{Failure, Outcome};
use crate::printer::Document;
use crate::session::Session;
use admf_workflow::rules_list::rules_list;

pub(super) fn rules_ls(session: &Session) -> Result<Outcome, Failure> {
    session.print(&Document::table(rules_list().rules))?;
    session.next(&["rules show ma_crossover", "rules functions"]);
    Ok(Outcome::Done)
}
