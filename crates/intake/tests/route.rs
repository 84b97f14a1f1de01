//! The reason for a visit picks the protocol.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::sync::LazyLock;

use bedside_intake::{Protocols, Routing, SURE_FROM};
use domain::Language;
use proptest::prelude::*;

static PROTOCOLS: LazyLock<Protocols> = LazyLock::new(|| Protocols::builtin().unwrap());

fn route(text: &str, language: &str) -> Routing {
    PROTOCOLS.route(text, &Language::new(language))
}

fn name(text: &str, language: &str) -> String {
    let routing = route(text, language);
    PROTOCOLS.find(&routing.protocol).unwrap().questionnaire.name().to_owned()
}

fn words(text: &str, language: &str) -> Vec<String> {
    let slice =
        |(start, end): &(u32, u32)| text.chars().skip(*start as usize).take((end - start) as usize).collect();
    route(text, language).evidence.iter().map(slice).collect()
}

#[test]
fn each_protocol_is_picked_by_plain_words_in_both_languages() {
    for (protocol, english, spanish) in [
        ("respiratory", "I've had a cough for a week", "Tengo tos desde hace una semana"),
        ("chest", "my chest hurts", "me duele el pecho"),
        ("abdominal", "I have a stomach ache", "me duele la barriga"),
        ("musculoskeletal", "I twisted my ankle", "me torcí el tobillo"),
        ("refill-follow-up", "I need a refill", "necesito surtir mi receta"),
        ("mood", "I feel very anxious", "tengo mucha ansiedad"),
        ("general-visit", "I want a check-up", "quiero un chequeo"),
    ] {
        assert_eq!(name(english, "en"), protocol, "{english}");
        assert_eq!(name(spanish, "es-MX"), protocol, "{spanish}");
    }
}

#[test]
fn the_words_that_it_rests_on_are_given_as_they_were_said() {
    assert_eq!(words("Well, my chest really hurts.", "en"), ["chest really hurts"]);
    assert_eq!(words("¡Ay! Me duele el pecho", "es"), ["duele el pecho"]);
    let routing = route("My chest hurts", "en");
    assert!(routing.picked && routing.confidence >= SURE_FROM && routing.considered.len() == 1);
}

#[test]
fn too_little_or_two_things_at_once_go_to_the_general_visit() {
    for text in ["", "hello", "I'd rather tell the doctor", "my knee hurts and I have diarrhea"] {
        let routing = route(text, "en");
        assert_eq!(name(text, "en"), "general-visit", "{text}");
        assert!(!routing.picked && routing.evidence.is_empty(), "{text}");
    }
    assert_eq!(route("my knee hurts and I have diarrhea", "en").considered.len(), 2);
}

#[test]
fn what_is_denied_does_not_count() {
    assert_eq!(name("No cough, no fever, just a sore knee", "en"), "musculoskeletal");
    assert_eq!(name("no tengo tos, me duele la rodilla", "es"), "musculoskeletal");
    assert_eq!(name("It's not my chest. It's my stomach, it hurts.", "en"), "abdominal");
    // "Can't breathe" denies nothing.
    assert_eq!(name("I can't breathe", "en"), "respiratory");
    assert_eq!(name("no puedo respirar", "es"), "respiratory");
}

#[test]
fn chest_pain_goes_before_the_cough_that_comes_with_it() {
    assert_eq!(name("I have chest pain and I'm short of breath and coughing", "en"), "chest");
    assert_eq!(name("tengo tos y me duele el pecho", "es"), "chest");
    // A cold on the chest is none.
    assert_eq!(name("I've got a chest cold", "en"), "respiratory");
}

#[test]
fn what_the_patient_wants_done_goes_before_the_place_that_it_is_about() {
    assert_eq!(name("I need more of my back pain pills", "en"), "refill-follow-up");
    assert_eq!(name("come back to check my knee, they wanted to see me", "en"), "refill-follow-up");
}

#[test]
fn a_language_without_words_is_looked_at_with_those_of_every_language() {
    assert_eq!(name("me duele el pecho", "pt"), "chest");
    assert_eq!(name("chest pain", "fr-CA"), "chest");
}

proptest! {
    #[test]
    fn any_text_is_routed_to_a_protocol_that_there_is_with_words_that_stand_in_it(
        text in "\\PC{0,160}", spanish in any::<bool>(),
    ) {
        let routing = route(&text, if spanish { "es" } else { "en" });
        let length = u32::try_from(text.chars().count()).unwrap();
        prop_assert!(PROTOCOLS.find(&routing.protocol).is_some());
        prop_assert!((0.0..=1.0).contains(&routing.confidence));
        prop_assert_eq!(routing.picked, !routing.evidence.is_empty());
        for considered in &routing.considered {
            prop_assert!(!considered.evidence.is_empty());
            prop_assert!(considered.evidence.iter().all(|(start, end)| start < end && *end <= length));
        }
    }

    #[test]
    fn what_is_said_around_a_reason_does_not_change_what_it_picks(
        before in "(um |uh |well |so |yeah |hi |doctor |okay ){0,4}", after in "( please| thank you| you know| i guess){0,3}",
        which in 0usize..4,
    ) {
        let (reason, protocol) = [
            ("i have a bad cough", "respiratory"),
            ("my chest hurts", "chest"),
            ("i twisted my ankle", "musculoskeletal"),
            ("i need a refill", "refill-follow-up"),
        ][which];
        prop_assert_eq!(name(&format!("{before}{reason}{after}"), "en"), protocol);
    }
}
