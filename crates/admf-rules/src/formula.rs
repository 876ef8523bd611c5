//! Checked expressions whose parameters are still open: names are resolved, types agree, arguments are in place.
//!
//! A definition is checked once; putting parameter values in place is then a walk over this tree that interns nodes
//! into a [`Graph`], with no text in sight. That is what makes a sweep over a million parameter sets cheap.

use crate::Span;
use crate::error::{Problem, RuleError};
use crate::functions::{Argument, Function, MAX_BARS, MAX_INPUTS};
use crate::graph::{Field, Graph, NodeId};
use crate::logic::{self, Arithmetic};
use crate::types::{LabelCode, Type};
use admf_model::Comparison;

mod check;
mod extent;

pub(crate) use check::{Scope, Setting, check, label_of_role};
pub(crate) use extent::Known;

/// A checked expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Formula {
    pub(crate) span: Span,
    pub(crate) kind: FormulaKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FormulaKind {
    Number(f64),
    Truth(bool),
    Label(LabelCode),
    /// Position in the definition's parameters.
    Parameter(usize),
    Price {
        field: Field,
        symbol: Option<String>,
    },
    Regime(String),
    BarsHeld,
    Negate(Box<Formula>),
    Not(Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
    Compare(Comparison, Box<Formula>, Box<Formula>),
    SameLabel(bool, Box<Formula>, Box<Formula>),
    Arithmetic(Arithmetic, Box<Formula>, Box<Formula>),
    Call {
        function: &'static Function,
        /// One per input of the function: what is written, then the columns that it reads without being told.
        inputs: Vec<Formula>,
        constants: Vec<Formula>,
    },
}

impl Formula {
    pub(crate) fn type_of(&self) -> Type {
        match &self.kind {
            FormulaKind::Number(_)
            | FormulaKind::Parameter(_)
            | FormulaKind::Price { .. }
            | FormulaKind::BarsHeld
            | FormulaKind::Negate(_)
            | FormulaKind::Arithmetic(..) => Type::Number,
            FormulaKind::Label(_) | FormulaKind::Regime(_) => Type::Label,
            FormulaKind::Call { function, .. } => function.result,
            FormulaKind::Truth(_)
            | FormulaKind::Not(_)
            | FormulaKind::And(..)
            | FormulaKind::Or(..)
            | FormulaKind::Compare(..)
            | FormulaKind::SameLabel(..) => Type::Truth,
        }
    }

    /// The formulas directly below; of calls what is written and what is read without being written.
    pub(crate) fn operands(&self) -> Vec<&Self> {
        match &self.kind {
            FormulaKind::Negate(a) | FormulaKind::Not(a) => vec![a],
            FormulaKind::And(a, b)
            | FormulaKind::Or(a, b)
            | FormulaKind::Compare(_, a, b)
            | FormulaKind::SameLabel(_, a, b)
            | FormulaKind::Arithmetic(_, a, b) => vec![a, b],
            FormulaKind::Call { inputs, constants, .. } => inputs.iter().chain(constants).collect(),
            _ => Vec::new(),
        }
    }

    /// Calls `visit` with this formula and everything below it.
    pub(crate) fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        for operand in self.operands() {
            operand.visit(visit);
        }
    }

    /// Calls `change` with everything below this formula, and then with it.
    pub(crate) fn visit_mut(&mut self, change: &mut dyn FnMut(&mut Self)) {
        match &mut self.kind {
            FormulaKind::Negate(a) | FormulaKind::Not(a) => a.visit_mut(change),
            FormulaKind::And(a, b)
            | FormulaKind::Or(a, b)
            | FormulaKind::Compare(_, a, b)
            | FormulaKind::SameLabel(_, a, b)
            | FormulaKind::Arithmetic(_, a, b) => {
                a.visit_mut(change);
                b.visit_mut(change);
            }
            FormulaKind::Call { inputs, constants, .. } => {
                inputs.iter_mut().chain(constants).for_each(|operand| operand.visit_mut(change));
            }
            _ => {}
        }
        change(self);
    }

    /// True when the value is the same on every bar.
    pub(crate) fn is_constant(&self) -> bool {
        match self.kind {
            FormulaKind::Price { .. }
            | FormulaKind::Regime(_)
            | FormulaKind::BarsHeld
            | FormulaKind::Call { .. } => false,
            _ => self.operands().into_iter().all(Self::is_constant),
        }
    }

    /// Puts parameter values, one per parameter of the definition, in place.
    pub(crate) fn bind(&self, values: &[f64], graph: &mut Graph) -> Result<NodeId, RuleError> {
        Ok(match &self.kind {
            FormulaKind::Number(value) => graph.number(*value),
            FormulaKind::Truth(value) => graph.truth(*value),
            FormulaKind::Label(label) => graph.label(*label),
            FormulaKind::Parameter(index) => graph.number(values[*index]),
            FormulaKind::Price { field, symbol } => graph.price(*field, symbol.as_deref()),
            FormulaKind::Regime(name) => graph.regime(name),
            FormulaKind::BarsHeld => graph.bars_held(),
            FormulaKind::Negate(a) => {
                let a = a.bind(values, graph)?;
                graph.negate(a)
            }
            FormulaKind::Not(a) => {
                let a = a.bind(values, graph)?;
                graph.not(a)
            }
            FormulaKind::And(a, b) => {
                let (a, b) = (a.bind(values, graph)?, b.bind(values, graph)?);
                graph.and(a, b)
            }
            FormulaKind::Or(a, b) => {
                let (a, b) = (a.bind(values, graph)?, b.bind(values, graph)?);
                graph.or(a, b)
            }
            FormulaKind::Compare(comparison, a, b) => {
                let (a, b) = (a.bind(values, graph)?, b.bind(values, graph)?);
                graph.compare(*comparison, a, b)
            }
            FormulaKind::SameLabel(equal, a, b) => {
                let (a, b) = (a.bind(values, graph)?, b.bind(values, graph)?);
                graph.same_label(*equal, a, b)
            }
            FormulaKind::Arithmetic(operation, a, b) => {
                let (a, b) = (a.bind(values, graph)?, b.bind(values, graph)?);
                let node = graph.arithmetic(*operation, a, b);
                node.ok_or_else(|| Problem::UndefinedConstant.at(self.span))?
            }
            FormulaKind::Call { function, inputs, constants } => {
                bind_call(function, inputs, constants, values, graph)?
            }
        })
    }

    /// The value of a constant formula: a number, or a truth as 1 and 0. `None` is undefined.
    pub(crate) fn constant(&self, values: &[f64]) -> Option<f64> {
        let number = |a: &Self| a.constant(values);
        let truth = |a: &Self| a.constant(values).map(|v| v != 0.0);
        match &self.kind {
            FormulaKind::Number(value) => Some(*value),
            FormulaKind::Truth(value) => Some(f64::from(*value)),
            FormulaKind::Parameter(index) => Some(values[*index]),
            FormulaKind::Negate(a) => number(a).map(|v| -v),
            FormulaKind::Not(a) => truth(a).map(|v| f64::from(!v)),
            FormulaKind::And(a, b) => logic::and(truth(a), truth(b)).map(f64::from),
            FormulaKind::Or(a, b) => logic::or(truth(a), truth(b)).map(f64::from),
            FormulaKind::Compare(comparison, a, b) => {
                logic::compare(*comparison, number(a), number(b)).map(f64::from)
            }
            FormulaKind::Arithmetic(operation, a, b) => logic::arithmetic(*operation, number(a), number(b)),
            FormulaKind::Label(_)
            | FormulaKind::Price { .. }
            | FormulaKind::Regime(_)
            | FormulaKind::BarsHeld
            | FormulaKind::SameLabel(..)
            | FormulaKind::Call { .. } => None,
        }
    }
}

impl Formula {
    /// What is wrong with the constants of the functions in this formula, as far as they are known: with `values` for
    /// the parameters all are, without only those that name no parameter.
    pub(crate) fn wrong_constants(&self, values: Option<&[f64]>) -> Vec<RuleError> {
        let mut errors = Vec::new();
        self.visit(&mut |part| {
            let FormulaKind::Call { function, constants, .. } = &part.kind else { return };
            let arguments = function.arguments.iter().filter(|a| !a.is_series());
            for (argument, formula) in arguments.zip(constants) {
                let Some(value) = formula.known_constant(values) else { continue };
                let checked = value
                    .ok_or(Problem::UndefinedConstant)
                    .and_then(|value| check_constant(function, argument, value));
                errors.extend(checked.err().map(|problem| problem.at(formula.span)));
            }
        });
        errors
    }

    /// The value of a constant formula, `None` where it depends on bars or on parameters that are not given.
    pub(crate) fn known_constant(&self, values: Option<&[f64]>) -> Option<Option<f64>> {
        let mut names_parameter = false;
        self.visit(&mut |part| names_parameter |= matches!(part.kind, FormulaKind::Parameter(_)));
        if !self.is_constant() || (names_parameter && values.is_none()) {
            return None;
        }
        Some(self.constant(values.unwrap_or_default()))
    }
}

fn bind_call(
    function: &'static Function,
    inputs: &[Formula],
    constants: &[Formula],
    values: &[f64],
    graph: &mut Graph,
) -> Result<NodeId, RuleError> {
    let mut nodes = [None; MAX_INPUTS];
    for (slot, input) in nodes.iter_mut().zip(inputs) {
        *slot = Some(input.bind(values, graph)?);
    }
    let mut numbers = [0.0; MAX_INPUTS];
    let arguments = function.arguments.iter().filter(|a| !a.is_series());
    for ((slot, argument), formula) in numbers.iter_mut().zip(arguments).zip(constants) {
        let value = formula.constant(values).ok_or_else(|| Problem::UndefinedConstant.at(formula.span))?;
        *slot = value;
        check_constant(function, argument, value).map_err(|problem| problem.at(formula.span))?;
    }
    let inputs: [NodeId; MAX_INPUTS] = nodes.map(|node| node.unwrap_or(NodeId::FIRST));
    Ok(graph.call_of(function, &numbers[..constants.len()], &inputs[..function.inputs()]))
}

fn check_constant(function: &'static Function, argument: &Argument, value: f64) -> Result<(), Problem> {
    let (function, name) = (function.name, argument.name());
    let range = match *argument {
        Argument::Series { .. } | Argument::Truth { .. } => return Ok(()),
        Argument::Bars { minimum, .. } => {
            if value < 0.0 {
                return Err(Problem::Future { function, argument: name, value, minimum });
            }
            if value.trunc() != value {
                return Err(Problem::ArgumentNotWhole { function, argument: name, value });
            }
            (minimum, MAX_BARS)
        }
        Argument::Number { minimum, maximum, .. } => (minimum, maximum),
    };
    if value < range.0 || value > range.1 {
        return Err(Problem::ArgumentRange { function, argument: name, value, range });
    }
    Ok(())
}
