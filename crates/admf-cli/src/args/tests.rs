use super::Arguments;
use clap::CommandFactory;

#[test]
fn the_definition_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn every_visible_command_has_help_and_examples() {
    fn check(command: &clap::Command, path: &str) {
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let path = format!("{path} {}", sub.get_name());
            assert!(sub.get_about().is_some(), "{path} has no help");
            if sub.has_subcommands() {
                check(sub, &path);
                continue;
            }
            let after = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains("Examples:"), "{path} has no examples");
            assert!(after.contains(&path), "the examples of {path} do not show it");
        }
    }
    check(&Arguments::command(), "admf");
}
