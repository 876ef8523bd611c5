//! Resolves calls: which function, which value for which of its arguments.

use super::{Formula, FormulaKind, Setting, Within, depends_on_bar, expect, resolve};
use crate::Span;
use crate::error::{Errors, Problem, RuleError, both};
use crate::expr::{self, Expr, ExprKind};
use crate::functions::{self, Function, choice};
use crate::graph::Field;
use crate::near::nearest;
use crate::types::Type;

pub(super) fn call(
    expr: &Expr,
    name: &str,
    name_span: Span,
    arguments: &[expr::Argument],
    within: Within<'_>,
) -> Result<Formula, Errors> {
    depends_on_bar(within, || name.to_owned(), name_span)?;
    if name == functions::regime::NAME {
        return Ok(regime(expr, arguments, within)?);
    }
    if let Some(field) = Field::find(name) {
        return Err(Problem::PriceCalled { name: field.name() }.at(expr.span).into());
    }
    let Some(function) = Function::find(name) else {
        let known = functions::FUNCTIONS.iter().map(|f| f.name).chain([functions::regime::NAME]);
        let synonym = expr::synonym(name).map(|own| format!("write {own}"));
        let near = || nearest(name, known).map(|near| format!("did you mean `{near}`?"));
        let problem = Problem::UnknownFunction { name: name.to_owned(), remedy: synonym.or_else(near) };
        // Its arguments may be wrong as well.
        let mut all = Err(problem.at(name_span).into());
        for argument in arguments {
            all = both(all, resolve(&argument.value, within)).map(|(all, _)| all);
        }
        return all;
    };
    let within = Within { function: Some(function.name), ..within };
    let slots = assign(function, arguments)?;
    // `rsi(14)` would be the index of a price that never moves, 14 bars long by default.
    if let [functions::Argument::Series { name }, functions::Argument::Bars { default: Some(_), .. }, ..] =
        function.arguments
        && is_length(arguments)
    {
        return Err(missing(function, name, arguments).at(expr.span).into());
    }
    let mut values = Ok(Vec::with_capacity(slots.len()));
    for (argument, slot) in function.arguments.iter().zip(slots) {
        let value = match (slot, argument.default()) {
            (Some(value), _) => resolve(value, within),
            (None, Some(value)) => Ok(Formula { span: expr.span, kind: FormulaKind::Number(value) }),
            (None, None) => Err(missing(function, argument.name(), arguments).at(expr.span).into()),
        };
        values = both(values, value).map(|(mut values, value)| {
            values.push(value);
            values
        });
    }
    let mut values = values?;
    // `if` chooses between numbers or between conditions: what the first one is decides.
    let of_conditions = function == &choice::FUNCTION && values[1].type_of() == Type::Truth;
    let function = if of_conditions { &choice::OF_CONDITIONS } else { function };
    for (argument, value) in function.arguments.iter().zip(&values) {
        expect(value, argument.type_of(), || format!("as `{}` of {}", argument.name(), function.name))?;
        if !argument.is_series() && !value.is_constant() {
            let problem = Problem::NotConstant { function: function.name, argument: argument.name() };
            return Err(problem.at(value.span).into());
        }
    }
    let constants = values.split_off(function.arguments.iter().filter(|a| a.is_series()).count());
    values.extend(implicit(function, expr.span, within));
    Ok(Formula { span: expr.span, kind: FormulaKind::Call { function, inputs: values, constants } })
}

/// An argument is missing; `sma(20)` gives the length and leaves out what it is of.
fn missing(function: &'static Function, argument: &'static str, given: &[expr::Argument]) -> Problem {
    let remedy = match (given, function.arguments) {
        ([length], [functions::Argument::Series { .. }, functions::Argument::Bars { .. }, ..])
            if is_length(given) =>
        {
            match length.value.kind {
                ExprKind::Number(bars) => Some(format!("write {}(close, {bars})", function.name)),
                _ => None,
            }
        }
        _ => None,
    };
    Problem::MissingArgument { function: function.name, argument, signature: function.signature(), remedy }
}

/// A number alone, as other programs write a length.
fn is_length(given: &[expr::Argument]) -> bool {
    matches!(given, [expr::Argument { value: Expr { kind: ExprKind::Number(_), .. }, .. }])
}

/// A function that is named without parentheses.
pub(super) fn without_arguments(function: &'static Function, span: Span, within: Within<'_>) -> FormulaKind {
    FormulaKind::Call { function, inputs: implicit(function, span, within).collect(), constants: Vec::new() }
}

/// The columns that a function reads without being told: of the symbol that it is asked of, but the clock is everyone's.
fn implicit(function: &Function, span: Span, within: Within<'_>) -> impl Iterator<Item = Formula> {
    function.implicit.iter().map(move |field| {
        let symbol = within.symbol.filter(|_| Field::ALL.contains(field)).map(str::to_owned);
        Formula { span, kind: FormulaKind::Price { field: *field, symbol } }
    })
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

fn regime(expr: &Expr, arguments: &[expr::Argument], within: Within<'_>) -> Result<Formula, RuleError> {
    if within.setting == Setting::Classifier {
        return Err(Problem::RegimeInClassifier.at(expr.span));
    }
    match arguments {
        [expr::Argument { name: None, value: Expr { kind: ExprKind::Name(name), .. } }] => {
            Ok(Formula { span: expr.span, kind: FormulaKind::Regime(name.clone()) })
        }
        _ => Err(Problem::RegimeArgument.at(expr.span)),
    }
}
