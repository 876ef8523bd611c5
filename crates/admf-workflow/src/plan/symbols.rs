//! Which symbols names and patterns mean.

use crate::spec::SpecProblem;
use admf_model::Dataset;
use admf_rules::{Span, nearest};

/// The symbols of a dataset that can be traded, in its order.
pub(super) fn tradable(dataset: &Dataset) -> Vec<String> {
    dataset.symbols.iter().filter(|b| b.is_tradable()).map(|b| b.symbol().to_owned()).collect()
}

/// The symbols that names mean, in the order of the names, each once; without names all that are allowed. `*` in a
/// name stands for any letters and takes what it fits in the order of `allowed`.
pub(super) fn chosen_symbols(
    names: Option<&[(String, Span)]>,
    allowed: &[String],
    dataset: &Dataset,
    problems: &mut Vec<SpecProblem>,
) -> Vec<String> {
    let Some(names) = names else { return allowed.to_vec() };
    let mut chosen: Vec<String> = Vec::new();
    for (name, span) in names {
        let found: Vec<_> = allowed.iter().filter(|symbol| *symbol == name || fits(name, symbol)).collect();
        if found.is_empty() {
            problems.push(unknown(name, *span, allowed, dataset));
        }
        for symbol in found {
            if !chosen.contains(symbol) {
                chosen.push(symbol.clone());
            }
        }
    }
    chosen
}

/// True when the pieces of a pattern between its `*` are found in the symbol one after the other.
fn fits(pattern: &str, symbol: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return false };
    let Some(mut left) = symbol.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

fn unknown(name: &str, span: Span, allowed: &[String], dataset: &Dataset) -> SpecProblem {
    const MOST_LISTED: usize = 20;
    if name.contains('*') {
        return SpecProblem::new(span, format!("no symbol is like `{name}`"))
            .help(listed(allowed, MOST_LISTED));
    }
    match dataset.symbol(name) {
        Some(bars) if bars.is_tradable() => {
            let help = format!("add {name} there, or choose from {}", allowed.join(", "));
            SpecProblem::new(span, format!("`{name}` is not among the symbols under `data`")).help(help)
        }
        Some(_) => {
            let message = format!("`{name}` has bars without open, high, low or close and cannot be traded");
            SpecProblem::new(span, message).help(format!("name it in rules as close@{name}"))
        }
        None => {
            let message = format!("dataset `{}` has no symbol `{name}`", dataset.name);
            SpecProblem::new(span, message).help(match nearest(name, allowed.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => listed(allowed, MOST_LISTED),
            })
        }
    }
}

fn listed(symbols: &[String], most: usize) -> String {
    let more = if symbols.len() > most { ", …" } else { "" };
    format!("it has {}{more}", symbols[..symbols.len().min(most)].join(", "))
}

#[cfg(test)]
mod tests;
