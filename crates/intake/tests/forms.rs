//! Forms that others wrote: they load, with what is taken more simply, or say by item what is not supported.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use bedside_intake::{Error, Intake, Questionnaire, ResponseContext, ResponseStatus, What};
use domain::{Answer, AnswerValue, Language};
use serde_json::{Value, json};

fn load(items: Value) -> Result<Questionnaire, Error> {
    let form = json!({ "resourceType": "Questionnaire", "id": "x", "item": items });
    Questionnaire::from_json(&form.to_string())
}

fn problems(result: Result<Questionnaire, Error>) -> Vec<String> {
    match result.unwrap_err() {
        Error::Questionnaire { problems } => problems.iter().map(ToString::to_string).collect(),
        error => panic!("{error}"),
    }
}

fn notices(form: &Questionnaire) -> Vec<String> {
    form.notices().iter().map(|notice| format!("{}: {}", notice.link_id, notice.what)).collect()
}

type Outcome = Result<&'static [&'static str], &'static [&'static str]>;

/// What each of HL7's own examples of a Questionnaire comes to: loaded with these notices, or refused with these problems, whole
/// but for the one that asks for a whole Account.
const EXAMPLES: &[(&str, Outcome)] = &[
    (
        "Questionnaire-3141",
        Err(&[
            "1.1: text is missing",
            "1.1.1.1: text is missing",
            "1.1.1.2: text is missing",
            "2.1.2: a choice needs at least one answerOption",
        ]),
    ),
    (
        "Questionnaire-bb",
        Ok(&[
            "vitaminiKDose1: the date is asked without the time of day",
            "vitaminiKDose2: the date is asked without the time of day",
        ]),
    ),
    ("Questionnaire-f201", Ok(&[])),
    ("Questionnaire-gcs", Err(&["1.1: text is missing", "1.2: text is missing", "1.3: text is missing"])),
    (
        "Questionnaire-phq-9-questionnaire",
        Ok(&["TotalScore: the calculated item is neither asked nor calculated"]),
    ),
    (
        "Questionnaire-qs1",
        Err(&[
            "item[0].item[0]: linkId is missing",
            "Account.language.value: a choice needs at least one answerOption",
            "Account.owner.value: an item of type reference is not supported",
        ]),
    ),
    ("Questionnaire-zika-virus-exposure-assessment", Ok(&[])),
];

#[test]
fn hl7s_own_examples_load_or_say_exactly_what_is_not_supported() {
    let data = std::env::var("BEDSIDE_EVAL_DATA")
        .unwrap_or_else(|_| format!("{}/../../../shared/data", env!("CARGO_MANIFEST_DIR")));
    let Ok(folder) = std::fs::read_dir(Path::new(&data).join("fhir-r4/examples")) else {
        eprintln!("skipped: no evaluation data");
        return;
    };
    let mut seen = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let loaded = Questionnaire::from_json(&std::fs::read_to_string(&path).unwrap());
        if !name.starts_with("Questionnaire-") {
            assert!(matches!(loaded, Err(Error::NotQuestionnaire { .. })), "{name}");
            continue;
        }
        let Some((_, expected)) = EXAMPLES.iter().find(|(known, _)| *known == name) else {
            // One that nobody looked at: loaded and walked, or refused by item.
            match loaded {
                Ok(form) => skip_to_the_end(form),
                Err(error) => assert!(!matches!(error, Error::NotQuestionnaire { .. }), "{name}: {error}"),
            }
            continue;
        };
        seen += 1;
        match (loaded, expected) {
            (Ok(form), Ok(expected)) => {
                assert_eq!(notices(&form), *expected, "{name}");
                skip_to_the_end(form);
            }
            (Err(Error::Questionnaire { problems }), Err(expected)) => {
                let found: Vec<String> = problems.iter().map(ToString::to_string).collect();
                if name == "Questionnaire-qs1" {
                    assert!(expected.iter().all(|problem| found.iter().any(|f| f == problem)), "{found:?}");
                } else {
                    assert_eq!(found, *expected, "{name}");
                }
            }
            (loaded, _) => panic!("{name}: {:?}", loaded.map(|form| form.canonical())),
        }
    }
    assert!(seen > 0, "none of the known examples is in the folder");
}

fn skip_to_the_end(form: Questionnaire) {
    let mut intake = Intake::new(Arc::new(form));
    for _ in 0..1000 {
        match intake.skip() {
            Ok(_) => {}
            // What must be answered ends the walk here; that it does is the form's own wish.
            Err(Error::Finished | Error::Required { .. }) => return,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("the walk does not end");
}

#[test]
fn an_element_of_the_wrong_type_or_a_limit_that_nothing_keeps_is_refused_by_item() {
    let extension = |name: &str, value: &str, number: i64| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), value: number });
    let found = problems(load(json!([
        { "linkId": "a", "type": "boolean", "text": 5 },
        { "linkId": "b", "type": "boolean", "text": "?", "required": "yes" },
        { "linkId": "c", "type": "string", "text": "?", "maxLength": -1 },
        { "linkId": "d", "type": "integer", "text": "?",
          "extension": [extension("minValue", "valueInteger", 9), extension("maxValue", "valueInteger", 3)] },
        { "linkId": "e", "type": "coding", "text": "?" },
        { "linkId": "f", "type": "choice", "text": "?", "answerOption": [{ "valueReference": { "reference": "x" } }] },
    ])));
    assert_eq!(
        found,
        [
            "a: text must be a string",
            "a: text is missing",
            "b: required must be true or false",
            "c: maxLength must be a whole number of characters",
            "d: the least must be at most the greatest",
            "e: an item of type coding, which FHIR has from R5 on, is not supported",
            "f: an answerOption other than valueCoding, valueString, valueInteger or valueDate is not supported",
        ]
    );
}

#[test]
fn what_is_asked_more_simply_than_it_was_meant_is_listed_by_item() {
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
    let form = load(json!([
        { "linkId": "a", "type": "boolean", "text": "?", "initial": [{ "valueBoolean": true }] },
        { "linkId": "b", "type": "group", "text": "G", "repeats": true, "item": [
            { "linkId": "c", "type": "string", "text": "?", "readOnly": true }] },
        { "linkId": "d", "type": "integer", "text": "?", "required": true, "extension": [{ "url": sdc, "valueExpression": {} }] },
        { "linkId": "e", "type": "dateTime", "text": "?" },
        { "linkId": "f", "type": "string", "text": "?",
          "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": "." }] },
    ]))
    .unwrap();
    assert_eq!(
        notices(&form),
        [
            "a: the initial value is not filled in",
            "b: the repeating group is asked once",
            "c: the read-only item is not asked",
            "d: the calculated item is neither asked nor calculated",
            "e: the date is asked without the time of day",
            "f: the regular expression is not checked",
        ]
    );
    let mut intake = Intake::new(Arc::new(form));
    assert!(!intake.is_enabled("d") && !intake.is_enabled("c"));
    let day = Answer::Given(vec![AnswerValue::Date("2026-05".parse().unwrap())]);
    intake.answer("e", day).unwrap();
    let response = intake.response(&ResponseContext {
        id: None,
        authored: None,
        subject: None,
        encounter: None,
        language: Language::english(),
        status: ResponseStatus::InProgress,
    });
    assert_eq!(response["item"][0]["answer"][0], json!({ "valueDateTime": "2026-05" }));
}

#[test]
fn a_form_that_is_nested_without_end_is_refused_as_that() {
    let open = r#"{"linkId": "x", "type": "group", "item": ["#.repeat(3000);
    let form =
        format!(r#"{{"resourceType": "Questionnaire", "id": "x", "item": [{open}{}]}}"#, "]}".repeat(3000));
    let error = Questionnaire::from_json(&form).unwrap_err();
    assert!(error.to_string().contains("nested too deeply at line 1"), "{error}");
}

#[test]
fn a_language_that_lacks_one_text_is_not_offered_and_the_item_is_named() {
    let spanish = |text: &str| {
        json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
            { "url": "lang", "valueCode": "es" }, { "url": "content", "valueString": text }] }] })
    };
    let form = json!({ "resourceType": "Questionnaire", "id": "x", "title": "T", "_title": spanish("T"), "item": [
        { "linkId": "a", "type": "boolean", "text": "Yes?", "_text": spanish("¿Sí?") },
        { "linkId": "b", "type": "boolean", "text": "No?" },
    ] });
    let form = Questionnaire::from_json(&form.to_string()).unwrap();
    assert_eq!(form.languages(), [Language::english()]);
    assert_eq!(notices(&form), ["b: a text is not translated to 'es', which is therefore not offered"]);
}

#[test]
fn the_value_sets_that_forms_refer_to_most_are_known_and_others_are_named() {
    let choice = |set: &str| json!([{ "linkId": "a", "type": "choice", "text": "?", "answerValueSet": set }]);
    let form = load(choice("http://hl7.org/fhir/ValueSet/yesnodontknow|4.0.1")).unwrap();
    let codes: Vec<&str> =
        form.item("a").unwrap().options().iter().map(|option| option.code.as_str()).collect();
    assert_eq!(codes, ["Y", "N", "asked-unknown"]);
    let form = load(choice("http://loinc.org/vs/LL358-3")).unwrap();
    let counts: Vec<Option<f64>> =
        form.item("a").unwrap().options().iter().map(|option| option.ordinal).collect();
    assert_eq!(counts, [Some(0.0), Some(1.0), Some(2.0), Some(3.0)]);
    let found = problems(load(choice("http://elsewhere/set")));
    assert_eq!(
        found,
        [
            "a: the answerValueSet 'http://elsewhere/set', which is not contained in the file, is not supported"
        ]
    );
}

#[test]
fn a_score_that_cannot_be_calculated_is_refused_by_item() {
    let option = |code: &str, ordinal: Option<i32>| {
        let mut coding = json!({ "code": code, "display": code });
        if let Some(ordinal) = ordinal {
            coding["extension"] = json!([{ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": ordinal }]);
        }
        json!({ "valueCoding": coding })
    };
    let part = |url: &str, value: &str| json!({ "url": url, "valueString": value });
    let band = |from: i32| json!({ "url": "band", "extension": [{ "url": "from", "valueDecimal": from }, part("label", "L")] });
    let form = json!({ "resourceType": "Questionnaire", "id": "x",
        "extension": [{ "url": "urn:bedside:score", "extension": [
            part("name", "S"), part("item", "a"), part("item", "b"), part("item", "c"), part("item", "z"), band(5), band(2)] }],
        "item": [
            { "linkId": "a", "type": "choice", "text": "?", "answerOption": [option("no", Some(0)), option("yes", Some(1))] },
            { "linkId": "b", "type": "choice", "text": "?", "answerOption": [option("no", Some(0)), option("yes", None)] },
            { "linkId": "c", "type": "string", "text": "?" },
        ] });
    let result = Questionnaire::from_json(&form.to_string());
    assert!(
        matches!(&result, Err(Error::Questionnaire { problems }) if matches!(problems[0].what, What::Score { .. }))
    );
    assert_eq!(
        problems(result),
        [
            "b: the score 'S': each of its options needs an ordinalValue",
            "c: the score 'S': only a choice or a number can be scored",
            "z: the score 'S': there is no such item",
            "S: the score 'S': its bands name no source",
            "S: the score 'S': its bands must ascend",
            "S: the score 'S': its least total is in no band",
        ]
    );
}
