//! How decisions become fills and what fills cost.

/// When a decision is executed (rule 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// At the open of the next bar.
    NextOpen,
    /// At the close of the deciding bar: a research convention.
    SameClose,
}

/// Which prices rules and fills see (rule 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prices {
    /// Multiplied by the adjustment factor where there is one.
    Adjusted,
    /// As traded.
    Raw,
}

impl Prices {
    /// The word that a spec uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adjusted => "adjusted",
            Self::Raw => "raw",
        }
    }
}

/// How far a fill moves against the trade, as a fraction of the price (rule 14).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slippage {
    /// A fixed rate.
    Linear(f64),
    /// The rate times the square root of annualised volatility; linear where volatility is undefined.
    Sqrt(f64),
}

/// What trading costs (rules 13 and 14).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Fraction of traded value per fill.
    pub commission: f64,
    /// Money per fill.
    pub commission_per_fill: f64,
    /// Money per unit traded.
    pub commission_per_unit: f64,
    /// Price movement against the trade.
    pub slippage: Slippage,
    /// Fraction of short value per year.
    pub borrow_rate: f64,
}

impl Costs {
    /// Commission 0.1 % of value, linear slippage 0.05 %, no borrowing cost.
    pub const DEFAULT: Self = Self {
        commission: 0.001,
        commission_per_fill: 0.0,
        commission_per_unit: 0.0,
        slippage: Slippage::Linear(0.0005),
        borrow_rate: 0.0,
    };

    /// No costs at all.
    pub const NONE: Self = Self { commission: 0.0, slippage: Slippage::Linear(0.0), ..Self::DEFAULT };
}

/// Everything about money that a spec sets and a rule does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Execution {
    /// When decisions are filled.
    pub fill: Fill,
    /// Which prices are used.
    pub prices: Prices,
    /// Starting capital, in the currency of the prices.
    pub capital: f64,
    /// What fills cost.
    pub costs: Costs,
    /// Round units towards zero to whole ones.
    pub whole_units: bool,
    /// Close an open position at the last close (rule 16).
    pub close_at_end: bool,
    /// Risk-free rate per year, subtracted per bar from returns in Sharpe (rule 18).
    pub risk_free: f64,
    /// Minimum acceptable return per year, per bar in Sortino (rule 18).
    pub minimum_acceptable_return: f64,
}

impl Execution {
    /// Next open, adjusted prices, capital 100,000, default costs, fractional units.
    pub const DEFAULT: Self = Self {
        fill: Fill::NextOpen,
        prices: Prices::Adjusted,
        capital: 100_000.0,
        costs: Costs::DEFAULT,
        whole_units: false,
        close_at_end: false,
        risk_free: 0.0,
        minimum_acceptable_return: 0.0,
    };

    /// The canonical text of what makes another strategy: all that changes a fill, a cost or a profit. Bars per year
    /// are part of it, since borrowing and square-root slippage are rates per year.
    pub fn canonical(&self, bars_per_year: f64) -> String {
        let Costs { commission, commission_per_fill, commission_per_unit, slippage, borrow_rate } =
            self.costs;
        let (model, rate) = match slippage {
            Slippage::Linear(rate) => ("linear", rate),
            Slippage::Sqrt(rate) => ("sqrt", rate),
        };
        format!(
            "{} capital={} bars_per_year={bars_per_year} commission={commission} per_fill={commission_per_fill} \
             per_unit={commission_per_unit} slippage={model}:{rate} borrow={borrow_rate}",
            self.canonical_trial(),
            self.capital
        )
    }

    /// The canonical text of what makes another trial: the same strategy under other costs, or judged against
    /// another risk-free rate, is not a new attempt (rule 25). Nor is another capital, unless units are whole.
    pub fn canonical_trial(&self) -> String {
        let fill = match self.fill {
            Fill::NextOpen => "next_open",
            Fill::SameClose => "same_close",
        };
        let prices = self.prices.name();
        let units =
            if self.whole_units { format!("whole:{}", self.capital) } else { "fractional".to_owned() };
        format!("fill={fill} prices={prices} units={units} close_at_end={}", self.close_at_end)
    }
}
