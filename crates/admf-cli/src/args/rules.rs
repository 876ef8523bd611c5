//! The arguments of `admf rules …`.

use clap::{Args, Subcommand};

/// Commands on the rule language.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    #[command(visible_alias = "list")]
    Ls(RulesLsArguments),
    Show(RulesShowArguments),
    Check(RulesCheckArguments),
    Functions(RulesFunctionsArguments),
    Schema(RulesSchemaArguments),
}

/// List the strategies and classifiers of the library
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf rules ls")]
pub(crate) struct RulesLsArguments {}

/// Show the definition of a strategy or classifier, to read or to start from
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf rules show ma_crossover
  admf rules show trend --format json")]
pub(crate) struct RulesShowArguments {
    /// The strategy or classifier
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Check a spec or an expression without evaluating it
#[derive(Args, Debug)]
#[command(after_help = "\
An argument that names a file is read as a spec, anything else as an expression.

Examples:
  admf rules check sweep.yaml
  admf rules check 'cross_above(sma(close, 10), sma(close, 50))'")]
pub(crate) struct RulesCheckArguments {
    /// A spec file, or an expression
    #[arg(value_name = "SPEC|EXPRESSION")]
    pub subject: String,
}

/// List the functions of the rule language, or show one
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  admf rules functions
  admf rules functions rsi")]
pub(crate) struct RulesFunctionsArguments {
    /// The function to show
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Print the JSON Schema of specs, with which editors complete and check them
#[derive(Args, Debug)]
#[command(after_help = "\
An editor with a YAML language server takes it from a first line of the spec:
  # yaml-language-server: $schema=spec.schema.json

Examples:
  admf rules schema > spec.schema.json")]
pub(crate) struct RulesSchemaArguments {}
