//! `admf rules check`: is a spec or an expression right, and what does it ask of the data? Nothing is evaluated.

use crate::plan::{Plan, reason};
use crate::spec::{Source, Spec};
use crate::words::grouped;
use crate::{Snippet, WorkflowError, Workspace};
use admf_model::{CellKind, Parameters, Sheet};
use admf_rules::expr::{BinaryOperator, ExprKind, UnaryOperator};
use admf_rules::graph::Field;
use admf_rules::{Definition, Expr, Extent, Function, Graph, RuleError, Type, functions, yaml};

/// Most combinations of parameters, before conditions, that are put in place one by one.
const MOST_CHECKED: u128 = 1_000_000;

/// An expression.
#[derive(Clone, Debug)]
pub struct ExpressionRequest {
    /// Its text.
    pub text: String,
}

/// What a valid expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionReport {
    /// `a number` or `true or false`.
    pub result: String,
    /// The canonical form, by which strategies are told apart.
    pub canonical: String,
    /// Bars before the first on which it can be defined.
    pub warm_up_bars: u32,
    /// Other symbols whose prices it reads.
    pub symbols: Vec<String>,
    /// Classifiers or roles whose labels it reads.
    pub regimes: Vec<String>,
    /// Parts that are the same on every bar, whatever the bars are.
    pub notes: Vec<String>,
}

/// Checks names, types and arguments.
pub fn check_expression(request: &ExpressionRequest) -> Result<ExpressionReport, WorkflowError> {
    // Line breaks mean nothing in a rule but would end a line of YAML; each stays one byte.
    let text = request.text.replace(['\n', '\r', '\t'], " ");
    let expr = Expr::parse(&text).map_err(|error| refuse(&request.text, &error, 0))?;
    let kind = syntactic_type(&expr);
    // A number becomes one side of a comparison, because an entry must be true or false.
    let (before, after) = if kind == Type::Number {
        ("name: expression\nlong: |\n  0 < (", ")\n")
    } else {
        ("name: expression\nlong: |\n  ", "\n")
    };
    // What reads the position is an exit: it is checked as one.
    let before =
        if reads_position(&expr) { before.replace("long:", "long: true\nexit:") } else { before.to_owned() };
    let source = format!("{before}{text}{after}");
    let wrong = |error: RuleError| refuse(&request.text, &error, before.len());
    let node = yaml::parse(&source).map_err(|error| wrong(error.into()))?;
    let definition = Definition::strategy(&node).map_err(wrong)?;
    let mut graph = Graph::new();
    let bound = definition.bind_strategy(&Parameters::default(), &mut graph).map_err(wrong)?;
    let root = bound.exit_long.or(bound.long).expect("the definition above has `long`");
    let root = if kind == Type::Number { graph.operands(root).last().unwrap_or(root) } else { root };
    Ok(ExpressionReport {
        result: graph.type_of(root).to_string(),
        canonical: graph.text(root),
        warm_up_bars: graph.warm_up(root),
        symbols: definition.symbols().into_iter().collect(),
        regimes: definition.regimes().into_iter().collect(),
        notes: fixed_parts(&definition, &source),
    })
}

/// What is known of an expression without bars: prices of the evaluated symbol are above 0.
fn fixed_parts(definition: &Definition, source: &str) -> Vec<String> {
    let prices = |field: Field, symbol: Option<&str>| match symbol {
        None if field == Field::Volume => Extent { low: 0.0, high: f64::INFINITY },
        None if Field::ALL.contains(&field) => Extent { low: f64::MIN_POSITIVE, high: f64::INFINITY },
        _ => Extent::ANY,
    };
    let parts = definition.fixed_parts(&definition.suggested_grid(), &prices);
    let source = Source::new("", source);
    parts.iter().map(|part| reason(part, &source, &|_| None)).collect()
}

/// A spec.
#[derive(Clone, Debug)]
pub struct SpecRequest {
    /// Where its datasets are; without a workspace only the spec itself is checked.
    pub workspace: Option<Workspace>,
    /// Name of its file, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What a valid spec asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecReport {
    /// The name that the spec gives itself.
    pub name: String,
    /// Its dataset.
    pub dataset: String,
    /// Strategies on all symbols; `None` when the dataset was not looked at or there are too many to count.
    pub total: Option<usize>,
    /// A row per entry under `strategies`.
    pub strategies: Sheet,
    /// The classifiers.
    pub classifiers: Vec<String>,
    /// What the user should know before the run.
    pub notes: Vec<String>,
}

/// Checks a spec, and what it names where there is a workspace.
pub fn check_spec(request: &SpecRequest) -> Result<SpecReport, WorkflowError> {
    let source = Source::open(&request.name, &request.text)?;
    // The plan knows more and says all that is wrong with the spec itself too.
    let plan = request.workspace.as_ref().map(|workspace| Plan::new(workspace, &source)).transpose()?;
    let spec = Spec::parse(&source)?;
    let combinations = spec.strategies.iter().fold(0, |sum: u128, s| sum.saturating_add(s.grid.steps()));
    let is_counted = combinations <= MOST_CHECKED;
    let strategies = entries(&spec, plan.as_ref(), is_counted);
    let mut notes = plan.as_ref().map(|plan| plan.notes.clone()).unwrap_or_default();
    let mut total = None;
    if let Some(plan) = &plan {
        // Of too many combinations the first ones are looked at: most mistakes are in all of them.
        let most = if is_counted { usize::MAX } else { 1 };
        let checked = plan.check_first(most, &mut Graph::new(), &mut |_, _| {})?;
        total = is_counted.then_some(checked.strategies);
        notes.extend(checked.notes.into_iter().filter(|_| is_counted));
    }
    if !is_counted {
        notes.push(format!(
            "{} combinations before `where` on each symbol are too many to check here; `admf run` checks each before \
             it evaluates the first",
            grouped(combinations)
        ));
    }
    Ok(SpecReport {
        total,
        notes,
        classifiers: spec.classifiers.iter().map(|c| c.chosen.definition.name.clone()).collect(),
        name: spec.name,
        dataset: spec.data.dataset.0,
        strategies,
    })
}

/// A row per entry under `strategies`.
fn entries(spec: &Spec, plan: Option<&Plan>, is_counted: bool) -> Sheet {
    let mut sheet = Sheet::new([
        ("strategy", CellKind::Text),
        ("parameters", CellKind::Text),
        ("combinations", CellKind::Integer),
        ("parameter_sets", CellKind::Integer),
        ("symbols", CellKind::Text),
    ]);
    for (index, entry) in spec.strategies.iter().enumerate() {
        let symbols = plan.map(|plan| {
            let names = plan.strategies[index].symbols.iter().map(|symbol| plan.symbols[*symbol].as_str());
            names.collect::<Vec<_>>().join(" ")
        });
        let axes = entry.grid.axes().iter().map(|axis| format!("{}:{}", axis.name, axis.values.len()));
        let is_counted = is_counted || entry.grid.sample().is_some();
        sheet.push(vec![
            entry.chosen.definition.name.as_str().into(),
            axes.collect::<Vec<_>>().join(" ").into(),
            usize::try_from(entry.grid.len()).unwrap_or(usize::MAX).into(),
            is_counted.then(|| entry.grid.iter().count()).into(),
            symbols.into(),
        ]);
    }
    sheet
}

/// What an expression is by its outermost operator.
fn syntactic_type(expr: &Expr) -> Type {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Parameter(_) | ExprKind::Name(_) | ExprKind::At { .. } => {
            Type::Number
        }
        ExprKind::Unary { operator: UnaryOperator::Negate, .. } => Type::Number,
        ExprKind::Binary { operator: BinaryOperator::Arithmetic(_), .. } => Type::Number,
        // `if` is what it chooses between.
        ExprKind::Call { name, arguments, .. } if name == "if" => {
            arguments.get(1).map_or(Type::Number, |argument| syntactic_type(&argument.value))
        }
        ExprKind::Call { name, .. } => Function::find(name).map_or(Type::Truth, |function| function.result),
        _ => Type::Truth,
    }
}

/// True when `bars_held` is named anywhere.
fn reads_position(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => name == functions::bars_held::NAME,
        ExprKind::Unary { operand, .. } => reads_position(operand),
        ExprKind::Binary { left, right, .. } => reads_position(left) || reads_position(right),
        ExprKind::Call { arguments, .. } => arguments.iter().any(|argument| reads_position(&argument.value)),
        _ => false,
    }
}

/// An error whose span counts from `before` bytes ahead of the text.
fn refuse(text: &str, error: &RuleError, before: usize) -> WorkflowError {
    // A part that belongs to what stands around the text may end within a letter of it.
    let place = |offset: usize| text.floor_char_boundary(offset.saturating_sub(before));
    let span = error.span();
    let (start, end) = (place(span.start), place(span.end));
    let is_parameter = text[start..end].starts_with('$');
    let help = error
        .help()
        .or_else(|| is_parameter.then(|| "an expression alone has no parameters: write a number".to_owned()));
    let snippet = Snippet { name: "expression".to_owned(), text: text.to_owned(), start, end };
    WorkflowError::Input { message: error.to_string(), snippet: Box::new(snippet), help }
}

#[cfg(test)]
mod tests;
