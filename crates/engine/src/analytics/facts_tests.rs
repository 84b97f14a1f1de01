use domain::*;

use super::*;

const SECOND: i64 = 1000;

/// A log by hand: events of one encounter, each so many seconds after the first.
pub(in crate::analytics) fn encounter(number: u8, begun: i64, events: Vec<(i64, EventBody)>) -> Facts {
    let mut bytes = [number; 16];
    bytes[..6].copy_from_slice(&u64::try_from(begun).unwrap().to_be_bytes()[2..]);
    let id = EncounterId::from_bytes(bytes);
    let logged: Vec<_> = events
        .into_iter()
        .zip(0u64..)
        .map(|((seconds, body), sequence)| LoggedEvent {
            header: EventHeader {
                id: EventId::from_bytes([0; 16]),
                stream: domain::Stream::Encounter(id),
                device: DeviceId::from_bytes([0; 16]),
                incarnation: IncarnationId::from_bytes([0; 16]),
                sequence,
                predecessor: Digest::ZERO,
                time: HybridTime {
                    wall: Timestamp::from_millis(begun + seconds * SECOND),
                    ..HybridTime::default()
                },
                actor: Actor { who: Who::Device(DeviceId::from_bytes([0; 16])), role: Role::Kiosk },
                kind: body.kind().to_owned(),
                version: body.version(),
                epoch: 1,
            },
            body,
        })
        .collect();
    Facts::of(id, &logged, &mut Names::default()).unwrap()
}

pub(in crate::analytics) fn opened(origin: EncounterOrigin, language: &str) -> EventBody {
    EventBody::EncounterOpened {
        patient: PatientId::from_bytes([7; 16]),
        origin,
        ticket: "A-1".to_owned(),
        protocol: (origin == EncounterOrigin::Kiosk).then(|| "urn:bedside:general|1".to_owned()),
        language: Language::new(language),
    }
}

pub(in crate::analytics) fn answer(link_id: &str, source: AnswerSource) -> EventBody {
    let answer = Answer::Given(vec![AnswerValue::Boolean(true)]).into();
    EventBody::AnswerRecorded { link_id: link_id.to_owned(), answer, source }
}

fn asked_back(link_id: &str) -> EventBody {
    EventBody::AnswerAskedBack { link_id: link_id.to_owned(), source: AnswerSource::Voice }
}

fn unclear(link_id: &str) -> EventBody {
    EventBody::AnswerUnclear {
        link_id: link_id.to_owned(),
        words: "hm".to_owned().into(),
        source: AnswerSource::Voice,
    }
}

pub(in crate::analytics) fn note(text: &str) -> Note {
    let sentence =
        Sentence { id: 1, text: text.to_owned().into(), origin: SentenceOrigin::Drafted, evidence: vec![0] };
    let section = NoteSection { id: "plan".to_owned(), title: "Plan".to_owned(), sentences: vec![sentence] };
    Note {
        template: "soap".to_owned(),
        engine: DraftEngine::Extractive,
        model: None,
        sections: vec![section],
    }
}

pub(in crate::analytics) fn signed() -> EventBody {
    EventBody::NoteSigned {
        by: PersonId::from_bytes([1; 16]),
        digest: Digest::ZERO,
        confirmed: None,
        lists: None,
    }
}

pub(in crate::analytics) fn closed(reason: ReasonClosed) -> EventBody {
    EventBody::EncounterClosed { reason }
}

#[test]
fn spoken_answers_are_told_apart_by_whether_they_were_asked_back_and_how_that_ended() {
    use AnswerSource::{Touch, Voice};
    let facts = encounter(
        1,
        0,
        vec![
            (0, opened(EncounterOrigin::Kiosk, "es-MX")),
            (10, answer("at-once", Voice)),
            (20, asked_back("second-time")),
            (20, answer("second-time", Voice)),
            (30, asked_back("by-hand")),
            (30, answer("by-hand", Touch)),
            (40, asked_back("open")),
            (40, answer("open", Voice)),
            (40, unclear("open")),
            (50, answer("touched", Touch)),
            // Words that were asked back for a question that was then left alone say nothing about another one.
            (60, asked_back("elsewhere")),
            (60, answer("touched", Touch)),
            (90, closed(ReasonClosed::IntakeCompleted)),
        ],
    );
    let expected = VoiceFigures { understood: 1, after_asking_back: 1, by_hand: 1, left_open: 1 };
    assert_eq!(facts.voice, expected);
    assert_eq!(facts.sources, [3, 0, 3]);
    assert_eq!((&*facts.language, facts.intake_ms), ("es", Some(90_000)));
    let kept = facts.written().unwrap();
    assert_eq!(Facts::read(&kept, &mut Names::default()), Some(facts));
    let other = String::from_utf8(kept).unwrap().replacen(FOLD, "0.0.1/0", 1);
    assert_eq!(Facts::read(other.as_bytes(), &mut Names::default()), None, "another version folded it");
}

#[test]
fn a_questionnaire_that_the_reason_picked_counts_with_the_answers_that_it_took_over() {
    let carried = [("reason".to_owned(), Phi::new(Answer::Skipped))].into();
    let moved = EventBody::ProtocolChosen {
        protocol: "urn:bedside:cough|3".to_owned(),
        content: Digest::ZERO,
        choice: ProtocolChoice::Reason,
        carried,
    };
    let facts = encounter(
        2,
        0,
        vec![
            (0, opened(EncounterOrigin::Kiosk, "en")),
            (1, answer("reason", AnswerSource::Typed)),
            (2, answer("of-the-other", AnswerSource::Typed)),
            (2, moved),
            (3, answer("onset", AnswerSource::Typed)),
            (9, closed(ReasonClosed::IntakePartial)),
        ],
    );
    assert_eq!(facts.protocol.as_deref(), Some("urn:bedside:cough"));
    let questions: Vec<_> = facts.questions.iter().map(|(link_id, given)| (&**link_id, *given)).collect();
    assert_eq!(questions, [("onset", true), ("reason", false)]);
    assert!(facts.needs_left());
    assert_eq!(facts.intake_ms, None);
}

#[test]
fn a_note_is_measured_from_its_draft_to_the_signed_text_in_changed_words() {
    let visit = |events: Vec<(i64, EventBody)>| {
        let mut all = vec![(0, opened(EncounterOrigin::Clinician, "en"))];
        all.extend(events);
        encounter(3, 0, all)
    };
    let draft = |text: &str| EventBody::NoteDrafted { note: note(text), fallback: None };
    let edit = |text: &str| EventBody::NoteEdited { note: note(text) };
    let four = "rest for three days";
    let untouched = visit(vec![(10, draft(four)), (70, signed())]);
    assert_eq!((untouched.sign_ms, untouched.changed, untouched.signed), (Some(60_000), Some(0), true));
    let exchanged = visit(vec![(0, draft(four)), (5, edit("rest for five days")), (9, signed())]);
    assert_eq!(exchanged.changed, Some(25));
    let longer = visit(vec![(0, draft(four)), (5, edit("please rest for three days")), (9, signed())]);
    assert_eq!(longer.changed, Some(20));
    // A second draft takes the place of the first.
    let again = visit(vec![(0, draft("other")), (5, draft(four)), (9, signed()), (12, edit("late"))]);
    assert_eq!((again.sign_ms, again.changed), (Some(4_000), Some(0)));
    assert_eq!(visit(vec![(0, draft(four))]).sign_ms, None);
    let typed =
        EventBody::NoteDrafted { note: Note { engine: DraftEngine::Typed, ..note(four) }, fallback: None };
    assert_eq!(visit(vec![(0, typed), (9, signed())]).changed, None);
}

#[test]
fn an_alarm_is_timed_to_its_first_acknowledgement() {
    let flag = |number: u8| FlagId::from_bytes([number; 16]);
    let raised = |number: u8, severity| EventBody::RedFlagRaised {
        flag: flag(number),
        rule: "chest-pain".to_owned(),
        severity,
        source: FlagSource::Answer { link_id: "q".to_owned(), span: None },
    };
    let facts = encounter(
        4,
        0,
        vec![
            (0, opened(EncounterOrigin::Kiosk, "en")),
            (5, raised(1, Severity::Emergency)),
            (5, raised(2, Severity::Urgent)),
            (35, EventBody::RedFlagAcknowledged { flag: flag(1) }),
            (95, EventBody::RedFlagAcknowledged { flag: flag(1) }),
        ],
    );
    let times: Vec<_> = facts.flags.iter().map(|flag| (flag.severity, flag.acknowledged_ms)).collect();
    assert_eq!(times, [(Severity::Emergency, Some(30_000)), (Severity::Urgent, None)]);
}

#[test]
fn an_intake_that_was_handed_back_counts_by_how_it_ended_at_last() {
    let begun = || {
        vec![
            (0, opened(EncounterOrigin::Kiosk, "en")),
            (5, answer("reason", AnswerSource::Touch)),
            (9, closed(ReasonClosed::IntakePartial)),
            (600, EventBody::IntakeResumed),
        ]
    };
    let open = encounter(6, 0, begun());
    assert!(open.closed.is_none() && !open.needs_left());
    let mut events = begun();
    events.push((660, closed(ReasonClosed::IntakeCompleted)));
    let done = encounter(6, 0, events);
    assert_eq!((done.closed, done.intake_ms), (Some(ReasonClosed::IntakeCompleted), None));
}

#[test]
fn an_intake_that_was_left_without_an_answer_was_left_before_the_first() {
    let facts = encounter(
        5,
        1_700_000_000_000,
        vec![(0, opened(EncounterOrigin::Kiosk, "en")), (9, closed(ReasonClosed::IntakePartial))],
    );
    assert_eq!(facts.left, Some(Left::BeforeFirst));
    assert!(!facts.needs_left() && !facts.has_answers());
    assert_eq!(facts.begun.as_millis(), 1_700_000_000_000);
}
