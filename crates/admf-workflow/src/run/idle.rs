//! After a run: which strategies made no trade, and of types of which none did, which part of the entry was at fault.

use super::prepared::Prepared;
use super::symbols::coverage;
use crate::WorkflowError;
use crate::plan::{Plan, PlannedStrategy, in_words};
use crate::words::{counted, grouped};
use admf_engine::SymbolData;
use admf_model::{Cell, Sheet};
use admf_rules::graph::{Field, Node};
use admf_rules::{BoundStrategy, Extent, Graph, NodeId, Type};

/// What is said of strategies without a trade.
#[derive(Debug, Default)]
pub(super) struct Idle {
    /// A sentence per type of which no strategy traded, with the reason.
    pub(super) types: Vec<String>,
    /// The types of which some did not.
    pub(super) some: Option<String>,
}

/// Looks at a finished run; `types` has a row per type with its numbers of strategies and of those that traded.
pub(super) fn look(prepared: &mut Prepared, types: &Sheet) -> Result<Idle, WorkflowError> {
    let mut idle = Idle::default();
    let mut some = Vec::new();
    let at = |name: &str| types.columns.iter().position(|column| column.name == name);
    let (Some(name), Some(all), Some(traded)) = (at("strategy_type"), at("strategies"), at("traded")) else {
        return Ok(idle);
    };
    for row in &types.rows {
        let (Cell::Text(name), Cell::Integer(all), Cell::Integer(traded)) =
            (&row[name], &row[all], &row[traded])
        else {
            continue;
        };
        let (all, traded) = (usize::try_from(*all).unwrap_or(0), usize::try_from(*traded).unwrap_or(0));
        if traded == 0 {
            let who = match all {
                1 => format!("{name} made no trade"),
                _ => format!("{name}: none of {} strategies made a trade", grouped(all as u64)),
            };
            let why = why_none(prepared, name)?.map_or_else(String::new, |why| format!(": {why}"));
            idle.types.push(format!("{who}{why}"));
        } else if traded < all {
            some.push(format!("{} of {} {name}", grouped((all - traded) as u64), grouped(all as u64)));
        }
    }
    idle.some = (!some.is_empty()).then(|| format!("strategies without a trade: {}", some.join(", ")));
    Ok(idle)
}

/// Why the first strategy of a type did not trade.
fn why_none(prepared: &mut Prepared, name: &str) -> Result<Option<String>, WorkflowError> {
    let Prepared { plan, symbols, graph, .. } = prepared;
    let Some(entry) = plan.strategies.iter().find(|entry| entry.chosen.definition.name == name) else {
        return Ok(None);
    };
    let Some(parameters) = entry.grid.iter().next() else { return Ok(None) };
    let rule = plan.bind_strategy(entry, &parameters, graph)?;
    for symbol in &entry.symbols {
        symbols.data[*symbol].extend(graph).map_err(|e| WorkflowError::data(e.to_string()))?;
    }
    let seen = Seen::new(plan, entry, &symbols.data, graph);
    let with = if parameters.is_empty() { String::new() } else { format!(" (with {parameters})") };
    Ok(Some(format!("{}{with}", seen.why(&rule))))
}

/// The symbols that an entry was evaluated on.
struct Seen<'a> {
    plan: &'a Plan,
    graph: &'a Graph,
    data: Vec<&'a SymbolData>,
}

impl<'a> Seen<'a> {
    fn new(plan: &'a Plan, entry: &PlannedStrategy, data: &'a [SymbolData], graph: &'a Graph) -> Self {
        Self { plan, graph, data: entry.symbols.iter().map(|symbol| &data[*symbol]).collect() }
    }

    fn why(&self, rule: &BoundStrategy) -> String {
        let sides: Vec<NodeId> = [rule.long, rule.short].into_iter().flatten().collect();
        let bars: usize = sides.iter().map(|side| self.bars(*side).0).sum();
        if bars > 0 {
            let bars = counted(bars, "bar", "bars");
            return format!("its entry was true on {bars}, none of which led to a fill");
        }
        let reasons: Vec<String> = sides.into_iter().map(|side| self.never_true(side)).collect();
        reasons.join(", and ")
    }

    /// Evaluated bars on which a condition is true, and on which it is false.
    fn bars(&self, node: NodeId) -> (usize, usize) {
        let (mut yes, mut no) = (0, 0);
        for data in &self.data {
            let truth = data.columns.truth(self.graph, node);
            yes += data.market.window.clone().filter(|bar| truth.yes.get(*bar)).count();
            no += data.market.window.clone().filter(|bar| truth.no.get(*bar)).count();
        }
        (yes, no)
    }

    /// Between which numbers a value lies on the evaluated bars.
    fn extent(&self, node: NodeId) -> Extent {
        let mut extent = Extent::NOWHERE;
        for data in &self.data {
            let series = data.columns.series(self.graph, node);
            extent = extent.joined(Extent::of(data.market.window.clone().filter_map(|bar| series.get(bar))));
        }
        extent
    }

    fn is_undefined(&self, node: NodeId) -> bool {
        match self.graph.type_of(node) {
            Type::Number if matches!(self.graph.node(node), Node::BarsHeld) => false,
            Type::Number => self.extent(node).is_nowhere(),
            Type::Truth => self.bars(node) == (0, 0),
            Type::Label => match self.graph.node(node) {
                Node::Regime(at) => {
                    let name = self.graph.regimes().nth(at as usize).unwrap_or_default();
                    !self.data.iter().any(|data| {
                        let labels = data.labels.get(name);
                        labels.is_some_and(|l| data.market.window.clone().any(|bar| l.text(bar).is_some()))
                    })
                }
                _ => false,
            },
        }
    }

    /// The smallest part of a condition that was never true.
    fn never_true(&self, node: NodeId) -> String {
        let text = |node| self.graph.text(node);
        if let Node::And(a, b) = self.graph.node(node) {
            return match [a, b].into_iter().find(|part| self.bars(*part).0 == 0) {
                Some(part) => self.never_true(part),
                None => format!("`{}` and `{}` were never true on the same bar", text(a), text(b)),
            };
        }
        if self.is_undefined(node) {
            return self.undefined(node);
        }
        let mut sides = Vec::new();
        if let Node::Compare(_, a, b) = self.graph.node(node) {
            for side in [a, b].into_iter().filter(|side| !matches!(self.graph.node(*side), Node::Number(_))) {
                let extent = in_words(self.extent(side));
                sides.extend(extent.map(|extent| format!("`{}` was {extent}", text(side))));
            }
        }
        let because = if sides.is_empty() { String::new() } else { format!(": {}", sides.join(" and ")) };
        format!("`{}` was never true{because}", text(node))
    }

    /// The smallest part that has no value.
    fn undefined(&self, node: NodeId) -> String {
        let mut parts = self.graph.operands(node).filter(|part| self.has_name(*part));
        if let Some(part) = parts.find(|part| self.is_undefined(*part)) {
            return self.undefined(part);
        }
        let text = self.graph.text(node);
        let why = match self.graph.node(node) {
            Node::Price(at) => {
                let symbol = self.graph.prices().nth(at as usize).and_then(|price| price.symbol.clone());
                symbol.and_then(|symbol| coverage(self.plan, &symbol))
            }
            _ => self.too_few_bars(node),
        };
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        format!("`{text}` is undefined on every bar{why}")
    }

    /// False for the clock, which functions read and nobody names.
    fn has_name(&self, node: NodeId) -> bool {
        match self.graph.node(node) {
            Node::Price(at) => {
                self.graph.prices().nth(at as usize).is_some_and(|price| Field::ALL.contains(&price.field))
            }
            _ => true,
        }
    }

    fn too_few_bars(&self, node: NodeId) -> Option<String> {
        let needed = self.graph.warm_up(node) as usize;
        let longest = self.data.iter().max_by_key(|data| data.market.window.end)?;
        let (symbol, bars) = (longest.market.bars.symbol(), longest.market.window.end);
        (needed >= bars).then(|| {
            let needed = counted(needed, "bar", "bars");
            format!("it needs {needed} before its first value, {symbol} has {}", grouped(bars as u64))
        })
    }
}
