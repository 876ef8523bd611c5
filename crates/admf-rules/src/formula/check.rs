//! Resolves the names of an expression and checks its types.

use super::{Formula, FormulaKind};
use crate::Span;
use crate::error::{Problem, RuleError};
use crate::expr::{self, BinaryOperator, Expr, ExprKind, UnaryOperator, comparison_text};
use crate::functions::{self, Argument, Function};
use crate::graph::Field;
use crate::near::nearest;
use crate::types::{LabelCode, Type, all_labels};
use admf_model::{Comparison, Role};

/// What the names in an expression refer to.
pub(crate) struct Scope<'a> {
    /// Names of the definition's parameters, in order.
    pub(crate) parameters: &'a [&'a str],
    pub(crate) setting: Setting,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// A rule of a strategy.
    Strategy,
    /// A label of a classifier, which cannot ask for other regimes.
    Classifier,
    /// `where:`, in which a bare name is a parameter and nothing depends on the bar.
    Condition,
}

/// Checks an expression that must be of `expected` type; `place` says where it stands, such as "in `long`".
pub(crate) fn check(
    expr: &Expr,
    scope: &Scope<'_>,
    expected: Type,
    place: &str,
) -> Result<Formula, RuleError> {
    let formula = resolve(expr, scope)?;
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

fn resolve(expr: &Expr, scope: &Scope<'_>) -> Result<Formula, RuleError> {
    let kind = match &expr.kind {
        ExprKind::Number(value) => FormulaKind::Number(*value),
        ExprKind::Truth(value) => FormulaKind::Truth(*value),
        ExprKind::Text(_) => return Err(Problem::TextInRule.at(expr.span)),
        ExprKind::Parameter(name) => parameter(name, expr.span, scope)?,
        ExprKind::Label(label) => match LabelCode::of(label) {
            Some(code) => FormulaKind::Label(code),
            None => {
                let known = all_labels().chain(Field::ALL.map(Field::name));
                let near = nearest(label, known);
                return Err(Problem::UnknownLabel { label: label.clone(), near }.at(expr.span));
            }
        },
        ExprKind::Name(name) => bare_name(name, expr.span, scope)?,
        ExprKind::At { name, symbol } => {
            let text = || format!("{name}@{symbol}");
            depends_on_bar(scope, text, expr.span)?;
            let field = Field::find(name)
                .ok_or_else(|| Problem::SymbolOfNonPrice { name: name.clone() }.at(expr.span))?;
            FormulaKind::Price { field, symbol: Some(symbol.clone()) }
        }
        ExprKind::Call { name, name_span, arguments } => {
            return call(expr, name, *name_span, arguments, scope);
        }
        ExprKind::Unary { operator, operand } => {
            let operand = resolve(operand, scope)?;
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
        ExprKind::Binary { operator, left, right } => binary(*operator, left, right, scope)?,
    };
    Ok(Formula { span: expr.span, kind })
}

fn parameter(name: &str, span: Span, scope: &Scope<'_>) -> Result<FormulaKind, RuleError> {
    match scope.parameters.iter().position(|p| *p == name) {
        Some(index) => Ok(FormulaKind::Parameter(index)),
        None => {
            let near = nearest(name, scope.parameters.iter().copied()).map(|near| format!("${near}"));
            Err(Problem::UnknownParameter { name: name.to_owned(), near }.at(span))
        }
    }
}

fn bare_name(name: &str, span: Span, scope: &Scope<'_>) -> Result<FormulaKind, RuleError> {
    if scope.setting == Setting::Condition {
        return condition_name(name, span, scope);
    }
    if let Some(field) = Field::find(name) {
        return Ok(FormulaKind::Price { field, symbol: None });
    }
    if let Some(function) = Function::find(name) {
        return Err(Problem::NotCalled { name: function.name, signature: function.signature() }.at(span));
    }
    let remedy = if scope.parameters.contains(&name) {
        Some(format!("a parameter is written `${name}`"))
    } else if name == "bars_held" {
        Some("to limit how long a position is held write `max_bars: 10` beside the rules".to_owned())
    } else {
        let parameters: Vec<String> = scope.parameters.iter().map(|p| format!("${p}")).collect();
        let known =
            Field::ALL.map(Field::name).into_iter().chain(functions::FUNCTIONS.iter().map(|f| f.name));
        let known = known.chain(["true", "false"]).chain(parameters.iter().map(String::as_str));
        nearest(name, known).map(|near| format!("did you mean `{near}`?"))
    };
    Err(Problem::UnknownName { name: name.to_owned(), remedy }.at(span))
}

fn condition_name(name: &str, span: Span, scope: &Scope<'_>) -> Result<FormulaKind, RuleError> {
    match parameter(name, span, scope) {
        Err(_) if Field::find(name).is_some() => {
            Err(Problem::NotAParameter { what: name.to_owned() }.at(span))
        }
        Err(_) => {
            let near = nearest(name, scope.parameters.iter().copied()).map(str::to_owned);
            Err(Problem::UnknownParameter { name: name.to_owned(), near }.at(span))
        }
        found => found,
    }
}

fn depends_on_bar(scope: &Scope<'_>, what: impl FnOnce() -> String, span: Span) -> Result<(), RuleError> {
    if scope.setting == Setting::Condition {
        Err(Problem::NotAParameter { what: what() }.at(span))
    } else {
        Ok(())
    }
}

fn binary(
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    scope: &Scope<'_>,
) -> Result<FormulaKind, RuleError> {
    let (left, right) = (resolve(left, scope)?, resolve(right, scope)?);
    let both = |expected: Type, sign: &str| {
        expect(&left, expected, || format!("left of `{sign}`"))?;
        expect(&right, expected, || format!("right of `{sign}`"))
    };
    match operator {
        BinaryOperator::And => both(Type::Truth, "and")?,
        BinaryOperator::Or => both(Type::Truth, "or")?,
        BinaryOperator::Arithmetic(operation) => both(Type::Number, expr::arithmetic_text(operation))?,
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
            both(expected, comparison_text(comparison))?;
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

fn call(
    expr: &Expr,
    name: &str,
    name_span: Span,
    arguments: &[expr::Argument],
    scope: &Scope<'_>,
) -> Result<Formula, RuleError> {
    depends_on_bar(scope, || name.to_owned(), name_span)?;
    if name == functions::regime::NAME {
        return regime(expr, arguments, scope);
    }
    if let Some(field) = Field::find(name) {
        return Err(Problem::PriceCalled { name: field.name() }.at(expr.span));
    }
    let Some(function) = Function::find(name) else {
        let known = functions::FUNCTIONS.iter().map(|f| f.name).chain([functions::regime::NAME]);
        let near = nearest(name, known);
        return Err(Problem::UnknownFunction { name: name.to_owned(), near }.at(name_span));
    };
    let slots = assign(function, arguments)?;
    let (mut inputs, mut constants) = (Vec::new(), Vec::new());
    for (argument, value) in function.arguments.iter().zip(slots) {
        let place = || format!("as `{}` of {}", argument.name(), function.name);
        match (argument, value) {
            (Argument::Series { .. }, Some(value)) => {
                let input = resolve(value, scope)?;
                expect(&input, Type::Number, place)?;
                inputs.push(input);
            }
            (Argument::Bars { .. } | Argument::Number { .. }, Some(value)) => {
                let constant = resolve(value, scope)?;
                expect(&constant, Type::Number, place)?;
                if !constant.is_constant() {
                    let problem = Problem::NotConstant { function: function.name, argument: argument.name() };
                    return Err(problem.at(constant.span));
                }
                constants.push(constant);
            }
            (argument, None) => {
                if let Some(value) = argument.default() {
                    constants.push(Formula { span: expr.span, kind: FormulaKind::Number(value) });
                    continue;
                }
                let signature = function.signature();
                let problem = Problem::MissingArgument {
                    function: function.name,
                    argument: argument.name(),
                    signature,
                };
                return Err(problem.at(expr.span));
            }
        }
    }
    Ok(Formula { span: expr.span, kind: FormulaKind::Call { function, inputs, constants } })
}

/// The value of each of the function's arguments, `None` where it is left out.
fn assign<'e>(
    function: &'static Function,
    arguments: &'e [expr::Argument],
) -> Result<Vec<Option<&'e Expr>>, RuleError> {
    let mut slots = vec![None; function.arguments.len()];
    for (position, argument) in arguments.iter().enumerate() {
        let slot = match &argument.name {
            Some((name, span)) => {
                let found = function.arguments.iter().position(|a| a.name() == name);
                found.ok_or_else(|| {
                    let (name, signature) = (name.clone(), function.signature());
                    Problem::UnknownArgument { function: function.name, name, signature }.at(*span)
                })?
            }
            None if position < slots.len() => position,
            None => {
                let takes = match slots.len() {
                    1 => "1 argument".to_owned(),
                    n => format!("{n} arguments"),
                };
                let signature = function.signature();
                let problem = Problem::TooManyArguments { function: function.name, takes, signature };
                return Err(problem.at(argument.value.span));
            }
        };
        if slots[slot].replace(&argument.value).is_some() {
            let name = function.arguments[slot].name().to_owned();
            let span = argument.name.as_ref().map_or(argument.value.span, |(_, span)| *span);
            return Err(Problem::ArgumentTwice { function: function.name, name }.at(span));
        }
    }
    Ok(slots)
}

fn regime(expr: &Expr, arguments: &[expr::Argument], scope: &Scope<'_>) -> Result<Formula, RuleError> {
    if scope.setting == Setting::Classifier {
        return Err(Problem::RegimeInClassifier.at(expr.span));
    }
    match arguments {
        [expr::Argument { name: None, value: Expr { kind: ExprKind::Name(name), .. } }] => {
            Ok(Formula { span: expr.span, kind: FormulaKind::Regime(name.clone()) })
        }
        _ => Err(Problem::RegimeArgument.at(expr.span)),
    }
}

#[cfg(test)]
mod tests;
