//! A clinic's own folder of protocols: what is good is used, what is broken is named and takes nothing else down.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use bedside_intake::{Error, Origin, ProtocolFile, Protocols};
use domain::{Coded, ErrorCode, Language};
use proptest::prelude::*;
use serde_json::json;

fn form(url: &str, version: Option<&str>, title: &str) -> String {
    let mut form = json!({ "resourceType": "Questionnaire", "url": url, "title": title, "status": "active",
        "item": [{ "linkId": "a", "type": "boolean", "text": "Yes?" }] });
    if let Some(version) = version {
        form["version"] = version.into();
    }
    form.to_string()
}

fn file(name: &str, content: impl Into<Vec<u8>>) -> ProtocolFile {
    ProtocolFile { name: name.to_owned(), content: content.into() }
}

fn with(files: Vec<ProtocolFile>) -> Protocols {
    Protocols::builtin().unwrap().with(files)
}

const CHEST: &str = "urn:bedside:protocol:chest";

#[test]
fn what_ships_is_there_without_a_fault_under_its_names() {
    let protocols = Protocols::builtin().unwrap();
    assert!(protocols.faults().is_empty());
    let names: Vec<&str> = protocols.all().iter().map(|known| known.questionnaire.name()).collect();
    assert_eq!(
        names,
        [
            "general-visit",
            "respiratory",
            "chest",
            "abdominal",
            "musculoskeletal",
            "refill-follow-up",
            "mood",
            "phq-9",
            "gad-7"
        ]
    );
    for name in ["chest", CHEST, "urn:bedside:protocol:chest|1.0.0"] {
        assert_eq!(protocols.find(name).unwrap().questionnaire.url(), CHEST);
    }
    assert!(protocols.find("marmalade").is_none());
}

#[test]
fn a_broken_file_is_named_with_its_item_and_the_others_are_used() {
    let broken = json!({ "resourceType": "Questionnaire", "url": "urn:c:broken", "item": [
        { "linkId": "photo", "type": "attachment", "text": "A picture?" }] });
    let retired = form("urn:c:old", None, "Old").replace("active", "retired");
    let protocols = with(vec![
        file("e-good.json", form("urn:c:travel", Some("1"), "Travel")),
        file("a-broken.json", broken.to_string()),
        file("b-bytes.json", vec![b'{', 0xff]),
        file("c-text.json", "not json"),
        file("d-retired.json", retired),
        file("f-mark.json", format!("\u{feff}{}", form("urn:c:mark", None, "Mark"))),
    ]);
    assert!(protocols.find("travel").is_some() && protocols.find("mark").is_some());
    assert_eq!(protocols.all().len(), 11);
    let faults: Vec<(&str, ErrorCode, String)> = protocols
        .faults()
        .iter()
        .map(|fault| (fault.file.as_str(), fault.error.code(), fault.error.to_string()))
        .collect();
    let expected = [
        (
            "a-broken.json",
            ErrorCode::QuestionnaireInvalid,
            "the questionnaire cannot be used: photo: an item of type attachment is not supported",
        ),
        ("b-bytes.json", ErrorCode::NotUtf8, "this is not UTF-8 from byte 1; save it as UTF-8"),
        (
            "c-text.json",
            ErrorCode::QuestionnaireInvalid,
            "this is not a FHIR R4 Questionnaire: no JSON at line 1, column 2",
        ),
        (
            "d-retired.json",
            ErrorCode::QuestionnaireInvalid,
            "the questionnaire's status is 'retired'; it is not used",
        ),
    ];
    assert_eq!(faults, expected.map(|(file, code, text)| (file, code, text.to_owned())));
}

#[test]
fn a_higher_version_of_what_ships_replaces_it_in_its_place() {
    let protocols = with(vec![file("chest.json", form(CHEST, Some("1.0.1"), "Our chest"))]);
    assert_eq!(protocols.all().len(), 9);
    let chest = protocols.find("chest").unwrap();
    assert_eq!(chest.questionnaire.canonical(), "urn:bedside:protocol:chest|1.0.1");
    let replaces = Some("urn:bedside:protocol:chest|1.0.0".to_owned());
    assert_eq!(chest.origin, Origin::Clinic { file: "chest.json".to_owned(), replaces });
    assert_eq!(protocols.all()[2], *chest);
}

#[test]
fn the_same_or_a_lower_version_or_none_leaves_what_there_is() {
    for version in [Some("1.0.0"), Some("0.9"), Some("1.0.0-ours"), None] {
        let protocols = with(vec![file("chest.json", form(CHEST, version, "Our chest"))]);
        assert_eq!(protocols.find("chest").unwrap().origin, Origin::BuiltIn, "{version:?}");
        let error = &protocols.faults()[0].error;
        assert!(matches!(error, Error::NotNewer { known, .. } if known == "1.0.0"), "{version:?} {error}");
    }
}

#[test]
fn of_two_files_of_one_protocol_the_higher_version_stays_whatever_their_names() {
    for (first, second) in [("2", "1.10"), ("1.10", "2")] {
        let protocols = with(vec![
            file("a.json", form("urn:c:x", Some(first), "X")),
            file("b.json", form("urn:c:x", Some(second), "X")),
        ]);
        assert_eq!(protocols.find("x").unwrap().questionnaire.version(), Some("2"));
        // The lower one is a fault where it comes second, and is replaced where it comes first.
        assert_eq!(protocols.faults().len(), usize::from(first == "2"));
    }
}

#[test]
fn a_clinics_own_words_lead_to_its_own_protocol() {
    let words = r#"
        [[protocol]]
        url = "urn:c:travel"
        [[protocol.words]]
        language = "en"
        points = 6
        any = ["(travel*|yellow fever|malaria) ..3 (vaccin*|shot*|pills)", "going to africa"]
    "#;
    let travel = || file("travel.json", form("urn:c:travel", Some("1"), "Travel"));
    let protocols = with(vec![file("routing.toml", words), travel()]);
    assert!(protocols.faults().is_empty(), "{:?}", protocols.faults());
    let routing = protocols.route("I'm going to Africa", &Language::english());
    assert_eq!((routing.protocol.as_str(), routing.picked), ("urn:c:travel", true));

    for (broken, says) in [
        (words.replace("travel\"", "nowhere\""), "there is no such protocol (protocol 'urn:c:nowhere')"),
        (words.replace("any =", "some ="), "line 7"),
        (words.replace("going to africa", "(going"), "a bracket stays open"),
        (words.replace("points = 6", "points = 60"), "points are more than 0 and at most 10"),
        (words.replace("\"en\"", "\"xx\""), "there is no language 'xx'"),
        (format!("otherwise = \"urn:c:travel\"\n{words}"), "'otherwise' stands only"),
    ] {
        let protocols = with(vec![file("routing.toml", broken), travel()]);
        let fault = &protocols.faults()[0];
        assert!(fault.file == "routing.toml" && fault.error.to_string().contains(says), "{}", fault.error);
        let routing = protocols.route("chest pain", &Language::english());
        assert_eq!(routing.protocol, CHEST, "the words that ship go on to count");
    }
}

proptest! {
    #[test]
    fn whatever_files_a_clinic_has_what_ships_is_there(
        files in prop::collection::vec(("[a-c]\\.json|routing\\.toml", prop::collection::vec(any::<u8>(), 0..60)), 0..5),
        versions in prop::collection::vec("[0-9]{1,3}(\\.[0-9a-z]{1,3}){0,3}", 0..4),
    ) {
        let forms = versions.iter().map(|version| file("v.json", form(CHEST, Some(version), "C")));
        let all: Vec<ProtocolFile> =
            files.iter().map(|(name, content)| file(name, content.clone())).chain(forms).collect();
        let count = all.len();
        let protocols = with(all);
        prop_assert_eq!(protocols.all().len(), 9);
        prop_assert!(protocols.find("general-visit").is_some() && protocols.find("chest").is_some());
        let replaced = protocols.find("chest").unwrap().origin != Origin::BuiltIn;
        prop_assert!(protocols.faults().len() + usize::from(replaced) <= count);
        prop_assert_eq!(protocols.route("chest pain", &Language::english()).protocol, CHEST);
    }
}
