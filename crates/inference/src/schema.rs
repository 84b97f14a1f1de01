//! JSON schemas: turned into a grammar that a model cannot leave, and checked against what it wrote.
//!
//! The part of JSON Schema that is understood, and nothing else (an unknown keyword is an error, not a silent gap):
//!
//! - `type`: `object`, `array`, `string`, `number`, `integer`, `boolean`, `null`
//! - `properties`, `required`, `additionalProperties: false` (which is always meant); keys come in the order of `required`,
//!   then the others
//! - `items`, `minItems`, `maxItems`
//! - `enum`, `const`, `anyOf`, `oneOf` (read as `anyOf`)
//! - `minLength`, `maxLength`; `minimum`, `maximum`
//! - `title`, `description`, `$schema`, `default`, `examples`, which say nothing about the form
//!
//! Bounds on numbers become part of the grammar for integers between bounds at most a thousand apart, and are checked
//! afterwards for others.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::Error;

/// llama.cpp refuses to repeat more often than this.
const MOST_REPETITIONS: u64 = 2_000;
/// Integers written out as alternatives.
const MOST_ALTERNATIVES: i64 = 1_000;
/// How deep a schema may nest.
const DEEPEST: usize = 32;

const KNOWN: &[&str] = &[
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "title",
    "description",
    "$schema",
    "default",
    "examples",
];

/// The GBNF grammar of a schema; its rule `root` is the whole value.
///
/// # Errors
/// [`Error::Grammar`] where the schema is not one or uses what is not understood.
pub fn to_grammar(schema: &Value) -> Result<String, Error> {
    let mut writer = Writer { rules: Vec::new() };
    let root = writer.value(schema, 0).map_err(|detail| Error::Grammar { detail })?;
    let mut grammar = format!("root ::= {root}\n");
    for (index, rule) in writer.rules.iter().enumerate() {
        // Writing to a String does not fail.
        let _ = writeln!(grammar, "r{index} ::= {rule}");
    }
    grammar.push_str(PRIMITIVES);
    Ok(grammar)
}

const PRIMITIVES: &str = r#"ws ::= [ \n]?
char ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})
string ::= "\"" char* "\""
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?
boolean ::= "true" | "false"
"#;

struct Writer {
    rules: Vec<String>,
}

impl Writer {
    /// Adds a rule and gives its name.
    fn rule(&mut self, body: String) -> String {
        self.rules.push(body);
        format!("r{}", self.rules.len() - 1)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Result<String, String> {
        let schema = as_schema(schema)?;
        if depth > DEEPEST {
            return Err(format!("it nests deeper than {DEEPEST}"));
        }
        if let Some(value) = schema.get("const") {
            return Ok(literal(value));
        }
        if let Some(values) = schema.get("enum") {
            let values =
                values.as_array().filter(|values| !values.is_empty()).ok_or("enum is no list of values")?;
            let alternatives: Vec<String> = values.iter().map(literal).collect();
            return Ok(self.rule(alternatives.join(" | ")));
        }
        if let Some(schemas) = schema.get("anyOf").or_else(|| schema.get("oneOf")) {
            let schemas =
                schemas.as_array().filter(|list| !list.is_empty()).ok_or("anyOf is no list of schemas")?;
            let alternatives: Vec<String> =
                schemas.iter().map(|schema| self.value(schema, depth + 1)).collect::<Result<_, _>>()?;
            return Ok(self.rule(alternatives.join(" | ")));
        }
        match type_of(schema)? {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "string" => string(schema),
            "integer" => self.integer(schema),
            "number" => Ok("number".into()),
            "boolean" => Ok("boolean".into()),
            "null" => Ok("\"null\"".into()),
            other => Err(format!("there is no type {other}")),
        }
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Result<String, String> {
        let (required, optional) = properties(schema)?;
        let mut pair = |key: &str, value: &Value| -> Result<String, String> {
            let value = self.value(value, depth + 1)?;
            Ok(format!("{} \":\" ws {value}", literal(&Value::from(key))))
        };
        let required: Vec<String> =
            required.into_iter().map(|(key, value)| pair(key, value)).collect::<Result<_, _>>()?;
        let optional: Vec<String> =
            optional.into_iter().map(|(key, value)| pair(key, value)).collect::<Result<_, _>>()?;

        let comma = "\",\" ws";
        let body = if required.is_empty() {
            // Whichever optional property comes first has no comma before it.
            let starts: Vec<String> = (0..optional.len())
                .map(|first| {
                    let rest: String =
                        optional[first + 1..].iter().map(|pair| format!(" ({comma} {pair})?")).collect();
                    format!("{}{rest}", optional[first])
                })
                .collect();
            if starts.is_empty() { String::new() } else { format!("({})?", starts.join(" | ")) }
        } else {
            let rest: String = optional.iter().map(|pair| format!(" ({comma} {pair})?")).collect();
            format!("{}{rest}", required.join(&format!(" {comma} ")))
        };
        Ok(self.rule(format!("\"{{\" ws {body} ws \"}}\"")))
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Result<String, String> {
        let item = self.value(schema.get("items").ok_or("an array has no items")?, depth + 1)?;
        let least = count(schema, "minItems")?.unwrap_or(0);
        let most = count(schema, "maxItems")?;
        if most.is_some_and(|most| most < least) {
            return Err("maxItems is below minItems".into());
        }
        let more = |from: u64, to: Option<u64>| match to.filter(|to| *to <= MOST_REPETITIONS) {
            Some(to) => format!("(\",\" ws {item}){{{from},{to}}}"),
            None if from == 0 => format!("(\",\" ws {item})*"),
            None => format!("(\",\" ws {item}){{{from},}}"),
        };
        let body = match (least, most) {
            (_, Some(0)) => String::new(),
            (0, most) => format!("({item} {})?", more(0, most.map(|most| most - 1))),
            (least, most) => format!("{item} {}", more(least - 1, most.map(|most| most - 1))),
        };
        Ok(self.rule(format!("\"[\" ws {body} ws \"]\"")))
    }

    fn integer(&mut self, schema: &Map<String, Value>) -> Result<String, String> {
        let bound = |key: &str| match schema.get(key) {
            None => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or(format!("{key} of an integer is no integer")),
        };
        match (bound("minimum")?, bound("maximum")?) {
            (Some(least), Some(most)) if least > most => Err("maximum is below minimum".into()),
            (Some(least), Some(most)) if most.saturating_sub(least) < MOST_ALTERNATIVES => {
                let alternatives: Vec<String> =
                    (least..=most).map(|number| format!("\"{number}\"")).collect();
                Ok(self.rule(alternatives.join(" | ")))
            }
            _ => Ok("integer".into()),
        }
    }
}

fn string(schema: &Map<String, Value>) -> Result<String, String> {
    let (least, most) = (count(schema, "minLength")?.unwrap_or(0), count(schema, "maxLength")?);
    Ok(match (least, most.filter(|most| *most <= MOST_REPETITIONS)) {
        (0, None) => "string".into(),
        (least, _) if least > MOST_REPETITIONS => {
            return Err(format!("minLength is above {MOST_REPETITIONS}"));
        }
        (least, None) => format!("\"\\\"\" char{{{least},}} \"\\\"\""),
        (least, Some(most)) if least <= most => format!("\"\\\"\" char{{{least},{most}}} \"\\\"\""),
        _ => return Err("maxLength is below minLength".into()),
    })
}

type Properties<'a> = (Vec<(&'a str, &'a Value)>, Vec<(&'a str, &'a Value)>);

/// The properties that must be there, in the order of `required`, and the others.
fn properties(schema: &Map<String, Value>) -> Result<Properties<'_>, String> {
    let names: Vec<&str> = match schema.get("required") {
        None => Vec::new(),
        Some(names) => names
            .as_array()
            .and_then(|names| names.iter().map(Value::as_str).collect())
            .ok_or("required is no list of names")?,
    };
    if schema.get("additionalProperties").is_some_and(|more| more != &Value::Bool(false)) {
        return Err("additionalProperties other than false".into());
    }
    let all = match schema.get("properties") {
        None if names.is_empty() => return Ok((Vec::new(), Vec::new())),
        None => return Err("a required property is not described".into()),
        Some(properties) => properties.as_object().ok_or("properties is no object")?,
    };
    let required = names
        .iter()
        .map(|name| {
            let (key, value) =
                all.get_key_value(*name).ok_or(format!("the required property {name} is not described"))?;
            Ok((key.as_str(), value))
        })
        .collect::<Result<_, String>>()?;
    let optional = all
        .iter()
        .filter(|(key, _)| !names.contains(&key.as_str()))
        .map(|(key, value)| (key.as_str(), value))
        .collect();
    Ok((required, optional))
}

fn as_schema(schema: &Value) -> Result<&Map<String, Value>, String> {
    let schema = schema.as_object().ok_or("a schema is no object")?;
    match schema.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        Some(key) => Err(format!("{key} is not understood")),
        None => Ok(schema),
    }
}

fn type_of(schema: &Map<String, Value>) -> Result<&str, String> {
    match schema.get("type") {
        Some(Value::String(name)) => Ok(name),
        Some(_) => Err("type is no text; use anyOf for several".into()),
        None if schema.contains_key("properties") => Ok("object"),
        None if schema.contains_key("items") => Ok("array"),
        None => Err("a schema has no type".into()),
    }
}

fn count(schema: &Map<String, Value>, key: &str) -> Result<Option<u64>, String> {
    match schema.get(key) {
        None => Ok(None),
        Some(value) => value.as_u64().map(Some).ok_or(format!("{key} is no count")),
    }
}

/// A value as a GBNF literal: its JSON, quoted once more.
fn literal(value: &Value) -> String {
    let mut quoted = String::from("\"");
    for letter in value.to_string().chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a value is of a schema; otherwise where and how it departs, without quoting the value.
///
/// # Errors
/// The place as a path of keys and indices, and what is wrong there.
pub fn check(value: &Value, schema: &Value) -> Result<(), String> {
    check_at(value, schema, "$")
}

fn check_at(value: &Value, schema: &Value, place: &str) -> Result<(), String> {
    let schema = as_schema(schema)?;
    let wrong = |what: &str| Err(format!("{place} {what}"));
    if let Some(only) = schema.get("const") {
        return if value == only { Ok(()) } else { wrong("is not the value that is fixed") };
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return if values.contains(value) { Ok(()) } else { wrong("is none of the values allowed") };
    }
    if let Some(schemas) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        let any = schemas.iter().any(|schema| check_at(value, schema, place).is_ok());
        return if any { Ok(()) } else { wrong("is of none of the forms allowed") };
    }
    match (type_of(schema)?, value) {
        ("object", Value::Object(object)) => check_object(object, schema, place),
        ("array", Value::Array(items)) => {
            let length = items.len() as u64;
            if count(schema, "minItems")?.is_some_and(|least| length < least) {
                return wrong("has too few items");
            }
            if count(schema, "maxItems")?.is_some_and(|most| length > most) {
                return wrong("has too many items");
            }
            let of = schema.get("items").ok_or("an array has no items")?;
            items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| check_at(item, of, &format!("{place}[{index}]")))
        }
        ("string", Value::String(text)) => {
            let length = text.chars().count() as u64;
            if count(schema, "minLength")?.is_some_and(|least| length < least) {
                return wrong("is too short");
            }
            if count(schema, "maxLength")?.is_some_and(|most| length > most) {
                return wrong("is too long");
            }
            Ok(())
        }
        ("integer", Value::Number(number)) if number.as_i64().is_none() && number.as_u64().is_none() => {
            wrong("is no whole number")
        }
        ("number" | "integer", Value::Number(number)) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
            let inside = bound("minimum").is_none_or(|least| number >= least)
                && bound("maximum").is_none_or(|most| number <= most);
            if inside { Ok(()) } else { wrong("is out of bounds") }
        }
        ("boolean", Value::Bool(_)) | ("null", Value::Null) => Ok(()),
        (kind, _) => wrong(&format!("is not of type {kind}")),
    }
}

fn check_object(object: &Map<String, Value>, schema: &Map<String, Value>, place: &str) -> Result<(), String> {
    let (required, optional) = properties(schema)?;
    if let Some((key, _)) = required.iter().find(|(key, _)| !object.contains_key(*key)) {
        return Err(format!("{place}.{key} is missing"));
    }
    for (key, value) in object {
        let of = required.iter().chain(&optional).find(|(name, _)| name == key);
        match of {
            Some((_, of)) => check_at(value, of, &format!("{place}.{key}"))?,
            // The key itself may be the patient's words.
            None => return Err(format!("{place} has a property that is not described")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn note() -> Value {
        json!({
            "type": "object",
            "required": ["sections", "complete"],
            "properties": {
                "complete": {"type": "boolean"},
                "sections": {"type": "array", "minItems": 1, "maxItems": 4, "items": {
                    "type": "object",
                    "required": ["id", "evidence"],
                    "properties": {
                        "id": {"enum": ["subjective", "plan"]},
                        "evidence": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 3}},
                        "text": {"type": "string", "minLength": 1, "maxLength": 80},
                    },
                }},
            },
        })
    }

    #[test]
    fn a_grammar_names_the_keys_in_the_order_of_required() {
        insta_like(
            &to_grammar(&json!({
                "type": "object", "required": ["b", "a"],
                "properties": {"a": {"type": "integer"}, "b": {"type": "string"}, "c": {"type": "null"}},
            }))
            .unwrap(),
            "root ::= r0\n\
             r0 ::= \"{\" ws \"\\\"b\\\"\" \":\" ws string \",\" ws \"\\\"a\\\"\" \":\" ws integer \
             (\",\" ws \"\\\"c\\\"\" \":\" ws \"null\")? ws \"}\"\n",
        );
    }

    fn insta_like(grammar: &str, expected: &str) {
        assert_eq!(grammar.strip_suffix(PRIMITIVES).unwrap(), expected);
    }

    #[test]
    fn arrays_keep_their_bounds() {
        let grammar = |least: u64, most: Option<u64>| {
            let mut schema = json!({"type": "array", "items": {"type": "boolean"}, "minItems": least});
            if let Some(most) = most {
                schema["maxItems"] = most.into();
            }
            to_grammar(&schema).unwrap().lines().nth(1).unwrap().to_owned()
        };
        assert_eq!(grammar(0, None), "r0 ::= \"[\" ws (boolean (\",\" ws boolean)*)? ws \"]\"");
        assert_eq!(grammar(0, Some(0)), "r0 ::= \"[\" ws  ws \"]\"");
        assert_eq!(grammar(2, Some(5)), "r0 ::= \"[\" ws boolean (\",\" ws boolean){1,4} ws \"]\"");
        assert_eq!(grammar(1, None), "r0 ::= \"[\" ws boolean (\",\" ws boolean)* ws \"]\"");
    }

    #[test]
    fn what_is_not_understood_is_an_error_and_not_a_gap() {
        for schema in [
            json!({"type": "string", "pattern": "^a"}),
            json!({"$ref": "#/x"}),
            json!({"type": ["string", "null"]}),
            json!({"type": "object", "required": ["x"]}),
            json!({"type": "array"}),
            json!({"type": "array", "items": {"type": "null"}, "minItems": 3, "maxItems": 2}),
            json!("string"),
            json!({}),
        ] {
            assert!(matches!(to_grammar(&schema), Err(Error::Grammar { .. })), "{schema}");
        }
        let deep =
            (0..100).fold(json!({"type": "null"}), |inner, _| json!({"type": "array", "items": inner}));
        assert!(to_grammar(&deep).is_err());
    }

    #[test]
    fn a_value_of_the_schema_passes_and_each_departure_is_placed() {
        let good =
            json!({"sections": [{"id": "plan", "evidence": [0, 3], "text": "Rest."}], "complete": true});
        assert_eq!(check(&good, &note()), Ok(()));
        let departures = [
            ("/complete", json!(1), "$.complete is not of type boolean"),
            ("/sections", json!([]), "$.sections has too few items"),
            ("/sections/0/id", json!("jam"), "$.sections[0].id is none of the values allowed"),
            ("/sections/0/evidence/0", json!(9), "$.sections[0].evidence[0] is out of bounds"),
            ("/sections/0/evidence/0", json!(0.5), "$.sections[0].evidence[0] is no whole number"),
            ("/sections/0/text", json!(""), "$.sections[0].text is too short"),
        ];
        for (pointer, value, expected) in departures {
            let mut bad = good.clone();
            *bad.pointer_mut(pointer).unwrap() = value;
            assert_eq!(check(&bad, &note()), Err(expected.to_owned()));
        }
        let mut extra = good.clone();
        extra["marmalade"] = json!(1);
        assert!(!check(&extra, &note()).unwrap_err().contains("marmalade"));
        let missing = json!({"sections": good["sections"]});
        assert_eq!(check(&missing, &note()), Err("$.complete is missing".into()));
    }
}
