//! The page of all commands, made from what the parser of arguments knows.

use crate::args::Arguments;
use clap::{Arg, Command, CommandFactory};
use std::fmt::Write;

/// The page, in Markdown.
pub(super) fn page() -> String {
    let mut command = Arguments::command();
    command.build();
    let mut page =
        "# Commands\n\nGenerated from `crates/admf-cli/src/args`: change it there, then run `cargo xtask \
                    codegen`.\n\n| command | |\n|---|---|\n"
            .to_owned();
    let mut leaves = Vec::new();
    collect(&command, "admf", &mut leaves);
    for (name, command) in &leaves {
        let anchor = name.replace(' ', "-");
        line(&mut page, &format!("| [`{name}`](#{anchor}) | {} |", about(command)));
    }
    line(&mut page, "\n## Options of every command");
    table(&mut page, "option", command.get_arguments().filter(|argument| argument.is_global_set()));
    notes(&mut page, &command);
    for (name, command) in &leaves {
        section(&mut page, name, command);
    }
    page
}

/// The commands that do something, each with all its words, in the order of the help.
fn collect<'a>(command: &'a Command, name: &str, into: &mut Vec<(String, &'a Command)>) {
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let name = format!("{name} {}", sub.get_name());
        match sub.has_subcommands() {
            true => collect(sub, &name, into),
            false => into.push((name, sub)),
        }
    }
}

fn section(page: &mut String, name: &str, command: &Command) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    line(page, &format!("\n## `{name}`\n\n{}.\n\n```text\n{usage}\n```", about(command)));
    let aliases: Vec<&str> = command.get_visible_aliases().collect();
    if !aliases.is_empty() {
        line(page, &format!("\nAlso called `{}`.", aliases.join("`, `")));
    }
    table(page, "argument", command.get_positionals());
    let own = |argument: &&Arg| !argument.is_positional() && !argument.is_global_set();
    table(page, "option", command.get_arguments().filter(own));
    notes(page, command);
}

/// A row per argument but `--help`; nothing where there is none.
fn table<'a>(page: &mut String, heading: &str, arguments: impl Iterator<Item = &'a Arg>) {
    let rows: String = arguments
        .filter(|argument| {
            !argument.is_hide_set() && !["help", "version"].contains(&argument.get_id().as_str())
        })
        .map(row)
        .collect();
    if !rows.is_empty() {
        line(page, &format!("\n| {heading} | default | meaning |\n|---|---|---|\n{}", rows.trim_end()));
    }
}

fn row(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    // What clap does not know as a default stands in the help.
    let (meaning, told) = match help.rsplit_once(" [default: ") {
        Some((meaning, default)) => (meaning.to_owned(), default.trim_end_matches(']').to_owned()),
        None => (help, String::new()),
    };
    let takes_value = argument.get_action().takes_values();
    let default: Vec<String> =
        argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    let default = if takes_value && !default.is_empty() { default.join(", ") } else { told };
    let values: Vec<String> = match takes_value {
        true => argument.get_possible_values().iter().filter(|v| !v.is_hide_set()).map(value).collect(),
        false => Vec::new(),
    };
    let values = if values.is_empty() { String::new() } else { format!(": {}", values.join("; ")) };
    format!("| `{}` | {} | {} |\n", written(argument), cell(&default), cell(&format!("{meaning}{values}")))
}

fn value(value: &clap::builder::PossibleValue) -> String {
    let help = value.get_help().map(|help| format!(" {}", lower(&help.to_string()))).unwrap_or_default();
    format!("`{}`{help}", value.get_name())
}

/// As it is typed: `-w, --workspace <DIR>`, or `[SPEC]` by its place.
fn written(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value = names.iter().map(|name| format!("<{name}>")).collect::<Vec<_>>().join(" ");
    if argument.is_positional() {
        return value.trim_matches(['<', '>']).to_owned();
    }
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let flags = short.into_iter().chain(long).collect::<Vec<_>>().join(", ");
    if argument.get_action().takes_values() { format!("{flags} {value}") } else { flags }
}

/// What stands below the options of a help text, in the lines that it has there.
fn notes(page: &mut String, command: &Command) {
    if let Some(after) = command.get_after_help() {
        line(page, &format!("\n```text\n{}\n```", after.to_string().trim()));
    }
}

fn about(command: &Command) -> String {
    cell(&command.get_about().map(ToString::to_string).unwrap_or_default())
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A text that may stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a String never fails");
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn every_command_has_its_arguments_with_values_and_defaults() {
        let page = page();
        for row in [
            "| [`admf run`](#admf-run) | Evaluate a spec: every strategy of its grids on every symbol |",
            "| `-w, --workspace <DIR>` | the nearest folder upward with an admf.toml | Workspace to work in |",
            "| `-q, --quiet` |  | Say nothing but results and errors |",
            "| `--color <WHEN>` | `auto` | When to use colour; NO_COLOR is respected: `auto` on a terminal; `always` \
             always; `never` never |",
            "| `--threads <N>` | one per processor | Threads to evaluate with; results do not depend on it |",
            "| `[SYMBOL=]FILE` |  | Files, patterns or folders to read, each optionally with the symbol it holds |",
            "Also called `list`.",
            "```text\nadmf runs show [OPTIONS] <RUN> [STRATEGY]...\n```",
            "  admf runs show @last @best",
        ] {
            assert!(page.contains(row), "{row}\n{page}");
        }
        assert!(!page.contains("admf reference") && !page.contains("--help"));
    }
}
