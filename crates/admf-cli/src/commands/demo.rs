//! `admf demo` builds and sweeps the sample workspace.

use super::run;
use crate::args::DemoArguments;
use crate::failure::{Failure, Outcome};
use crate::hint;
use crate::interrupt::Interrupt;
use crate::progress::{Progress, counted};
use crate::session::{Session, now};
use admf_workflow::demo::DemoRequest;
use admf_workflow::words::grouped;

pub(super) fn demo(arguments: &DemoArguments, session: &Session) -> Result<Outcome, Failure> {
    let messages = session.messages();
    let request =
        DemoRequest { folder: arguments.into.clone(), threads: session.preferences().threads, clock: &now };
    messages.note(&format!("workspace {}", arguments.into.display()));
    let mut progress = Progress::new(messages, Interrupt::listen()?, session.preferences().progress);
    let mut imported = |receipt: &admf_workflow::data_import::DataImportReport| {
        let symbols = counted(receipt.symbols.rows.len(), "symbol", "symbols");
        messages.note(&format!(
            "dataset {}: {symbols}, {} bars, {}",
            receipt.name,
            grouped(receipt.bars as u64),
            receipt.outcome
        ));
    };
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
