//! The protocols that Bedside ships, all of them: whatever is answered the walk ends, asks exactly what `enableWhen` says, and
//! reaches every item in both languages.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use bedside_intake::{Intake, ItemKind, Question, QuestionKind, Questionnaire, RedFlagRules, answers};
use domain::{Answer, AnswerValue, Coding, Language};
use proptest::prelude::*;
use serde_json::{Value, json};

const LANGUAGES: [&str; 2] = ["en", "es"];

/// Instruments with a published wording, which is not ours to shorten.
const PUBLISHED: [&str; 3] = ["phq-", "gad-", "intro"];

fn files() -> Vec<(String, Value, Arc<Questionnaire>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../protocols");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let json = std::fs::read_to_string(path).unwrap();
            let form = Questionnaire::from_json(&json).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&json).unwrap(), Arc::new(form))
        })
        .collect()
}

fn form(name: &str) -> Arc<Questionnaire> {
    files().into_iter().find(|(known, ..)| known == name).unwrap().2
}

fn intake(name: &str, json: &str) -> Intake {
    let form = form(name);
    let given = answers::from_json(json, &form).unwrap();
    Intake::replay(form, given).unwrap()
}

/// An answer that fits the question, chosen by the number; skipped where it may be and the number says so.
fn answer(question: &Question, number: u64) -> Answer {
    if !question.required && number.is_multiple_of(7) {
        return if number.is_multiple_of(2) { Answer::Skipped } else { Answer::Unknown };
    }
    let number = number / 7;
    let one = |value| Answer::Given(vec![value]);
    match &question.kind {
        QuestionKind::Display => Answer::Skipped,
        QuestionKind::Boolean => one(AnswerValue::Boolean(number.is_multiple_of(2))),
        QuestionKind::Choice { options } | QuestionKind::OpenChoice { options } => {
            let at = |number: u64| usize::try_from(number).unwrap_or(0) % options.len();
            let first = at(number);
            let mut chosen = vec![AnswerValue::Choice(options[first].coding.clone())];
            let second = at(number / 16);
            if question.repeats && second != first && !options[first].exclusive && !options[second].exclusive
            {
                chosen.push(AnswerValue::Choice(options[second].coding.clone()));
            }
            Answer::Given(chosen)
        }
        QuestionKind::Integer { min, max } => {
            let (min, max) = (min.unwrap_or(0), max.unwrap_or(100));
            one(AnswerValue::Integer(min + i64::try_from(number % 1000).unwrap() % (max - min + 1)))
        }
        QuestionKind::Decimal { min, .. } => one(AnswerValue::Decimal(min.unwrap_or(1.0))),
        QuestionKind::Quantity { units } => {
            let unit = units[usize::try_from(number).unwrap_or(0) % units.len()].code.clone();
            let value = match unit.as_str() {
                "Cel" => 38.5,
                "[degF]" => 101.0,
                _ => 3.0,
            };
            one(AnswerValue::Quantity { value, unit })
        }
        QuestionKind::Date { .. } => one(AnswerValue::Date("2026-11-01".parse().unwrap())),
        QuestionKind::String { .. } | QuestionKind::Text { .. } => {
            one(AnswerValue::Text(format!("words {number}")))
        }
    }
}

/// What the file's own `enableWhen` say, read anew from its JSON and without the walker.
fn enabled(file: &Value, intake: &Intake) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    visit(&file["item"], true, intake, &mut found);
    found
}

fn visit(items: &Value, above: bool, intake: &Intake, found: &mut BTreeMap<String, bool>) {
    for item in items.as_array().into_iter().flatten() {
        if item["linkId"].as_str().unwrap().ends_with("-help") {
            continue;
        }
        let conditions: Vec<bool> =
            item["enableWhen"].as_array().into_iter().flatten().map(|when| holds(when, intake)).collect();
        let met = conditions.is_empty()
            || match item["enableBehavior"].as_str() {
                Some("all") => conditions.iter().all(|met| *met),
                _ => conditions.iter().any(|met| *met),
            };
        found.insert(item["linkId"].as_str().unwrap().to_owned(), above && met);
        let answered = item["type"] == "group" || !given(item["linkId"].as_str().unwrap(), intake).is_empty();
        visit(&item["item"], above && met && answered, intake, found);
    }
}

fn given(link_id: &str, intake: &Intake) -> Vec<AnswerValue> {
    match intake.recorded(link_id) {
        Some(Answer::Given(values)) => values.clone(),
        _ => Vec::new(),
    }
}

fn holds(when: &Value, intake: &Intake) -> bool {
    let values = given(when["question"].as_str().unwrap(), intake);
    match when["operator"].as_str().unwrap() {
        "exists" => values.is_empty() != when["answerBoolean"].as_bool().unwrap(),
        "=" => values.iter().any(|value| match value {
            AnswerValue::Boolean(yes) => when["answerBoolean"] == *yes,
            AnswerValue::Choice(Coding { system, code, .. }) => {
                when["answerCoding"]["code"] == **code
                    && when["answerCoding"]["system"].as_str() == system.as_deref()
            }
            _ => false,
        }),
        operator => panic!("this test does not know the operator {operator}"),
    }
}

/// A sequence of numbers that looks random (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

proptest! {
    #[test]
    fn carrying_over_keeps_only_answers_that_the_other_accepts_and_is_at_home_in_its_own_form(
        seed in any::<u64>(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), stop in 0usize..40,
    ) {
        let files = files();
        let (from, to) = (&from.get(&files).2, &to.get(&files).2);
        let english = Language::english();
        let mut numbers = Numbers(seed);
        let mut intake = Intake::new(from.clone());
        for _ in 0..stop {
            let Some(question) = intake.current(&english) else { break };
            intake.answer(&question.link_id, answer(&question, numbers.next())).unwrap();
        }
        let carried = intake.carried_over(to.clone());
        for item in to.items() {
            if let Some(answer) = carried.recorded(&item.link_id) {
                prop_assert_eq!(Some(answer), intake.recorded(&item.link_id));
                prop_assert!(Intake::replay(to.clone(), [(item.link_id.clone(), answer.clone())]).is_ok());
            }
        }
        let same = intake.carried_over(from.clone());
        prop_assert_eq!(same.review(&english), intake.review(&english));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_answered_the_walk_ends_and_asks_exactly_what_enable_when_says(
        seed in any::<u64>(), which in any::<prop::sample::Index>(), spanish in any::<bool>(),
    ) {
        let files = files();
        let (name, file, form) = which.get(&files);
        let language = Language::new(LANGUAGES[usize::from(spanish)]);
        let mut numbers = Numbers(seed);
        let mut intake = Intake::new(form.clone());
        let mut asked = BTreeSet::new();
        let mut steps = 0;
        while let Some(question) = intake.current(&language) {
            let number = numbers.next();
            if number.is_multiple_of(11) && question.can_go_back {
                let here = question.link_id.clone();
                prop_assert!(intake.back());
                intake.goto(&here).unwrap();
            }
            let here = intake.current(&language).unwrap();
            intake.answer(&here.link_id, answer(&here, number / 11)).unwrap();
            asked.insert(here.link_id);
            for (link_id, wanted) in enabled(file, &intake) {
                prop_assert_eq!(intake.is_enabled(&link_id), wanted, "{} {}", name, link_id);
            }
            steps += 1;
            prop_assert!(steps < 300, "{} does not end", name);
        }
        prop_assert!(intake.is_complete() && intake.missing().is_empty());
        for item in form.items().filter(|item| item.is_step()) {
            prop_assert!(!intake.is_enabled(&item.link_id) || asked.contains(&item.link_id), "{}", item.link_id);
        }
    }
}

#[test]
fn every_item_is_reached_in_both_languages_with_words_of_its_own() {
    for (name, _, form) in files() {
        for tag in LANGUAGES {
            let language = Language::new(tag);
            let mut missing: BTreeSet<&str> =
                form.items().filter(|item| item.is_step()).map(|item| item.link_id.as_str()).collect();
            let mut numbers = Numbers(1);
            for _ in 0..4000 {
                if missing.is_empty() {
                    break;
                }
                let mut intake = Intake::new(form.clone());
                while let Some(question) = intake.current(&language) {
                    let item = form.item(&question.link_id).unwrap();
                    assert_eq!(question.text, item.text.get(&language));
                    assert_eq!(tag == "en", question.text == item.text.original(), "{name} {}", item.link_id);
                    missing.remove(item.link_id.as_str());
                    intake.answer(&question.link_id, answer(&question, numbers.next())).unwrap();
                }
            }
            assert!(missing.is_empty(), "{name} in {tag} never asks {missing:?}");
        }
    }
}

#[test]
fn a_question_of_ours_is_one_short_plain_sentence_that_can_be_read_aloud() {
    for (name, _, form) in files() {
        for item in form.items().filter(|item| item.is_question()) {
            if PUBLISHED.iter().any(|published| item.link_id.starts_with(published)) {
                continue;
            }
            for tag in LANGUAGES {
                let text = item.text.get(&Language::new(tag));
                let words = text.split_whitespace().count();
                assert!(text.ends_with('?') && words <= 16, "{name} {}: {text}", item.link_id);
                let marks = ['(', ')', '/', '[', ']', ':', ';', '%', '&', '–', '—'];
                assert!(!text.contains(marks), "{name} {}: {text}", item.link_id);
                assert!(tag == "en" || text.contains('¿'), "{name} {}: {text}", item.link_id);
                let shouted = text
                    .split(|c: char| !c.is_alphabetic())
                    .find(|word| word.len() > 1 && word.chars().all(char::is_uppercase) && *word != "COVID");
                assert_eq!(shouted, None, "{name} {}: {text}", item.link_id);
                for option in item.options() {
                    let display = option.display.get(&Language::new(tag));
                    assert!(display.split_whitespace().count() <= 12, "{name} {}: {display}", item.link_id);
                    assert!(!display.contains(marks), "{name} {}: {display}", item.link_id);
                }
            }
        }
    }
}

#[test]
fn options_of_one_question_sound_different_in_both_languages() {
    for (name, _, form) in files() {
        for item in form.items().filter(|item| !item.options().is_empty()) {
            for tag in LANGUAGES {
                let language = Language::new(tag);
                let spoken: BTreeSet<String> = item
                    .options()
                    .iter()
                    .map(|option| option.display.get(&language).to_lowercase())
                    .collect();
                assert_eq!(spoken.len(), item.options().len(), "{name} {} in {tag}", item.link_id);
            }
        }
    }
}

#[test]
fn a_question_that_several_visits_ask_is_the_same_in_each_so_that_its_answer_carries_over() {
    let general = form("general-visit");
    // Words without a gender where the general visit's Spanish has one; symptoms and illnesses that the visit is about.
    let reworded = ["breathing-rest", "has-allergies", "allergies"];
    let other_options = ["symptoms", "history"];
    for (name, _, form) in files() {
        for item in form.items().filter(|item| item.is_question()) {
            let (link_id, english) = (item.link_id.as_str(), Language::english());
            let Some(known) = general.item(link_id) else { continue };
            let same_kind = std::mem::discriminant(&known.kind) == std::mem::discriminant(&item.kind);
            assert!(same_kind && known.repeats == item.repeats, "{name} {link_id}");
            assert_eq!(known.text.get(&english), item.text.get(&english), "{name} {link_id}");
            assert!(reworded.contains(&link_id) || known.text == item.text, "{name} {link_id}");
            if known.options().is_empty() {
                assert_eq!(known.kind, item.kind, "{name} {link_id}");
            } else if !other_options.contains(&link_id) {
                let kept = known.options().iter().all(|option| item.options().contains(option));
                assert!(kept, "{name} {link_id} has every option of the general visit");
            }
        }
        let visit = !["phq-9", "gad-7"].contains(&name.as_str());
        assert_eq!(form.item("reason").is_some_and(|item| item.required), visit, "{name}");
    }
}

#[test]
fn what_was_answered_before_the_reason_picked_a_visit_is_not_asked_again() {
    let general = intake(
        "general-visit",
        r#"{"reason": "my chest hurts", "onset": {"value": 2, "unit": "h"}, "severity": 7, "symptoms": ["chest-pain"],
            "takes-medicines": true, "medicines": ["aspirin"], "contact": true}"#,
    );
    let chest = general.carried_over(form("chest"));
    for link_id in ["reason", "onset", "severity", "takes-medicines", "medicines"] {
        assert_eq!(chest.recorded(link_id), general.recorded(link_id), "{link_id}");
    }
    // What has no such question, or an option that the other does not have, stays behind.
    assert!(chest.recorded("contact").is_none());
    assert_eq!(chest.current(&Language::english()).unwrap().link_id, "course");
    // "None of these" says nothing of what was not among them.
    let nothing =
        intake("general-visit", r#"{"reason": "my belly", "symptoms": ["none"], "history": ["none"]}"#);
    let belly = nothing.carried_over(form("abdominal"));
    assert!(belly.recorded("symptoms").is_none());
    let symptoms = general.carried_over(form("abdominal"));
    assert!(symptoms.recorded("symptoms").is_none() && symptoms.is_enabled("symptoms"));
}

#[test]
fn a_reason_that_is_changed_and_changed_back_finds_what_was_answered() {
    let lungs = intake(
        "respiratory",
        r#"{"reason": "a cough", "course": "worse", "inhaler": true, "smoking": "never"}"#,
    );
    let heart = lungs.carried_over_with(&[], form("chest"));
    assert_eq!(heart.recorded("smoking"), lungs.recorded("smoking"));
    let back = heart.carried_over_with(std::slice::from_ref(&lungs), form("respiratory"));
    assert_eq!(back.review(&Language::english()), lungs.review(&Language::english()));
    let all: Vec<_> = back.answers().map(|(link_id, _)| link_id).collect();
    assert!(all.contains(&"inhaler"));
}

#[test]
fn questions_that_only_share_their_number_do_not_share_their_answers() {
    let own = |text: &str| {
        let form = json!({ "resourceType": "Questionnaire", "url": format!("urn:c:{}", text.len()), "item": [
            { "linkId": "reason", "type": "text", "text": text }, { "linkId": "1", "type": "boolean", "text": text }] });
        Arc::new(Questionnaire::from_json(&form.to_string()).unwrap())
    };
    let answers = [
        ("reason", Answer::Given(vec![AnswerValue::Text("it hurts".into())])),
        ("1", Answer::Given(vec![AnswerValue::Boolean(true)])),
    ];
    let answers = answers.map(|(link_id, answer)| (link_id.to_owned(), answer));
    let first = Intake::replay(own("Are you pregnant?"), answers).unwrap();
    let second = first.carried_over(own("Do you smoke?"));
    assert!(second.recorded("1").is_none());
    assert_eq!(second.recorded("reason"), first.recorded("reason"), "the reason is the same in any words");
    let kept = second.questionnaire().source().to_owned();
    assert_eq!(Questionnaire::from_json(&kept).unwrap(), **second.questionnaire());
}

#[test]
fn the_longer_questionnaire_follows_where_the_two_screening_items_come_to_three() {
    let codes = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];
    for (name, first, second, third) in [
        ("phq-9", "phq-1", "phq-2", "phq-3"),
        ("mood", "phq-1", "phq-2", "phq-9"),
        ("mood", "gad-1", "gad-2", "gad-7"),
    ] {
        for a in 0..4 {
            for b in 0..4 {
                let json = format!(r#"{{"{first}": "{}", "{second}": "{}"}}"#, codes[a], codes[b]);
                assert_eq!(intake(name, &json).is_enabled(third), a + b >= 3, "{name} {a} {b}");
            }
            // What was left out counts nothing.
            let json = format!(r#"{{"{first}": "{}", "{second}": {{"skipped": true}}}}"#, codes[a]);
            assert_eq!(intake(name, &json).is_enabled(third), a == 3, "{name} {a}");
        }
    }
}

#[test]
fn the_ninth_item_above_nothing_raises_self_harm_and_is_asked_for_otherwise_in_the_mood_visit() {
    let rules = RedFlagRules::builtin().unwrap();
    for (code, raised) in [("LA6568-5", false), ("LA6569-3", true), ("LA6570-1", true), ("LA6571-9", true)] {
        for name in ["phq-9", "mood"] {
            let json = format!(r#"{{"phq-1": "LA6571-9", "phq-9": "{code}"}}"#);
            let intake = intake(name, &json);
            for tag in LANGUAGES {
                let flags = rules.assess_intake(&intake, &Language::new(tag));
                let found = flags.iter().any(|flag| flag.hit.rule == "self-harm");
                assert_eq!(found, raised, "{name} {code} {tag}: {flags:?}");
            }
            assert!(!intake.is_enabled("self-harm"));
        }
    }
    assert!(intake("mood", r#"{"phq-1": "LA6568-5"}"#).is_enabled("self-harm"));
    assert!(intake("mood", r#"{"phq-1": "LA6571-9", "phq-9": {"skipped": true}}"#).is_enabled("self-harm"));
}

#[test]
fn each_alarming_answer_of_the_visits_raises_in_both_languages() {
    let rules = RedFlagRules::builtin().unwrap();
    for (name, json, rule) in [
        ("respiratory", r#"{"symptoms": ["breathing"], "breathing-rest": true}"#, "breathing-trouble"),
        ("respiratory", r#"{"symptoms": ["chest-pain"]}"#, "chest-pain"),
        ("respiratory", r#"{"symptoms": ["cough"], "cough-blood": true}"#, "severe-bleeding"),
        ("chest", r#"{"chest-now": true}"#, "chest-pain"),
        ("chest", r#"{"fainted": true}"#, "loss-of-consciousness"),
        ("abdominal", r#"{"symptoms": ["vomiting"], "vomit-blood": true}"#, "severe-bleeding"),
        (
            "abdominal",
            r#"{"pregnancy-possible": "pregnant", "pregnancy-signs": ["bleeding"]}"#,
            "pregnancy-danger",
        ),
        ("musculoskeletal", r#"{"where": ["back"], "back-signs": ["saddle"]}"#, "cauda-equina"),
        ("musculoskeletal", r#"{"where": ["back"], "back-signs": ["bladder"]}"#, "cauda-equina"),
        ("musculoskeletal", r#"{"where": ["back"], "back-signs": ["legs"]}"#, "cauda-equina"),
        (
            "musculoskeletal",
            r#"{"injury": true, "injury-head": true, "blood-thinner": true}"#,
            "head-injury-blood-thinners",
        ),
        ("refill-follow-up", r#"{"symptoms": ["one-sided-weakness"]}"#, "stroke-signs"),
        ("refill-follow-up", r#"{"symptoms": ["low-mood"], "self-harm": true}"#, "self-harm"),
    ] {
        let intake = intake(name, json);
        for tag in LANGUAGES {
            let flags = rules.assess_intake(&intake, &Language::new(tag));
            assert!(flags.iter().any(|flag| flag.hit.rule == rule), "{name} {tag} {json}: {flags:?}");
        }
    }
}

#[test]
fn a_rule_of_two_answers_is_raised_by_both_and_by_neither_alone() {
    let rules = RedFlagRules::builtin().unwrap();
    let raised = |json: &str, tag: &str| {
        let flags = rules.assess_intake(&intake("musculoskeletal", json), &Language::new(tag));
        flags.iter().any(|flag| flag.hit.rule == "head-injury-blood-thinners")
    };
    for tag in ["en", "es", "ar"] {
        assert!(raised(r#"{"injury": true, "injury-head": true, "blood-thinner": true}"#, tag), "{tag}");
        assert!(!raised(r#"{"injury": true, "injury-head": true}"#, tag), "{tag}");
        assert!(!raised(r#"{"injury": true, "injury-head": true, "blood-thinner": false}"#, tag), "{tag}");
        assert!(!raised(r#"{"injury": true, "injury-head": false, "blood-thinner": true}"#, tag), "{tag}");
        // Whoever names one need not know that it is one.
        let named =
            r#"{"injury": true, "injury-head": true, "takes-medicines": true, "medicines": ["WARFARIN"]}"#;
        let name = if tag == "es" { "warfarina" } else { "warfarin" };
        assert!(raised(&named.replace("WARFARIN", name), tag), "{tag}");
    }
    let nested = include_str!("../../../protocols/red-flags.toml").replace(
        r#"and = [{ item = "blood-thinner", is = true }]"#,
        r#"and = [{ item = "blood-thinner", is = true, and = [{ item = "injury", is = true }] }]"#,
    );
    assert!(RedFlagRules::from_toml(&nested).is_err());
}

#[test]
fn answers_that_alarm_nobody_raise_nothing_in_either_language() {
    let rules = RedFlagRules::builtin().unwrap();
    for (name, _, form) in files() {
        // Everything denied, and the milder answers that a yes is harmless for.
        let mut calm = Intake::new(form.clone());
        let harmless = [
            "inhaler",
            "ill-contact",
            "takes-medicines",
            "has-allergies",
            "heart-racing",
            "caffeine",
            "heart-before",
            "family-heart",
            "injury",
            "work",
            "someone",
            "help-before",
            "loss",
            "painkillers",
            "belly-surgery",
            "hospital-medicines",
            "side-effects",
            "blood-thinner",
            "contact",
            "tingling",
        ];
        while let Some(question) = calm.current(&Language::english()) {
            let answer = match &question.kind {
                QuestionKind::Boolean => {
                    Answer::Given(vec![AnswerValue::Boolean(harmless.contains(&question.link_id.as_str()))])
                }
                QuestionKind::Choice { options }
                    if question.link_id.starts_with("phq") || question.link_id.starts_with("gad") =>
                {
                    Answer::Given(vec![AnswerValue::Choice(options[0].coding.clone())])
                }
                QuestionKind::Choice { options } => {
                    options.iter().find(|option| option.exclusive).map_or(Answer::Skipped, |option| {
                        Answer::Given(vec![AnswerValue::Choice(option.coding.clone())])
                    })
                }
                QuestionKind::Text { .. } if question.required => {
                    Answer::Given(vec![AnswerValue::Text("a check-up".into())])
                }
                _ => Answer::Skipped,
            };
            calm.answer(&question.link_id, answer).unwrap();
        }
        for tag in LANGUAGES {
            assert_eq!(rules.assess_intake(&calm, &Language::new(tag)), [], "{name} {tag}");
        }
    }
}

#[test]
fn every_kind_of_question_is_one_that_the_kiosk_has_a_screen_for() {
    for (name, _, form) in files() {
        for item in form.items() {
            assert!(!matches!(item.kind, ItemKind::Decimal { .. }), "{name} {}", item.link_id);
        }
    }
}
