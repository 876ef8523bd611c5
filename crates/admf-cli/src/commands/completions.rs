//! `admf completions` prints what makes a shell complete.

use crate::args::shell::{CompletionsArguments, Shell};
use crate::complete::VARIABLE;
use crate::failure::{Failure, Outcome};
use crate::hint;
use crate::session::Session;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

pub(super) fn completions(arguments: &CompletionsArguments, session: &Session) -> Result<Outcome, Failure> {
    let shell: &dyn EnvCompleter = match arguments.shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "admf", "admf", &hint::called(), &mut script)
        .map_err(|error| Failure::failed(&format!("cannot write the text: {error}")))?;
    session.print_verbatim(String::from_utf8_lossy(&script).trim_start())?;
    Ok(Outcome::Done)
}
