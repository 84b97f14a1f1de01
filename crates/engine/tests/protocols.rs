//! Which questionnaire a patient is asked: what picks it, what is taken along, what a clinic adds, what can be read years later.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Action, Actor, Answer, AnswerSource, AnswerValue, Coding, EncounterId, EncounterOrigin, EventBody,
    ExportFormat, Language, PatientId, ProtocolChoice, Role, Stream, Who,
};
use serde_json::{Value, json};
use store::{Append, Expected};
use support::Clinic;

fn text(words: &str) -> Answer {
    Answer::Given(vec![AnswerValue::Text(words.into())])
}

fn yes() -> Answer {
    Answer::Given(vec![AnswerValue::Boolean(true)])
}

fn asked(view: &IntakeView) -> &str {
    match &view.step {
        IntakeStep::Question { question } => &question.link_id,
        IntakeStep::Review { .. } => "review",
        step => panic!("{step:?}"),
    }
}

fn choice(view: &IntakeView, code: &str) -> Answer {
    let IntakeStep::Question { question } = &view.step else { panic!("no question") };
    let QuestionKind::Choice { options, .. } = &question.kind else { panic!("no choice") };
    let option = options.iter().find(|option| option.code == code).unwrap();
    let coding =
        Coding { system: option.system.clone(), code: option.code.clone(), display: option.display.clone() };
    Answer::Given(vec![AnswerValue::Choice(coding)])
}

/// A patient at the kiosk, and what staff see of them.
struct Visit<'c> {
    clinic: &'c Clinic,
    kiosk: String,
    clinician: String,
    encounter: EncounterId,
}

impl<'c> Visit<'c> {
    fn begin(clinic: &'c Clinic) -> Self {
        let kiosk = clinic.sign_in(Role::Kiosk);
        let encounter = clinic.begin_intake(&kiosk).encounter;
        Self { clinic, kiosk, clinician: clinic.sign_in(Role::Clinician), encounter }
    }

    fn answer(&self, link_id: &str, answer: Answer) -> IntakeView {
        self.clinic.answer(&self.kiosk, self.encounter, link_id, answer)
    }

    fn go_to(&self, link_id: &str) -> IntakeView {
        let request = GoToQuestion { encounter: self.encounter, link_id: link_id.into() };
        self.clinic.request::<method::IntakeGoTo>(&self.kiosk, &request).unwrap()
    }

    fn back(&self) -> IntakeView {
        self.clinic
            .request::<method::IntakeBack>(&self.kiosk, &IntakeOf { encounter: self.encounter })
            .unwrap()
    }

    /// Skips what comes, until the review or a question of that name.
    fn skip_to(&self, mut view: IntakeView, link_id: &str) -> IntakeView {
        while asked(&view) != link_id && asked(&view) != "review" {
            view = self.answer(asked(&view), Answer::Skipped);
        }
        view
    }

    fn staff(&self) -> EncounterView {
        let request = EncounterOf { encounter: self.encounter };
        self.clinic.request::<method::EncountersShow>(&self.clinician, &request).unwrap()
    }

    fn understand(&self, link_id: &str, words: &str) -> VoiceMeaning {
        let request = UnderstandWords {
            encounter: self.encounter,
            asked: VoiceAsked::Question { link_id: link_id.into() },
            words: words.into(),
        };
        self.clinic.request::<method::IntakeUnderstand>(&self.kiosk, &request).unwrap()
    }
}

fn line<'v>(view: &'v EncounterView, link_id: &str) -> Option<&'v str> {
    let line = view.intake.iter().find(|line| line.link_id == link_id)?;
    line.answer.as_ref().map(|answer| answer.expose().as_str())
}

#[test]
fn the_reason_picks_what_is_asked_and_nothing_is_asked_twice() {
    let clinic = Clinic::new();
    let visit = Visit::begin(&clinic);
    let view = visit.answer("reason", text("I have had a cough and a sore throat"));
    assert_eq!(asked(&view), "onset");
    let onset = Answer::Given(vec![AnswerValue::Quantity { value: 3.0, unit: "d".into() }]);
    let view = visit.answer("onset", onset);
    let view = visit.answer("course", choice(&view, "worse"));
    let view = visit.skip_to(view, "cough-phlegm");
    assert_eq!(asked(&view), "review", "nobody said that they cough something up");
    let staff = visit.staff();
    assert_eq!(staff.record.protocol.as_deref(), Some("urn:bedside:protocol:respiratory|1.0.0"));
    assert_eq!(staff.record.protocol_choice, Some(ProtocolChoice::Reason));
    assert_eq!(staff.protocol.as_deref(), Some("Cough, cold or breathing"));
    assert_eq!(line(&staff, "onset"), Some("3 days"));
    assert!(staff.intake.iter().any(|line| line.link_id == "inhaler"));

    // The reason turns out to be another one: what is still true is there, what was asked of the lungs is not.
    visit.answer("inhaler", yes());
    visit.go_to("reason");
    let view = visit.answer("reason", text("My knee hurts since I fell"));
    assert_eq!(asked(&view), "where");
    let staff = visit.staff();
    assert_eq!(staff.record.protocol.as_deref(), Some("urn:bedside:protocol:musculoskeletal|1.0.0"));
    assert_eq!(line(&staff, "onset"), Some("3 days"));
    assert_eq!(line(&staff, "reason"), Some("My knee hurts since I fell"));
    assert!(!staff.intake.iter().any(|line| line.link_id == "inhaler"));
    assert!(!staff.record.answers.contains_key("inhaler"), "kept in the log, and not as a current answer");
    let log = clinic.engine.vault().unwrap().events(Stream::Encounter(visit.encounter)).unwrap();
    let inhaler = |event: &store::LoggedEvent| matches!(&event.body, EventBody::AnswerRecorded { link_id, .. } if link_id == "inhaler");
    assert!(log.iter().any(inhaler));

    // Words that say nothing lead back to the general visit; the first ones to what was answered there before.
    visit.go_to("reason");
    visit.answer("reason", text("I just do not feel right"));
    assert_eq!(visit.staff().record.protocol.as_deref(), Some("urn:bedside:protocol:general-visit|1.0.0"));
    visit.go_to("reason");
    visit.answer("reason", text("It is my cough after all"));
    let staff = visit.staff();
    assert_eq!(line(&staff, "inhaler"), Some("Yes"));
    assert_eq!(line(&staff, "course"), Some("Worse"));

    visit.answer("inhaler-more", Answer::Unknown);
    let export = ExportEncounter { encounter: visit.encounter, format: ExportFormat::Fhir };
    clinic.request::<method::IntakeSubmit>(&visit.kiosk, &IntakeOf { encounter: visit.encounter }).unwrap();
    let file = clinic.request::<method::EncountersExport>(&visit.clinician, &export).unwrap();
    let bundle: Value = serde_json::from_str(file.content.expose()).unwrap();
    let response = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["resource"])
        .find(|resource| resource["resourceType"] == "QuestionnaireResponse")
        .unwrap();
    assert_eq!(response["questionnaire"], "urn:bedside:protocol:respiratory|1.0.0");
}

#[test]
fn a_low_mood_is_asked_about_at_length_and_its_score_is_for_staff_alone() {
    let clinic = Clinic::new();
    let visit = Visit::begin(&clinic);
    let mut view = visit.answer("reason", text("I feel so low and depressed lately"));
    let mut screens = String::new();
    let mut instruments = Vec::new();
    while asked(&view) != "review" {
        screens.push_str(&serde_json::to_string(&view).unwrap());
        let link_id = asked(&view).to_owned();
        let answer = if link_id.starts_with("phq-") && link_id != "phq-difficulty" {
            instruments.push(link_id.clone());
            choice(&view, "LA6570-1")
        } else if link_id.starts_with("gad-") {
            instruments.push(link_id.clone());
            choice(&view, "LA6568-5")
        } else {
            Answer::Skipped
        };
        view = visit.answer(&link_id, answer);
    }
    screens.push_str(&serde_json::to_string(&view).unwrap());
    assert_eq!(instruments.len(), 9 + 2, "PHQ-2 leads to PHQ-9, GAD-2 does not lead on: {instruments:?}");
    let staff = visit.staff();
    let score = |name: &str| staff.scores.iter().find(|score| score.name == name).unwrap();
    assert_eq!((score("PHQ-9").total, score("PHQ-9").most), (Some(18.0), Some(27.0)));
    let band = score("PHQ-9").band.clone().unwrap();
    assert!(!staff.scores.iter().any(|score| score.name == "GAD-7"), "not all of it was asked");
    assert_eq!(score("GAD-2").total, Some(0.0));
    assert!(staff.record.flags.iter().any(|flag| flag.rule == "self-harm"), "the ninth item");
    for secret in ["PHQ-9", band.as_str()] {
        assert!(!screens.contains(secret), "the patient sees no {secret}");
    }
}

#[test]
fn an_alarm_is_raised_on_every_protocol_by_an_answer_and_by_words() {
    let clinic = Clinic::new();
    for reason in [
        "Something is wrong",
        "I have a cough",
        "My heart is racing",
        "My stomach hurts",
        "I twisted my ankle",
        "I need a refill of my pills",
        "I feel anxious and sad",
    ] {
        let visit = Visit::begin(&clinic);
        let view = visit.answer("reason", text(reason));
        let view = visit.skip_to(view, "anything-else");
        assert_eq!(asked(&view), "anything-else", "{reason}");
        assert!(visit.staff().record.flags.is_empty(), "{reason}: {:?}", visit.staff().record.flags);
        let view = visit.answer("anything-else", text("I took all my tablets, I want to die"));
        assert!(view.alert.is_some(), "{reason}");
        assert!(visit.staff().record.flags.iter().any(|flag| flag.rule == "self-harm"), "{reason}");
    }
}

#[test]
fn a_blow_to_the_head_alarms_with_a_blood_thinner_and_not_by_itself() {
    let clinic = Clinic::new();
    let rules = |visit: &Visit<'_>| -> Vec<String> {
        visit.staff().record.flags.iter().map(|flag| flag.rule.clone()).collect()
    };
    let hit = |visit: &Visit<'_>| {
        let view = visit.answer("reason", text("I fell on the stairs and my wrist hurts"));
        let view = visit.skip_to(view, "injury");
        assert_eq!(asked(&view), "injury");
        visit.answer("injury", yes());
        visit.answer("injury-head", yes())
    };
    let visit = Visit::begin(&clinic);
    hit(&visit);
    assert_eq!(rules(&visit), Vec::<String>::new());
    visit.answer("blood-thinner", yes());
    assert_eq!(rules(&visit), ["head-injury-blood-thinners"]);

    let visit = Visit::begin(&clinic);
    hit(&visit);
    visit.answer("takes-medicines", yes());
    visit.answer("medicines", Answer::Given(vec![AnswerValue::String("warfarin 5 mg".into())]));
    assert_eq!(
        rules(&visit),
        ["head-injury-blood-thinners"],
        "whoever names one need not know that it is one"
    );
}

#[test]
fn what_is_typed_is_understood_as_what_is_said_and_asked_back_where_it_is_not_sure() {
    let clinic = Clinic::new();
    let visit = Visit::begin(&clinic);
    let VoiceMeaning::Answer { answer, sure, .. } = visit.understand("onset", "about three days ago") else {
        panic!("not understood")
    };
    let days = Answer::Given(vec![AnswerValue::Quantity { value: 3.0, unit: "d".into() }]);
    assert!(sure);
    assert_eq!(answer.expose(), &days);
    let VoiceMeaning::Answer { shown, sure, .. } = visit.understand("takes-medicines", "perhaps") else {
        panic!("not understood")
    };
    assert!(!sure, "read back as {}", shown.expose());
    assert_eq!(visit.understand("onset", "I want to talk to a person"), VoiceMeaning::Person);
    assert_eq!(visit.understand("onset", "no idea"), VoiceMeaning::Unknown);
    assert_eq!(visit.understand("onset", "the blue one with the thing"), VoiceMeaning::Unclear);
    // Who writes into a field for words means the words: nothing is corrected, nothing is left out.
    let words = "Um, metformine 500 for my suger, I dont know since when";
    let VoiceMeaning::Answer { answer, sure, .. } = visit.understand("reason", words) else {
        panic!("not understood")
    };
    assert!(sure);
    assert_eq!(answer.expose(), &text(words));
    assert_eq!(visit.understand("reason", "I'd like to talk to someone"), VoiceMeaning::Person);
}

#[test]
fn what_is_not_understood_is_left_to_staff_in_the_patients_words_and_its_alarm_is_raised() {
    let clinic = Clinic::new();
    let visit = Visit::begin(&clinic);
    visit.answer("reason", text("I feel strange"));
    let leave = LeaveOpen {
        encounter: visit.encounter,
        link_id: "onset".into(),
        words: "since the crushing pain in my chest began".into(),
        source: AnswerSource::Voice,
    };
    let view = clinic.request::<method::IntakeLeaveOpen>(&visit.kiosk, &leave).unwrap();
    assert_eq!(asked(&view), "course", "the next question comes");
    assert!(view.alert.is_some());
    let staff = visit.staff();
    let onset = staff.intake.iter().find(|line| line.link_id == "onset").unwrap();
    assert_eq!(onset.answer, None);
    assert_eq!(onset.unclear.as_ref(), Some(&leave.words));
    assert!(staff.record.flags.iter().any(|flag| flag.rule == "chest-pain"));
    assert_eq!(staff.record.answers["onset"].expose(), &Answer::Unknown);
    // Answered after all, it is clear.
    let days = Answer::Given(vec![AnswerValue::Quantity { value: 3.0, unit: "d".into() }]);
    visit.answer("onset", days);
    assert!(visit.staff().record.unclear.is_empty());
    // What must be answered cannot be left.
    let required = LeaveOpen { link_id: "reason".into(), ..leave };
    assert!(clinic.request::<method::IntakeLeaveOpen>(&visit.kiosk, &required).is_err());
}

#[test]
fn words_behind_an_answer_are_looked_through_for_alarms_and_not_kept() {
    let clinic = Clinic::new();
    let visit = Visit::begin(&clinic);
    visit.answer("reason", text("I feel strange"));
    let answer = GiveAnswer {
        encounter: visit.encounter,
        link_id: "course".into(),
        answer: Answer::Skipped.into(),
        source: AnswerSource::Voice,
        words: Some("worse, and now I cannot breathe".into()),
    };
    let view = clinic.request::<method::IntakeAnswer>(&visit.kiosk, &answer).unwrap();
    assert!(view.alert.is_some());
    let staff = serde_json::to_string(&visit.staff()).unwrap();
    assert!(staff.contains("breathing-trouble") && !staff.contains("cannot breathe"));
}

// --- a clinic's own files --------------------------------------------------------------------------------------------

fn travel(version: &str, question: &str) -> String {
    json!({ "resourceType": "Questionnaire", "url": "urn:clinic:travel", "version": version, "title": "Travel advice",
        "status": "active", "item": [
            { "linkId": "where-to", "type": "string", "text": question },
            { "linkId": "shots", "type": "boolean", "text": "Have you had shots for travel before?" }] })
    .to_string()
}

const WORDS: &str = "[[protocol]]\nurl = \"urn:clinic:travel\"\n[[protocol.words]]\nlanguage = \"en\"\npoints = 6\nany = [\"travel*\", \"shots\"]\n";

fn with_files(files: &[(&str, &str)]) -> Clinic {
    let clinic = Clinic::new();
    write(&clinic, files);
    clinic.restart()
}

fn write(clinic: &Clinic, files: &[(&str, &str)]) {
    let folder = clinic.data.join("protocols");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
}

#[test]
fn a_clinics_file_is_asked_where_its_words_are_said_and_stays_readable_when_it_is_replaced() {
    let clinic =
        with_files(&[("travel.json", &travel("1", "Where will you travel to?")), ("routing.toml", WORDS)]);
    let visit = Visit::begin(&clinic);
    let view = visit.answer("reason", text("I need shots for travel to Kenya"));
    assert_eq!(asked(&view), "where-to");
    assert!(view.can_go_back, "to the reason, although the file does not ask for it");
    let view = visit.back();
    assert_eq!(asked(&view), "reason");
    assert_eq!(asked(&visit.answer("reason", text("I need shots for travel to Kenya"))), "where-to");
    visit.answer("where-to", Answer::Given(vec![AnswerValue::String("Kenya".into())]));
    let view = visit.answer("shots", Answer::Given(vec![AnswerValue::Boolean(false)]));
    assert_eq!(asked(&view), "review");
    let first = visit.encounter;
    let seen = |clinic: &Clinic| {
        let clinician = clinic.sign_in(Role::Clinician);
        clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter: first }).unwrap()
    };
    let before = seen(&clinic);
    assert_eq!(before.intake[0].question, "What brings you in today?");
    assert_eq!(before.intake[1].question, "Where will you travel to?");
    let kept = |clinic: &Clinic| {
        let events = clinic.engine.vault().unwrap().events(Stream::Facility).unwrap();
        events.iter().filter(|event| matches!(event.body, EventBody::QuestionnaireKept { .. })).count()
    };
    assert_eq!(kept(&clinic), 2, "the general visit and this one, once each");

    write(&clinic, &[("travel.json", &travel("2", "Which countries will you see?"))]);
    let clinic = clinic.restart();
    let after = seen(&clinic);
    assert_eq!(after.intake, before.intake);
    assert_eq!(after.record.protocol.as_deref(), Some("urn:clinic:travel|1"));
    let visit = Visit::begin(&clinic);
    visit.answer("reason", text("I need shots for travel"));
    assert_eq!(visit.staff().intake[1].question, "Which countries will you see?");
    assert_eq!(kept(&clinic), 3);
    std::fs::remove_dir_all(clinic.data.join("protocols")).unwrap();
    let clinic = clinic.restart();
    assert_eq!(seen(&clinic).intake, before.intake);
}

#[test]
fn an_administrator_sees_what_is_wrong_with_a_file_looks_at_one_and_takes_it_out_of_use() {
    let broken = json!({ "resourceType": "Questionnaire", "url": "urn:clinic:broken", "item": [
        { "linkId": "photo", "type": "attachment", "text": "A picture?" }] });
    let clinic = with_files(&[
        ("broken.json", &broken.to_string()),
        ("travel.json", &travel("1", "Where will you travel to?")),
        ("routing.toml", WORDS),
        ("notes.txt", "not a protocol"),
    ]);
    let admin = clinic.sign_in(Role::Administrator);
    let list = clinic.request::<method::ProtocolsList>(&admin, &Empty {}).unwrap();
    assert_eq!(list.protocols.len(), 10);
    assert_eq!(list.problems.len(), 1);
    assert_eq!(
        (list.problems[0].file.as_str(), list.problems[0].items[0].item.as_str()),
        ("broken.json", "photo")
    );
    let of =
        |list: &ProtocolList, url: &str| list.protocols.iter().find(|line| line.url == url).unwrap().clone();
    let own = of(&list, "urn:clinic:travel");
    assert!(own.active && own.has_words && own.file.as_deref() == Some("travel.json") && own.questions == 2);
    assert!(of(&list, "urn:bedside:protocol:general-visit").general);

    let url = || ProtocolOf { url: "urn:clinic:travel".into() };
    let preview = clinic.request::<method::ProtocolsPreview>(&admin, &url()).unwrap();
    assert_eq!(preview.steps[0].question.text, "Where will you travel to?");
    let mood = ProtocolOf { url: "urn:bedside:protocol:mood".into() };
    let mood = clinic.request::<method::ProtocolsPreview>(&admin, &mood).unwrap();
    assert!(mood.steps.iter().any(|step| step.conditional && step.question.link_id == "phq-9"));

    let list = clinic.request::<method::ProtocolsDeactivate>(&admin, &url()).unwrap();
    assert!(!of(&list, "urn:clinic:travel").active);
    let clinic = clinic.restart();
    let visit = Visit::begin(&clinic);
    assert_eq!(
        asked(&visit.answer("reason", text("I need shots for travel"))),
        "onset",
        "the general visit goes on"
    );
    let admin = clinic.sign_in(Role::Administrator);
    clinic.request::<method::ProtocolsActivate>(&admin, &url()).unwrap();
    visit.go_to("reason");
    assert_eq!(asked(&visit.answer("reason", text("I need shots for travel"))), "where-to");

    let general = ProtocolOf { url: "urn:bedside:protocol:general-visit".into() };
    assert!(clinic.request::<method::ProtocolsDeactivate>(&admin, &general).is_err());
    let unknown = ProtocolOf { url: "urn:clinic:none".into() };
    let refused = clinic.request::<method::ProtocolsActivate>(&admin, &unknown);
    assert!(matches!(refused, Err(Error::NotFound { .. })));
    let lines = clinic.request::<method::AuditList>(&admin, &ListAudit::default()).unwrap();
    for action in ["protocols.activate", "protocols.deactivate", "protocols.list", "protocols.preview"] {
        assert!(lines.iter().any(|line| line.action == action && line.refused.is_none()), "{action}");
    }

    // A file that is put right is there once the folder is read again.
    write(&clinic, &[("broken.json", &broken.to_string().replace("attachment", "string"))]);
    let list = clinic.request::<method::ProtocolsReload>(&admin, &Empty {}).unwrap();
    assert!(list.problems.is_empty() && of(&list, "urn:clinic:broken").active);
}

#[test]
fn a_patient_whose_language_a_protocol_has_not_stays_with_the_general_visit() {
    let clinic = with_files(&[
        ("travel.json", &travel("1", "Where will you travel to?")),
        ("routing.toml", &WORDS.replace("\"en\"", "\"es\"").replace("travel*", "viaje*")),
    ]);
    let kiosk = clinic.sign_in(Role::Kiosk);
    let begin = BeginIntake { language: Language::new("es"), protocol: None };
    let encounter = clinic.request::<method::IntakeBegin>(&kiosk, &begin).unwrap().encounter;
    let consents = [(domain::ConsentScope::Intake, true)].into();
    clinic.request::<method::IntakeConsent>(&kiosk, &GiveConsent { encounter, consents }).unwrap();
    let identify = Identify { encounter, name: "Ada".into(), birth_date: None };
    clinic.request::<method::IntakeIdentify>(&kiosk, &identify).unwrap();
    let view = clinic.answer(&kiosk, encounter, "reason", text("Vacunas para un viaje"));
    assert_eq!(asked(&view), "onset");
}

#[test]
fn an_encounter_from_before_protocols_were_chosen_is_read_with_the_general_visit() {
    let clinic = Clinic::new();
    let vault = clinic.engine.vault().unwrap();
    let encounter = EncounterId::from_bytes([7; 16]);
    let events = vec![
        EventBody::EncounterOpened {
            patient: PatientId::from_bytes([8; 16]),
            origin: EncounterOrigin::Kiosk,
            ticket: "A-1".into(),
            protocol: Some("urn:bedside:protocol:general-visit|0.9.0".into()),
            language: Language::english(),
        },
        EventBody::AnswerRecorded {
            link_id: "reason".into(),
            answer: text("An old cough").into(),
            source: AnswerSource::Typed,
        },
        EventBody::AnswerRecorded {
            link_id: "a-question-that-is-gone".into(),
            answer: yes().into(),
            source: AnswerSource::Touch,
        },
    ];
    let actor = Actor { who: Who::Device(vault.device()), role: Role::Kiosk };
    let stream = Stream::Encounter(encounter);
    let append = Append { stream, actor, action: Action("test"), events, expected: Expected::Anything };
    vault.append(append).unwrap();
    let clinician = clinic.sign_in(Role::Clinician);
    let view = clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
    assert_eq!(line(&view, "reason"), Some("An old cough"));
    assert!(view.record.questionnaire.is_none() && view.record.answers.len() == 2);
}
