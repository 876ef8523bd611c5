//! `admf demo` builds and sweeps the sample workspace.

use super::{init, run};
use crate::args::DemoArguments;
use crate::failure::{Failure, Outcome};
use crate::hint;
use crate::interrupt::Interrupt;
use crate::progress::Progress;
use crate::session::{Session, now};
use admf_workflow::demo::DemoRequest;

pub(super) fn demo(arguments: &DemoArguments, session: &Session) -> Result<Outcome, Failure> {
    let messages = session.messages();
    let request =
        DemoRequest { folder: arguments.into.clone(), threads: session.preferences().threads, clock: &now };
    messages.note(&format!("workspace {}", arguments.into.display()));
    let mut progress = Progress::new(messages, Interrupt::listen()?, session.preferences().progress);
    let mut imported =
        |receipt: &admf_workflow::data_import::DataImportReport| messages.note(&init::imported(receipt));
    let report = admf_workflow::demo::demo(&request, &mut imported, &mut progress);
    drop(progress);
    let report = report?;
    let luck = report.run.luck.clone();
    session.print(&run::document(report.run))?;
    luck.iter().for_each(|sentence| messages.note(sentence));
    let command = |words: &Vec<String>| {
        let words: Vec<String> = words.iter().map(|word| hint::quoted(word)).collect();
        hint::command(Some(&arguments.into), &words.join(" "))
    };
    messages.next(&report.next.each_ref().map(command));
    Ok(Outcome::Done)
}
