use domain::{NoteSection, UtteranceSource};
use proptest::prelude::*;

use super::*;

use Difference as D;

/// What is doubtful about a sentence of a model's note.
fn of_model(sentence: Sentence, said: &[Utterance]) -> Vec<Problem> {
    let section = NoteSection { id: "plan".into(), title: "Plan".into(), sentences: vec![sentence] };
    let note = Note {
        template: "soap".into(),
        engine: DraftEngine::Generative,
        model: None,
        sections: vec![section],
    };
    check(&note, said).into_iter().map(|finding| finding.problem).collect()
}
use domain::Speaker::{Clinician, Other, Patient};

fn utterances(turns: &[(Speaker, &str)]) -> Vec<Utterance> {
    let utterance = |(index, (speaker, text)): (u32, &(Speaker, &str))| Utterance {
        index,
        speaker: *speaker,
        text: (*text).into(),
        source: UtteranceSource::Typed,
        start_ms: None,
        end_ms: None,
        confidence: None,
    };
    (0..).zip(turns).map(utterance).collect()
}

use domain::Speaker;

/// In what a sentence that points to every turn differs from them.
fn differs(text: &str, turns: &[(Speaker, &str)]) -> Vec<Difference> {
    let evidence = (0..u32::try_from(turns.len()).unwrap()).collect();
    let sentence = Sentence { id: 0, text: text.into(), origin: SentenceOrigin::Drafted, evidence };
    of_model(sentence, &utterances(turns))
        .into_iter()
        .filter_map(|problem| match problem {
            Problem::Differs { difference, .. } => Some(difference),
            _ => None,
        })
        .collect()
}

type Case = (&'static str, &'static [(Speaker, &'static str)], &'static [Difference]);

const CASES: &[Case] = &[
    // numbers and units
    ("Metformin 500 mg b.i.d.", &[(Patient, "I take metformin five hundred milligrams twice a day")], &[]),
    (
        "Metformin 50 mg twice a day.",
        &[(Patient, "I take metformin five hundred milligrams twice a day")],
        &[D::Number, D::Dose],
    ),
    ("Metformin 500 mcg daily.", &[(Patient, "metformin 500 milligrams every morning")], &[D::Unit, D::Dose]),
    ("Pain for 3 weeks.", &[(Patient, "it has hurt for three days")], &[D::Unit]),
    ("Pain for 14 days.", &[(Patient, "it has hurt for two weeks")], &[]),
    ("Pain is 7 of 10.", &[(Clinician, "from zero to ten?"), (Patient, "about a six")], &[D::Number]),
    (
        "BP 148/92 mmHg, pulse 88 bpm.",
        &[(Clinician, "pressure is one forty eight over ninety two and pulse is eighty eight")],
        &[],
    ),
    ("BP 184/92.", &[(Clinician, "pressure is one forty eight over ninety two")], &[D::Number]),
    ("Temperature 38.2 °C.", &[(Clinician, "your temperature is thirty eight point two")], &[]),
    ("Seen 3 times.", &[(Patient, "I went there three times")], &[]),
    ("58-year-old.", &[(Patient, "I am fifty-eight years old")], &[]),
    (
        "Toma metformina 500 mg dos veces al día.",
        &[(Patient, "tomo metformina quinientos miligramos dos veces al día")],
        &[],
    ),
    ("Toma metformina 850 mg.", &[(Patient, "tomo metformina quinientos miligramos")], &[D::Number, D::Dose]),
    // doses and frequencies
    (
        "Lisinopril 500 mg.",
        &[(Patient, "metformin 500 milligrams twice a day and lisinopril 10 milligrams in the morning")],
        &[D::Dose],
    ),
    (
        "Metformin 500 mg twice a day, lisinopril 10 mg in the morning.",
        &[(Patient, "metformin 500 milligrams twice a day and lisinopril 10 milligrams in the morning")],
        &[],
    ),
    ("Metformin 500 mg once a day.", &[(Patient, "metformin 500 milligrams twice a day")], &[D::Dose]),
    ("Metformin 500 mg every 12 hours.", &[(Patient, "metformin 500 milligrams twice a day")], &[D::Number]),
    ("Aspirin 81 mg daily.", &[(Clinician, "I'm going to start you on aspirin 81 milligrams a day")], &[]),
    ("Takes 10 mg of lisinopril.", &[(Clinician, "how much lisinopril?"), (Patient, "10 milligrams")], &[]),
    ("Ibuprofen 400 mg.", &[(Patient, "I took Advil, 400 milligrams")], &[]),
    // dates
    ("Seen on Tuesday.", &[(Patient, "I came on Thursday")], &[D::Date]),
    ("Operated in March 2019.", &[(Patient, "the operation was in may twenty nineteen")], &[D::Date]),
    ("Operated in May 2019.", &[(Patient, "the operation was in may twenty nineteen")], &[]),
    ("Operated in 2018.", &[(Patient, "the operation was in may twenty nineteen")], &[D::Date]),
    ("It may march on.", &[(Patient, "it goes on")], &[]),
    ("Began yesterday.", &[(Patient, "it began today")], &[D::Date]),
    // sides
    ("Left knee pain.", &[(Patient, "my left knee hurts")], &[]),
    ("Right knee pain.", &[(Patient, "my left knee hurts")], &[D::Side]),
    ("Left knee pain.", &[(Patient, "my knee hurts")], &[D::Side]),
    ("Right knee pain.", &[(Patient, "my left knee hurts and my right ankle is swollen")], &[D::Side]),
    ("Bilateral knee pain.", &[(Patient, "both my knees hurt")], &[]),
    ("Bilateral knee pain.", &[(Patient, "my left knee hurts")], &[D::Side]),
    ("The knee hurts right now.", &[(Patient, "my knee hurts right now")], &[]),
    ("Patient left the room.", &[(Patient, "my right knee hurts so I left the room")], &[]),
    ("Dolor en la rodilla derecha.", &[(Patient, "me duele la rodilla izquierda")], &[D::Side]),
    // negation
    ("Denies fever.", &[(Clinician, "any fever?"), (Patient, "no")], &[]),
    ("Reports fever.", &[(Clinician, "any fever?"), (Patient, "no")], &[D::Negation]),
    ("Denies fever.", &[(Clinician, "any fever?"), (Patient, "yes, since monday")], &[D::Negation]),
    (
        "No fever or cough.",
        &[(Clinician, "any fever or cough ?"), (Patient, "no , no fever and no cough")],
        &[],
    ),
    ("Has a cough.", &[(Patient, "I don't have a cough")], &[D::Negation]),
    ("No swelling.", &[(Clinician, "there is swelling of the legs")], &[D::Negation]),
    ("Takes aspirin.", &[(Clinician, "any allergies?"), (Patient, "No, but I take aspirin")], &[]),
    ("No chest pain, has dyspnea.", &[(Patient, "no chest pain but I have dyspnea")], &[]),
    ("Niega fiebre.", &[(Patient, "tengo fiebre")], &[D::Negation]),
    // medicines and allergies
    ("Takes lisinopril.", &[(Patient, "I take metformin")], &[D::Medicine]),
    ("Takes acetaminophen.", &[(Patient, "I take Tylenol")], &[]),
    ("Antibiotics were given.", &[(Patient, "I got amoxicillin")], &[]),
    (
        "Allergic to penicillin.",
        &[(Clinician, "are you allergic to anything?"), (Patient, "Penicillin.")],
        &[],
    ),
    ("Allergic to penicillin.", &[(Patient, "I took penicillin last year")], &[D::Allergy]),
    (
        "Allergic to latex.",
        &[(Clinician, "are you allergic to anything?"), (Patient, "Penicillin.")],
        &[D::Allergy],
    ),
    ("Allergies: sulfa.", &[(Patient, "I am allergic to penicillin")], &[D::Medicine, D::Allergy]),
    // who
    ("Father had a heart attack at 58.", &[(Patient, "my father had a heart attack at fifty-eight")], &[]),
    (
        "Patient had a heart attack at 58.",
        &[(Patient, "my father had a heart attack at fifty-eight")],
        &[D::Subject],
    ),
    ("Mother had a heart attack.", &[(Patient, "my father had a heart attack")], &[D::Subject]),
    (
        "Patient has diabetes.",
        &[(Clinician, "does anyone in your family have diabetes?"), (Patient, "my mother")],
        &[D::Subject],
    ),
    ("Patient has a fever.", &[(Other, "my son has had a fever since sunday")], &[]),
    ("Patient has chest pain.", &[(Patient, "my wife made me come because I have chest pain")], &[]),
];

#[test]
fn hard_cases_are_told_apart() {
    let wrong: Vec<_> = CASES
        .iter()
        .filter_map(|(text, turns, wanted)| {
            let found = differs(text, turns);
            (found != *wanted).then(|| format!("{text} / {turns:?}: {found:?} instead of {wanted:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_models_sentence_may_use_words_of_its_own_but_not_mostly() {
    let said = utterances(&[(Patient, "there is a pressure in my chest and it goes down my left arm")]);
    let check = |text: &str| {
        let sentence =
            Sentence { id: 0, text: text.into(), origin: SentenceOrigin::Drafted, evidence: vec![0] };
        of_model(sentence, &said).len()
    };
    assert_eq!(check("Chest pressure radiating down the left arm."), 0);
    assert_eq!(check("Patient has pneumonia."), 1);
    assert_eq!(check("zx qk ##"), 1);
    assert_eq!(check("..."), 1);
}

#[test]
fn what_a_person_typed_need_not_be_confirmed_and_what_they_changed_only_where_it_contradicts() {
    let unsupported = Problem::Unsupported { words: Vec::new() };
    let differs = Problem::Differs { difference: D::Side, words: Vec::new() };
    assert!(
        must_confirm(SentenceOrigin::Drafted, &unsupported)
            && must_confirm(SentenceOrigin::Drafted, &differs)
    );
    assert!(
        !must_confirm(SentenceOrigin::Edited, &unsupported) && must_confirm(SentenceOrigin::Edited, &differs)
    );
    assert!(!must_confirm(SentenceOrigin::Typed, &Problem::NoEvidence));
}

#[test]
fn every_section_and_sentence_is_checked() {
    let sentence = |id, text: &str| Sentence {
        id,
        text: text.into(),
        origin: SentenceOrigin::Drafted,
        evidence: vec![0],
    };
    let section = |id: &str, sentences| NoteSection { id: id.into(), title: id.into(), sentences };
    let note = Note {
        template: "soap".into(),
        engine: DraftEngine::Generative,
        model: None,
        sections: vec![
            section("subjective", vec![sentence(0, "Left knee hurts."), sentence(1, "Right knee hurts.")]),
            section("plan", vec![sentence(2, "Rest the knee 3 days.")]),
        ],
    };
    let found = check(&note, &utterances(&[(Patient, "my left knee hurts and I rest it")]));
    let mut found: Vec<_> =
        found.iter().map(|finding| (finding.section.as_str(), finding.sentence)).collect();
    found.dedup();
    assert_eq!(found, [("subjective", 1), ("plan", 2)]);
}

/// What a patient says, in parts that a note must not change.
fn told() -> impl Strategy<Value = (String, u32, &'static str, &'static str, bool)> {
    (
        2_u32..900,
        prop_oneof![Just("left"), Just("right")],
        prop_oneof![Just("knee"), Just("shoulder"), Just("ankle"), Just("ear"), Just("hip")],
        any::<bool>(),
        prop_oneof![Just("metformin"), Just("lisinopril"), Just("warfarin"), Just("omeprazole")],
    )
        .prop_map(|(number, side, part, denies, medicine)| {
            let negation = if denies { "no swelling" } else { "swelling" };
            let text = format!(
                "The {side} {part} has {negation}, and the patient takes {medicine} {number} milligrams twice a day."
            );
            (text, number, side, negation, denies)
        })
}

proptest! {
    #[test]
    fn a_sentence_quoted_from_its_evidence_passes((text, ..) in told()) {
        prop_assert_eq!(differs(&text, &[(Patient, &text)]), []);
    }

    #[test]
    fn a_changed_number_fails((text, number, ..) in told(), by in 1_u32..50) {
        let changed = text.replace(&number.to_string(), &(number + by).to_string());
        prop_assert!(differs(&changed, &[(Patient, &text)]).contains(&D::Number));
    }

    #[test]
    fn a_changed_side_fails((text, _, side, ..) in told()) {
        let changed = text.replace(side, if side == "left" { "right" } else { "left" });
        prop_assert!(differs(&changed, &[(Patient, &text)]).contains(&D::Side));
    }

    #[test]
    fn a_changed_negation_fails((text, _, _, negation, denies) in told()) {
        let changed = text.replace(negation, if denies { "swelling" } else { "no swelling" });
        prop_assert!(differs(&changed, &[(Patient, &text)]).contains(&D::Negation));
    }

    #[test]
    fn a_changed_medicine_fails((text, ..) in told()) {
        let changed = ["metformin", "lisinopril", "warfarin", "omeprazole"].iter().fold(text.clone(), |text, name| text.replace(name, "digoxin"));
        prop_assert!(differs(&changed, &[(Patient, &text)]).contains(&D::Medicine));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", said in "\\PC{0,80}") {
        differs(&text, &[(Patient, &said)]);
        differs(&said, &[(Clinician, &text), (Patient, &said)]);
    }
}
