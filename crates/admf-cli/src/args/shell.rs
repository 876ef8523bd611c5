//! The arguments of the commands that prepare a shell: completions and manual pages.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Print what makes a shell complete commands, runs, datasets and strategies
#[derive(Args, Debug)]
#[command(after_help = "\
The text asks admf itself what fits, so it need not be made again after an update.

Examples:
  echo 'source <(admf completions bash)' >> ~/.bashrc
  echo 'source <(admf completions zsh)' >> ~/.zshrc
  admf completions fish > ~/.config/fish/completions/admf.fish
  admf completions powershell >> $PROFILE")]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Shells that can complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

/// Print the manual page, or write the pages of all commands to a folder
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf man | man -l -
  admf man --out ~/.local/share/man/man1")]
pub(crate) struct ManArguments {
    /// Folder to write one page per command to; created if need be
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
