//! The user's settings, found and put in place before a command begins.

use crate::args::run::ProgressKind;
use crate::args::{Arguments, Colour, Format};
use crate::failure::Failure;
use admf_workflow::config::{ConfigRequest, Configuration, Origin, bytes, configuration};
use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What is decided besides the options of every command.
#[derive(Clone, Debug)]
pub(crate) struct Preferences {
    /// Threads to evaluate with; `None` for all processors.
    pub threads: Option<NonZeroUsize>,
    /// Bytes of memory that correlations may take; `None` for half of what is available.
    pub memory: Option<u64>,
    /// How far a run is told.
    pub progress: ProgressKind,
    /// All settings and where they come from.
    pub configuration: Configuration,
}

impl Preferences {
    /// What nobody changed.
    pub(crate) fn defaults() -> Self {
        let configuration = Configuration::defaults();
        Self { threads: None, memory: None, progress: ProgressKind::Auto, configuration }
    }

    /// Finds all settings and puts them where options were not typed.
    pub(crate) fn find(matches: &ArgMatches, arguments: &mut Arguments) -> Result<Self, Failure> {
        let global = &mut arguments.global;
        let configuration = configuration(&ConfigRequest {
            flag: &|key| typed(matches, key),
            variable: &variable,
            folder: global.workspace.clone().unwrap_or_else(|| PathBuf::from(".")),
        })?;
        let value = |key: &str| configuration.get(key).value.as_str();
        // The ending of a file says which format is wanted, more clearly than a setting does.
        let is_named_by_file = global.output.as_ref().is_some_and(|path| path.as_os_str() != "-");
        if !is_named_by_file || matches!(configuration.get("format").origin, Origin::Flag(_)) {
            global.format = word::<Format>(value("format"));
        }
        global.color = word::<Colour>(value("color")).unwrap_or(Colour::Auto);
        let progress = word::<ProgressKind>(value("progress")).unwrap_or(ProgressKind::Auto);
        let threads = value("threads").parse().ok();
        let memory = bytes(value("memory"));
        Ok(Self { threads, memory, progress, configuration })
    }
}

/// A variable of the environment.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The value of a setting that is an option of the same name; `auto` is none.
fn word<T: ValueEnum>(value: &str) -> Option<T> {
    T::from_str(value, false).ok()
}

/// What was typed for an option of the command.
fn typed(matches: &ArgMatches, id: &str) -> Option<String> {
    let mut leaf = matches;
    while let Some((_, deeper)) = leaf.subcommand() {
        leaf = deeper;
    }
    let is_typed = leaf.try_contains_id(id).is_ok_and(|there| there)
        && leaf.value_source(id) == Some(ValueSource::CommandLine);
    let mut raw = is_typed.then(|| leaf.get_raw(id)).flatten()?;
    Some(raw.next_back()?.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::{typed, word};
    use crate::args::run::ProgressKind;
    use crate::args::{Arguments, Colour, Format};
    use admf_workflow::config::{SETTINGS, SettingKind};
    use clap::{CommandFactory, ValueEnum};

    #[test]
    fn every_setting_is_an_option_with_the_same_values() {
        let words = |key: &str| -> Vec<String> {
            let SettingKind::Choice(words) = &SETTINGS.iter().find(|s| s.key == key).unwrap().kind else {
                panic!("{key} is no choice")
            };
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        fn of<T: ValueEnum>() -> Vec<String> {
            T::value_variants().iter().map(|v| v.to_possible_value().unwrap().get_name().to_owned()).collect()
        }
        assert_eq!(words("format")[1..], of::<Format>());
        assert_eq!(words("color"), of::<Colour>());
        assert_eq!(words("progress"), of::<ProgressKind>());
        assert_eq!(word::<Format>("auto"), None);
        let command = Arguments::command();
        let run = command.find_subcommand("run").unwrap();
        let correlations =
            command.find_subcommand("analytics").unwrap().find_subcommand("correlations").unwrap();
        let arguments = || [&command, run, correlations].into_iter().flat_map(|c| c.get_arguments());
        for setting in &SETTINGS {
            let found = arguments().find(|a| a.get_id() == setting.key);
            assert_eq!(found.and_then(clap::Arg::get_long), Some(setting.key), "{}", setting.flag);
        }
    }

    #[test]
    fn only_what_was_typed_counts_as_typed() {
        let parse = |words: &[&str]| Arguments::command().try_get_matches_from(words).unwrap();
        let matches = parse(&["admf", "--format", "json", "run", "x.yaml", "--threads", "2"]);
        assert_eq!(typed(&matches, "format").as_deref(), Some("json"));
        assert_eq!(typed(&matches, "threads").as_deref(), Some("2"));
        assert_eq!(typed(&matches, "color"), None);
        assert_eq!(typed(&parse(&["admf", "doctor"]), "threads"), None);
    }
}
