//! The walk through any questionnaire: it ends, asks only what is enabled, and is the same when it is built again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bedside_intake::{Error, Intake, Questionnaire, ResponseContext, ResponseStatus, What};
use domain::{Answer, AnswerValue, Coded, Coding, ErrorCode, Language};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: &[&str] = &[
    "group",
    "display",
    "boolean",
    "choice",
    "open-choice",
    "integer",
    "decimal",
    "quantity",
    "date",
    "string",
    "text",
];

/// What a random item is made from. Its linkId is its place in the list ("q3").
#[derive(Clone, Debug)]
struct Seed {
    kind: usize,
    /// How many of the items before it, counted back, its parent lies; only a group or a question becomes one.
    parent: usize,
    required: bool,
    repeats: bool,
    hidden: bool,
    all: bool,
    conditions: Vec<(usize, usize, u8)>,
}

fn seed() -> impl Strategy<Value = Seed> {
    let condition = (0usize..30, 0usize..7, 0u8..4);
    (
        0..KINDS.len(),
        0usize..6,
        any::<bool>(),
        any::<bool>(),
        0u8..12,
        any::<bool>(),
        prop::collection::vec(condition, 0..3),
    )
        .prop_map(|(kind, parent, required, repeats, hidden, all, conditions)| Seed {
            kind,
            parent,
            required,
            repeats,
            hidden: hidden == 0,
            all,
            conditions,
        })
}

/// A questionnaire without cycles: conditions look back, and never at an item's own ancestors' later siblings.
fn form(seeds: &[Seed]) -> Value {
    let mut items: Vec<Value> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::new();
    for (index, seed) in seeds.iter().enumerate() {
        let kind = KINDS[seed.kind];
        let mut item =
            json!({ "linkId": format!("q{index}"), "type": kind, "text": format!("Question {index}?") });
        if kind != "display" {
            item["required"] = seed.required.into();
        }
        item["repeats"] = (seed.repeats && !matches!(kind, "group" | "display" | "boolean")).into();
        if seed.hidden {
            let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
            item["extension"] = json!([{ "url": url, "valueBoolean": true }]);
        }
        if kind.ends_with("choice") {
            item["answerOption"] = json!([
                { "valueCoding": { "code": "a", "display": "A" } }, { "valueCoding": { "code": "b", "display": "B" } },
                { "valueString": "c" }
            ]);
        }
        let conditions: Vec<Value> = seed
            .conditions
            .iter()
            .filter_map(|&(target, operator, value)| {
                let target = target % index.max(1);
                let kind = KINDS[seeds.get(target).filter(|_| target < index)?.kind];
                condition(target, kind, operator, value)
            })
            .collect();
        if !conditions.is_empty() {
            item["enableWhen"] = conditions.into();
            item["enableBehavior"] = if seed.all { "all" } else { "any" }.into();
        }
        let parent = index.checked_sub(seed.parent).filter(|p| *p < index && seeds[*p].kind != 1);
        parents.push(parent.filter(|_| seed.parent > 0));
        items.push(item);
    }
    for index in (0..items.len()).rev() {
        if let Some(parent) = parents[index] {
            let item = items[index].take();
            let below = items[parent].as_object_mut().unwrap().entry("item").or_insert(json!([]));
            below.as_array_mut().unwrap().insert(0, item);
        }
    }
    let roots: Vec<Value> = items.into_iter().filter(|item| !item.is_null()).collect();
    json!({ "resourceType": "Questionnaire", "url": "urn:random", "version": "1", "item": roots })
}

fn condition(target: usize, kind: &str, operator: usize, value: u8) -> Option<Value> {
    const ORDERED: [&str; 7] = ["exists", "=", "!=", ">", "<", ">=", "<="];
    let (name, answer, ordered) = match kind {
        "boolean" => ("answerBoolean", json!(value > 1), false),
        "choice" | "open-choice" => {
            ("answerCoding", json!({ "code": if value > 1 { "a" } else { "b" } }), false)
        }
        "integer" => ("answerInteger", json!(value), true),
        "decimal" => ("answerDecimal", json!(f64::from(value) + 0.5), true),
        "quantity" => ("answerQuantity", json!({ "value": value, "code": "d" }), true),
        "date" => ("answerDate", json!(format!("200{value}-01-01")), true),
        "string" | "text" => ("answerString", json!(format!("w{value}")), true),
        _ => return None,
    };
    let operator = ORDERED[if ordered { operator } else { operator % 3 }];
    let mut condition = json!({ "question": format!("q{target}"), "operator": operator });
    if operator == "exists" {
        condition["answerBoolean"] = (value > 1).into();
    } else {
        condition[name] = answer;
    }
    Some(condition)
}

fn answer(kind: &str, number: u8) -> Answer {
    let choice = |code: &str| {
        AnswerValue::Choice(Coding { system: None, code: code.to_owned(), display: code.to_uppercase() })
    };
    Answer::Given(vec![match kind {
        "boolean" => AnswerValue::Boolean(number.is_multiple_of(2)),
        "choice" => choice(["a", "b", "c"][usize::from(number % 3)]),
        "open-choice" if number.is_multiple_of(4) => AnswerValue::Text(format!("own words {number}")),
        "open-choice" => choice(["a", "b", "c"][usize::from(number % 3)]),
        "integer" => AnswerValue::Integer(i64::from(number % 5)),
        "decimal" => AnswerValue::Decimal(f64::from(number % 5)),
        "quantity" => AnswerValue::Quantity { value: f64::from(number % 5), unit: "d".into() },
        "date" => AnswerValue::Date(format!("200{}-01-01", number % 5).parse().unwrap()),
        "string" => AnswerValue::String(format!("w{}", number % 4)),
        _ => AnswerValue::Text(format!("w{}", number % 4)),
    }])
}

/// The kinds of the items, by linkId, as the file has them.
fn kinds(form: &Value) -> BTreeMap<String, String> {
    let mut kinds = BTreeMap::new();
    let mut waiting = vec![form];
    while let Some(value) = waiting.pop() {
        for item in value["item"].as_array().into_iter().flatten() {
            kinds.insert(item["linkId"].as_str().unwrap().into(), item["type"].as_str().unwrap().into());
            waiting.push(item);
        }
    }
    kinds
}

fn context(status: ResponseStatus) -> ResponseContext {
    let language = Language::english();
    ResponseContext { id: None, authored: None, subject: None, encounter: None, language, status }
}

/// qrs-1, no empty list, known linkIds in the questionnaire's order; returns the linkIds.
fn check_items(items: &Value, form: &Value, seen: &mut Vec<String>) {
    let order: Vec<&str> =
        form["item"].as_array().into_iter().flatten().map(|item| item["linkId"].as_str().unwrap()).collect();
    let list = items.as_array().unwrap();
    assert!(!list.is_empty());
    let mut last = 0;
    for item in list {
        let link = item["linkId"].as_str().unwrap();
        let place =
            order.iter().position(|known| *known == link).expect("an item stands where the form has it");
        assert!(place >= last);
        last = place;
        seen.push(link.to_owned());
        let definition = &form["item"][place];
        let (answers, below) = (item.get("answer"), item.get("item"));
        assert!(answers.is_none() || below.is_none(), "qrs-1");
        assert_eq!(below.is_some(), definition["type"] == "group");
        if let Some(below) = below {
            check_items(below, definition, seen);
        }
        for answer in answers.map(|answers| answers.as_array().unwrap()).into_iter().flatten() {
            let values = answer.as_object().unwrap().keys().filter(|key| key.starts_with("value")).count();
            assert_eq!(values, 1);
            if let Some(below) = answer.get("item") {
                check_items(below, definition, seen);
            }
        }
    }
}

proptest! {
    #[test]
    fn a_walk_ends_asks_only_what_is_enabled_and_is_the_same_when_replayed(
        seeds in prop::collection::vec(seed(), 1..18),
        moves in prop::collection::vec((0u8..12, any::<u8>()), 0..80),
    ) {
        let file = form(&seeds);
        let kinds = kinds(&file);
        let form = match Questionnaire::from_json(&file.to_string()) {
            Ok(form) => Arc::new(form),
            // A child that decides over its own parent.
            Err(Error::Cycle { link_ids }) => {
                prop_assert!(link_ids.len() > 2 && link_ids.first() == link_ids.last());
                return Ok(());
            }
            Err(error) => panic!("{error} {file}"),
        };
        let english = Language::english();
        let mut intake = Intake::new(form.clone());
        let mut log: Vec<(String, Answer)> = Vec::new();
        let mut moves = moves.into_iter();
        let mut steps = 0;
        while let Some(question) = intake.current(&english) {
            prop_assert!(intake.is_enabled(&question.link_id));
            prop_assert!(!form.item(&question.link_id).unwrap().is_question() || kinds[&question.link_id] != "group");
            let (action, number) = moves.next().unwrap_or((0, 1));
            let kind = kinds[&question.link_id].as_str();
            let recorded = match action {
                1 => {
                    let here = question.link_id.clone();
                    prop_assert_eq!(intake.back(), question.can_go_back);
                    if question.can_go_back {
                        prop_assert!(intake.forward());
                        // Forward from an answered step leads to the next step, which is where we came from or before it.
                        prop_assert!(intake.current(&english).is_some());
                        intake.goto(&here).unwrap();
                        intake.back();
                    }
                    continue_or(&mut steps);
                    continue;
                }
                2 if !question.required => intake.skip().unwrap(),
                2 => {
                    let refused = Error::Required { link_id: question.link_id.clone() };
                    prop_assert_eq!(intake.skip().unwrap_err(), refused.clone());
                    prop_assert_eq!(intake.unknown().unwrap_err(), refused);
                    continue_or(&mut steps);
                    continue;
                }
                3 if !question.required => intake.unknown().unwrap(),
                _ if kind == "display" => intake.skip().unwrap(),
                _ => intake.answer(&question.link_id, answer(kind, number)).unwrap(),
            };
            log.push((recorded.link_id, recorded.answer));
            let replayed = Intake::replay(form.clone(), log.clone()).unwrap();
            prop_assert_eq!(replayed.current(&english), intake.current(&english));
            prop_assert_eq!(replayed.review(&english), intake.review(&english));
            prop_assert_eq!(
                replayed.response(&context(ResponseStatus::InProgress)),
                intake.response(&context(ResponseStatus::InProgress))
            );
            steps += 1;
            prop_assert!(steps < 500, "the walk does not end");
        }
        prop_assert!(intake.is_complete() && intake.missing().is_empty());
        let progress = intake.progress();
        prop_assert_eq!(progress.answered, progress.total_enabled);
        let response = intake.response(&context(ResponseStatus::Completed));
        prop_assert_eq!(&response["status"], "completed");
        let mut links = Vec::new();
        if let Some(items) = response.get("item") {
            check_items(items, &file, &mut links);
        }
        let unique: BTreeSet<_> = links.iter().collect();
        prop_assert_eq!(unique.len(), links.len());
        for link in &links {
            prop_assert!(intake.is_enabled(link));
        }
        for item in form.items().filter(|item| item.required && item.is_step() && item.is_question()) {
            if intake.is_enabled(&item.link_id) {
                prop_assert!(links.contains(&item.link_id), "{} has its answer", item.link_id);
            }
        }
    }

    #[test]
    fn any_json_is_read_or_refused(depth in 0usize..4, seeds in prop::collection::vec((0usize..26, any::<i32>(), "\\PC{0,8}"), 0..12)) {
        let mut value = json!([]);
        let keys = ["item", "linkId", "type", "text", "enableWhen", "question", "operator", "answerOption", "valueCoding", "code",
            "display", "extension", "url", "contained", "answerValueSet", "_text", "repeats", "required", "maxLength", "initial",
            "answerBoolean", "answerString", "answerQuantity", "value", "compose", "include"];
        for (key, number, text) in &seeds {
            let leaf = match number % 5 {
                0 => json!(text), 1 => json!(number), 2 => json!(number % 2 == 0), 3 => value.clone(), _ => json!([value.clone()]),
            };
            let leaf = if keys[*key] == "type" { json!(KINDS[number.unsigned_abs() as usize % KINDS.len()]) } else { leaf };
            match value.as_object_mut() {
                Some(object) => { object.insert(keys[*key].into(), leaf); }
                None => value = json!({ keys[*key]: leaf }),
            }
            if seeds.len() % 4 == depth { value = json!([value]); }
        }
        let mut root = json!({ "resourceType": "Questionnaire", "id": "x", "item": [value.clone()] });
        let _ = Questionnaire::from_json(&root.to_string()).map_err(|error| error.to_string());
        root["item"] = value;
        let _ = Questionnaire::from_json(&root.to_string());
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in "\\PC{0,200}") {
        prop_assert!(Questionnaire::from_json(&text).is_err());
    }
}

fn continue_or(steps: &mut usize) {
    *steps += 1;
    assert!(*steps < 500, "the walk does not end");
}

fn load(items: Value) -> Result<Questionnaire, Error> {
    Questionnaire::from_json(
        &json!({ "resourceType": "Questionnaire", "id": "x", "item": items }).to_string(),
    )
}

fn problems(items: Value) -> Vec<(String, What)> {
    match load(items).unwrap_err() {
        Error::Questionnaire { problems } => problems.into_iter().map(|p| (p.item, p.what)).collect(),
        error => panic!("{error}"),
    }
}

#[test]
fn a_circle_of_conditions_is_refused_with_its_items() {
    let when =
        |question: &str| json!([{ "question": question, "operator": "exists", "answerBoolean": true }]);
    let error = load(json!([
        { "linkId": "free", "type": "boolean", "text": "?" },
        { "linkId": "a", "type": "boolean", "text": "?", "enableWhen": when("c") },
        { "linkId": "b", "type": "boolean", "text": "?", "enableWhen": when("a") },
        { "linkId": "c", "type": "boolean", "text": "?", "enableWhen": when("b") },
        { "linkId": "after", "type": "boolean", "text": "?", "enableWhen": when("a") },
    ]))
    .unwrap_err();
    assert_eq!(error.code(), ErrorCode::QuestionnaireCycle);
    assert_eq!(error.parameters(), [("items", "a -> c -> b -> a".to_owned())]);
    let own_child =
        load(json!([{ "linkId": "g", "type": "group", "text": "G", "enableWhen": when("inside"), "item": [
        { "linkId": "inside", "type": "boolean", "text": "?" }] }]));
    assert_eq!(own_child.unwrap_err().code(), ErrorCode::QuestionnaireCycle);
    let itself = load(json!([{ "linkId": "a", "type": "boolean", "text": "?", "enableWhen": when("a") }]));
    assert_eq!(itself.unwrap_err().code(), ErrorCode::QuestionnaireCycle);
}

#[test]
fn an_unknown_link_is_refused_with_the_item_that_names_it() {
    let error = load(json!([{ "linkId": "a", "type": "boolean", "text": "?",
        "enableWhen": [{ "question": "zz", "operator": "=", "answerBoolean": true }] }]))
    .unwrap_err();
    assert_eq!(error, Error::LinkUnknown { link_id: "zz".into(), named_by: Some("a".into()) });
    assert_eq!(error.code(), ErrorCode::LinkUnknown);
}

#[test]
fn every_fault_is_listed_with_its_item() {
    let found = problems(json!([
        { "linkId": "a", "type": "boolean", "text": "?" },
        { "linkId": "a", "type": "boolean", "text": "?" },
        { "linkId": "b", "type": "choice", "text": "?" },
        { "linkId": "c", "type": "attachment", "text": "?" },
        { "linkId": "d", "type": "marmalade", "text": "?" },
        { "linkId": "e", "type": "choice", "text": "?", "answerValueSet": "http://elsewhere" },
        { "type": "boolean", "text": "?" },
        { "linkId": "f", "type": "boolean" },
        { "linkId": "g", "type": "boolean", "text": "?", "modifierExtension": [] },
        { "linkId": "h", "type": "boolean", "text": "?", "enableWhen": [{ "question": "a", "operator": ">", "answerBoolean": true }] },
        { "linkId": "i", "type": "boolean", "text": "?", "enableWhen": [{ "question": "a", "operator": "=", "answerInteger": 1 }] },
    ]));
    let items: Vec<&str> = found.iter().map(|(item, _)| item.as_str()).collect();
    assert_eq!(items, ["b", "c", "d", "e", "item[6]", "f", "g", "a", "h", "i"]);
    assert!(found.contains(&("b".into(), What::NoOptions)));
    assert!(found.contains(&("a".into(), What::DuplicateLink)));
    assert!(found.contains(&("c".into(), What::Unsupported("an item of type attachment".into()))));
}

#[test]
fn a_contained_value_set_gives_the_options() {
    let file = json!({ "resourceType": "Questionnaire", "id": "x",
        "contained": [{ "resourceType": "ValueSet", "id": "yn", "compose": { "include": [{ "system": "s", "concept": [
            { "code": "Y", "display": "Yes" }, { "code": "N", "display": "No" }] }] } }],
        "item": [{ "linkId": "a", "type": "choice", "text": "?", "answerValueSet": "#yn" }] });
    let form = Arc::new(Questionnaire::from_json(&file.to_string()).unwrap());
    let mut intake = Intake::new(form);
    let yes = AnswerValue::Choice(Coding { system: None, code: "Y".into(), display: "whatever".into() });
    let recorded = intake.answer("a", Answer::Given(vec![yes])).unwrap();
    let kept = Coding { system: Some("s".into()), code: "Y".into(), display: "Yes".into() };
    assert_eq!(recorded.answer, Answer::Given(vec![AnswerValue::Choice(kept)]));
}

#[test]
fn an_answer_comes_back_when_its_question_does() {
    let form = load(json!([
        { "linkId": "a", "type": "boolean", "text": "?" },
        { "linkId": "b", "type": "string", "text": "?", "enableWhen": [{ "question": "a", "operator": "=", "answerBoolean": true }],
          "item": [{ "linkId": "under", "type": "boolean", "text": "?" }] },
    ]))
    .unwrap();
    let mut intake = Intake::new(Arc::new(form));
    let yes = |yes| Answer::Given(vec![AnswerValue::Boolean(yes)]);
    intake.answer("a", yes(true)).unwrap();
    assert!(!intake.is_enabled("under"), "what stands under a question waits for its answer");
    intake.answer("b", Answer::Given(vec![AnswerValue::String(" kept\nwords ".into())])).unwrap();
    intake.answer("under", yes(false)).unwrap();
    intake.answer("a", yes(false)).unwrap();
    assert!(intake.current(&Language::english()).is_none() && intake.recorded("b").is_none());
    assert!(intake.answer("b", yes(true)).is_err(), "a disabled question takes no answer");
    intake.answer("a", yes(true)).unwrap();
    let kept = Answer::Given(vec![AnswerValue::String("kept words".into())]);
    assert_eq!(intake.recorded("b"), Some(&kept));
    let response = intake.response(&context(ResponseStatus::Completed));
    assert_eq!(response["item"][1]["answer"][0]["item"][0]["linkId"], "under");
}
