//! What can be chosen: options, value sets, units.

use std::collections::BTreeMap;

use domain::{Language, PartialDate};
use serde_json::Value;

use super::json::{Object, extension_value, extensions, objects, string};
use super::{ChoiceOption, OptionValue, UnitOption};
use crate::Text;

const UCUM: &str = "http://unitsofmeasure.org";

/// Reads an `answerOption`; `None` where its value is of a type that is not supported.
pub(super) fn answer_option(object: &Object) -> Option<ChoiceOption> {
    let exclusive =
        extension_value(object, "questionnaire-optionExclusive", "valueBoolean") == Some(&Value::Bool(true));
    let plain = |code: String, display: Text, value| ChoiceOption {
        code,
        system: None,
        display,
        exclusive,
        ordinal: ordinal(object),
        value,
    };
    if let Some(coding) = object.get("valueCoding").and_then(Value::as_object) {
        let option = coded_option(coding, string(coding, "system"))?;
        let ordinal = ordinal(object).or(option.ordinal);
        return Some(ChoiceOption { exclusive, ordinal, ..option });
    }
    if let Some(text) = Text::read(object, "valueString") {
        return Some(plain(text.original().to_owned(), text, OptionValue::String));
    }
    if let Some(number) = object.get("valueInteger").and_then(Value::as_i64) {
        return Some(plain(number.to_string(), Text::untranslated(number.to_string()), OptionValue::Integer));
    }
    let date: PartialDate = object.get("valueDate")?.as_str()?.parse().ok()?;
    Some(plain(date.to_string(), Text::untranslated(date.as_str()), OptionValue::Date))
}

/// An option from a Coding or from a value set's concept. One without code is called by its display.
fn coded_option(coding: &Object, system: Option<&str>) -> Option<ChoiceOption> {
    let display = Text::read(coding, "display");
    let code = string(coding, "code")
        .map(str::to_owned)
        .or_else(|| Some(display.as_ref()?.original().to_owned()))?;
    Some(ChoiceOption {
        display: display.unwrap_or_else(|| Text::untranslated(code.clone())),
        code,
        system: system.map(str::to_owned),
        exclusive: false,
        ordinal: ordinal(coding),
        value: OptionValue::Coding,
    })
}

/// What an option counts in a score: `ordinalValue` of R4, `itemWeight` of R5.
fn ordinal(object: &Object) -> Option<f64> {
    ["ordinalValue", "itemWeight"]
        .into_iter()
        .find_map(|name| extensions(object, name).find_map(|extension| extension.get("valueDecimal")))
        .and_then(Value::as_f64)
}

/// The value sets that forms refer to without containing them and that are short enough to be known here.
pub(super) fn known_value_set(canonical: &str) -> Option<Vec<ChoiceOption>> {
    const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
    const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    const LOINC: &str = "http://loinc.org";
    let concepts: &[(&str, &str, &str, &str, Option<f64>)] = match canonical.split('|').next()? {
        "http://hl7.org/fhir/ValueSet/yesnodontknow" => &[
            (YES_NO, "Y", "Yes", "Sí", None),
            (YES_NO, "N", "No", "No", None),
            (ABSENT, "asked-unknown", "Don't know", "No sé", None),
        ],
        // The answers of PHQ-9 and GAD-7.
        "http://loinc.org/vs/LL358-3" => &[
            (LOINC, "LA6568-5", "Not at all", "Ningún día", Some(0.0)),
            (LOINC, "LA6569-3", "Several days", "Varios días", Some(1.0)),
            (LOINC, "LA6570-1", "More than half the days", "Más de la mitad de los días", Some(2.0)),
            (LOINC, "LA6571-9", "Nearly every day", "Casi todos los días", Some(3.0)),
        ],
        _ => return None,
    };
    let option = |&(system, code, english, spanish, ordinal): &(&str, &str, &str, &str, Option<f64>)| {
        let display = Text::untranslated(english).with(Language::new("es"), spanish);
        ChoiceOption {
            code: code.to_owned(),
            system: Some(system.to_owned()),
            display,
            exclusive: false,
            ordinal,
            value: OptionValue::Coding,
        }
    };
    Some(concepts.iter().map(option).collect())
}

/// The contained ValueSets that list their concepts, by id. One that includes by filter or by reference is left out, so that
/// an item which uses it is refused.
pub(super) fn contained_value_sets(root: &Object) -> BTreeMap<String, Vec<ChoiceOption>> {
    objects(root, "contained")
        .filter(|resource| string(resource, "resourceType") == Some("ValueSet"))
        .filter_map(|set| Some((string(set, "id")?.to_owned(), concepts(set)?)))
        .collect()
}

fn concepts(set: &Object) -> Option<Vec<ChoiceOption>> {
    if let Some(expansion) = set.get("expansion").and_then(Value::as_object) {
        return objects(expansion, "contains")
            .map(|entry| coded_option(entry, string(entry, "system")))
            .collect();
    }
    let compose = set.get("compose")?.as_object()?;
    if compose.contains_key("exclude") {
        return None;
    }
    let mut options = Vec::new();
    for include in objects(compose, "include") {
        if ["filter", "valueSet"].iter().any(|name| include.contains_key(*name))
            || !include.contains_key("concept")
        {
            return None;
        }
        for concept in objects(include, "concept") {
            options.push(coded_option(concept, string(include, "system"))?);
        }
    }
    Some(options)
}

/// The units that a quantity offers, each once.
pub(super) fn units(object: &Object) -> Vec<UnitOption> {
    let named =
        |name| extensions(object, name).filter_map(|extension| extension.get("valueCoding")?.as_object());
    named("questionnaire-unitOption")
        .chain(named("questionnaire-unit"))
        .filter_map(|coding| {
            let code = string(coding, "code")?.to_owned();
            let system = string(coding, "system").unwrap_or(UCUM).to_owned();
            let display = Text::read(coding, "display").unwrap_or_else(|| Text::untranslated(code.clone()));
            Some(UnitOption { code, system, display })
        })
        .fold(Vec::new(), |mut units: Vec<UnitOption>, unit| {
            if units.iter().all(|known| known.code != unit.code) {
                units.push(unit);
            }
            units
        })
}
