//! `admf man` prints manual pages.

use crate::args::Arguments;
use crate::args::shell::ManArguments;
use crate::failure::{Failure, Outcome};
use crate::progress::counted;
use crate::session::Session;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io;

pub(super) fn man(arguments: &ManArguments, session: &Session) -> Result<Outcome, Failure> {
    let pages = pages().map_err(|error| Failure::failed(&format!("cannot write a manual page: {error}")))?;
    let Some(folder) = &arguments.out else {
        session.print_verbatim(pages.first().map_or("", |page| page.1.as_str()))?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("create folder", folder, &error))?;
    for (name, text) in &pages {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
    }
    let pages = counted(pages.len(), "page", "pages");
    session.messages().note(&format!("wrote {pages} to {}", folder.display()));
    Ok(Outcome::Done)
}

/// Name and text of every page, that of the whole program first.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut command = Arguments::command().disable_help_flag(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, "admf", &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &Command, name: &str, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    pages.push((format!("{name}.1"), page(command, name)?));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        add_pages(sub, &format!("{name}-{}", sub.get_name()), pages)?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> io::Result<String> {
    let man = Man::new(command.clone()).title(name).source(concat!("admf ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    if let Some(after) = command.get_after_help() {
        notes(&after.to_string()).to_writer(&mut text)?;
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What stands below the options of a help text, in the lines that it has there: examples must not run together.
fn notes(after: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["NOTES"]);
    roff.control("nf", []);
    for line in after.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn every_visible_command_has_a_page_and_examples_keep_their_lines() {
        let pages = pages().unwrap();
        let page =
            |name: &str| &pages.iter().find(|page| page.0 == name).unwrap_or_else(|| panic!("{name}")).1;
        assert_eq!(pages[0].0, "admf.1");
        for name in ["admf-run.1", "admf-runs-show.1", "admf-analytics-scan.1", "admf-config-set.1"] {
            assert!(page(name).contains("Examples:"), "{name}");
        }
        assert!(!pages.iter().any(|page| page.0.contains("reference")));
        let run = page("admf-run.1");
        let (before, after) = run.split_once(".nf\n").unwrap();
        assert!(before.contains("\n.SH OPTIONS") && after.trim_end().ends_with(".fi"), "{run}");
    }
}
