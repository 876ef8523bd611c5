//! Puts parameter values in place: from a definition to nodes of a graph and a canonical text.

use super::{Body, Definition, StrategyBody};
use crate::Span;
use crate::error::{Problem, RuleError};
use crate::formula::Formula;
use crate::graph::{Graph, Node, NodeId};
use crate::numeral::write_number;
use admf_model::{Parameters, Role};

/// How much of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// The same on every bar: a fraction of the fill price in (0, 1), for `size` a fraction of equity in (0, 1].
    Constant(f64),
    /// A number per bar: a distance in units of price, for `size` a fraction of equity.
    Node(NodeId),
}

/// A strategy with its parameters in place.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundStrategy {
    /// Everything that changes what it does, in one spelling, without names: one `key: rule` per line.
    pub canonical: String,
    /// When to be long; an entry if there is an exit, else a level (rule 7).
    pub long: Option<NodeId>,
    /// When to be short.
    pub short: Option<NodeId>,
    /// When to leave a long position; only with `long`.
    pub exit_long: Option<NodeId>,
    /// When to leave a short position; only with `short`.
    pub exit_short: Option<NodeId>,
    /// Fraction of equity to invest.
    pub size: Amount,
    /// Distance of the stop from the entry fill.
    pub stop_loss: Option<Amount>,
    /// Distance of the target from the entry fill.
    pub take_profit: Option<Amount>,
    /// Distance of the trailing stop from the best price.
    pub trailing_stop: Option<Amount>,
    /// Bars after which a position is closed, at least 1.
    pub max_bars: Option<u32>,
}

/// A classifier with its parameters in place.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundClassifier {
    /// Everything that changes what it does, in one spelling, without names.
    pub canonical: String,
    /// The vocabulary.
    pub role: Role,
    /// Position in the role's labels and when it holds; the first that is true wins.
    pub labels: Vec<(u8, NodeId)>,
    /// The label where none holds; `None` leaves those bars undefined.
    pub otherwise: Option<u8>,
}

impl Definition {
    /// Puts values of all parameters in place. Spans of errors are into the text of this definition.
    pub fn bind_strategy(
        &self,
        parameters: &Parameters,
        graph: &mut Graph,
    ) -> Result<BoundStrategy, RuleError> {
        let Body::Strategy(body) = &self.body else { return Err(self.wrong_body("classifier", "strategy")) };
        let values = self.values(parameters)?;
        let mut canonical = Canonical { text: String::with_capacity(96) };
        let mut truth = |key: &str, formula: &Option<Formula>| -> Result<Option<NodeId>, RuleError> {
            let Some(formula) = formula else { return Ok(None) };
            let node = formula.bind(&values, graph)?;
            canonical.key(key);
            graph.write(node, &mut canonical.text);
            Ok(Some(node))
        };
        let (long, short) = (truth("long", &body.long)?, truth("short", &body.short)?);
        let (exit_long, exit_short) =
            (truth("exit_long", &body.exit_long)?, truth("exit_short", &body.exit_short)?);
        let mut amounts = Amounts { values: &values, graph, canonical: &mut canonical };
        let size = amounts.size(&body.size)?;
        let stop_loss = amounts.distance("stop_loss", &body.stop_loss)?;
        let take_profit = amounts.distance("take_profit", &body.take_profit)?;
        let trailing_stop = amounts.distance("trailing_stop", &body.trailing_stop)?;
        let max_bars = amounts.max_bars(body)?;
        let canonical = canonical.text;
        Ok(BoundStrategy {
            canonical,
            long,
            short,
            exit_long,
            exit_short,
            size,
            stop_loss,
            take_profit,
            trailing_stop,
            max_bars,
        })
    }

    /// Puts values of all parameters in place. Spans of errors are into the text of this definition.
    pub fn bind_classifier(
        &self,
        parameters: &Parameters,
        graph: &mut Graph,
    ) -> Result<BoundClassifier, RuleError> {
        let Body::Classifier(body) = &self.body else {
            return Err(self.wrong_body("strategy", "classifier"));
        };
        let values = self.values(parameters)?;
        let role = body.role;
        let mut canonical = Canonical { text: String::new() };
        canonical.key("role");
        canonical.text.push_str(role.name());
        canonical.key("labels");
        let mut labels = Vec::with_capacity(body.labels.len());
        for (code, formula) in &body.labels {
            let node = formula.bind(&values, graph)?;
            canonical.text.push_str("\n  ");
            canonical.text.push_str(role.labels()[usize::from(*code)]);
            canonical.text.push_str(": ");
            graph.write(node, &mut canonical.text);
            labels.push((*code, node));
        }
        if let Some(code) = body.otherwise {
            canonical.key("otherwise");
            canonical.text.push_str(role.labels()[usize::from(code)]);
        }
        Ok(BoundClassifier { canonical: canonical.text, role, labels, otherwise: body.otherwise })
    }

    /// All that is wrong with the constants of a strategy once these parameters are in place, where
    /// [`Definition::bind_strategy`] tells the first.
    pub fn wrong_values(&self, parameters: &Parameters) -> Vec<RuleError> {
        let Body::Strategy(body) = &self.body else { return Vec::new() };
        match self.values(parameters) {
            Ok(values) => body.wrong_values(Some(&values)),
            Err(error) => vec![error],
        }
    }

    /// One number per parameter, in order.
    fn values(&self, parameters: &Parameters) -> Result<Vec<f64>, RuleError> {
        let mut given = parameters.iter();
        let mut values = Vec::with_capacity(self.parameters.len());
        for parameter in &self.parameters {
            // Grids keep the order of the definition, so the search is the exception.
            let value = match given.next() {
                Some((name, value)) if name == parameter.name => value,
                _ => parameters.get(&parameter.name).ok_or_else(|| {
                    let (definition, name) = (self.name.clone(), parameter.name.clone());
                    Problem::MissingParameter { definition, name }.at(parameter.span)
                })?,
            };
            values.push(parameter.admit(value).map_err(|problem| problem.at(parameter.span))?.as_f64());
        }
        if parameters.iter().count() > values.len() {
            let unknown = parameters.iter().find(|(name, _)| self.parameters.iter().all(|p| p.name != *name));
            if let Some((name, _)) = unknown {
                return Err(self.no_such_parameter(name).at(Span::default()));
            }
        }
        Ok(values)
    }

    fn wrong_body(&self, found: &'static str, wanted: &'static str) -> RuleError {
        Problem::WrongBody { name: self.name.clone(), found, wanted }.at(Span::default())
    }
}

type Check<'a> = &'a dyn Fn(f64) -> Result<(), Problem>;

impl StrategyBody {
    /// What is wrong with constants, as far as they are known; see [`Formula::wrong_constants`].
    pub(super) fn wrong_values(&self, values: Option<&[f64]>) -> Vec<RuleError> {
        let mut errors: Vec<RuleError> = Vec::new();
        let rules = [&self.long, &self.short, &self.exit_long, &self.exit_short];
        let amounts: [(&Option<Formula>, Check<'_>); 5] = [
            (&self.size, &check_size),
            (&self.stop_loss, &|value| check_distance("stop_loss", value)),
            (&self.take_profit, &|value| check_distance("take_profit", value)),
            (&self.trailing_stop, &|value| check_distance("trailing_stop", value)),
            (&self.max_bars, &check_max_bars),
        ];
        for formula in rules.into_iter().chain(amounts.map(|(formula, _)| formula)).flatten() {
            for error in formula.wrong_constants(values) {
                // `exit` is read once for each side.
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
        }
        for (formula, check) in amounts {
            let Some(formula) = formula else { continue };
            let Some(value) = formula.known_constant(values) else { continue };
            let checked = value.ok_or(Problem::UndefinedConstant).and_then(check);
            errors.extend(checked.err().map(|problem| problem.at(formula.span)));
        }
        errors
    }
}

/// What is wrong with a constant `size`, if anything is.
pub(super) fn check_size(value: f64) -> Result<(), Problem> {
    if value > 0.0 && value <= 1.0 { Ok(()) } else { Err(Problem::SizeRange { value }) }
}

/// What is wrong with a constant distance.
pub(super) fn check_distance(key: &'static str, value: f64) -> Result<(), Problem> {
    if value > 0.0 && value < 1.0 { Ok(()) } else { Err(Problem::DistanceRange { key, value }) }
}

/// What is wrong with `max_bars`.
pub(super) fn check_max_bars(value: f64) -> Result<(), Problem> {
    let counts = value.trunc() == value && (1.0..=f64::from(u32::MAX)).contains(&value);
    if counts { Ok(()) } else { Err(Problem::MaxBarsRange { value }) }
}

struct Canonical {
    text: String,
}

impl Canonical {
    fn key(&mut self, key: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(key);
        self.text.push(':');
        // A key whose value is on lines of its own has nothing after the colon.
        if key != "labels" {
            self.text.push(' ');
        }
    }
}

struct Amounts<'a> {
    values: &'a [f64],
    graph: &'a mut Graph,
    canonical: &'a mut Canonical,
}

impl Amounts<'_> {
    fn amount(&mut self, key: &str, formula: &Formula) -> Result<Amount, RuleError> {
        let node = formula.bind(self.values, self.graph)?;
        self.canonical.key(key);
        self.graph.write(node, &mut self.canonical.text);
        Ok(match self.graph.node(node) {
            Node::Number(value) => Amount::Constant(value.value()),
            _ => Amount::Node(node),
        })
    }

    fn size(&mut self, formula: &Option<Formula>) -> Result<Amount, RuleError> {
        let Some(formula) = formula else {
            self.canonical.key("size");
            self.canonical.text.push('1');
            return Ok(Amount::Constant(1.0));
        };
        let amount = self.amount("size", formula)?;
        if let Amount::Constant(value) = amount {
            check_size(value).map_err(|problem| problem.at(formula.span))?;
        }
        Ok(amount)
    }

    fn distance(
        &mut self,
        key: &'static str,
        formula: &Option<Formula>,
    ) -> Result<Option<Amount>, RuleError> {
        let Some(formula) = formula else { return Ok(None) };
        let amount = self.amount(key, formula)?;
        if let Amount::Constant(value) = amount {
            check_distance(key, value).map_err(|problem| problem.at(formula.span))?;
        }
        Ok(Some(amount))
    }

    fn max_bars(&mut self, body: &StrategyBody) -> Result<Option<u32>, RuleError> {
        let Some(formula) = &body.max_bars else { return Ok(None) };
        let value =
            formula.constant(self.values).ok_or_else(|| Problem::UndefinedConstant.at(formula.span))?;
        check_max_bars(value).map_err(|problem| problem.at(formula.span))?;
        self.canonical.key("max_bars");
        write_number(value, &mut self.canonical.text);
        Ok(Some(value as u32))
    }
}
