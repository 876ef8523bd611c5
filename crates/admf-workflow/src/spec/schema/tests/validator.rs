//! As much of JSON Schema 2020-12 as the schema uses; a keyword that is not known here fails the test.

use regex_lite::Regex;
use serde_json::{Map, Value};

type Verdict = Result<(), String>;

/// Checks a value against a schema that is a part of `root`.
pub(super) fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Verdict {
    if let Some(allowed) = schema.as_bool() {
        return told(allowed, at, "nothing is allowed here");
    }
    let keywords = schema.as_object().expect("a schema is a truth or a map");
    for (keyword, argument) in keywords {
        keyword_holds(root, keywords, keyword, argument, value, at)?;
    }
    Ok(())
}

fn told(holds: bool, at: &str, what: &str) -> Verdict {
    if holds { Ok(()) } else { Err(format!("{at}: {what}")) }
}

fn keyword_holds(
    root: &Value,
    schema: &Map<String, Value>,
    keyword: &str,
    argument: &Value,
    value: &Value,
    at: &str,
) -> Verdict {
    let valid = |schema: &Value| check(root, schema, value, at);
    let all = || argument.as_array().expect("a list of schemas").iter();
    match keyword {
        "$schema" | "$defs" | "title" | "description" | "then" => Ok(()),
        "$ref" => {
            let name = argument.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
            valid(&root["$defs"][name])
        }
        "anyOf" => {
            let reasons: Vec<String> = all().filter_map(|schema| valid(schema).err()).collect();
            told(reasons.len() < all().count(), at, &reasons.join(" | "))
        }
        "oneOf" => told(all().filter(|schema| valid(schema).is_ok()).count() == 1, at, "not one of these"),
        "allOf" => all().try_for_each(valid),
        "not" => told(valid(argument).is_err(), at, "this is not allowed"),
        "if" if valid(argument).is_ok() => valid(&schema["then"]),
        "if" => Ok(()),
        "const" => told(value == argument, at, &format!("not {argument}")),
        "enum" => told(argument.as_array().unwrap().contains(value), at, &format!("not in {argument}")),
        "type" => {
            let is = |name: &Value| is_of_type(value, name.as_str().unwrap());
            told(argument.as_array().map_or_else(|| is(argument), |names| names.iter().any(is)), at, "type")
        }
        _ => match value {
            Value::Object(map) => of_map(root, schema, keyword, argument, map, at),
            Value::Array(items) => of_list(root, keyword, argument, items, at),
            _ => of_scalar(keyword, argument, value, at),
        },
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("unknown type {name}"),
    }
}

fn of_map(
    root: &Value,
    schema: &Map<String, Value>,
    keyword: &str,
    argument: &Value,
    map: &Map<String, Value>,
    at: &str,
) -> Verdict {
    let inside = |key: &str| format!("{at}.{key}");
    match keyword {
        "properties" => {
            let known = argument.as_object().unwrap().iter();
            let mut given = known.filter_map(|(key, schema)| Some((key, schema, map.get(key)?)));
            given.try_for_each(|(key, schema, value)| check(root, schema, value, &inside(key)))
        }
        "additionalProperties" => {
            let known = |key: &str| schema.get("properties").is_some_and(|known| known.get(key).is_some());
            let mut others = map.iter().filter(|(key, _)| !known(key));
            others.try_for_each(|(key, value)| check(root, argument, value, &inside(key)))
        }
        "propertyNames" => {
            map.keys().try_for_each(|key| check(root, argument, &Value::String(key.clone()), &inside(key)))
        }
        "required" => {
            let mut keys = argument.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
            keys.try_for_each(|key| told(map.contains_key(key), &inside(key), "is missing"))
        }
        "minProperties" => told(map.len() as u64 >= argument.as_u64().unwrap(), at, "too few"),
        _ => unconcerned(keyword),
    }
}

fn of_list(root: &Value, keyword: &str, argument: &Value, items: &[Value], at: &str) -> Verdict {
    match keyword {
        "items" => items.iter().try_for_each(|item| check(root, argument, item, &format!("{at}[]"))),
        "minItems" => told(items.len() as u64 >= argument.as_u64().unwrap(), at, "too few"),
        "uniqueItems" => {
            let unique = items.iter().enumerate().all(|(n, item)| !items[..n].contains(item));
            told(unique, at, "twice")
        }
        _ => unconcerned(keyword),
    }
}

fn of_scalar(keyword: &str, argument: &Value, value: &Value, at: &str) -> Verdict {
    let bound = |holds: fn(f64, f64) -> bool| match (value.as_f64(), argument.as_f64()) {
        (Some(number), Some(bound)) => told(holds(number, bound), at, &format!("{keyword} {bound}")),
        _ => Ok(()),
    };
    match (keyword, value.as_str()) {
        ("minimum", _) => bound(|number, bound| number >= bound),
        ("maximum", _) => bound(|number, bound| number <= bound),
        ("exclusiveMinimum", _) => bound(|number, bound| number > bound),
        ("exclusiveMaximum", _) => bound(|number, bound| number < bound),
        ("pattern", Some(text)) => {
            told(Regex::new(argument.as_str().unwrap()).unwrap().is_match(text), at, "pattern")
        }
        ("minLength", Some(text)) => {
            told(text.chars().count() as u64 >= argument.as_u64().unwrap(), at, "short")
        }
        _ => unconcerned(keyword),
    }
}

/// Keywords about other types hold; others nobody knows.
fn unconcerned(keyword: &str) -> Verdict {
    const KNOWN: [&str; 15] = [
        "properties",
        "additionalProperties",
        "propertyNames",
        "required",
        "minProperties",
        "items",
        "minItems",
        "uniqueItems",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "pattern",
        "minLength",
        "type",
    ];
    assert!(KNOWN.contains(&keyword), "the validator does not know `{keyword}`");
    Ok(())
}
