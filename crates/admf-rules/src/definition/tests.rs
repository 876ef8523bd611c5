//! Reading definitions, binding them, and what is said about mistakes.

use super::*;
use crate::{Graph, yaml};
use admf_model::Parameters;

fn strategy(text: &str) -> Result<Definition, RuleError> {
    Definition::strategy(&yaml::parse(text).unwrap())
}

fn classifier(text: &str) -> Result<Definition, RuleError> {
    Definition::classifier(&yaml::parse(text).unwrap())
}

/// Bound with the first combination of its own grid.
fn bind(definition: &Definition) -> Result<BoundStrategy, RuleError> {
    let parameters = definition.grid(None, None)?.iter().next().expect("a combination");
    definition.bind_strategy(&parameters, &mut Graph::new())
}

const DIP: &str = "\
name: dip_in_calm_market
parameters: {n: 2..14, low: [5, 10, 20], stop: [2, 2.5]}
where: n + low > 3
long: rsi(close, $n) < $low and regime(volatility) != EXTREME
exit: rsi(close, $n) > 50
stop_loss: $stop * atr(14)
take_profit: 10%
size: 50%
max_bars: $n * 2
";

#[test]
fn a_definition_of_a_user_is_read_and_bound() {
    let definition = strategy(DIP).unwrap();
    assert_eq!(
        (definition.name.as_str(), definition.title.as_str()),
        ("dip_in_calm_market", "dip_in_calm_market")
    );
    assert_eq!(definition.condition.as_deref(), Some("n + low > 3"));
    assert_eq!(definition.rules.len(), 6);
    assert_eq!(definition.rules[1], ("exit".to_owned(), "rsi(close, $n) > 50".to_owned()));
    assert_eq!(definition.regimes(), BTreeSet::from(["volatility".to_owned()]));
    let kinds: Vec<_> =
        definition.parameters.iter().map(|p| (p.name.as_str(), p.kind, p.values.len())).collect();
    assert_eq!(
        kinds,
        [
            ("n", ParameterKind::Integer, 13),
            ("low", ParameterKind::Integer, 3),
            ("stop", ParameterKind::Number, 2)
        ]
    );
    let grid = definition.grid(None, None).unwrap();
    assert_eq!(grid.len(), 78);
    assert_eq!(grid.iter().next().unwrap().to_string(), "n=2 low=5 stop=2");
    let bound = bind(&definition).unwrap();
    assert_eq!(
        bound.canonical,
        "long: rsi(close, 2) < 5 and regime(volatility) != EXTREME\nexit_long: rsi(close, 2) > 50\nsize: 0.5\n\
         stop_loss: 2 * atr(14)\ntake_profit: 0.1\nmax_bars: 4"
    );
    assert_eq!(bound.size, Amount::Constant(0.5));
    assert_eq!(bound.take_profit, Some(Amount::Constant(0.1)));
    assert!(matches!(bound.stop_loss, Some(Amount::Node(_))));
    assert_eq!(
        (bound.short, bound.exit_short, bound.trailing_stop, bound.max_bars),
        (None, None, None, Some(4))
    );
}

#[test]
fn canonical_text_is_a_definition_that_binds_to_the_same() {
    let both_sides = "name: b\nlong: close > open\nshort: close < open\nexit_short: close@\"ES=F\" > 1\n\
                      trailing_stop: 5%\nsize: volume / 1000";
    for text in [DIP, both_sides, "name: c\nlong: 'true'", "name: d\nshort: close > -1\nexit: false"] {
        let (mut graph, definition) = (Graph::new(), strategy(text).unwrap());
        let parameters = definition.grid(None, None).unwrap().iter().next().unwrap();
        let first = definition.bind_strategy(&parameters, &mut graph).unwrap();
        let again = strategy(&format!("name: other\n{}", first.canonical)).unwrap();
        assert_eq!(again.bind_strategy(&Parameters::default(), &mut graph).unwrap(), first, "{text}");
        assert!(!first.canonical.contains("dip_in_calm_market") && !first.canonical.contains('$'));
    }
    let (mut graph, definition) = (Graph::new(), crate::library::classifier("volatility").unwrap());
    let parameters = definition.grid(None, None).unwrap().iter().next().unwrap();
    let first = definition.bind_classifier(&parameters, &mut graph).unwrap();
    let again = classifier(&format!("name: other\n{}", first.canonical)).unwrap();
    assert_eq!(again.bind_classifier(&Parameters::default(), &mut graph).unwrap(), first);
}

#[test]
fn everything_that_changes_behaviour_changes_the_canonical_text() {
    let base = "long: close > open\nshort: close < open\nexit_long: false\nexit_short: false\nsize: 0.5\n\
                stop_loss: 5%\ntake_profit: 6%\ntrailing_stop: 7%\nmax_bars: 5\n";
    let canonical = |rules: &str| bind(&strategy(&format!("name: a\n{rules}")).unwrap()).unwrap().canonical;
    let mut seen = BTreeSet::from([canonical(base)]);
    for (from, to) in [
        ("long: close > open", "long: close >= open"),
        ("short: close < open", "short: close <= open"),
        ("exit_long: false", "exit_long: high > low"),
        ("exit_short: false", "exit_short: high > low"),
        ("size: 0.5", "size: 1"),
        ("5%", "4%"),
        ("6%", "4%"),
        ("7%", "4%"),
        ("max_bars: 5", "max_bars: 6"),
    ] {
        assert!(seen.insert(canonical(&base.replacen(from, to, 1))), "{from}");
    }
    for line in ["size: 0.5", "stop_loss: 5%", "take_profit: 6%", "trailing_stop: 7%", "max_bars: 5"] {
        seen.insert(canonical(&base.replacen(line, "", 1)));
    }
    // Without a size it is 1, which was there already.
    assert_eq!(seen.len(), 14);
    // Another name, spelling and order of keys is the same strategy.
    let respelled = "name: z\nexit: (close<5.0e0)\nlong: close>(open)";
    let plain = "name: a\nparameters: {level: 5}\nlong: close > open\nexit_long: close < $level\nsize: 100%";
    assert_eq!(
        bind(&strategy(respelled).unwrap()).unwrap().canonical,
        bind(&strategy(plain).unwrap()).unwrap().canonical
    );
}

#[test]
fn mistakes_in_definitions_point_at_the_place() {
    let table = [
        ("name: a", "name: a", "a strategy needs `long` or `short`", ""),
        ("long: 'true'", "long: 'true'", "the key `name` is missing", ""),
        ("name: a\nlnog: true", "lnog", "unknown key `lnog`", "did you mean `long`?"),
        (
            "name: My Strategy\nlong: true",
            "My Strategy",
            "`My Strategy` is not a name: use lower-case letters, digits and _, a letter first, and none of the language's words",
            "",
        ),
        (
            "name: a\nlong: true\nexit: false\nexit_long: false",
            "exit",
            "`exit` stands for both sides: write either `exit`, or `exit_long` and `exit_short`",
            "",
        ),
        (
            "name: a\nlong: true\nexit_short: false",
            "exit_short",
            "`exit_short` without `short` does nothing",
            "",
        ),
        (
            "name: a\nlong: true\nparameters: {n: 5}",
            "n",
            "parameter `n` is not used in any rule: every value would be the same strategy",
            "",
        ),
        (
            "name: a\nlong: close > 1\nparameters: {not: 5}",
            "not",
            "`not` is not a name: use lower-case letters, digits and _, a letter first, and none of the language's words",
            "",
        ),
        (
            "name: a\nlong: close > $n\nparameters: {n: {type: whole, default: 5}}",
            "whole",
            "expected integer or number, found `whole`",
            "",
        ),
        (
            "name: a\nlong: close > $n\nparameters: {n: {type: integer}}",
            "{type: integer}",
            "the key `default` is missing",
            "",
        ),
        (
            "name: a\nlong: close > $n\nparameters: {n: {type: integer, default: 5, range: 9..6}}",
            "9..6",
            "expected a range such as 2..400, found `9..6`",
            "",
        ),
        (
            "name: a\nlong: close > $n\nparameters: {n: {type: integer, default: 5, range: 6..9}}",
            "5",
            "parameter `n` is 5, allowed 6..9",
            "",
        ),
        (
            "name: a\nlong: close > $n\nparameters: {n: {type: integer, default: 0.5}}",
            "0.5",
            "parameter `n` is 0.5: it takes whole numbers",
            "",
        ),
        (
            "name: a\nlong: sma(close, 5) > smaa(close, 9)",
            "smaa",
            "unknown function `smaa`",
            "did you mean `sma`?",
        ),
        (
            "name: a\nlong: >\n  sma(close, 5)\n  > smaa(close, 9)",
            "smaa",
            "unknown function `smaa`",
            "did you mean `sma`?",
        ),
        ("name: a\nlong: [close, 5]", "[close, 5]", "expected a rule, found a list", ""),
        (
            "name: a\nlong: true\nmax_bars: atr(14)",
            "atr(14)",
            "`max_bars` must be the same on every bar: write a number or a $parameter",
            "",
        ),
        (
            "name: a\nlong: true\nsize: close > 1",
            "close > 1",
            "expected a number in `size`, found true or false",
            "",
        ),
        ("name: a\nlong: true\nwhere: n < 5", "n", "unknown parameter `n`", ""),
    ];
    for (text, at, message, help) in table {
        let error = strategy(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
        assert_eq!(error.help().unwrap_or_default(), help, "{text}");
        assert_eq!(&text[error.span().start..error.span().end], at, "{text}");
    }
}

#[test]
fn amounts_out_of_range_are_refused() {
    let table = [
        (
            "stop_loss: 5",
            "`stop_loss` is 5: a constant is a fraction of the fill price between 0 and 1, write 5% or 2 * atr(14)",
        ),
        (
            "take_profit: 1 - 1",
            "`take_profit` is 0: a constant is a fraction of the fill price between 0 and 1, write 5% or 2 * atr(14)",
        ),
        (
            "trailing_stop: -5%",
            "`trailing_stop` is -0.05: a constant is a fraction of the fill price between 0 and 1, write 5% or 2 * atr(14)",
        ),
        ("size: 150%", "`size` is 1.5: a constant is a fraction of equity above 0 and up to 1, write 50%"),
        ("size: 0", "`size` is 0: a constant is a fraction of equity above 0 and up to 1, write 50%"),
        ("max_bars: 0", "`max_bars` is 0: write a whole number of bars, at least 1"),
        ("max_bars: 5 / 2", "`max_bars` is 2.5: write a whole number of bars, at least 1"),
    ];
    for (rule, message) in table {
        let text = format!("name: a\nlong: true\n{rule}");
        let error = strategy(&text).expect_err(rule);
        assert_eq!(error.to_string(), message);
        assert_eq!(text[error.span().start..error.span().end], rule[rule.find(": ").unwrap() + 2..]);
        // With parameters it is known once they are in place: all of it by one question, the first when bound.
        let text = format!("name: a\nparameters: {{one: 1}}\nlong: true\n{rule} * $one\n");
        let definition = strategy(&text).unwrap();
        let one = definition.suggested_grid().iter().next().unwrap();
        let told: Vec<String> = definition.wrong_values(&one).iter().map(ToString::to_string).collect();
        assert_eq!(told, [message]);
        assert_eq!(definition.bind_strategy(&one, &mut Graph::new()).unwrap_err().to_string(), message);
    }
}

#[test]
fn all_wrong_values_are_told_at_once() {
    let text =
        "name: a\nlong: sma(close, -5) > sma(close, 1.5)\nexit: rsi(close, 1) > 5\nsize: 2\nstop_loss: -5%\n";
    let mut errors = Vec::new();
    assert!(Definition::read_strategy(&yaml::parse(text).unwrap(), &[], &mut errors).is_none());
    let at: Vec<&str> = errors.iter().map(|error| &text[error.span().start..error.span().end]).collect();
    assert_eq!(at, ["-5", "1.5", "1", "2", "-5%"]);
}

#[test]
fn values_from_outside_are_checked_when_bound() {
    use admf_model::ParameterValue::{Integer, Number};
    let definition = crate::library::strategy("ma_crossover").unwrap();
    let bind = |values: &[(&str, admf_model::ParameterValue)]| {
        let parameters = Parameters::new(values.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect());
        definition
            .bind_strategy(&parameters, &mut Graph::new())
            .map(|b| b.canonical)
            .map_err(|e| e.to_string())
    };
    let canonical = "long: sma(close, 5) > sma(close, 9)\nsize: 1".to_owned();
    assert_eq!(bind(&[("fast", Integer(5)), ("slow", Integer(9))]), Ok(canonical.clone()));
    assert_eq!(bind(&[("slow", Integer(9)), ("fast", Number(5.0))]), Ok(canonical), "order does not matter");
    let fails = |values| bind(values).unwrap_err();
    assert_eq!(fails(&[("fast", Integer(5))]), "ma_crossover needs a value for parameter `slow`");
    assert_eq!(fails(&[("fast", Integer(1)), ("slow", Integer(9))]), "parameter `fast` is 1, allowed 2..400");
    assert_eq!(
        fails(&[("fast", Number(2.5)), ("slow", Integer(9))]),
        "parameter `fast` is 2.5: it takes whole numbers"
    );
    let three = [("fast", Integer(5)), ("slow", Integer(9)), ("n", Integer(1))];
    assert_eq!(fails(&three), "ma_crossover has no parameter `n`");
    let error = definition.bind_classifier(&Parameters::default(), &mut Graph::new()).unwrap_err();
    assert_eq!(error.to_string(), "ma_crossover is a strategy, a classifier is needed");
}

#[test]
fn classifiers_are_checked() {
    let good = "name: a\nrole: trend\nlabels: {UP: close > 1, RANGE: close == 1}";
    let mut graph = Graph::new();
    let bound = classifier(good).unwrap().bind_classifier(&Parameters::default(), &mut graph).unwrap();
    assert_eq!(bound.canonical, "role: trend\nlabels:\n  UP: close > 1\n  RANGE: close == 1");
    assert_eq!((bound.labels[0].0, bound.labels[1].0, bound.otherwise), (0, 2, None));
    let table = [
        ("name: a\nrole: trend", "the key `labels` is missing"),
        ("name: a\nlabels: {UP: true}", "the key `role` is missing"),
        (
            "name: a\nrole: mood\nlabels: {UP: true}",
            "`mood` is not a role: use trend, volatility, correlation or drawdown",
        ),
        ("name: a\nrole: trend\nlabels: {LOW: true}", "`LOW` is not a label of trend: use UP, DOWN, RANGE"),
        (
            "name: a\nrole: trend\nlabels: {UP: true}\notherwise: flat",
            "`flat` is not a label of trend: use UP, DOWN, RANGE",
        ),
        ("name: a\nrole: trend\nlabels: {}", "a classifier needs at least one label under `labels`"),
        ("name: a\nrole: trend\nlabels: {UP: close}", "expected true or false in `UP`, found a number"),
        (
            "name: a\nrole: trend\nlabels: {UP: regime(volatility) == LOW}",
            "a classifier cannot depend on another: use prices and functions of them",
        ),
        ("name: a\nrole: trend\nlabels: {UP: true}\nlong: true", "unknown key `long`"),
    ];
    for (text, message) in table {
        assert_eq!(classifier(text).expect_err(text).to_string(), message, "{text}");
    }
}

#[test]
fn names_are_checked_against_what_the_run_has() {
    let symbols = BTreeSet::from(["VIX".to_owned()]);
    let regimes = BTreeMap::from([("trend".to_owned(), Role::Trend), ("mine".to_owned(), Role::Volatility)]);
    let surroundings = Surroundings { symbols: Some(&symbols), regimes: Some(&regimes) };
    let check =
        |rule: &str| strategy(&format!("name: a\nlong: {rule}")).unwrap().check_surroundings(&surroundings);
    assert_eq!(check("close@VIX > sma(high@VIX, 5) and regime(mine) == LOW and regime(trend) != UP"), []);
    let table = [
        ("sma(close@VXI, 5) > 1", "symbol `VXI` is not in the data", "did you mean `VIX`?"),
        ("not (regime(trent) == UP)", "no classifier `trent` in this run", "did you mean `trend`?"),
        ("UP == regime(mine)", "`UP` is not a label of volatility: use LOW, NORMAL, ELEVATED, EXTREME", ""),
    ];
    for (rule, message, help) in table {
        let error = check(rule).into_iter().next().expect(rule);
        assert_eq!((error.to_string().as_str(), error.help().unwrap_or_default().as_str()), (message, help));
    }
}
