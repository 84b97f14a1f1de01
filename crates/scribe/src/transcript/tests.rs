use domain::Coded as _;
use domain::{ErrorCode, Speaker};
use proptest::prelude::*;

use super::{Form, Transcript};
use crate::Error;

fn read(text: &str) -> Vec<(Speaker, String)> {
    lines(&Transcript::parse(text.as_bytes(), None).unwrap())
}

fn lines(transcript: &Transcript) -> Vec<(Speaker, String)> {
    let said = |(at, utterance): (usize, &domain::Utterance)| {
        assert_eq!(utterance.index as usize, at);
        (utterance.speaker, utterance.text.expose().clone())
    };
    transcript.utterances().iter().enumerate().map(said).collect()
}

#[test]
fn bracketed_lines_are_turns_and_lines_without_a_tag_go_on_with_the_turn() {
    let turns = read(
        "[doctor] hey , dragon ?\r\nlastly , okay .\n\n[patient_guest] [laughs] he is fine\n[patient] yes",
    );
    assert_eq!(
        turns,
        [
            (Speaker::Clinician, "hey , dragon ? lastly , okay .".to_owned()),
            (Speaker::Other, "[laughs] he is fine".to_owned()),
            (Speaker::Patient, "yes".to_owned()),
        ]
    );
}

#[test]
fn lettered_lines_are_turns_of_any_length() {
    let turns = read("\u{feff}D: What brings you in: pain?\n\nP: Chest\npain, since 10:30.\n \nDoctor : OK.");
    assert_eq!(
        turns,
        [
            (Speaker::Clinician, "What brings you in: pain?".to_owned()),
            (Speaker::Patient, "Chest pain, since 10:30.".to_owned()),
            (Speaker::Clinician, "OK.".to_owned()),
        ]
    );
}

fn grid(intervals: &[(f64, f64, &str)]) -> String {
    let mut text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 1\nitem []:\n\
                    \titem [1]:\n\t\tclass = \"IntervalTier\"\n\t\tname = \"Speaker\"\n\t\txmin = 0\n\t\txmax = 9\n"
        .to_owned();
    text += &format!("\t\tintervals: size = {}\n", intervals.len());
    for (at, (start, end, said)) in intervals.iter().enumerate() {
        text += &format!(
            "\t\tintervals [{}]:\n\t\t\txmin = {start}\n\t\t\txmax = {end}\n\t\t\ttext = \"{said}\"\n",
            at + 1
        );
    }
    text
}

#[test]
fn a_pair_of_text_grids_is_one_conversation_in_the_order_of_time() {
    let doctor =
        grid(&[(0.0, 1.5, "Any <UNSURE>fever</UNSURE>?"), (1.5, 2.0, ""), (4.0, 5.0, "A \"\"cold\"\".")]);
    let patient = grid(&[(0.0, 2.0, "<UNIN/>"), (2.0, 3.25, "No<INAUDIBLE_SPEECH/>, a < b.")]);
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(patient.encode_utf16()).flat_map(|unit: u16| unit.to_be_bytes()).collect();
    for patient in [patient.as_bytes(), &utf16] {
        let transcript = Transcript::from_text_grids(doctor.as_bytes(), patient).unwrap();
        assert_eq!(
            lines(&transcript),
            [
                (Speaker::Clinician, "Any fever ?".to_owned()),
                (Speaker::Patient, "No , a < b.".to_owned()),
                (Speaker::Clinician, "A \"cold\".".to_owned()),
            ]
        );
        assert_eq!(
            (transcript.utterances()[1].start_ms, transcript.utterances()[1].end_ms),
            (Some(2000), Some(3250))
        );
    }
}

#[test]
fn a_short_text_grid_is_read_like_a_long_one() {
    let text = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n9\n<exists>\n1\n\"IntervalTier\"\n\"Patient\"\n0\n9\n1\n0\n9\n\"I am ill.\"\n";
    assert_eq!(read(text), [(Speaker::Patient, "I am ill.".to_owned())]);
}

#[test]
fn json_is_a_list_or_has_utterances_or_the_segments_of_a_recogniser() {
    let said = [(Speaker::Patient, "ow".to_owned())];
    assert_eq!(read(r#"[{"speaker":"patient","text":"ow","start":1.5}]"#), said);
    assert_eq!(read(r#"{"utterances":[{"speaker":"P","text":" ow ","end":2}]}"#), said);
    let ours = r#"{"text":"ow","segments":[{"start":0.0,"end":1.25,"text":"ow","confidence":0.9}]}"#;
    let transcript = Transcript::parse(ours.as_bytes(), None).unwrap();
    assert_eq!(lines(&transcript), [(Speaker::Unknown, "ow".to_owned())]);
    assert_eq!(transcript.utterances()[0].end_ms, Some(1250));
    assert_eq!(transcript.utterances()[0].confidence, Some(0.9));
}

#[test]
fn plain_text_is_read_only_when_asked_for() {
    let text = b"Some words.\nMore.\n\nOther words.";
    assert!(matches!(Transcript::parse(text, None), Err(Error::UnknownForm)));
    let transcript = Transcript::parse(text, Some(Form::Plain)).unwrap();
    assert_eq!(
        lines(&transcript),
        [(Speaker::Unknown, "Some words. More.".to_owned()), (Speaker::Unknown, "Other words.".to_owned())]
    );
}

#[test]
fn what_cannot_be_read_is_named_and_shows_no_word_of_the_file() {
    let code = |bytes: &[u8]| {
        let error = Transcript::parse(bytes, None).unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
        error.code()
    };
    assert_eq!(code(b""), ErrorCode::TranscriptUnreadable);
    assert_eq!(code(b" \n\n"), ErrorCode::TranscriptUnreadable);
    assert_eq!(code(b"secret words without a tag"), ErrorCode::TranscriptUnreadable);
    assert_eq!(code(br#"{"secret":[1]}"#), ErrorCode::TranscriptUnreadable);
    assert_eq!(code(br#"[{"text":"secret"#), ErrorCode::TranscriptUnreadable);
    assert_eq!(
        code(b"File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 secret"),
        ErrorCode::TranscriptUnreadable
    );
    assert_eq!(code(b"[doctor] \xff\xfe"), ErrorCode::NotUtf8);
    assert_eq!(code(b"\xff\xfe\x00\xd8\x41\x00"), ErrorCode::NotUtf8);
    let Err(Error::NotUtf8 { byte }) = Transcript::parse(b"[doctor] hi \xc3\x28", None) else {
        panic!("not UTF-8")
    };
    assert_eq!(byte, 12);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_a_transcript_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for form in [None, Some(Form::Bracketed), Some(Form::Lettered), Some(Form::TextGrid), Some(Form::Json), Some(Form::Plain)] {
            let _ = Transcript::parse(&bytes, form);
        }
        let _ = Transcript::from_text_grids(&bytes, &bytes);
    }

    #[test]
    fn arbitrary_marks_are_a_transcript_or_an_error(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("\"ooTextFile\""), Just("\"TextGrid\""), Just("<exists>"), Just("1"), Just("-1e300"), Just("nan"), Just("\n"), Just("\""),
                Just("[doctor]"), Just("D:"), Just("<UNIN/>"), Just("</"), Just("<"), Just("!"), Just("é"), Just("\"IntervalTier\""), Just(" "),
            ],
            0..40,
        ),
    ) {
        let text = format!("File type = \"ooTextFile\" \"TextGrid\" {}", pieces.concat());
        let _ = Transcript::parse(text.as_bytes(), None);
        let _ = Transcript::parse(pieces.concat().as_bytes(), None);
    }
}
