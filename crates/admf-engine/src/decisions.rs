//! What a strategy decides at every close, as columns.

use admf_model::Series;
use admf_rules::{HeldRule, Truth};

/// A number at every bar: the same one, or a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// For a size the fraction of equity, for a distance the fraction of the fill price.
    Constant(f64),
    /// For a size the fraction of equity, for a distance an amount of price; read at the decision bar.
    Column(Series),
}

impl Quantity {
    /// True when an entry decided at this bar has a positive value to use.
    fn is_usable(&self, bar: usize) -> bool {
        match self {
            Self::Constant(value) => *value > 0.0,
            Self::Column(column) => column.get(bar).is_some_and(|v| v > 0.0),
        }
    }

    /// A distance in price for a fill at `price` decided at `bar`; call it only where usable.
    pub fn distance(&self, bar: usize, price: f64) -> f64 {
        match self {
            Self::Constant(fraction) => fraction * price,
            Self::Column(column) => column.values()[bar],
        }
    }

    /// A fraction of equity for an entry decided at `bar`, at most 1 so that it never borrows.
    pub fn fraction(&self, bar: usize) -> f64 {
        match self {
            Self::Constant(fraction) => fraction.min(1.0),
            Self::Column(column) => column.values()[bar].min(1.0),
        }
    }
}

/// A strategy's decisions on one symbol: three-valued columns over all its bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Decisions {
    /// Long level or entry.
    pub long: Option<Truth>,
    /// Short level or entry.
    pub short: Option<Truth>,
    /// Exit from long; with it `long` latches. What depends on `bars_held` is undefined, as it is while flat.
    pub exit_long: Option<Truth>,
    /// Exit from short; with it `short` latches.
    pub exit_short: Option<Truth>,
    /// The exit from long with `bars_held` known, where it reads it; asked only where `exit_long` is undefined.
    pub held_exit_long: Option<HeldRule>,
    /// The same of the exit from short.
    pub held_exit_short: Option<HeldRule>,
    /// Fraction of equity to commit.
    pub size: Quantity,
    /// Distance of the stop from the entry fill.
    pub stop_loss: Option<Quantity>,
    /// Distance of the target from the entry fill.
    pub take_profit: Option<Quantity>,
    /// Distance of the trailing stop from the best price.
    pub trailing_stop: Option<Quantity>,
    /// Closes after which a position is left.
    pub max_bars: Option<u32>,
}

impl Decisions {
    /// Long while `long` is true, with all of equity.
    pub fn long_only(long: Truth) -> Self {
        Self {
            long: Some(long),
            short: None,
            exit_long: None,
            exit_short: None,
            held_exit_long: None,
            held_exit_short: None,
            size: Quantity::Constant(1.0),
            stop_loss: None,
            take_profit: None,
            trailing_stop: None,
            max_bars: None,
        }
    }

    /// True when size and distances are known and positive at the bar that decides an entry. An entry whose stop
    /// cannot be placed is not opened: undefined neither opens nor closes.
    pub fn can_enter(&self, bar: usize) -> bool {
        let distances = [&self.stop_loss, &self.take_profit, &self.trailing_stop];
        self.size.is_usable(bar) && distances.into_iter().flatten().all(|d| d.is_usable(bar))
    }

    /// True when positions depend on the decision columns alone, not on prices or time since the entry.
    pub fn is_path_free(&self) -> bool {
        self.stop_loss.is_none()
            && self.take_profit.is_none()
            && self.trailing_stop.is_none()
            && self.max_bars.is_none()
            && self.held_exit_long.is_none()
            && self.held_exit_short.is_none()
    }
}
