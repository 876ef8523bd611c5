//! One file per command: arguments into a request, one workflow call, the report to the printer.

use crate::args::Command;
use crate::args::analytics::AnalyticsCommand;
use crate::args::config::ConfigCommand;
use crate::args::data::DataCommand;
use crate::args::rules::RulesCommand;
use crate::args::runs::RunsCommand;
use crate::args::workspace::WorkspaceCommand;
use crate::failure::{Failure, Outcome};
use crate::session::Session;

mod analytics_analyze_parameters;
mod analytics_correlations;
mod analytics_scan;
mod completions;
mod config_change;
mod config_show;
mod data_check;
mod data_dialects;
mod data_import;
mod data_ls;
mod data_samples;
mod data_show;
mod demo;
mod doctor;
mod init;
mod man;
mod reference;
mod rules_check;
mod rules_functions;
mod rules_ls;
mod rules_schema;
mod rules_show;
mod run;
mod runs_diff;
mod runs_ls;
mod runs_rm;
mod runs_show;
mod sql;
mod workspace_import;
mod workspace_scan;

/// Does what the command says.
pub(crate) fn dispatch(command: &Command, session: &Session) -> Result<Outcome, Failure> {
    match command {
        Command::Demo(arguments) => demo::demo(arguments, session),
        Command::Init(arguments) => init::init(arguments, session),
        Command::Run(arguments) => run::run(arguments, session),
        Command::Runs(RunsCommand::Ls(_)) => runs_ls::runs_ls(session),
        Command::Runs(RunsCommand::Show(arguments)) => runs_show::runs_show(arguments, session),
        Command::Runs(RunsCommand::Diff(arguments)) => runs_diff::runs_diff(arguments, session),
        Command::Runs(RunsCommand::Rm(arguments)) => runs_rm::runs_rm(arguments, session),
        Command::Data(DataCommand::Import(arguments)) => data_import::data_import(arguments, session),
        Command::Data(DataCommand::Ls(_)) => data_ls::data_ls(session),
        Command::Data(DataCommand::Show(arguments)) => data_show::data_show(arguments, session),
        Command::Data(DataCommand::Check(arguments)) => data_check::data_check(arguments, session),
        Command::Data(DataCommand::Dialects(arguments)) => data_dialects::data_dialects(arguments, session),
        Command::Data(DataCommand::Samples(arguments)) => data_samples::data_samples(arguments, session),
        Command::Rules(RulesCommand::Ls(_)) => rules_ls::rules_ls(session),
        Command::Rules(RulesCommand::Show(arguments)) => rules_show::rules_show(arguments, session),
        Command::Rules(RulesCommand::Check(arguments)) => rules_check::rules_check(arguments, session),
        Command::Rules(RulesCommand::Functions(arguments)) => {
            rules_functions::rules_functions(arguments, session)
        }
        Command::Rules(RulesCommand::Schema(_)) => rules_schema::rules_schema(session),
        Command::Analytics(AnalyticsCommand::Scan(arguments)) => {
            analytics_scan::analytics_scan(arguments, session)
        }
        Command::Analytics(AnalyticsCommand::AnalyzeParameters(arguments)) => {
            analytics_analyze_parameters::analytics_analyze_parameters(arguments, session)
        }
        Command::Analytics(AnalyticsCommand::Correlations(arguments)) => {
            analytics_correlations::analytics_correlations(arguments, session)
        }
        Command::Workspace(WorkspaceCommand::Import(arguments)) => {
            workspace_import::workspace_import(arguments, session)
        }
        Command::Workspace(WorkspaceCommand::Scan(arguments)) => {
            workspace_scan::workspace_scan(arguments, session)
        }
        Command::Sql(arguments) => sql::sql(arguments, session),
        Command::Doctor(arguments) => doctor::doctor(arguments, session),
        Command::Config(ConfigCommand::Show(arguments)) => config_show::config_show(arguments, session),
        Command::Config(ConfigCommand::Set(arguments)) => {
            config_change::change(&arguments.key, Some(&arguments.value), arguments.user, session)
        }
        Command::Config(ConfigCommand::Unset(arguments)) => {
            config_change::change(&arguments.key, None, arguments.user, session)
        }
        Command::Completions(arguments) => completions::completions(arguments, session),
        Command::Man(arguments) => man::man(arguments, session),
        Command::Reference(arguments) => reference::reference(arguments, session),
    }
}
