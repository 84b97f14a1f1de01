//! From JSON to items. Reads on after a fault, so that the error lists every one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use domain::Language;
use serde_json::Value;

use super::json::{
    Object, RawCoding, boolean, codings, extension_size, extension_value, extensions, objects, quantity,
    string,
};
use super::options::{answer_option, contained_value_sets, known_value_set, units};
use super::{ChoiceOption, Item, ItemKind, Notice, OptionValue, Questionnaire, languages, links, score};
use crate::condition::{Condition, Expected, Test, compare_dates};
use crate::{Error, Problem, Text, What, unit};

/// Extensions that change what is asked in a way that the walker would get wrong.
const UNSUPPORTED_EXTENSIONS: &[&str] = &[
    "sdc-questionnaire-enableWhenExpression",
    "sdc-questionnaire-answerExpression",
    "sdc-questionnaire-candidateExpression",
    "sdc-questionnaire-answerOptionsToggleExpression",
    "sdc-questionnaire-subQuestionnaire",
];

/// Extensions that say that the value comes from a calculation and not from the patient.
const CALCULATED: &[&str] = &["cqf-expression", "sdc-questionnaire-calculatedExpression"];

/// Extensions that narrow an answer down, or fill it in, and are not applied.
const NOT_APPLIED: &[(&str, &str)] = &[
    ("regex", "the regular expression is not checked"),
    ("questionnaire-constraint", "the constraint is not checked"),
    ("maxDecimalPlaces", "the number of decimal places is not checked"),
    ("questionnaire-unitValueSet", "the value set of its units is not looked up; any unit is accepted"),
    ("sdc-questionnaire-unitValueSet", "the value set of its units is not looked up; any unit is accepted"),
    ("sdc-questionnaire-initialExpression", "the initial value is not filled in"),
    ("sdc-questionnaire-openLabel", "the label of the patient's own words is not shown"),
];

pub(super) fn questionnaire(json: &str) -> Result<Questionnaire, Error> {
    let not = |reason: String| Error::NotQuestionnaire { reason };
    let root: Value = serde_json::from_str(json).map_err(|error| {
        let what =
            if error.to_string().contains("recursion limit") { "nested too deeply" } else { "no JSON" };
        not(format!("{what} at line {}, column {}", error.line(), error.column()))
    })?;
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
    let scores = score::rules(root, &reader.items, &by_link, &mut reader.problems);
    if !reader.problems.is_empty() {
        return Err(Error::Questionnaire { problems: reader.problems });
    }
    let Reader { items, mut notices, .. } = reader;
    let order = links::dependency_order(&items)?;
    let version = string(root, "version").map(str::to_owned);
    let language = Language::new(string(root, "language").unwrap_or("en"));
    let title = Text::read(root, "title")
        .or_else(|| Text::read(root, "name"))
        .unwrap_or_else(|| Text::untranslated(url.clone()));
    let retired = string(root, "status") == Some("retired");
    let languages = languages::complete(&language, &title, &items, &mut notices);
    Ok(Questionnaire {
        url,
        version,
        title,
        language,
        languages,
        items,
        by_link,
        order,
        scores,
        notices,
        retired,
        source: json.into(),
    })
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

    fn notice(&mut self, link_id: &str, what: &str) {
        self.notices.push(Notice { link_id: link_id.to_owned(), what: what.to_owned() });
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
        self.types(object, link_id);
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
        let calculated = CALCULATED.iter().any(|name| extensions(object, name).next().is_some());
        self.reductions(object, code, link_id, repeats, read_only, calculated);
        self.limits(&kind, link_id);
        let hidden = read_only
            || calculated
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
            date_time: code == "dateTime",
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

    /// Elements that are there and of another type than FHIR gives them.
    fn types(&mut self, object: &Object, link_id: &str) {
        let is_not = |element: &str, fits: fn(&Value) -> bool| object.get(element).is_some_and(|v| !fits(v));
        for element in ["text", "prefix"].into_iter().filter(|element| is_not(element, Value::is_string)) {
            self.problem(link_id, What::Malformed { element, expected: "a string" });
        }
        let flags = ["required", "repeats", "readOnly"];
        for element in flags.into_iter().filter(|element| is_not(element, Value::is_boolean)) {
            self.problem(link_id, What::Malformed { element, expected: "true or false" });
        }
        if is_not("maxLength", Value::is_u64) {
            let expected = "a whole number of characters";
            self.problem(link_id, What::Malformed { element: "maxLength", expected });
        }
    }

    /// Limits that no answer can keep.
    fn limits(&mut self, kind: &ItemKind, link_id: &str) {
        let crossed = match kind {
            ItemKind::Integer { min: Some(min), max: Some(max) } => min > max,
            ItemKind::Decimal { min: Some(min), max: Some(max) } => min > max,
            ItemKind::Quantity { min: Some((min, unit)), max: Some((max, other)), .. } => {
                unit::convert(*min, unit, other).is_some_and(|min| min > *max)
            }
            ItemKind::Date { min: Some(min), max: Some(max) } => {
                compare_dates(min, max) == Some(Ordering::Greater)
            }
            ItemKind::String { min_length: Some(min), max_length: Some(max) }
            | ItemKind::Text { min_length: Some(min), max_length: Some(max) } => min > max,
            _ => false,
        };
        if crossed {
            self.problem(link_id, What::Malformed { element: "the least", expected: "at most the greatest" });
        }
    }

    fn reductions(
        &mut self,
        object: &Object,
        code: &str,
        link_id: &str,
        repeats: bool,
        read_only: bool,
        calculated: bool,
    ) {
        let preselected = || objects(object, "answerOption").any(|option| boolean(option, "initialSelected"));
        if object.contains_key("initial") || preselected() {
            self.notice(link_id, "the initial value is not filled in");
        }
        if repeats && code == "group" {
            self.notice(link_id, "the repeating group is asked once");
        }
        if calculated {
            self.notice(link_id, "the calculated item is neither asked nor calculated");
        } else if read_only {
            self.notice(link_id, "the read-only item is not asked");
        }
        if code == "dateTime" {
            self.notice(link_id, "the date is asked without the time of day");
        }
        for (name, what) in NOT_APPLIED {
            if extensions(object, name).next().is_some() {
                self.notice(link_id, what);
            }
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
            "date" | "dateTime" => {
                let date = |name: &'static str| {
                    let written = limit(name, "valueDate").or_else(|| limit(name, "valueDateTime"));
                    written.and_then(Value::as_str)?.split('T').next()?.parse().ok()
                };
                ItemKind::Date { min: date("minValue"), max: date("maxValue") }
            }
            "string" => ItemKind::String { min_length, max_length },
            "text" => ItemKind::Text { min_length, max_length },
            "coding" => {
                self.unsupported(link_id, "an item of type coding, which FHIR has from R5 on,");
                return None;
            }
            "time" | "url" | "attachment" | "reference" => {
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
                let contained = name.strip_prefix('#').and_then(|id| self.contained.get(id).cloned());
                let Some(options) = contained.or_else(|| known_value_set(name)) else {
                    self.unsupported(
                        link_id,
                        format!("the answerValueSet '{name}', which is not contained in the file,"),
                    );
                    return None;
                };
                options
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
        "answerDate" | "answerDateTime" => Expected::Date(value.as_str()?.split('T').next()?.parse().ok()?),
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
