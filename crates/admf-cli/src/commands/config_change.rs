//! `admf config set` and `admf config unset` change a file of settings.

use crate::failure::{Failure, Outcome};
use crate::preferences::variable;
use crate::session::Session;
use admf_workflow::config::{Target, config_change, user_file};

/// Sets a value, or takes it out.
pub(super) fn change(
    key: &str,
    value: Option<&str>,
    is_users: bool,
    session: &Session,
) -> Result<Outcome, Failure> {
    let target = if is_users {
        let file = user_file(&variable).ok_or_else(|| {
            Failure::usage("this system does not say where your settings are")
                .with_help("set HOME, or name a file in ADMF_CONFIG")
        })?;
        Target::User(file)
    } else {
        Target::Workspace(session.folder())
    };
    let (path, changed) = config_change(&target, key, value)?;
    let path = path.display();
    session.messages().note(&match (value, changed) {
        (Some(value), true) => format!("{key} = {value} in {path}"),
        (Some(value), false) => format!("{key} is {value} in {path} already"),
        (None, true) => format!("{key} is not set in {path} any more"),
        (None, false) => format!("{key} is not set in {path}"),
    });
    Ok(Outcome::Done)
}
