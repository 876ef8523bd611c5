//! `--where`: from the text of a condition on stored strategies to a checked [`Filter`], with errors at the character.
//!
//! A bare name is a column of `optimization_runs` if there is one of that name, else a parameter that some stored
//! strategy has. `$name` is always a parameter.

use crate::{Snippet, WorkflowError};
use admf_model::{Comparison, Filter, FilterValue};
use admf_rules::expr::{BinaryOperator, Expr, ExprKind, UnaryOperator};
use admf_rules::{RuleError, Span};
use admf_store::filter::render;
use admf_store::tables::{Column, ColumnType};

/// Reads and checks a condition over these columns and parameters.
pub fn parse_filter(text: &str, columns: &[Column], parameters: &[String]) -> Result<Filter, WorkflowError> {
    let names = Names { columns, parameters };
    let converted = Expr::parse_filter(text).map_err(Wrong::from).and_then(|expr| names.condition(&expr));
    converted.map_err(|wrong| wrong.in_text(text))
}

/// What is wrong, and where in the text.
struct Wrong {
    span: Span,
    message: String,
    help: Option<String>,
}

impl Wrong {
    fn at(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    fn in_text(self, text: &str) -> WorkflowError {
        let Self { span: Span { start, end }, message, help } = self;
        let snippet = Snippet { name: "condition".to_owned(), text: text.to_owned(), start, end };
        WorkflowError::Input { message, snippet: Box::new(snippet), help }
    }
}

impl From<RuleError> for Wrong {
    fn from(error: RuleError) -> Self {
        Self { span: error.span(), message: error.to_string(), help: error.help() }
    }
}

#[derive(Clone, Copy)]
struct Names<'a> {
    columns: &'a [Column],
    parameters: &'a [String],
}

/// The left side of a comparison.
enum Subject<'a> {
    Column(&'a Column),
    Parameter(&'a str),
}

impl Names<'_> {
    fn condition(self, expr: &Expr) -> Result<Filter, Wrong> {
        match &expr.kind {
            ExprKind::Binary { operator: BinaryOperator::And, left, right } => {
                Ok(Filter::And(Box::new(self.condition(left)?), Box::new(self.condition(right)?)))
            }
            ExprKind::Binary { operator: BinaryOperator::Or, left, right } => {
                Ok(Filter::Or(Box::new(self.condition(left)?), Box::new(self.condition(right)?)))
            }
            ExprKind::Binary { operator: BinaryOperator::Compare(comparison), left, right } => {
                self.comparison(expr.span, *comparison, left, right)
            }
            ExprKind::Unary { operator: UnaryOperator::Not, operand } => {
                Ok(Filter::Not(Box::new(self.condition(operand)?)))
            }
            ExprKind::Name(name) => self.truth(expr.span, name),
            ExprKind::Truth(_) => Err(Wrong::at(expr.span, "this holds for every strategy or for none")
                .with_help("compare a column, such as sharpe_ratio > 1")),
            _ => Err(Wrong::at(expr.span, "this is no condition")
                .with_help("compare it, such as sharpe_ratio > 1")),
        }
    }

    /// `ruined` alone is `ruined == true`.
    fn truth(self, span: Span, name: &str) -> Result<Filter, Wrong> {
        match self.subject(span, name)? {
            Subject::Column(column) if column.kind == ColumnType::Truth => Ok(Filter::Column {
                name: column.name.to_owned(),
                comparison: Comparison::Equal,
                value: FilterValue::Text("true".to_owned()),
            }),
            _ => Err(Wrong::at(span, format!("`{name}` alone is no condition"))
                .with_help(format!("compare it, such as {name} > 1"))),
        }
    }

    fn comparison(
        self,
        span: Span,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
    ) -> Result<Filter, Wrong> {
        let filter = match (name_of(left), name_of(right)) {
            (Some(name), None) => self.compared(left.span, &name, comparison, right)?,
            (None, Some(name)) => self.compared(right.span, &name, mirrored(comparison), left)?,
            (Some(name), Some(other)) => return Err(self.two_names(left.span, &name, right.span, &other)),
            (None, None) => {
                return Err(Wrong::at(span, "one side of a comparison must be a column or a parameter")
                    .with_help("write sharpe_ratio > 1; there is no arithmetic between columns"));
            }
        };
        // The store's own check, made here while the place is known.
        match render(&filter, self.columns, self.parameters) {
            Ok(_) => Ok(filter),
            Err(error) => Err(Wrong::at(span, error.to_string())),
        }
    }

    fn compared(
        self,
        span: Span,
        name: &Name,
        comparison: Comparison,
        value: &Expr,
    ) -> Result<Filter, Wrong> {
        let subject = match name {
            Name::Bare(name) => self.subject(span, name)?,
            Name::Parameter(name) if self.has_parameter(name) => Subject::Parameter(name),
            Name::Parameter(name) => return Err(self.unknown(span, name)),
        };
        match subject {
            Subject::Column(column) => {
                Ok(Filter::Column { name: column.name.to_owned(), comparison, value: constant(value)? })
            }
            Subject::Parameter(name) => match constant(value)? {
                FilterValue::Number(value) => {
                    Ok(Filter::Parameter { name: name.to_owned(), comparison, value })
                }
                FilterValue::Text(_) => {
                    Err(Wrong::at(value.span, format!("`{name}` is a parameter and compares with a number")))
                }
            },
        }
    }

    fn subject<'n>(self, span: Span, name: &'n str) -> Result<Subject<'n>, Wrong>
    where
        Self: 'n,
    {
        if let Some(column) = self.columns.iter().find(|column| column.name == name) {
            return Ok(Subject::Column(column));
        }
        if self.has_parameter(name) { Ok(Subject::Parameter(name)) } else { Err(self.unknown(span, name)) }
    }

    fn has_parameter(self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter == name)
    }

    fn unknown(self, span: Span, name: &str) -> Wrong {
        let known =
            self.columns.iter().map(|column| column.name).chain(self.parameters.iter().map(String::as_str));
        let wrong = Wrong::at(span, format!("there is no column or parameter `{name}`"));
        match admf_rules::nearest(name, known) {
            Some(near) => wrong.with_help(format!("did you mean `{near}`?")),
            None if self.parameters.is_empty() => wrong.with_help(COLUMNS),
            None => wrong.with_help(format!("parameters are {}; {COLUMNS}", self.parameters.join(", "))),
        }
    }

    fn two_names(self, left: Span, name: &Name, right: Span, other: &Name) -> Wrong {
        if let (Name::Bare(name), Name::Bare(other)) = (name, other)
            && self.columns.iter().any(|column| column.name == *name && column.kind == ColumnType::Text)
            && !self.columns.iter().any(|column| column.name == *other)
        {
            return Wrong::at(right, format!("`{other}` is not a column"))
                .with_help(format!("words stand in double quotes: {name} == \"{other}\""));
        }
        Wrong::at(left.to(right), "two columns cannot be compared with each other")
            .with_help("ask `admf sql`, which can compare anything")
    }
}

const COLUMNS: &str = "columns are listed by `admf sql \"DESCRIBE optimization_runs\"`";

/// A side of a comparison that names something.
enum Name {
    Bare(String),
    Parameter(String),
}

fn name_of(expr: &Expr) -> Option<Name> {
    match &expr.kind {
        ExprKind::Name(name) => Some(Name::Bare(name.clone())),
        ExprKind::Parameter(name) => Some(Name::Parameter(name.clone())),
        _ => None,
    }
}

/// The other side: a number, a word in quotes, a label, or true and false.
fn constant(expr: &Expr) -> Result<FilterValue, Wrong> {
    match &expr.kind {
        ExprKind::Number(value) => Ok(FilterValue::Number(*value)),
        ExprKind::Unary { operator: UnaryOperator::Negate, operand } => match constant(operand)? {
            FilterValue::Number(value) => Ok(FilterValue::Number(-value)),
            FilterValue::Text(_) => Err(Wrong::at(expr.span, "a word has no negative")),
        },
        ExprKind::Text(text) | ExprKind::Label(text) => Ok(FilterValue::Text(text.clone())),
        ExprKind::Truth(truth) => Ok(FilterValue::Text(truth.to_string())),
        _ => Err(Wrong::at(expr.span, "a column is compared with a number or a word")
            .with_help("write sharpe_ratio > 1; there is no arithmetic between columns")),
    }
}

/// `1 < x` is `x > 1`.
const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}

#[cfg(test)]
mod tests;
