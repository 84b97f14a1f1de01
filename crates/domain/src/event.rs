//! The events of the log. Their names are past tense; what happened is never edited, only followed.
//!
//! An event is a header, in clear inside the vault and on its way to the hub, and a body, sealed. The body's kind and its
//! version stand in the header, so that a device which does not know a kind keeps and forwards it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Actor, Addendum, Answer, AnswerSource, ConfirmedSentence, DeviceId, Digest, EncounterId, ErrorCode,
    EventId, FlagId, HybridTime, IncarnationId, Language, ListLine, Note, PartialDate, PatientId, PersonId,
    Phi, RecordingId, RetentionRules, Role, SiteId, Utterance, WhyDeleted,
};

/// What an event belongs to. Each stream has its own key; deleting an encounter's key deletes the encounter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum Stream {
    /// The facility itself: its name, its people.
    Facility,
    /// One encounter.
    Encounter(EncounterId),
}

/// Everything about an event but its body. Its canonical encoding is the associated data of the body's seal, and the
/// digest of header and sealed body together is the next event's `predecessor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventHeader {
    /// The event.
    pub id: EventId,
    /// What it belongs to.
    pub stream: Stream,
    /// The device that recorded it.
    pub device: DeviceId,
    /// Which life of the device's log.
    pub incarnation: IncarnationId,
    /// Its place in that log, from 0, without gaps.
    pub sequence: u64,
    /// The digest of the event before it in that log; [`Digest::ZERO`] for the first.
    pub predecessor: Digest,
    /// When, for display.
    pub time: HybridTime,
    /// Who did it.
    pub actor: Actor,
    /// The kind of the body ("answer-recorded").
    pub kind: String,
    /// The version of that kind's body.
    pub version: u16,
    /// The facility key's epoch under which the stream's key is wrapped.
    pub epoch: u32,
}

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal v $version:literal $({ $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })?,)*) => {
        /// What happened.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "body")]
        pub enum EventBody {
            $(
                $(#[$doc])*
                #[serde(rename = $kind)]
                $name $({ $($(#[$field_doc])* $field: $type,)* })?,
            )*
            /// A kind, or a version of one, that this build does not know. Kept and forwarded as it came.
            #[serde(skip)]
            Unknown {
                /// The kind, from the header.
                kind: String,
                /// Its version, from the header.
                version: u16,
                /// The body's encoding, unread.
                body: Vec<u8>,
            },
        }

        /// The kinds of event that this build knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum EventKind {
            $($(#[$doc])* $name,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name in the header.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $kind,)* }
            }

            /// The version of the body that this build writes, and the newest that it reads.
            pub const fn version(self) -> u16 {
                match self { $(Self::$name => $version,)* }
            }
        }

        impl EventBody {
            /// The kind, as it stands in the header.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name { .. } => $kind,)*
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// The version of the body.
            pub const fn version(&self) -> u16 {
                match self {
                    $(Self::$name { .. } => $version,)*
                    Self::Unknown { version, .. } => *version,
                }
            }
        }
    };
}

events! {
    // --- the facility's stream -----------------------------------------------------------------------------------
    /// A clinic was set up on this device.
    FacilityCreated = "facility-created" v 1 {
        /// Its name.
        name: String,
        /// The language that staff screens start in.
        language: Language,
    },
    /// Somebody can now sign in.
    PersonCreated = "person-created" v 1 {
        /// Who.
        person: PersonId,
        /// What they type to sign in; unique, compared without case.
        login: String,
        /// Their name, as it stands under a note.
        name: String,
        /// Their role.
        role: Role,
        /// The Argon2id hash of the password, in PHC string format.
        password_hash: String,
    },
    /// Somebody's password was changed.
    PasswordChanged = "password-changed" v 1 {
        /// Whose.
        person: PersonId,
        /// The Argon2id hash, in PHC string format.
        password_hash: String,
    },
    /// Somebody chose a PIN, in place of the one that they had.
    PinSet = "pin-set" v 1 {
        /// Who.
        person: PersonId,
        /// Its Argon2id hash, in PHC string format, under the clinic's salt.
        pin_hash: String,
    },
    /// Somebody has no PIN any more.
    PinRemoved = "pin-removed" v 1 {
        /// Who.
        person: PersonId,
    },

    /// A licence was installed. The newest one counts.
    LicenceInstalled = "licence-installed" v 1 {
        /// Its text, as it was signed.
        text: String,
        /// The line of the vendor's public key, where it was named when the licence was installed. Only a development build
        /// trusts it.
        vendor: Option<String>,
    },
    /// A vendor's list of revoked licences was installed. The newest one counts.
    RevocationsInstalled = "revocations-installed" v 1 {
        /// Its text, as it was signed.
        text: String,
    },

    /// What a questionnaire says was kept, so that answers to it can be read when its file is gone. Once a content.
    QuestionnaireKept = "questionnaire-kept" v 1 {
        /// Its canonical URL and version, `url|version`.
        protocol: String,
        /// The file, byte for byte. Encounters name it by its SHA-256.
        content: String,
    },
    /// A protocol is taken again where a visit's reason picks it.
    ProtocolActivated = "protocol-activated" v 1 {
        /// Its canonical URL, without version.
        url: String,
    },
    /// A protocol is not taken any more, whatever the reason of a visit.
    ProtocolDeactivated = "protocol-deactivated" v 1 {
        /// Its canonical URL, without version.
        url: String,
    },

    /// The clinic sees patients at another place too.
    SiteAdded = "site-added" v 1 {
        /// Which.
        site: SiteId,
        /// Its name.
        name: String,
    },
    /// A site is called something else.
    SiteRenamed = "site-renamed" v 1 {
        /// Which.
        site: SiteId,
        /// Its name from here on.
        name: String,
    },
    /// No patients are seen at a site any more. Its encounters stay.
    SiteClosed = "site-closed" v 1 {
        /// Which.
        site: SiteId,
    },

    /// It was decided how long records are kept. The newest one counts.
    RetentionChanged = "retention-changed" v 1 {
        /// The rules from here on.
        rules: RetentionRules,
    },
    /// An encounter was deleted: its key is gone, and with it everything that was sealed under it.
    EncounterDeleted = "encounter-deleted" v 1 {
        /// Which.
        encounter: EncounterId,
        /// Why.
        why: WhyDeleted,
    },

    // --- an encounter's stream -----------------------------------------------------------------------------------
    /// A visit began.
    EncounterOpened = "encounter-opened" v 1 {
        /// Whose visit.
        patient: PatientId,
        /// Where it began.
        origin: EncounterOrigin,
        /// The short code that calls the patient, never a name ("A-17").
        ticket: String,
        /// The questionnaire taken, where there is one: its canonical URL and version, `url|version`.
        protocol: Option<String>,
        /// The language of the conversation.
        language: Language,
    },
    /// It was noted at which of the clinic's sites the visit is.
    EncounterSited = "encounter-sited" v 1 {
        /// At which.
        site: SiteId,
    },
    /// The patient was named: by themselves at the kiosk (unverified) or by staff.
    PatientIdentified = "patient-identified" v 1 {
        /// The name.
        name: Phi<String>,
        /// The date of birth.
        birth_date: Option<Phi<PartialDate>>,
        /// Whether staff checked who it is.
        verified: bool,
    },
    /// Staff checked who the patient is. Visits of one person have one patient.
    PatientConfirmed = "patient-confirmed" v 1 {
        /// Whose visit it is.
        patient: PatientId,
        /// The name.
        name: Phi<String>,
        /// The date of birth.
        birth_date: Option<Phi<PartialDate>>,
        /// The patient's number in the clinic's other records, where they have one.
        record_number: Option<Phi<String>>,
    },
    /// The patient agreed to something.
    ConsentGiven = "consent-given" v 1 {
        /// To what.
        scope: ConsentScope,
    },
    /// The patient declined something, or took a consent back.
    ConsentWithdrawn = "consent-withdrawn" v 1 {
        /// What.
        scope: ConsentScope,
    },
    /// The patient chose another language.
    LanguageChosen = "language-chosen" v 1 {
        /// Which.
        language: Language,
    },
    /// It was decided what the patient is asked: at the beginning, and again where the reason for the visit picks another
    /// questionnaire. Where there is no such event, that is what `EncounterOpened` says.
    ProtocolChosen = "protocol-chosen" v 1 {
        /// The questionnaire's canonical URL and version, `url|version`.
        protocol: String,
        /// The SHA-256 of its file, which `QuestionnaireKept` holds.
        content: Digest,
        /// What decided it.
        choice: ProtocolChoice,
        /// The answers that count from here on, by linkId: those given before that answer this questionnaire too. Every
        /// other one was given to a questionnaire that is not asked any more.
        carried: BTreeMap<String, Phi<Answer>>,
    },
    /// A question was put on the screen.
    QuestionAsked = "question-asked" v 1 {
        /// The questionnaire item's linkId.
        link_id: String,
    },
    /// A question was answered, skipped, or answered again.
    AnswerRecorded = "answer-recorded" v 1 {
        /// The questionnaire item's linkId.
        link_id: String,
        /// The answer.
        answer: Phi<Answer>,
        /// How it was given.
        source: AnswerSource,
    },
    /// An answer was not understood, asked back, and left for staff. Follows the `AnswerRecorded` that says "not known".
    AnswerUnclear = "answer-unclear" v 1 {
        /// The questionnaire item's linkId.
        link_id: String,
        /// The patient's words.
        words: Phi<String>,
        /// How they were given.
        source: AnswerSource,
    },
    /// What was said or typed to a question was not sure and was asked back. Stands before the `AnswerRecorded` that ended
    /// the question.
    AnswerAskedBack = "answer-asked-back" v 1 {
        /// The questionnaire item's linkId.
        link_id: String,
        /// How the words were given that were asked back.
        source: AnswerSource,
    },
    /// Words were heard, typed or imported.
    UtteranceHeard = "utterance-heard" v 1 {
        /// The words and who said them.
        utterance: Utterance,
    },
    /// A microphone is being recorded. The sound lies sealed in a journal beside the vault.
    RecordingStarted = "recording-started" v 1 {
        /// Which recording.
        recording: RecordingId,
        /// 1: everybody on one microphone; 2: the clinician on the first, the patient on the second.
        channels: u8,
    },
    /// The recording is complete.
    RecordingEnded = "recording-ended" v 1 {
        /// Which.
        recording: RecordingId,
        /// Its length in ms.
        length_ms: u32,
    },
    /// Everything that was said in a recording stands in the log.
    RecordingTranscribed = "recording-transcribed" v 1 {
        /// Which.
        recording: RecordingId,
        /// The name of the model that listened.
        model: String,
    },
    /// The sound of a recording was deleted, as the clinic's retention rule says.
    RecordingDeleted = "recording-deleted" v 1 {
        /// Which.
        recording: RecordingId,
    },
    /// An utterance's words or speaker were corrected.
    UtteranceCorrected = "utterance-corrected" v 1 {
        /// The utterance, as it now stands; `index` says which.
        utterance: Utterance,
    },
    /// A rule found an alarm sign. For staff; never a diagnosis.
    RedFlagRaised = "red-flag-raised" v 1 {
        /// This alarm.
        flag: FlagId,
        /// The rule's id ("chest-pain").
        rule: String,
        /// How urgent.
        severity: Severity,
        /// What the rule found it in.
        source: FlagSource,
    },
    /// Staff saw an alarm.
    RedFlagAcknowledged = "red-flag-acknowledged" v 1 {
        /// Which.
        flag: FlagId,
    },
    /// The patient asked for a person.
    HelpRequested = "help-requested" v 1,
    /// A draft was written.
    NoteDrafted = "note-drafted" v 1 {
        /// The draft.
        note: Note,
        /// Why the language model that was asked for did not write it, where one was.
        fallback: Option<ErrorCode>,
    },
    /// A clinician changed the draft.
    NoteEdited = "note-edited" v 1 {
        /// The note after the change.
        note: Note,
    },
    /// A clinician signed. The note is frozen from here on.
    NoteSigned = "note-signed" v 1 {
        /// Who.
        by: PersonId,
        /// The SHA-256 of the note's canonical encoding.
        digest: Digest,
        /// The sentences that the checker doubted and the signer confirmed, one by one; none where it doubted none.
        confirmed: Option<Vec<ConfirmedSentence>>,
        /// The SHA-256 of the canonical encoding of the lists beside the note; none where there were none.
        lists: Option<Digest>,
    },
    /// The lists beside the note were made, together with a draft.
    ListsFound = "lists-found" v 1 {
        /// The lists.
        lines: Vec<ListLine>,
    },
    /// A clinician changed the lists beside a draft.
    ListsEdited = "lists-edited" v 1 {
        /// The lists after the change.
        lines: Vec<ListLine>,
    },
    /// Something was added to a signed note.
    AddendumSigned = "addendum-signed" v 1 {
        /// What, by whom, when.
        addendum: Addendum,
    },
    /// The intake, or the visit, came to its end.
    EncounterClosed = "encounter-closed" v 1 {
        /// Why.
        reason: ReasonClosed,
    },
    /// Staff handed an intake that was left back to the patient, who goes on with it.
    IntakeResumed = "intake-resumed" v 1,
    /// The encounter was entered in error: hidden, not forgotten.
    EncounterRetracted = "encounter-retracted" v 1 {
        /// Why, in the words of whoever retracted it.
        reason: Phi<String>,
    },
    /// The encounter left the store.
    Exported = "exported" v 2 {
        /// As what.
        format: ExportFormat,
        /// The SHA-256 of what left.
        digest: Digest,
    },
}

/// Where an encounter began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum EncounterOrigin {
    /// At a kiosk.
    Kiosk,
    /// At a clinician's screen.
    Clinician,
    /// From a file, by the command line.
    Import,
}

/// What decided which questionnaire a patient is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ProtocolChoice {
    /// Nothing yet: every visit begins with the general one, and it is gone on with where the reason picks no other.
    General,
    /// The reason for the visit.
    Reason,
    /// Whoever began the intake named it.
    Named,
}

/// What a consent is for. Each is asked and may be declined on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ConsentScope {
    /// To answer questions on this device and have the answers kept.
    Intake,
    /// To the recording of the visit.
    Recording,
    /// To being contacted.
    Contact,
}

/// How urgent an alarm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Severity {
    /// To be seen today, before others.
    Urgent,
    /// Somebody must come now.
    Emergency,
}

/// What a rule found an alarm in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum FlagSource {
    /// An answer.
    Answer {
        /// The questionnaire item's linkId.
        link_id: String,
        /// The words in a text answer, half-open, in Unicode code points.
        span: Option<(u32, u32)>,
    },
    /// An utterance.
    Utterance {
        /// Which.
        index: u32,
        /// The words, half-open, in Unicode code points.
        span: (u32, u32),
    },
}

/// Why an encounter, or its intake, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ReasonClosed {
    /// The intake was finished and handed in.
    IntakeCompleted,
    /// The patient left, or asked for a person, before the end; what they said is kept.
    IntakePartial,
    /// The visit is over.
    VisitCompleted,
}

/// What an encounter left the store as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ExportFormat {
    /// A FHIR R4 document Bundle.
    Fhir,
    /// Plain text.
    Text,
    /// PDF/A. Since version 2 of the event, as those below.
    Pdf,
    /// HL7 v2 messages.
    Hl7v2,
    /// A table, comma-separated.
    Csv,
}
