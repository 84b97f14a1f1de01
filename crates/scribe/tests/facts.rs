//! What a clinician may not lose, in whole visits: allergies, medicines with their doses, orders, and the diagnosis.

use bedside_scribe as scribe;
use scribe::{Outcome, Template, Transcript};

fn note(text: &str) -> String {
    let transcript = match Transcript::parse(text.as_bytes(), None) {
        Ok(transcript) => transcript,
        Err(error) => panic!("{error}"),
    };
    let Outcome::Draft(note) = scribe::draft(transcript.utterances(), &Template::soap(), "en") else {
        panic!("no note")
    };
    assert_eq!(scribe::check_evidence(&note, transcript.utterances()), []);
    scribe::render_text(&note)
}

/// Fails unless the note has the parts, in this order.
fn has(note: &str, parts: &[&str]) {
    let mut rest = note;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("{part:?} is not in its place in:\n{note}")
        };
        rest = after;
    }
}

#[test]
fn the_example_visit_loses_no_fact_and_blurs_none() {
    let note = note(include_str!("../../../protocols/examples/visit-transcript.txt"));
    has(
        &note,
        &[
            "SUBJECTIVE",
            "\u{201c}Where exactly do you feel it\u{201d}: In the middle of their chest, and it goes down their left arm",
            "\u{201c}How bad is it, from zero to ten\u{201d}: About a six",
            "metformin 500 milligrams twice a day and lisinopril 10 milligrams",
            "Allergic to: Penicillin.",
            "hives",
            "\u{201c}Do you smoke\u{201d}: the patient stopped ten years ago.",
            "OBJECTIVE",
            "and no murmur.",
            "ASSESSMENT",
            "this is likely angina, because it comes on when they climb the stairs.",
            "PLAN",
            "Do an ECG right away and send blood for troponin.",
            "aspirin 81 milligrams a day, and patient to see the cardiologist this week.",
        ],
    );
}

#[test]
fn a_visit_of_nine_turns_loses_no_fact_and_makes_no_statement_of_a_yes() {
    let note = note(
        "[doctor] Good morning. What brings you in today?\n\
         [patient] I have had a tight pressure in my chest since early this morning, it began while I repotted the zinnias.\n\
         [doctor] Does the pain go anywhere else?\n\
         [patient] Yes, it goes into my left arm, and I feel short of breath when I climb the stairs.\n\
         [doctor] Do you take any medicines?\n\
         [patient] I take lisinopril ten milligrams every morning for my blood pressure.\n\
         [doctor] Any allergies?\n\
         [patient] I am allergic to penicillin, it gave me a rash.\n\
         [doctor] I would like to do an electrocardiogram now and take blood for troponin.\n",
    );
    has(
        &note,
        &[
            "SUBJECTIVE",
            "tight pressure",
            "It goes into their left arm",
            "lisinopril ten milligrams every morning",
            "allergic to penicillin",
            "PLAN",
            "electrocardiogram now and take blood for troponin.",
        ],
    );
    assert!(!note.contains("anywhere"), "{note}");
}
