//! The arguments of `admf config …`.

use clap::{Args, Subcommand};

/// Commands on settings.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    Show(ConfigShowArguments),
    Set(ConfigSetArguments),
    Unset(ConfigUnsetArguments),
}

/// Show the value of every setting
#[derive(Args, Debug)]
#[command(after_help = "\
A flag beats a variable of the environment, that the workspace's admf.toml, that
your own file, that the default. In both files settings stand below a line
[settings]. No setting changes a result.

Examples:
  admf config show
  admf config show --origins")]
pub(crate) struct ConfigShowArguments {
    /// Say where each value comes from, and which files were looked for
    #[arg(long)]
    pub origins: bool,
}

/// Set a setting, in the workspace's admf.toml or in your own file
#[derive(Args, Debug)]
#[command(after_help = "\
Comments and everything else in the file stay as they are.

Examples:
  admf config set threads 2
  admf config set color never --user")]
pub(crate) struct ConfigSetArguments {
    /// The setting
    #[arg(value_name = "KEY")]
    pub key: String,
    /// Its value
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: String,
    /// In your own file, for all workspaces
    #[arg(long)]
    pub user: bool,
}

/// Take a setting out of the workspace's admf.toml or of your own file
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf config unset threads
  admf config unset color --user")]
pub(crate) struct ConfigUnsetArguments {
    /// The setting
    #[arg(value_name = "KEY")]
    pub key: String,
    /// In your own file
    #[arg(long)]
    pub user: bool,
}
