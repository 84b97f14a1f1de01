//! One conversation in every form gives one note; too little speech gives none, and says why.

use bedside_scribe as scribe;
use domain::{Coded as _, ErrorCode};
use scribe::{Outcome, Template, Transcript};

const TURNS: [(&str, &str); 6] = [
    ("doctor", "What brings you in today?"),
    ("patient", "I have had a cough for three days, and my left ear hurts at night."),
    ("doctor", "Any fever or chills?"),
    ("patient", "No."),
    ("doctor", "I want you to take 500 mg of paracetamol twice a day."),
    ("patient", "Okay, thank you."),
];

fn grid(who: &str) -> String {
    let mut text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0\n60\n<exists>\n1\n\"IntervalTier\"\n\"Speaker\"\n0\n60\n3\n".to_owned();
    for (at, (_, said)) in TURNS.iter().enumerate().filter(|(_, (speaker, _))| *speaker == who) {
        text += &format!("{at}\n{}\n\"{said}\"\n", at + 1);
    }
    text
}

fn note(transcript: &Transcript) -> String {
    match scribe::draft(transcript.utterances(), &Template::soap(), "en") {
        Outcome::Draft(note) => {
            assert!(scribe::check_evidence(&note, transcript.utterances()).is_empty());
            scribe::render_text(&note)
        }
        Outcome::Refused(refusal) => panic!("{refusal}"),
    }
}

#[test]
fn one_conversation_in_every_form_gives_one_note() {
    let lines = |tag: fn(&str, &str) -> String| {
        TURNS.iter().map(|(who, said)| tag(who, said)).collect::<Vec<_>>().join("\n")
    };
    let bracketed = lines(|who, said| format!("[{who}] {said}"));
    let lettered = lines(|who, said| format!("{}: {said}", if who == "doctor" { "D" } else { "P" }));
    let items = TURNS.map(|(who, said)| serde_json::json!({ "speaker": who, "text": said }));
    let json = serde_json::json!({ "utterances": items }).to_string();
    let first = note(&Transcript::parse(bracketed.as_bytes(), None).unwrap());
    for words in [
        "The patient has had a cough for three days",
        "left ear",
        "Denies fever or chills.",
        "500 mg of paracetamol",
    ] {
        assert!(first.contains(words), "{words}: {first}");
    }
    for other in [lettered, json] {
        assert_eq!(note(&Transcript::parse(other.as_bytes(), None).unwrap()), first, "{other}");
    }
    let pair = Transcript::from_text_grids(grid("doctor").as_bytes(), grid("patient").as_bytes()).unwrap();
    assert_eq!(note(&pair), first);
}

#[test]
fn fewer_than_twenty_words_give_no_note_and_a_reason() {
    let words = |count: usize| format!("D: Any fever? P\nP: {}", "no cough ".repeat(count));
    let refusal = |text: String| {
        let transcript = Transcript::parse(text.as_bytes(), None).unwrap();
        match scribe::draft(transcript.utterances(), &Template::soap(), "en") {
            Outcome::Refused(refusal) => Some((transcript.words(), refusal.code())),
            Outcome::Draft(_) => None,
        }
    };
    assert_eq!(refusal(words(8)), Some((19, ErrorCode::TranscriptTooShort)));
    assert_ne!(refusal(words(9)).map(|(_, code)| code), Some(ErrorCode::TranscriptTooShort));
    let small_talk = "D: Hello.\nP: Hello.\n".repeat(30);
    assert_eq!(refusal(small_talk), Some((60, ErrorCode::TranscriptNotClinical)));
}
