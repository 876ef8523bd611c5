//! Resolves the names of an expression and checks its types.

use super::{Formula, FormulaKind};
use crate::Span;
use crate::error::{Errors, Problem, RuleError, both};
use crate::expr::{self, BinaryOperator, Expr, ExprKind, UnaryOperator, comparison_text};
use crate::functions::{self, Function};
use crate::graph::Field;
use crate::near::nearest;
use crate::types::{LabelCode, Type, all_labels};
use admf_model::{Comparison, Role};

mod call;

use call::{call, without_arguments};

/// What the names in an expression refer to.
pub(crate) struct Scope<'a> {
    /// Names of the definition's parameters, in order.
    pub(crate) parameters: &'a [&'a str],
    pub(crate) setting: Setting,
}

/// A part of an expression within its surroundings.
#[derive(Clone, Copy)]
struct Within<'a> {
    parameters: &'a [&'a str],
    setting: Setting,
    /// The symbol of the call around it: that of prices without one of their own.
    symbol: Option<&'a str>,
    /// The function whose argument it is.
    function: Option<&'static str>,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A rule of a strategy.
    Strategy,
    /// An exit of a strategy, which knows for how long the position has been held.
    Exit,
    /// A label of a classifier, which cannot ask for other regimes.
    Classifier,
    /// `where:`, in which a bare name is a parameter and nothing depends on the bar.
    Condition,
}

/// Checks an expression that must be of `expected` type; `place` says where it stands, such as "in `long`".
pub(crate) fn check(expr: &Expr, scope: &Scope<'_>, expected: Type, place: &str) -> Result<Formula, Errors> {
    let within =
        Within { parameters: scope.parameters, setting: scope.setting, symbol: None, function: None };
    let formula = resolve(expr, within)?;
    expect(&formula, expected, || place.to_owned())?;
    Ok(formula)
}

fn expect(formula: &Formula, expected: Type, place: impl FnOnce() -> String) -> Result<(), RuleError> {
    let found = formula.type_of();
    if found == expected {
        Ok(())
    } else {
        Err(Problem::WrongType { expected, place: place(), found }.at(formula.span))
    }
}

fn resolve(expr: &Expr, within: Within<'_>) -> Result<Formula, Errors> {
    let kind = match &expr.kind {
        ExprKind::Number(value) => FormulaKind::Number(*value),
        ExprKind::Truth(value) => FormulaKind::Truth(*value),
        ExprKind::Text(text) => return Err(Problem::TextInRule { text: text.clone() }.at(expr.span).into()),
        ExprKind::Parameter(name) => parameter(name, expr.span, within)?,
        ExprKind::Label(label) => match LabelCode::of(label) {
            Some(code) => FormulaKind::Label(code),
            None => {
                let known = all_labels().chain(Field::ALL.map(Field::name));
                let near = nearest(label, known);
                return Err(Problem::UnknownLabel { label: label.clone(), near }.at(expr.span).into());
            }
        },
        ExprKind::Name(name) => bare_name(name, expr.span, within)?,
        ExprKind::At { name, symbol } => {
            let text = || format!("{name}@{symbol}");
            depends_on_bar(within, text, expr.span)?;
            at_symbol(name, symbol, expr.span, within)?
        }
        ExprKind::Call { name, name_span, arguments, symbol } => {
            let within = Within { symbol: symbol.as_deref().or(within.symbol), ..within };
            let called = call(expr, name, *name_span, arguments, within)?;
            return match symbol {
                Some(symbol) => Ok(of_symbol(called, name, symbol)?),
                None => Ok(called),
            };
        }
        ExprKind::Unary { operator, operand } => {
            let operand = resolve(operand, within)?;
            match operator {
                UnaryOperator::Not => {
                    expect(&operand, Type::Truth, || "after `not`".to_owned())?;
                    FormulaKind::Not(Box::new(operand))
                }
                UnaryOperator::Negate => {
                    expect(&operand, Type::Number, || "after `-`".to_owned())?;
                    FormulaKind::Negate(Box::new(operand))
                }
            }
        }
        ExprKind::Binary { operator, left, right } => binary(*operator, left, right, within)?,
    };
    Ok(Formula { span: expr.span, kind })
}

fn parameter(name: &str, span: Span, within: Within<'_>) -> Result<FormulaKind, RuleError> {
    match within.parameters.iter().position(|p| *p == name) {
        Some(index) => Ok(FormulaKind::Parameter(index)),
        None => {
            let near = nearest(name, within.parameters.iter().copied()).map(|near| format!("${near}"));
            Err(Problem::UnknownParameter { name: name.to_owned(), near }.at(span))
        }
    }
}

fn bare_name(name: &str, span: Span, within: Within<'_>) -> Result<FormulaKind, RuleError> {
    if within.setting == Setting::Condition {
        return condition_name(name, span, within);
    }
    if let Some(field) = Field::find(name) {
        return Ok(FormulaKind::Price { field, symbol: within.symbol.map(str::to_owned) });
    }
    if name == functions::bars_held::NAME {
        return bars_held(within).map_err(|problem| problem.at(span));
    }
    if let Some(function) = Function::find(name) {
        if function.arguments.is_empty() {
            return Ok(without_arguments(function, span, within));
        }
        return Err(Problem::NotCalled { name: function.name, signature: function.signature() }.at(span));
    }
    let remedy = if within.parameters.contains(&name) {
        Some(format!("a parameter is written `${name}`"))
    } else {
        let parameters: Vec<String> = within.parameters.iter().map(|p| format!("${p}")).collect();
        let known =
            Field::ALL.map(Field::name).into_iter().chain(functions::FUNCTIONS.iter().map(|f| f.name));
        let known = known
            .chain([functions::bars_held::NAME, "true", "false"])
            .chain(parameters.iter().map(String::as_str));
        nearest(name, known).map(|near| format!("did you mean `{near}`?"))
    };
    Err(Problem::UnknownName { name: name.to_owned(), remedy }.at(span))
}

fn bars_held(within: Within<'_>) -> Result<FormulaKind, Problem> {
    match (within.setting, within.function) {
        (Setting::Exit, None) => Ok(FormulaKind::BarsHeld),
        (Setting::Exit, Some(function)) => Err(Problem::BarsHeldInCall { function }),
        _ => Err(Problem::BarsHeldOutsideExit),
    }
}

/// `close@VIX`, or a function without arguments such as `obv@VIX`.
fn at_symbol(name: &str, symbol: &str, span: Span, within: Within<'_>) -> Result<FormulaKind, RuleError> {
    if let Some(field) = Field::find(name) {
        return Ok(FormulaKind::Price { field, symbol: Some(symbol.to_owned()) });
    }
    let Some(function) = Function::find(name) else {
        let near = nearest(name, Field::ALL.map(Field::name)).map(|near| format!("did you mean `{near}`?"));
        return Err(Problem::SymbolOfNonPrice { name: name.to_owned(), remedy: near }.at(span));
    };
    if !function.arguments.is_empty() {
        let remedy = Some(format!("write {}@{symbol}", function.signature()));
        return Err(Problem::SymbolOfNonPrice { name: name.to_owned(), remedy }.at(span));
    }
    let kind = without_arguments(function, span, Within { symbol: Some(symbol), ..within });
    of_symbol(Formula { span, kind }, name, symbol).map(|formula| formula.kind)
}

/// The formula, if something in it is a price of this symbol.
fn of_symbol(formula: Formula, name: &str, symbol: &str) -> Result<Formula, RuleError> {
    let mut found = false;
    formula.visit(&mut |part| {
        found |= matches!(&part.kind, FormulaKind::Price { symbol: Some(of), .. } if of == symbol);
    });
    let problem = || Problem::SymbolWithoutPrice { name: name.to_owned(), symbol: symbol.to_owned() };
    if found { Ok(formula) } else { Err(problem().at(formula.span)) }
}

fn condition_name(name: &str, span: Span, within: Within<'_>) -> Result<FormulaKind, RuleError> {
    match parameter(name, span, within) {
        Err(_) if Field::find(name).is_some() => {
            Err(Problem::NotAParameter { what: name.to_owned() }.at(span))
        }
        Err(_) => {
            let near = nearest(name, within.parameters.iter().copied()).map(str::to_owned);
            Err(Problem::UnknownParameter { name: name.to_owned(), near }.at(span))
        }
        found => found,
    }
}

fn depends_on_bar(within: Within<'_>, what: impl FnOnce() -> String, span: Span) -> Result<(), RuleError> {
    if within.setting == Setting::Condition {
        Err(Problem::NotAParameter { what: what() }.at(span))
    } else {
        Ok(())
    }
}

fn binary(
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    within: Within<'_>,
) -> Result<FormulaKind, Errors> {
    let (left, right) = both(resolve(left, within), resolve(right, within))?;
    let sides = |expected: Type, sign: &str| {
        let left = expect(&left, expected, || format!("left of `{sign}`"));
        let right = expect(&right, expected, || format!("right of `{sign}`"));
        both(left.map_err(Errors::from), right.map_err(Errors::from))
    };
    match operator {
        BinaryOperator::And => drop(sides(Type::Truth, "and")?),
        BinaryOperator::Or => drop(sides(Type::Truth, "or")?),
        BinaryOperator::Arithmetic(operation) => drop(sides(Type::Number, expr::arithmetic_text(operation))?),
        BinaryOperator::Compare(comparison)
            if left.type_of() == Type::Label && right.type_of() == Type::Label =>
        {
            let equal = check_labels(comparison, &left, &right)?;
            return Ok(FormulaKind::SameLabel(equal, Box::new(left), Box::new(right)));
        }
        BinaryOperator::Compare(comparison) => {
            // A label beside something else: name the side that is not the label as the one at fault.
            let expected = if [&left, &right].iter().any(|f| f.type_of() == Type::Label) {
                Type::Label
            } else {
                Type::Number
            };
            sides(expected, comparison_text(comparison))?;
        }
    }
    let (left, right) = (Box::new(left), Box::new(right));
    Ok(match operator {
        BinaryOperator::And => FormulaKind::And(left, right),
        BinaryOperator::Or => FormulaKind::Or(left, right),
        BinaryOperator::Arithmetic(operation) => FormulaKind::Arithmetic(operation, left, right),
        BinaryOperator::Compare(comparison) => FormulaKind::Compare(comparison, left, right),
    })
}

/// Whether the comparison of two labels is `==`, once it makes sense.
fn check_labels(comparison: Comparison, left: &Formula, right: &Formula) -> Result<bool, RuleError> {
    let span = left.span.to(right.span);
    let equal = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Err(Problem::LabelOrder.at(span)),
    };
    for (regime, label) in [(left, right), (right, left)] {
        if let (FormulaKind::Regime(name), FormulaKind::Label(code)) = (&regime.kind, &label.kind)
            && let Ok(role) = name.parse::<Role>()
        {
            label_of_role(*code, role, label.span)?;
        }
    }
    match (&left.kind, &right.kind) {
        (FormulaKind::Label(_), FormulaKind::Label(_)) => Err(Problem::LabelsOnly.at(span)),
        _ => Ok(equal),
    }
}

/// Refuses a label that classifiers of the role never give.
pub(crate) fn label_of_role(code: LabelCode, role: Role, span: Span) -> Result<(), RuleError> {
    if role.labels().contains(&code.text()) {
        return Ok(());
    }
    let near = nearest(code.text(), role.labels().iter().copied());
    Err(Problem::NotOfRole { label: code.text().to_owned(), role, near }.at(span))
}

#[cfg(test)]
mod tests;
