//! The strategies and classifiers that come with the program, written in the rule language: one file each under
//! `library/`, one line each here.

use crate::definition::Definition;
use crate::{RuleError, yaml};
use std::sync::LazyLock;

/// Files of strategies, by family in the order of the documentation.
const STRATEGIES: &[&str] = &[
    // Baseline.
    include_str!("../library/strategies/buy_and_hold.yaml"),
    // Trend.
    include_str!("../library/strategies/ma_crossover.yaml"),
    include_str!("../library/strategies/ema_crossover.yaml"),
    include_str!("../library/strategies/triple_ma.yaml"),
    include_str!("../library/strategies/price_above_average.yaml"),
    include_str!("../library/strategies/macd_trend.yaml"),
    include_str!("../library/strategies/adx_trend.yaml"),
    include_str!("../library/strategies/aroon_trend.yaml"),
    include_str!("../library/strategies/kama_trend.yaml"),
    include_str!("../library/strategies/chandelier_trend.yaml"),
    // Momentum.
    include_str!("../library/strategies/momentum.yaml"),
    include_str!("../library/strategies/momentum_skip_month.yaml"),
    include_str!("../library/strategies/momentum_agreement.yaml"),
    include_str!("../library/strategies/rsi_momentum.yaml"),
    include_str!("../library/strategies/high_52_weeks.yaml"),
    // Reversion.
    include_str!("../library/strategies/rsi_reversion.yaml"),
    include_str!("../library/strategies/rsi2_pullback.yaml"),
    include_str!("../library/strategies/double_sevens.yaml"),
    include_str!("../library/strategies/bollinger_reversion.yaml"),
    include_str!("../library/strategies/zscore_reversion.yaml"),
    include_str!("../library/strategies/williams_r_reversion.yaml"),
    include_str!("../library/strategies/stochastic_reversion.yaml"),
    include_str!("../library/strategies/ibs_reversion.yaml"),
    include_str!("../library/strategies/weekly_reversal.yaml"),
    // Breakout.
    include_str!("../library/strategies/donchian_breakout.yaml"),
    include_str!("../library/strategies/turtle_breakout.yaml"),
    include_str!("../library/strategies/keltner_breakout.yaml"),
    include_str!("../library/strategies/bollinger_squeeze.yaml"),
    include_str!("../library/strategies/narrow_range_breakout.yaml"),
    include_str!("../library/strategies/volatility_breakout.yaml"),
    // Volatility.
    include_str!("../library/strategies/calm_market.yaml"),
    include_str!("../library/strategies/volatility_scaled_momentum.yaml"),
    include_str!("../library/strategies/vix_stretch.yaml"),
    // Calendar.
    include_str!("../library/strategies/turn_of_month.yaml"),
    include_str!("../library/strategies/halloween.yaml"),
    include_str!("../library/strategies/turnaround_tuesday.yaml"),
    // Pair.
    include_str!("../library/strategies/ratio_reversion.yaml"),
    include_str!("../library/strategies/dual_momentum.yaml"),
];

/// Files of classifiers, in the order of the documentation.
const CLASSIFIERS: &[&str] = &[
    include_str!("../library/classifiers/trend.yaml"),
    include_str!("../library/classifiers/volatility.yaml"),
    include_str!("../library/classifiers/vix.yaml"),
    include_str!("../library/classifiers/drawdown.yaml"),
    include_str!("../library/classifiers/correlation.yaml"),
];

type Read = fn(&yaml::Node) -> Result<Definition, RuleError>;

fn read_all(texts: &[&str], read: Read) -> Vec<Definition> {
    let read = |text: &&str| yaml::parse(text).map_err(RuleError::from).and_then(|node| read(&node));
    texts.iter().map(|text| read(text).expect("files of the library are read by a test")).collect()
}

/// All strategies.
pub fn strategies() -> &'static [Definition] {
    static READ: LazyLock<Vec<Definition>> = LazyLock::new(|| read_all(STRATEGIES, Definition::strategy));
    &READ
}

/// All classifiers.
pub fn classifiers() -> &'static [Definition] {
    static READ: LazyLock<Vec<Definition>> = LazyLock::new(|| read_all(CLASSIFIERS, Definition::classifier));
    &READ
}

/// The strategy of this name.
pub fn strategy(name: &str) -> Option<&'static Definition> {
    strategies().iter().find(|definition| definition.name == name)
}

/// The classifier of this name.
pub fn classifier(name: &str) -> Option<&'static Definition> {
    classifiers().iter().find(|definition| definition.name == name)
}

/// The file of a strategy or classifier, as it was written.
pub fn source(name: &str) -> Option<&'static str> {
    let find = |definitions: &[Definition], texts: &'static [&'static str]| {
        definitions.iter().position(|definition| definition.name == name).map(|at| texts[at])
    };
    find(strategies(), STRATEGIES).or_else(|| find(classifiers(), CLASSIFIERS))
}

#[cfg(test)]
pub(crate) mod tests;
