//! The JSON Schema of specs, from the same tables of keys that the reader uses: editors complete and check with it.
//!
//! It says what stands where. What rules mean, and what a run has, only the reader knows.

use super::keys;
use admf_model::Role;
use admf_rules::definition::keys::{CLASSIFIER, NAMING, OTHER, PARAMETER, SAMPLE, STRATEGY, SUGGESTION};
use admf_rules::yaml::{Form, Key, Limits};
use admf_rules::{Definition, Type, library};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A number as YAML does not know it: `100_000`, `5%`.
const NUMERAL: &str = r"^-?[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][-+]?[0-9]+)?%?$";
/// A whole number with separators.
const WHOLE: &str = "^-?[0-9][0-9_]*$";
const RANGE: &str = r"^-?[0-9][^.]*(\.[0-9][^.]*)?\.\.-?[0-9].*$";
const TIME: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}.*)?$";
const NAME: &str = "^[a-z][a-z0-9_]*$";

/// The schema of a spec, JSON Schema 2020-12.
pub fn schema() -> Value {
    let mut root = map(&[&keys::SPEC]);
    root.remove("required");
    let mut schema = Map::from_iter([
        ("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), json!("ADMF spec")),
        (
            "description".to_owned(),
            json!(
                "What a run is: which bars, what is tried on them, at what cost. Generated from the program's own \
                   tables of keys."
            ),
        ),
    ]);
    schema.extend(root);
    // What a spec leaves out may be in a file that it includes.
    schema
        .insert("anyOf".to_owned(), json!([{"required": ["data", "strategies"]}, {"required": ["include"]}]));
    schema.insert("$defs".to_owned(), definitions());
    Value::Object(schema)
}

fn definitions() -> Value {
    let names = |all: &[Definition]| all.iter().map(|d| d.name.clone()).collect::<Vec<_>>();
    let labels: BTreeSet<&str> = Role::ALL.iter().flat_map(|role| role.labels().iter().copied()).collect();
    json!({
        "name": {"type": "string", "pattern": NAME},
        "value": numeral(&json!({"type": "number"}), NUMERAL),
        "range": {"type": "string", "pattern": RANGE},
        "values": {"anyOf": [
            {"$ref": "#/$defs/value"},
            {"$ref": "#/$defs/range"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/value"}},
        ]},
        "grid": {"type": "object", "additionalProperties": {"$ref": "#/$defs/values"}},
        "suggested_grid": {"anyOf": [{"const": "suggested"}, {"$ref": "#/$defs/grid"}]},
        "other_symbols": {"type": "object", "additionalProperties": form(Form::Text)},
        "parameters": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/name"},
            "additionalProperties": {"anyOf": [{"$ref": "#/$defs/values"}, map(&[&PARAMETER])]},
        },
        "others": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/name"},
            "additionalProperties": {"anyOf": [form(Form::Text), map(&[&OTHER])]},
        },
        "sample_count": numeral(&json!({"type": "integer", "minimum": 1, "maximum": 10_000_000}), WHOLE),
        "seed": numeral(&json!({"type": "integer", "minimum": 0}), WHOLE),
        "sample": {"anyOf": [{"$ref": "#/$defs/sample_count"}, map(&[&SAMPLE])]},
        "role": {"enum": Role::ALL.map(Role::name)},
        "label": {"enum": labels},
        "labels": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"$ref": "#/$defs/label"},
            "additionalProperties": form(Form::Rule(Type::Truth)),
        },
        "data": {"anyOf": [form(Form::Text), map(&[&keys::DATA])]},
        "execution": map(&[&keys::EXECUTION]),
        "costs": map(&[&keys::COSTS]),
        "slippage": {"anyOf": [form(keys::SLIPPAGE[0].form), map(&[&keys::SLIPPAGE])]},
        "metrics": map(&[&keys::METRICS]),
        "keep": map(&[&keys::KEEP]),
        "strategies": {"type": "array", "minItems": 1, "items": {"anyOf": [
            {"$ref": "#/$defs/strategy_name"},
            of_library(&[&keys::LIBRARY_STRATEGY, &keys::ENTRY], library::strategies(), "grid"),
            own(&[&NAMING, &SUGGESTION, &STRATEGY, &keys::ENTRY], &names(library::strategies()), Some(["long", "short"])),
        ]}},
        "strategy_name": choice(library::strategies()),
        "classifiers": {"type": "array", "items": {"anyOf": [
            {"$ref": "#/$defs/classifier_name"},
            of_library(&[&keys::LIBRARY_CLASSIFIER], library::classifiers(), "parameters"),
            own(&[&NAMING, &CLASSIFIER], &names(library::classifiers()), None),
        ]}},
        "classifier_name": choice(library::classifiers()),
    })
}

/// A map with these keys and no others.
fn map(groups: &[&'static [Key]]) -> Map<String, Value> {
    let all = || groups.iter().copied().flatten();
    let required: Vec<&str> = all().filter(|key| key.is_required()).map(|key| key.name).collect();
    let properties: Map<String, Value> = all().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut map = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties)),
        ("additionalProperties".to_owned(), json!(false)),
    ]);
    if !required.is_empty() {
        map.insert("required".to_owned(), json!(required));
    }
    map
}

/// The value of a key. A key without a value counts as left out.
fn property(key: &Key) -> Value {
    let value = form(key.form);
    let default = if key.is_required() || key.default == "none" {
        String::new()
    } else {
        format!(" Default: {}.", key.default)
    };
    let description =
        format!("{}{}: {}.{default}", key.takes[..1].to_uppercase(), &key.takes[1..], key.meaning);
    if key.is_required() {
        return match value {
            Value::Object(mut value) => {
                value.insert("description".to_owned(), json!(description));
                Value::Object(value)
            }
            value => value,
        };
    }
    json!({"description": description, "anyOf": [value, {"type": "null"}]})
}

fn form(form: Form) -> Value {
    match form {
        // Text need not be in quotes, and then YAML takes some of it for numbers.
        Form::Text => json!({"type": ["string", "number", "boolean"]}),
        Form::Truth => json!({"type": "boolean"}),
        Form::Word(words) => json!({"enum": words}),
        Form::Number(limits) => numeral(&number(limits), NUMERAL),
        Form::Count => numeral(&json!({"type": "integer", "minimum": 1}), WHOLE),
        Form::Time => json!({"type": "string", "pattern": TIME}),
        Form::Names => {
            let name = json!({"type": ["string", "number", "boolean"]});
            json!({"anyOf": [name, {"type": "array", "minItems": 1, "uniqueItems": true, "items": name}]})
        }
        Form::Rule(Type::Truth) | Form::Condition => json!({"type": ["string", "boolean"], "minLength": 1}),
        Form::Rule(_) => json!({"type": ["string", "number"], "minLength": 1}),
        Form::Own(name) => json!({"$ref": format!("#/$defs/{name}")}),
    }
}

fn number(limits: &Limits) -> Value {
    let mut number = Map::from_iter([("type".to_owned(), json!("number"))]);
    let low = if limits.above { "exclusiveMinimum" } else { "minimum" };
    number.insert(low.to_owned(), json!(limits.low));
    if let Some(end) = limits.below {
        number.insert("exclusiveMaximum".to_owned(), json!(end));
    }
    Value::Object(number)
}

/// A number, or text that the reader takes for one.
fn numeral(number: &Value, pattern: &str) -> Value {
    json!({"anyOf": [number, {"type": "string", "pattern": pattern}]})
}

/// One of the library's names.
fn choice(definitions: &[Definition]) -> Value {
    let one = |d: &Definition| json!({"const": d.name, "title": d.title, "description": d.what_it_does});
    json!({"oneOf": definitions.iter().map(one).collect::<Vec<_>>()})
}

/// A map with `type`, whose values under `values` are for the parameters that the definition has.
fn of_library(groups: &[&'static [Key]], definitions: &[Definition], values: &str) -> Value {
    let mut entry = map(groups);
    let with_parameters = definitions.iter().map(|definition| {
        let parameters: Map<String, Value> = definition
            .parameters
            .iter()
            .map(|p| {
                let description = format!("{} Default: {}.", p.doc.trim(), p.default);
                (p.name.clone(), json!({"$ref": "#/$defs/values", "description": description}))
            })
            .collect();
        let known =
            json!({"type": ["object", "null"], "properties": parameters, "additionalProperties": false});
        let known = if values == "grid" { json!({"anyOf": [{"const": "suggested"}, known]}) } else { known };
        json!({
            "if": {"properties": {"type": {"const": definition.name}}, "required": ["type"]},
            "then": {"properties": {values: known}},
        })
    });
    entry.insert("allOf".to_owned(), with_parameters.collect());
    Value::Object(entry)
}

/// A definition of the user's own, under a name that the library does not have.
fn own(groups: &[&'static [Key]], taken: &[String], one_of: Option<[&str; 2]>) -> Value {
    let mut entry = map(groups);
    let mut conditions = vec![json!({"properties": {"name": {"not": {"enum": taken}}}})];
    conditions.extend(one_of.map(|keys| json!({"anyOf": keys.map(|key| json!({"required": [key]}))})));
    entry.insert("allOf".to_owned(), Value::Array(conditions));
    Value::Object(entry)
}

#[cfg(test)]
mod tests;
