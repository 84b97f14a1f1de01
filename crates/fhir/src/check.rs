//! Has a resource what FHIR R4 requires of it?
//!
//! Not a full validator: it knows the required elements, the required bindings and the invariants of the resources that
//! Bedside writes, and JSON's own rules for all of them. `cargo xtask test` runs two full ones (`validate/`).

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::Error;
use crate::primitive::{is_date_time, is_instant, is_urn};

/// What R4 requires of one kind of resource.
struct Rule {
    kind: &'static str,
    /// Elements with a lower bound of 1.
    required: &'static [&'static str],
    /// Elements whose code comes from a value set with a required binding.
    codes: &'static [(&'static str, &'static [&'static str])],
    /// Elements of type `dateTime`, and of type `instant`.
    date_times: &'static [&'static str],
    instants: &'static [&'static str],
}

const EMPTY: Rule = Rule { kind: "", required: &[], codes: &[], date_times: &[], instants: &[] };

const RULES: &[Rule] = &[
    Rule {
        kind: "Composition",
        required: &["status", "type", "date", "author", "title"],
        codes: &[("status", &["preliminary", "final", "amended", "entered-in-error"])],
        date_times: &["date"],
        ..EMPTY
    },
    Rule {
        kind: "Patient",
        codes: &[("gender", &["male", "female", "other", "unknown"])],
        date_times: &["birthDate"],
        ..EMPTY
    },
    Rule {
        kind: "Encounter",
        required: &["status", "class"],
        codes: &[(
            "status",
            &[
                "planned",
                "arrived",
                "triaged",
                "in-progress",
                "onleave",
                "finished",
                "cancelled",
                "entered-in-error",
                "unknown",
            ],
        )],
        ..EMPTY
    },
    Rule {
        kind: "QuestionnaireResponse",
        required: &["status"],
        codes: &[("status", &["in-progress", "completed", "amended", "entered-in-error", "stopped"])],
        date_times: &["authored"],
        ..EMPTY
    },
    Rule {
        kind: "Questionnaire",
        required: &["status"],
        codes: &[("status", &["draft", "active", "retired", "unknown"])],
        date_times: &["date"],
        ..EMPTY
    },
    Rule {
        kind: "Consent",
        required: &["status", "scope", "category"],
        codes: &[("status", &["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"])],
        date_times: &["dateTime"],
        ..EMPTY
    },
    Rule {
        kind: "Flag",
        required: &["status", "code", "subject"],
        codes: &[("status", &["active", "inactive", "entered-in-error"])],
        ..EMPTY
    },
    Rule {
        kind: "DocumentReference",
        required: &["status", "content"],
        codes: &[
            ("status", &["current", "superseded", "entered-in-error"]),
            ("docStatus", &["preliminary", "final", "amended", "entered-in-error"]),
        ],
        instants: &["date"],
        ..EMPTY
    },
    Rule { kind: "Provenance", required: &["target", "recorded", "agent"], instants: &["recorded"], ..EMPTY },
    Rule {
        kind: "AuditEvent",
        required: &["type", "recorded", "agent", "source"],
        instants: &["recorded"],
        ..EMPTY
    },
    Rule { kind: "Condition", required: &["subject"], date_times: &["recordedDate"], ..EMPTY },
    Rule {
        kind: "AllergyIntolerance",
        required: &["patient"],
        codes: &[
            ("type", &["allergy", "intolerance"]),
            ("criticality", &["low", "high", "unable-to-assess"]),
        ],
        date_times: &["recordedDate"],
        ..EMPTY
    },
    Rule {
        kind: "MedicationStatement",
        required: &["status", "subject"],
        codes: &[(
            "status",
            &[
                "active",
                "completed",
                "entered-in-error",
                "intended",
                "stopped",
                "on-hold",
                "unknown",
                "not-taken",
            ],
        )],
        ..EMPTY
    },
    Rule {
        kind: "Observation",
        required: &["status", "code"],
        codes: &[(
            "status",
            &[
                "registered",
                "preliminary",
                "final",
                "amended",
                "corrected",
                "cancelled",
                "entered-in-error",
                "unknown",
            ],
        )],
        date_times: &["effectiveDateTime"],
        ..EMPTY
    },
    Rule { kind: "Practitioner", ..EMPTY },
    Rule { kind: "Organization", ..EMPTY },
    Rule { kind: "Device", ..EMPTY },
];

/// Whether a resource has what R4 requires of its kind. Of a kind that Bedside does not write, only the rules of FHIR's
/// JSON are checked: no empty value, no empty text.
pub fn check(resource: &Value) -> Result<(), Error> {
    let Some(kind) = resource.get("resourceType").and_then(Value::as_str) else {
        return Err(Error::at("resourceType", "it is missing"));
    };
    check_at(resource, kind)
}

/// Whether a bundle is a document as [`crate::export`] writes it: valid resources, a Composition first, full URLs that are
/// unique, and no reference within it that leads nowhere.
pub fn check_bundle(bundle: &Value) -> Result<(), Error> {
    if bundle.get("resourceType").and_then(Value::as_str) != Some("Bundle") {
        return Err(Error::at("Bundle.resourceType", "it is not a Bundle"));
    }
    no_empty(bundle, "Bundle")?;
    if bundle.get("type").and_then(Value::as_str) != Some("document") {
        return Err(Error::at("Bundle.type", "it is not a document"));
    }
    for part in ["system", "value"] {
        if bundle.pointer(&format!("/identifier/{part}")).and_then(Value::as_str).is_none() {
            return Err(Error::at(&format!("Bundle.identifier.{part}"), "a document needs it"));
        }
    }
    if !bundle.get("timestamp").and_then(Value::as_str).is_some_and(is_instant) {
        return Err(Error::at("Bundle.timestamp", "it is not an instant"));
    }
    let entries = bundle.get("entry").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut urls = HashSet::new();
    for (at, entry) in entries.iter().enumerate() {
        let url = entry.get("fullUrl").and_then(Value::as_str).unwrap_or_default();
        if !is_urn(url) {
            return Err(Error::at(&format!("Bundle.entry[{at}].fullUrl"), "it is not a urn:uuid"));
        }
        if !urls.insert(url) {
            return Err(Error::at(&format!("Bundle.entry[{at}].fullUrl"), "another entry has the same"));
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        let path = format!("Bundle.entry[{at}].resource");
        let resource = entry.get("resource").ok_or_else(|| Error::at(&path, "it is missing"))?;
        if at == 0 && resource.get("resourceType").and_then(Value::as_str) != Some("Composition") {
            return Err(Error::at(&path, "a document begins with a Composition"));
        }
        check_at(resource, &path)?;
        references(resource, &path, &urls)?;
    }
    if entries.is_empty() {
        return Err(Error::at("Bundle.entry", "a document has at least a Composition"));
    }
    Ok(())
}

fn check_at(resource: &Value, path: &str) -> Result<(), Error> {
    let Value::Object(object) = resource else { return Err(Error::at(path, "it is not an object")) };
    no_empty(resource, path)?;
    let kind = object.get("resourceType").and_then(Value::as_str).unwrap_or_default();
    if kind.is_empty() {
        return Err(Error::at(&format!("{path}.resourceType"), "it is missing"));
    }
    let Some(rule) = RULES.iter().find(|rule| rule.kind == kind) else { return Ok(()) };
    for name in rule.required {
        if !object.contains_key(*name) && !object.contains_key(&format!("_{name}")) {
            return Err(Error::at(&format!("{path}.{name}"), "it is required and missing"));
        }
    }
    for (name, codes) in rule.codes {
        let code = object.get(*name);
        if code.is_some_and(|code| !code.as_str().is_some_and(|code| codes.contains(&code))) {
            return Err(Error::at(&format!("{path}.{name}"), "the code is not in the required value set"));
        }
    }
    for (names, valid, problem) in [
        (rule.date_times, is_date_time as fn(&str) -> bool, "it is not a date"),
        (rule.instants, is_instant, "it is not an instant"),
    ] {
        for name in names {
            if object.get(*name).is_some_and(|date| !date.as_str().is_some_and(valid)) {
                return Err(Error::at(&format!("{path}.{name}"), problem));
            }
        }
    }
    match kind {
        "Composition" => sections(object.get("section"), &format!("{path}.section")),
        "Consent" => consent(object, path),
        "QuestionnaireResponse" => items(object.get("item"), &format!("{path}.item")),
        "DocumentReference" => attachments(object, path),
        "Provenance" => {
            each(object.get("agent"), &format!("{path}.agent"), |agent, path| needs(agent, "who", path))
        }
        "AuditEvent" => {
            each(object.get("agent"), &format!("{path}.agent"), |agent, path| {
                needs(agent, "requestor", path)
            })?;
            needs(&object["source"], "observer", &format!("{path}.source"))
        }
        _ => Ok(()),
    }
}

/// cmp-1 and cmp-2: a section has text, entries or sections, and does not say why it is empty when it is not.
fn sections(sections: Option<&Value>, path: &str) -> Result<(), Error> {
    each(sections, path, |section, path| {
        let has = |name| section.get(name).is_some();
        if !has("text") && !has("entry") && !has("section") {
            return Err(Error::at(path, "a section needs text, entries or sections"));
        }
        if has("emptyReason") && has("entry") {
            return Err(Error::at(path, "a section with entries cannot say why it is empty"));
        }
        self::sections(section.get("section"), &format!("{path}.section"))
    })
}

/// ppc-1: a consent names a policy or a rule.
fn consent(object: &Map<String, Value>, path: &str) -> Result<(), Error> {
    if object.contains_key("policy") || object.contains_key("policyRule") {
        return Ok(());
    }
    Err(Error::at(path, "a consent names a policy or a policy rule"))
}

/// qrs-1 and linkId: no item has items both below itself and below an answer.
fn items(items: Option<&Value>, path: &str) -> Result<(), Error> {
    each(items, path, |item, path| {
        needs(item, "linkId", path)?;
        if item.get("item").is_some() && item.get("answer").is_some() {
            return Err(Error::at(path, "items stand below the item or below its answer, not both"));
        }
        each(item.get("answer"), &format!("{path}.answer"), |answer, path| {
            self::items(answer.get("item"), &format!("{path}.item"))
        })?;
        self::items(item.get("item"), &format!("{path}.item"))
    })
}

/// Of a document that names US Core's profile also what that asks for (3.1 to 8.0): type, category, subject, and content that
/// says what it is (us-core-6: by value or by address).
fn attachments(object: &Map<String, Value>, path: &str) -> Result<(), Error> {
    const US_CORE: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference";
    let profiles = object.get("meta").and_then(|meta| meta.get("profile")).and_then(Value::as_array);
    let us_core = profiles.is_some_and(|profiles| profiles.iter().any(|url| url == US_CORE));
    if us_core {
        for name in ["type", "category", "subject"] {
            if !object.contains_key(name) {
                return Err(Error::at(&format!("{path}.{name}"), "US Core requires it and it is missing"));
            }
        }
    }
    each(object.get("content"), &format!("{path}.content"), |content, path| {
        needs(content, "attachment", path)?;
        let attachment = &content["attachment"];
        if us_core {
            needs(attachment, "contentType", &format!("{path}.attachment"))?;
            if attachment.get("url").is_none() {
                needs(attachment, "data", &format!("{path}.attachment"))?;
            }
        }
        Ok(())
    })
}

fn needs(value: &Value, name: &str, path: &str) -> Result<(), Error> {
    if value.get(name).is_some() {
        return Ok(());
    }
    Err(Error::at(&format!("{path}.{name}"), "it is required and missing"))
}

fn each(
    list: Option<&Value>,
    path: &str,
    check: impl Fn(&Value, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(list) = list else { return Ok(()) };
    let Value::Array(list) = list else { return Err(Error::at(path, "it is not a list")) };
    list.iter().enumerate().try_for_each(|(at, value)| check(value, &format!("{path}[{at}]")))
}

/// FHIR's JSON holds no empty object, list or text, and `null` only inside lists.
fn no_empty(value: &Value, path: &str) -> Result<(), Error> {
    let empty = Error::at(path, "it is empty");
    match value {
        Value::Null => Err(empty),
        Value::String(text) if text.trim().is_empty() => Err(empty),
        Value::Array(list) if list.is_empty() => Err(empty),
        Value::Object(object) if object.is_empty() => Err(empty),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_null())
            .try_for_each(|(at, value)| no_empty(value, &format!("{path}[{at}]"))),
        Value::Object(object) => {
            object.iter().try_for_each(|(name, value)| no_empty(value, &format!("{path}.{name}")))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// Every `urn:uuid:` reference leads to an entry.
fn references(value: &Value, path: &str, urls: &HashSet<&str>) -> Result<(), Error> {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get("reference")
                && target.starts_with("urn:")
                && !urls.contains(target.as_str())
            {
                return Err(Error::at(&format!("{path}.reference"), "no entry has this full URL"));
            }
            object.iter().try_for_each(|(name, value)| references(value, &format!("{path}.{name}"), urls))
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .try_for_each(|(at, value)| references(value, &format!("{path}[{at}]"), urls)),
        _ => Ok(()),
    }
}
