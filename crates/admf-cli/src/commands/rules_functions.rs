//! `admf rules functions` lists what a rule can name.

use crate::args::rules::RulesFunctionsArguments;
use crate::failure::{Failure, Outcome};
use crate::printer::{Document, Facts};
use crate::session::Session;
use admf_workflow::rules_functions::{RulesFunctionsReport, RulesFunctionsRequest};

pub(super) fn rules_functions(
    arguments: &RulesFunctionsArguments,
    session: &Session,
) -> Result<Outcome, Failure> {
    let request = RulesFunctionsRequest { name: arguments.name.clone() };
    let document = match admf_workflow::rules_functions::rules_functions(&request)? {
        RulesFunctionsReport::All(sheet) => Document::table(sheet),
        RulesFunctionsReport::One { name, family, signature, summary, doc } => {
            let facts: Facts =
                vec![("family", family.into()), ("written", signature.into()), ("summary", summary.into())];
            Document::facts("function", name, facts).with_text("doc", doc.trim().to_owned())
        }
    };
    session.print(&document)?;
    Ok(Outcome::Done)
}
