//! What the tests of this crate and of the store share: a generator without surprises, and arbitrary events.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test's own ground, where a panic is the right answer"
)]
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::sync::atomic::{AtomicU64, Ordering};

use domain::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Random bytes that are the same in every run (SplitMix64).
#[derive(Debug)]
pub struct Repeatable(AtomicU64);

impl Repeatable {
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub fn next(&self) -> u64 {
        let mut z =
            self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&self, bound: u64) -> u64 {
        self.next() % bound
    }
}

impl Random for Repeatable {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.next().to_le_bytes();
            chunk.copy_from_slice(&next[..chunk.len()]);
        }
    }
}

pub fn header(stream: Stream, kind: &str, version: u16) -> EventHeader {
    let random = Repeatable::new(7);
    let at = Timestamp::from_millis(1_790_000_000_000);
    EventHeader {
        id: EventId::make(at, &random),
        stream,
        device: DeviceId::make(at, &random),
        incarnation: IncarnationId::make(at, &random),
        sequence: 4,
        predecessor: Digest([9; 32]),
        time: HybridTime { wall: at, counter: 2 },
        actor: Actor { who: Who::Person(PersonId::make(at, &random)), role: Role::Clinician },
        kind: kind.to_owned(),
        version,
        epoch: 1,
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Zäöüéñçß ,.]{0,40}", "\\PC{0,12}", Just("胸が痛い".to_owned())]
}

fn id<T>(make: fn([u8; 16]) -> T) -> impl Strategy<Value = T>
where
    T: std::fmt::Debug,
{
    any::<[u8; 16]>().prop_map(make)
}

fn link() -> impl Strategy<Value = String> {
    prop_oneof![Just("reason"), Just("onset"), Just("severity"), Just("allergies/substance")]
        .prop_map(str::to_owned)
}

fn date() -> impl Strategy<Value = PartialDate> {
    (1900..2030u32, 1..13u32, 1..29u32).prop_map(|(year, month, day)| {
        format!("{year:04}-{month:02}-{day:02}").parse().expect("a date that exists")
    })
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.1), Just(-0.0), Just(37.5), -1.0e9..1.0e9]
}

fn value() -> impl Strategy<Value = AnswerValue> {
    prop_oneof![
        any::<bool>().prop_map(AnswerValue::Boolean),
        any::<i64>().prop_map(AnswerValue::Integer),
        number().prop_map(AnswerValue::Decimal),
        (number(), text()).prop_map(|(value, unit)| AnswerValue::Quantity { value, unit }),
        date().prop_map(AnswerValue::Date),
        text().prop_map(AnswerValue::String),
        text().prop_map(AnswerValue::Text),
        (option::of(text()), text(), text())
            .prop_map(|(system, code, display)| AnswerValue::Choice(Coding { system, code, display })),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![vec(value(), 0..4).prop_map(Answer::Given), Just(Answer::Skipped), Just(Answer::Unknown),]
}

fn utterance(most: u32) -> impl Strategy<Value = Utterance> {
    (
        0..most,
        prop_oneof![Just(Speaker::Clinician), Just(Speaker::Patient), Just(Speaker::Unknown)],
        text(),
        prop_oneof![Just(UtteranceSource::Speech), Just(UtteranceSource::Typed)],
        option::of(any::<u32>()),
        option::of(any::<u32>()),
        option::of(0.0..1.0f32),
    )
        .prop_map(|(index, speaker, text, source, start_ms, end_ms, confidence)| Utterance {
            index,
            speaker,
            text: Phi::new(text),
            source,
            start_ms,
            end_ms,
            confidence,
        })
}

fn note() -> impl Strategy<Value = Note> {
    let sentence = (any::<u32>(), text(), vec(any::<u32>(), 0..4)).prop_map(|(id, text, evidence)| {
        Sentence { id, text: Phi::new(text), origin: SentenceOrigin::Drafted, evidence }
    });
    let section = (text(), text(), vec(sentence, 0..4)).prop_map(|(id, title, sentences)| NoteSection {
        id,
        title,
        sentences,
    });
    vec(section, 0..3).prop_map(|sections| Note {
        template: "soap".to_owned(),
        engine: DraftEngine::Extractive,
        model: None,
        sections,
    })
}

fn line() -> impl Strategy<Value = ListLine> {
    let amount = || {
        (prop_oneof![Just(500.0), Just(0.5), Just(12.5)], option::of(Just("mg".to_owned())))
            .prop_map(|(value, unit)| Amount { value, unit })
    };
    let medicine = (text(), option::of(amount()), vec(amount(), 0..2)).prop_map(|(name, dose, earlier)| {
        ListItem::Medicine {
            name,
            dose,
            often: Some("twice a day".to_owned()),
            per_day: Some(2.0),
            as_needed: false,
            state: Some(MedicineState::Taking),
            earlier,
        }
    });
    let item = prop_oneof![
        medicine,
        (text(), option::of(text()), any::<bool>())
            .prop_map(|(substance, reaction, denied)| { ListItem::Allergy { substance, reaction, denied } }),
        Just(ListItem::NoAllergies { to: AllergyScope::Medicines }),
        (text(), option::of(text())).prop_map(|(text, relative)| ListItem::Problem {
            text,
            standing: Standing::Family,
            relative,
            code: None,
        }),
        Just(ListItem::Vital {
            code: Coding { system: None, code: "8867-4".to_owned(), display: "Heart rate".to_owned() },
            value: 88.0,
            over: None,
            unit: "/min".to_owned(),
        }),
    ];
    (item, any::<u32>(), any::<bool>()).prop_map(|(item, id, dropped)| ListLine {
        id,
        item: Phi::new(item),
        says: Speaker::Patient,
        evidence: vec![3],
        answers: Vec::new(),
        origin: SentenceOrigin::Drafted,
        found: None,
        dropped,
    })
}

fn choice() -> impl Strategy<Value = ProtocolChoice> {
    prop_oneof![Just(ProtocolChoice::General), Just(ProtocolChoice::Reason), Just(ProtocolChoice::Named)]
}

fn scope() -> impl Strategy<Value = ConsentScope> {
    prop_oneof![Just(ConsentScope::Intake), Just(ConsentScope::Recording), Just(ConsentScope::Contact)]
}

pub fn opening() -> impl Strategy<Value = EventBody> {
    (
        id(PatientId::from_bytes),
        prop_oneof![
            Just(EncounterOrigin::Kiosk),
            Just(EncounterOrigin::Clinician),
            Just(EncounterOrigin::Import)
        ],
        option::of(text()),
    )
        .prop_map(|(patient, origin, protocol)| EventBody::EncounterOpened {
            patient,
            origin,
            ticket: "A-17".to_owned(),
            protocol,
            language: Language::english(),
        })
}

/// Any event of an encounter but its opening. Flags are few, so that some are acknowledged, and utterances' places small,
/// so that some follow one another.
pub fn following() -> impl Strategy<Value = EventBody> {
    let flag = || (0..3u8).prop_map(|number| FlagId::from_bytes([number; 16]));
    let severity = prop_oneof![Just(Severity::Urgent), Just(Severity::Emergency)];
    let source = prop_oneof![
        (link(), option::of((0..9u32, 9..20u32)))
            .prop_map(|(link_id, span)| FlagSource::Answer { link_id, span }),
        (0..9u32, (0..9u32, 9..20u32)).prop_map(|(index, span)| FlagSource::Utterance { index, span }),
    ];
    let about_the_patient = prop_oneof![
        (text(), option::of(date()), any::<bool>()).prop_map(|(name, birth_date, verified)| {
            EventBody::PatientIdentified {
                name: Phi::new(name),
                birth_date: birth_date.map(Phi::new),
                verified,
            }
        }),
        (id(PatientId::from_bytes), text(), option::of(date()), option::of(text())).prop_map(
            |(patient, name, birth_date, number)| EventBody::PatientConfirmed {
                patient,
                name: Phi::new(name),
                birth_date: birth_date.map(Phi::new),
                record_number: number.map(Phi::new),
            }
        ),
        scope().prop_map(|scope| EventBody::ConsentGiven { scope }),
        scope().prop_map(|scope| EventBody::ConsentWithdrawn { scope }),
        Just(EventBody::LanguageChosen { language: Language::new("es") }),
        link().prop_map(|link_id| EventBody::QuestionAsked { link_id }),
        link().prop_map(|link_id| EventBody::AnswerAskedBack { link_id, source: AnswerSource::Voice }),
        (
            text(),
            any::<[u8; 32]>(),
            choice(),
            prop::collection::btree_map(link(), answer().prop_map(Phi::new), 0..4)
        )
            .prop_map(|(protocol, content, choice, carried)| EventBody::ProtocolChosen {
                protocol,
                content: Digest(content),
                choice,
                carried,
            }),
        (link(), text()).prop_map(|(link_id, words)| EventBody::AnswerUnclear {
            link_id,
            words: Phi::new(words),
            source: AnswerSource::Voice,
        }),
        (link(), answer()).prop_map(|(link_id, answer)| EventBody::AnswerRecorded {
            link_id,
            answer: Phi::new(answer),
            source: AnswerSource::Touch,
        }),
    ];
    let heard = utterance(6).prop_map(|utterance| EventBody::UtteranceHeard { utterance });
    let corrected = utterance(6).prop_map(|utterance| EventBody::UtteranceCorrected { utterance });
    let recording = || (0..3u8).prop_map(|number| RecordingId::from_bytes([number; 16]));
    let recorded = prop_oneof![
        (recording(), 1..3u8)
            .prop_map(|(recording, channels)| EventBody::RecordingStarted { recording, channels }),
        (recording(), 0..9_000_000u32)
            .prop_map(|(recording, length_ms)| EventBody::RecordingEnded { recording, length_ms }),
        recording()
            .prop_map(|recording| EventBody::RecordingTranscribed { recording, model: "small".into() }),
        recording().prop_map(|recording| EventBody::RecordingDeleted { recording }),
    ];
    let later = prop_oneof![
        (flag(), severity, source).prop_map(|(flag, severity, source)| EventBody::RedFlagRaised {
            flag,
            rule: "chest-pain".to_owned(),
            severity,
            source,
        }),
        flag().prop_map(|flag| EventBody::RedFlagAcknowledged { flag }),
        Just(EventBody::HelpRequested),
        Just(EventBody::IntakeResumed),
        note().prop_map(|note| EventBody::NoteDrafted { note, fallback: None }),
        note().prop_map(|note| EventBody::NoteEdited { note }),
        (id(PersonId::from_bytes), any::<[u8; 32]>()).prop_map(|(by, digest)| EventBody::NoteSigned {
            by,
            digest: Digest(digest),
            confirmed: None,
            lists: None,
        }),
        line().prop_map(|line| EventBody::ListsFound { lines: vec![line] }),
        line().prop_map(|line| EventBody::ListsEdited { lines: vec![line] }),
        (text(), id(PersonId::from_bytes), any::<i64>()).prop_map(|(text, by, at)| {
            let addendum = Addendum { text: Phi::new(text), by, at: Timestamp::from_millis(at) };
            EventBody::AddendumSigned { addendum }
        }),
        prop_oneof![
            Just(ReasonClosed::IntakeCompleted),
            Just(ReasonClosed::IntakePartial),
            Just(ReasonClosed::VisitCompleted)
        ]
        .prop_map(|reason| EventBody::EncounterClosed { reason }),
        text().prop_map(|reason| EventBody::EncounterRetracted { reason: Phi::new(reason) }),
        any::<[u8; 32]>()
            .prop_map(|digest| EventBody::Exported { format: ExportFormat::Fhir, digest: Digest(digest) }),
        vec(any::<u8>(), 0..40).prop_map(|body| EventBody::Unknown {
            kind: "weight-measured".to_owned(),
            version: 3,
            body,
        }),
    ];
    prop_oneof![6 => about_the_patient, 4 => heard, 2 => corrected, 2 => recorded, 12 => later]
}

/// Any event of the facility.
pub fn of_facility() -> impl Strategy<Value = EventBody> {
    prop_oneof![
        text().prop_map(|name| EventBody::FacilityCreated { name, language: Language::english() }),
        (id(PersonId::from_bytes), text(), text()).prop_map(|(person, login, name)| {
            EventBody::PersonCreated {
                person,
                login,
                name,
                role: Role::Clinician,
                password_hash: "$argon2id$".to_owned(),
            }
        }),
        (id(PersonId::from_bytes), text())
            .prop_map(|(person, password_hash)| EventBody::PasswordChanged { person, password_hash }),
        (id(PersonId::from_bytes), text())
            .prop_map(|(person, pin_hash)| EventBody::PinSet { person, pin_hash }),
        id(PersonId::from_bytes).prop_map(|person| EventBody::PinRemoved { person }),
        (text(), option::of(text())).prop_map(|(text, vendor)| EventBody::LicenceInstalled { text, vendor }),
        text().prop_map(|text| EventBody::RevocationsInstalled { text }),
        (text(), text()).prop_map(|(protocol, content)| EventBody::QuestionnaireKept { protocol, content }),
        text().prop_map(|url| EventBody::ProtocolActivated { url }),
        text().prop_map(|url| EventBody::ProtocolDeactivated { url }),
        (option::of(any::<u32>()), any::<bool>()).prop_map(|(signed_years, hold)| {
            let rules = RetentionRules { signed_years, hold, ..RetentionRules::default() };
            EventBody::RetentionChanged { rules }
        }),
        id(EncounterId::from_bytes)
            .prop_map(|encounter| EventBody::EncounterDeleted { encounter, why: WhyDeleted::Unfinished }),
    ]
}
