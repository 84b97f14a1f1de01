//! From JSON to items. Reads on after a fault, so that the error lists every one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use domain::{Coding, Language, PartialDate};
use serde_json::{Map, Value};

use super::{
    ChoiceOption, Item, ItemKind, Notice, OptionValue, Questionnaire, UnitOption, complete_languages, links,
};
use crate::condition::{Condition, Expected, Test};
use crate::{Error, Problem, Text, What};

type Object = Map<String, Value>;

const UCUM: &str = "http://unitsofmeasure.org";
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

/// Extensions that change what is asked in a way that the walker would get wrong.
const UNSUPPORTED_EXTENSIONS: &[&str] = &[
    "cqf-expression",
    "sdc-questionnaire-calculatedExpression",
    "sdc-questionnaire-enableWhenExpression",
    "sdc-questionnaire-answerExpression",
    "sdc-questionnaire-candidateExpression",
    "sdc-questionnaire-answerOptionsToggleExpression",
    "sdc-questionnaire-subQuestionnaire",
];

pub(super) fn questionnaire(json: &str) -> Result<Questionnaire, Error> {
    let not = |reason: String| Error::NotQuestionnaire { reason };
    let root: Value = serde_json::from_str(json)
        .map_err(|error| not(format!("no JSON at line {}, column {}", error.line(), error.column())))?;
    let root = root.as_object().ok_or_else(|| not("it is not a JSON object".into()))?;
    if string(root, "resourceType") != Some("Questionnaire") {
        return Err(not("its resourceType is not Questionnaire".into()));
    }
    let url = string(root, "url")
        .map(str::to_owned)
        .or_else(|| string(root, "id").map(|id| format!("urn:bedside:questionnaire:{id}")))
        .ok_or_else(|| not("it has neither url nor id, so that its responses could not name it".into()))?;
    let mut reader = Reader { contained: contained_value_sets(root), ..Reader::default() };
    reader.must_understand(root, "the questionnaire");
    reader.items(root, None, "");
    if reader.items.is_empty() && reader.problems.is_empty() {
        return Err(not("it has no items".into()));
    }
    let by_link = reader.link_index();
    reader.conditions(&by_link)?;
    if !reader.problems.is_empty() {
        return Err(Error::Questionnaire { problems: reader.problems });
    }
    let Reader { items, notices, .. } = reader;
    let order = links::dependency_order(&items)?;
    let version = string(root, "version").map(str::to_owned);
    let language = Language::new(string(root, "language").unwrap_or("en"));
    let title = Text::read(root, "title")
        .or_else(|| Text::read(root, "name"))
        .unwrap_or_else(|| Text::untranslated(url.clone()));
    let languages = complete_languages(&language, &title, &items);
    Ok(Questionnaire { url, version, title, language, languages, items, by_link, order, notices })
}

#[derive(Default)]
struct Reader {
    contained: BTreeMap<String, Vec<ChoiceOption>>,
    items: Vec<Item>,
    /// Each item's `enableWhen`, read once every linkId is known.
    pending: Vec<Vec<Object>>,
    problems: Vec<Problem>,
    notices: Vec<Notice>,
}

impl Reader {
    fn problem(&mut self, item: &str, what: What) {
        self.problems.push(Problem { item: item.to_owned(), what });
    }

    fn unsupported(&mut self, item: &str, what: impl Into<String>) {
        self.problem(item, What::Unsupported(what.into()));
    }

    fn notice(&mut self, link_id: &str, what: &'static str) {
        self.notices.push(Notice { link_id: link_id.to_owned(), what });
    }

    /// Reads `owner.item` in order and returns the indices of its direct children.
    fn items(&mut self, owner: &Object, parent: Option<usize>, place: &str) -> Vec<usize> {
        let dot = if place.is_empty() { "" } else { "." };
        let Some(list) = owner.get("item") else { return Vec::new() };
        let Some(list) = list.as_array() else {
            let name = if place.is_empty() { "the questionnaire" } else { place };
            self.problem(name, What::Malformed { element: "item", expected: "a list" });
            return Vec::new();
        };
        let mut children = Vec::new();
        for (position, value) in list.iter().enumerate() {
            let place = format!("{place}{dot}item[{position}]");
            match value.as_object() {
                Some(object) => children.extend(self.item(object, parent, &place)),
                None => self.problem(&place, What::Malformed { element: "item", expected: "an object" }),
            }
        }
        children
    }

    /// Reads one item and those below it; `None` where it could not be read or is its parent's help text.
    fn item(&mut self, object: &Object, parent: Option<usize>, place: &str) -> Option<usize> {
        let Some(link_id) = string(object, "linkId") else {
            self.problem(place, What::Missing("linkId"));
            return None;
        };
        self.must_understand(object, link_id);
        for name in UNSUPPORTED_EXTENSIONS {
            if extensions(object, name).next().is_some() {
                self.unsupported(link_id, format!("the extension {name}"));
            }
        }
        let Some(code) = string(object, "type") else {
            self.problem(link_id, What::Missing("type"));
            return None;
        };
        let text = Text::read(object, "text").unwrap_or_default();
        if code == "display" && is_help(object) {
            if let Some(parent) = parent {
                self.items[parent].help = Some(text);
            }
            return None;
        }
        let kind = self.kind(code, object, link_id)?;
        if text.original().is_empty()
            && kind != ItemKind::Group
            && !codings(object, "code").any(|c| c.display.is_some())
        {
            self.problem(link_id, What::Missing("text"));
        }
        let text = if text.original().is_empty() { coded_text(object) } else { text };
        let repeats = boolean(object, "repeats");
        let required = boolean(object, "required") && kind != ItemKind::Display;
        let read_only = boolean(object, "readOnly");
        self.reductions(object, link_id, &kind, repeats, read_only);
        let hidden = read_only
            || extension_value(object, "questionnaire-hidden", "valueBoolean") == Some(&Value::Bool(true));
        let index = self.items.len();
        self.items.push(Item {
            link_id: link_id.to_owned(),
            prefix: Text::read(object, "prefix"),
            text,
            help: None,
            codes: codings(object, "code").map(RawCoding::into_coding).collect(),
            required,
            repeats: repeats && kind != ItemKind::Group,
            min_answers: extension_size(object, "questionnaire-minOccurs").unwrap_or(1).max(1),
            max_answers: extension_size(object, "questionnaire-maxOccurs"),
            hidden,
            conditions: Vec::new(),
            all_conditions: string(object, "enableBehavior") == Some("all"),
            parent,
            children: Vec::new(),
            kind,
        });
        let conditions = objects(object, "enableWhen").cloned().collect::<Vec<_>>();
        if object
            .get("enableWhen")
            .is_some_and(|list| list.as_array().map(Vec::len) != Some(conditions.len()))
        {
            self.problem(link_id, What::Malformed { element: "enableWhen", expected: "a list of objects" });
        }
        if conditions.len() > 1 && !matches!(string(object, "enableBehavior"), Some("all" | "any")) {
            let expected = "'all' or 'any' where there are several enableWhen";
            self.problem(link_id, What::Malformed { element: "enableBehavior", expected });
        }
        self.pending.push(conditions);
        self.items[index].children = self.items(object, Some(index), place);
        Some(index)
    }

    /// An element with a modifier extension means something else than it seems to; it is refused.
    fn must_understand(&mut self, object: &Object, name: &str) {
        if object.contains_key("modifierExtension") {
            self.unsupported(name, "a modifierExtension");
        }
    }

    fn reductions(
        &mut self,
        object: &Object,
        link_id: &str,
        kind: &ItemKind,
        repeats: bool,
        read_only: bool,
    ) {
        if object.contains_key("initial")
            || objects(object, "answerOption").any(|option| boolean(option, "initialSelected"))
        {
            self.notice(link_id, "the initial value is not filled in");
        }
        if repeats && *kind == ItemKind::Group {
            self.notice(link_id, "the repeating group is asked once");
        }
        if read_only {
            self.notice(link_id, "the read-only item is not asked");
        }
        if extensions(object, "regex").next().is_some() {
            self.notice(link_id, "the regular expression is not checked");
        }
    }

    fn kind(&mut self, code: &str, object: &Object, link_id: &str) -> Option<ItemKind> {
        let limit = |name: &'static str, value: &str| extension_value(object, name, value);
        let number = |name: &'static str| {
            limit(name, "valueInteger").or_else(|| limit(name, "valueDecimal")).and_then(Value::as_f64)
        };
        let max_length =
            object.get("maxLength").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        let min_length = extension_size(object, "minLength");
        Some(match code {
            "group" => ItemKind::Group,
            "display" => ItemKind::Display,
            "boolean" => ItemKind::Boolean,
            "choice" => ItemKind::Choice { options: self.options(object, link_id)? },
            "open-choice" => ItemKind::OpenChoice { options: self.options(object, link_id)? },
            "integer" => ItemKind::Integer {
                min: limit("minValue", "valueInteger").and_then(Value::as_i64),
                max: limit("maxValue", "valueInteger").and_then(Value::as_i64),
            },
            "decimal" => ItemKind::Decimal { min: number("minValue"), max: number("maxValue") },
            "quantity" => {
                let quantity = |name: &'static str| {
                    limit(name, "valueQuantity").and_then(Value::as_object).and_then(quantity)
                };
                ItemKind::Quantity {
                    units: units(object),
                    min: quantity("minValue").and_then(|(value, unit)| Some((value, unit?))),
                    max: quantity("maxValue").and_then(|(value, unit)| Some((value, unit?))),
                }
            }
            "date" => {
                let date = |name: &'static str| {
                    limit(name, "valueDate").and_then(Value::as_str).and_then(|d| d.parse().ok())
                };
                ItemKind::Date { min: date("minValue"), max: date("maxValue") }
            }
            "string" => ItemKind::String { min_length, max_length },
            "text" => ItemKind::Text { min_length, max_length },
            "dateTime" | "time" | "url" | "attachment" | "reference" => {
                self.unsupported(link_id, format!("an item of type {code}"));
                return None;
            }
            _ => {
                self.problem(
                    link_id,
                    What::Malformed { element: "type", expected: "one of FHIR R4's item types" },
                );
                return None;
            }
        })
    }

    fn options(&mut self, object: &Object, link_id: &str) -> Option<Vec<ChoiceOption>> {
        let options = match (object.get("answerValueSet"), object.get("answerOption")) {
            (Some(_), Some(_)) => {
                self.unsupported(link_id, "answerValueSet together with answerOption");
                return None;
            }
            (Some(set), None) => {
                let name = set.as_str().unwrap_or_default();
                let Some(options) = name.strip_prefix('#').and_then(|id| self.contained.get(id)) else {
                    self.unsupported(
                        link_id,
                        format!("the answerValueSet '{name}', which is not contained in the file,"),
                    );
                    return None;
                };
                options.clone()
            }
            (None, Some(_)) => {
                let read: Option<Vec<_>> = objects(object, "answerOption").map(answer_option).collect();
                let Some(options) = read else {
                    let kinds =
                        "an answerOption other than valueCoding, valueString, valueInteger or valueDate";
                    self.unsupported(link_id, kinds);
                    return None;
                };
                options
            }
            (None, None) => Vec::new(),
        };
        if options.is_empty() {
            self.problem(link_id, What::NoOptions);
            return None;
        }
        let mut seen = BTreeSet::new();
        for option in &options {
            if !seen.insert((option.system.as_deref(), option.code.as_str())) {
                self.problem(link_id, What::DuplicateOption(option.code.clone()));
            }
        }
        Some(options)
    }

    fn link_index(&mut self) -> BTreeMap<String, usize> {
        let mut by_link = BTreeMap::new();
        for index in 0..self.items.len() {
            let link_id = self.items[index].link_id.clone();
            if by_link.insert(link_id.clone(), index).is_some() {
                self.problem(&link_id, What::DuplicateLink);
            }
        }
        by_link
    }

    fn conditions(&mut self, by_link: &BTreeMap<String, usize>) -> Result<(), Error> {
        for (index, pending) in std::mem::take(&mut self.pending).into_iter().enumerate() {
            let link_id = self.items[index].link_id.clone();
            for object in pending {
                let Some(question) = string(&object, "question") else {
                    self.problem(&link_id, What::Missing("enableWhen.question"));
                    continue;
                };
                let Some(&target) = by_link.get(question) else {
                    // A question that was refused itself is no unknown one.
                    if self.problems.iter().any(|problem| problem.item == question) {
                        continue;
                    }
                    return Err(Error::LinkUnknown { link_id: question.to_owned(), named_by: Some(link_id) });
                };
                match test(&object, &self.items[target].kind) {
                    Ok(test) => self.items[index].conditions.push(Condition { question: target, test }),
                    Err(problem) => {
                        self.problem(&link_id, What::Condition { question: question.to_owned(), problem });
                    }
                }
            }
        }
        Ok(())
    }
}

/// Reads an `enableWhen`'s operator and answer, as they fit the question's kind.
fn test(object: &Object, kind: &ItemKind) -> Result<Test, &'static str> {
    const FITS: &str = "the answer's type does not fit the question's";
    let operator = string(object, "operator").ok_or("operator is missing")?;
    if matches!(kind, ItemKind::Group | ItemKind::Display) {
        return Err("it is no question");
    }
    if operator == "exists" {
        let wanted = object.get("answerBoolean").and_then(Value::as_bool);
        return wanted.map(Test::Exists).ok_or("'exists' needs answerBoolean");
    }
    let expected = expected(object).ok_or("answer[x] is missing or of a type that is not supported")?;
    let fits = match &expected {
        Expected::Boolean(_) => matches!(kind, ItemKind::Boolean),
        Expected::Number(_) => {
            matches!(kind, ItemKind::Integer { .. } | ItemKind::Decimal { .. })
                || offers(kind, OptionValue::Integer)
        }
        Expected::Date(_) => matches!(kind, ItemKind::Date { .. }) || offers(kind, OptionValue::Date),
        Expected::Words(_) => {
            matches!(kind, ItemKind::String { .. } | ItemKind::Text { .. } | ItemKind::OpenChoice { .. })
                || offers(kind, OptionValue::String)
        }
        Expected::Coding { .. } => offers(kind, OptionValue::Coding),
        Expected::Quantity { .. } => matches!(kind, ItemKind::Quantity { .. }),
    };
    if !fits {
        return Err(FITS);
    }
    let ordered: &'static [Ordering] = match operator {
        "=" => return Ok(Test::Equal(expected)),
        "!=" => return Ok(Test::NotEqual(expected)),
        ">" => &[Ordering::Greater],
        "<" => &[Ordering::Less],
        ">=" => &[Ordering::Greater, Ordering::Equal],
        "<=" => &[Ordering::Less, Ordering::Equal],
        _ => return Err("the operator is none of exists, =, !=, >, <, >=, <="),
    };
    match expected {
        Expected::Boolean(_) | Expected::Coding { .. } => Err("yes/no and codes have no order"),
        expected => Ok(Test::Ordered(ordered, expected)),
    }
}

fn offers(kind: &ItemKind, value: OptionValue) -> bool {
    match kind {
        ItemKind::Choice { options } | ItemKind::OpenChoice { options } => {
            options.iter().any(|option| option.value == value)
        }
        _ => false,
    }
}

fn expected(object: &Object) -> Option<Expected> {
    let (name, value) = object.iter().find(|(name, _)| name.starts_with("answer"))?;
    Some(match name.as_str() {
        "answerBoolean" => Expected::Boolean(value.as_bool()?),
        "answerInteger" | "answerDecimal" => Expected::Number(value.as_f64()?),
        "answerDate" => Expected::Date(value.as_str()?.parse().ok()?),
        "answerString" => Expected::Words(value.as_str()?.to_owned()),
        "answerCoding" => {
            let coding = value.as_object()?;
            let system = string(coding, "system").map(str::to_owned);
            Expected::Coding { system, code: string(coding, "code")?.to_owned() }
        }
        "answerQuantity" => {
            let (value, unit) = quantity(value.as_object()?)?;
            Expected::Quantity { value, unit }
        }
        _ => return None,
    })
}

fn answer_option(object: &Object) -> Option<ChoiceOption> {
    let exclusive =
        extension_value(object, "questionnaire-optionExclusive", "valueBoolean") == Some(&Value::Bool(true));
    let plain =
        |code: String, display: Text, value| ChoiceOption { code, system: None, display, exclusive, value };
    if let Some(coding) = object.get("valueCoding").and_then(Value::as_object) {
        return Some(ChoiceOption { exclusive, ..coded_option(coding, string(coding, "system"))? });
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
        value: OptionValue::Coding,
    })
}

/// The contained ValueSets that list their concepts, by id. One that includes by filter or by reference is left out, so that
/// an item which uses it is refused.
fn contained_value_sets(root: &Object) -> BTreeMap<String, Vec<ChoiceOption>> {
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

fn units(object: &Object) -> Vec<UnitOption> {
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

fn quantity(object: &Object) -> Option<(f64, Option<String>)> {
    let unit = string(object, "code").or_else(|| string(object, "unit")).map(str::to_owned);
    Some((object.get("value")?.as_f64()?, unit))
}

struct RawCoding<'a> {
    system: Option<&'a str>,
    code: &'a str,
    display: Option<&'a str>,
}

impl RawCoding<'_> {
    fn into_coding(self) -> Coding {
        Coding {
            system: self.system.map(str::to_owned),
            code: self.code.to_owned(),
            display: self.display.unwrap_or(self.code).to_owned(),
        }
    }
}

fn codings<'a>(object: &'a Object, name: &'a str) -> impl Iterator<Item = RawCoding<'a>> {
    objects(object, name).filter_map(|coding| {
        Some(RawCoding {
            system: string(coding, "system"),
            code: string(coding, "code")?,
            display: string(coding, "display"),
        })
    })
}

/// The text of an item that has none, from its first code that says what it is.
fn coded_text(object: &Object) -> Text {
    objects(object, "code").find_map(|coding| Text::read(coding, "display")).unwrap_or_default()
}

fn is_help(object: &Object) -> bool {
    extensions(object, "questionnaire-itemControl")
        .filter_map(|extension| extension.get("valueCodeableConcept")?.get("coding")?.as_array())
        .flatten()
        .any(|coding| matches!(coding.get("code").and_then(Value::as_str), Some("help" | "flyover")))
}

fn string<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn boolean(object: &Object, name: &str) -> bool {
    object.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn objects<'a>(object: &'a Object, name: &str) -> impl Iterator<Item = &'a Object> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn extensions<'a>(object: &'a Object, name: &'a str) -> impl Iterator<Item = &'a Object> {
    objects(object, "extension").filter(move |extension| {
        string(extension, "url").is_some_and(|url| {
            url.strip_prefix(CORE).or_else(|| url.strip_prefix(SDC)).is_some_and(|last| last == name)
        })
    })
}

fn extension_value<'a>(object: &'a Object, name: &'a str, value: &str) -> Option<&'a Value> {
    extensions(object, name).find_map(|extension| extension.get(value))
}

fn extension_size(object: &Object, name: &str) -> Option<usize> {
    extension_value(object, name, "valueInteger")?.as_u64().and_then(|number| usize::try_from(number).ok())
}
