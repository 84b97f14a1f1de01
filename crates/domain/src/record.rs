//! What an encounter is, read from its events: the fold that every screen and every export starts from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Actor, Addendum, Answer, ConfirmedSentence, ConsentScope, Digest, EncounterId, EncounterOrigin,
    ErrorCode, EventBody, FlagId, FlagSource, Language, ListLine, Note, PartialDate, PatientId, PersonId,
    Phi, ProtocolChoice, ReasonClosed, RecordingId, Severity, SiteId, Timestamp, Utterance, Who,
};

/// Everything known about one encounter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EncounterRecord {
    /// The encounter.
    pub id: EncounterId,
    /// When it was opened.
    pub opened: Timestamp,
    /// When something last happened.
    pub changed: Timestamp,
    /// Where it began.
    pub origin: EncounterOrigin,
    /// How far it has come.
    pub status: EncounterStatus,
    /// The short code that calls the patient.
    pub ticket: String,
    /// At which of the clinic's sites; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub site: Option<SiteId>,
    /// Whose visit.
    pub patient: PatientRecord,
    /// The language of the conversation.
    pub language: Language,
    /// The questionnaire, `url|version`.
    pub protocol: Option<String>,
    /// The SHA-256 of the questionnaire's file; none in records from before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(type = "string", optional))]
    pub questionnaire: Option<Digest>,
    /// What decided that it is this questionnaire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub protocol_choice: Option<ProtocolChoice>,
    /// What the patient agreed to.
    pub consents: BTreeSet<ConsentScope>,
    /// What the patient declined or took back.
    pub declined: BTreeSet<ConsentScope>,
    /// The newest answer to each question of the questionnaire, by linkId.
    pub answers: BTreeMap<String, Phi<Answer>>,
    /// What was said to a question and not understood, by linkId: staff ask again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<BTreeMap<String, Phi<String>>>", optional))]
    pub unclear: BTreeMap<String, Phi<String>>,
    /// The transcript; `utterances[i].index == i`.
    pub utterances: Vec<Utterance>,
    /// The recordings, in the order they were started.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<RecordingRecord>>", optional))]
    pub recordings: Vec<RecordingRecord>,
    /// The alarms, in the order they were raised.
    pub flags: Vec<FlagRecord>,
    /// When the patient asked for a person.
    pub help_requested: Option<Timestamp>,
    /// The note.
    pub note: NoteState,
    /// The lists beside the note: as they stand, or as they were signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<ListLine>>", optional))]
    pub lists: Vec<ListLine>,
    /// How often the encounter left the store.
    pub exports: u32,
    /// Whether it was entered in error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub retracted: Option<RetractionRecord>,
}

/// How far an encounter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum EncounterStatus {
    /// The patient is at the kiosk.
    Intake,
    /// The patient left the kiosk before the end.
    Partial,
    /// The intake is done, or there is none: the visit may begin.
    Waiting,
    /// There is a transcript.
    InVisit,
    /// There is a note to edit and sign.
    Drafted,
    /// The note is signed.
    Signed,
    /// Entered in error.
    Retracted,
}

impl EncounterStatus {
    /// The stable name, as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Partial => "partial",
            Self::Waiting => "waiting",
            Self::InVisit => "in-visit",
            Self::Drafted => "drafted",
            Self::Signed => "signed",
            Self::Retracted => "retracted",
        }
    }
}

/// Whose visit it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PatientRecord {
    /// The patient.
    pub id: PatientId,
    /// The name, once given.
    pub name: Option<Phi<String>>,
    /// The date of birth, once given.
    pub birth_date: Option<Phi<PartialDate>>,
    /// Whether staff checked who it is.
    pub verified: bool,
    /// The patient's number in the clinic's other records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub record_number: Option<Phi<String>>,
}

/// Why an encounter is not to be counted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RetractionRecord {
    /// Who entered it as made in error.
    pub by: Who,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: Phi<String>,
}

/// A raised alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FlagRecord {
    /// The alarm.
    pub id: FlagId,
    /// The rule that raised it.
    pub rule: String,
    /// How urgent.
    pub severity: Severity,
    /// What it was found in.
    pub source: FlagSource,
    /// When.
    pub raised: Timestamp,
    /// Who acknowledged it, and when.
    pub acknowledged: Option<(Who, Timestamp)>,
}

/// The note's state: there is none, it is being worked on, or it is frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum NoteState {
    /// No note yet.
    None,
    /// A draft, which the clinician may edit and sign.
    Draft {
        /// The note as it stands.
        note: Note,
        /// How often it was drafted or edited; an edit names the revision that it started from.
        revision: u32,
        /// Why the language model that was asked for did not write it, where one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        fallback: Option<ErrorCode>,
    },
    /// Signed: only addenda follow.
    Signed {
        /// The note as signed.
        note: Note,
        /// Who signed, when, what.
        signature: SignatureRecord,
        /// What was added since.
        addenda: Vec<Addendum>,
    },
}

/// A signature under a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SignatureRecord {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The SHA-256 of the note's canonical encoding.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub digest: Digest,
    /// The sentences that the checker doubted and the signer confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<ConfirmedSentence>>", optional))]
    pub confirmed: Vec<ConfirmedSentence>,
    /// The SHA-256 of the canonical encoding of the lists beside the note, where there were some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(type = "string", optional))]
    pub lists: Option<Digest>,
}

/// A recording of an encounter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RecordingRecord {
    /// Which.
    pub id: RecordingId,
    /// When it was started.
    pub started: Timestamp,
    /// 1: everybody on one microphone; 2: the clinician on the first, the patient on the second.
    pub channels: u8,
    /// Where it begins on the clock of the encounter's utterances, in ms: the recordings are laid end to end.
    pub offset_ms: u32,
    /// Its length in ms, once it has ended.
    pub length_ms: Option<u32>,
    /// Whether everything that was said in it stands in the log.
    pub transcribed: bool,
    /// Whether its sound was deleted.
    pub deleted: bool,
}

impl EncounterRecord {
    /// The record that an `EncounterOpened` event begins; `None` for any other event.
    pub fn open(id: EncounterId, body: &EventBody, at: Timestamp) -> Option<Self> {
        let EventBody::EncounterOpened { patient, origin, ticket, protocol, language } = body else {
            return None;
        };
        Some(Self {
            id,
            opened: at,
            changed: at,
            origin: *origin,
            status: match (origin, protocol) {
                (EncounterOrigin::Kiosk, _) | (EncounterOrigin::Import, Some(_)) => EncounterStatus::Intake,
                (EncounterOrigin::Clinician | EncounterOrigin::Import, _) => EncounterStatus::Waiting,
            },
            ticket: ticket.clone(),
            site: None,
            patient: PatientRecord {
                id: *patient,
                name: None,
                birth_date: None,
                verified: false,
                record_number: None,
            },
            language: language.clone(),
            protocol: protocol.clone(),
            questionnaire: None,
            protocol_choice: None,
            consents: BTreeSet::new(),
            declined: BTreeSet::new(),
            answers: BTreeMap::new(),
            unclear: BTreeMap::new(),
            utterances: Vec::new(),
            recordings: Vec::new(),
            flags: Vec::new(),
            help_requested: None,
            note: NoteState::None,
            lists: Vec::new(),
            exports: 0,
            retracted: None,
        })
    }

    /// What the encounter is after one more event. An event that cannot follow (an edit after the signature, say) changes
    /// nothing: the log keeps it, the record does not show it.
    pub fn apply(&mut self, body: &EventBody, actor: &Actor, at: Timestamp) {
        self.changed = at;
        match body {
            EventBody::EncounterSited { site } => self.site = Some(*site),
            EventBody::PatientIdentified { name, birth_date, verified } => {
                self.patient.name = Some(name.clone());
                self.patient.birth_date.clone_from(birth_date);
                self.patient.verified = *verified;
            }
            EventBody::PatientConfirmed { patient, name, birth_date, record_number } => {
                self.patient = PatientRecord {
                    id: *patient,
                    name: Some(name.clone()),
                    birth_date: birth_date.clone(),
                    verified: true,
                    record_number: record_number.clone(),
                };
            }
            EventBody::ConsentGiven { scope } => {
                self.declined.remove(scope);
                self.consents.insert(*scope);
            }
            EventBody::ConsentWithdrawn { scope } => {
                self.consents.remove(scope);
                self.declined.insert(*scope);
            }
            EventBody::LanguageChosen { language } => self.language = language.clone(),
            EventBody::ProtocolChosen { protocol, content, choice, carried } => {
                self.protocol = Some(protocol.clone());
                self.questionnaire = Some(*content);
                self.protocol_choice = Some(*choice);
                self.answers.clone_from(carried);
                self.unclear.retain(|link_id, _| carried.contains_key(link_id));
            }
            EventBody::AnswerRecorded { link_id, answer, .. } => {
                self.unclear.remove(link_id);
                self.answers.insert(link_id.clone(), answer.clone());
            }
            EventBody::AnswerUnclear { link_id, words, .. } => {
                self.unclear.insert(link_id.clone(), words.clone());
            }
            EventBody::UtteranceHeard { utterance } => {
                if utterance.index as usize == self.utterances.len() {
                    self.utterances.push(utterance.clone());
                    if self.status < EncounterStatus::InVisit {
                        self.status = EncounterStatus::InVisit;
                    }
                }
            }
            EventBody::RecordingStarted { recording, channels } => self.recordings.push(RecordingRecord {
                id: *recording,
                started: at,
                channels: *channels,
                offset_ms: self.recordings.iter().filter_map(|earlier| earlier.length_ms).sum(),
                length_ms: None,
                transcribed: false,
                deleted: false,
            }),
            EventBody::RecordingEnded { recording, length_ms } => {
                self.with_recording(*recording, |known| known.length_ms = Some(*length_ms));
            }
            EventBody::RecordingTranscribed { recording, .. } => {
                self.with_recording(*recording, |known| known.transcribed = true);
            }
            EventBody::RecordingDeleted { recording } => {
                self.with_recording(*recording, |known| known.deleted = true);
            }
            EventBody::UtteranceCorrected { utterance } => {
                if let Some(old) = self.utterances.get_mut(utterance.index as usize) {
                    *old = utterance.clone();
                }
            }
            EventBody::RedFlagRaised { flag, rule, severity, source } => self.flags.push(FlagRecord {
                id: *flag,
                rule: rule.clone(),
                severity: *severity,
                source: source.clone(),
                raised: at,
                acknowledged: None,
            }),
            EventBody::RedFlagAcknowledged { flag } => {
                if let Some(flag) = self.flags.iter_mut().find(|f| f.id == *flag && f.acknowledged.is_none())
                {
                    flag.acknowledged = Some((actor.who, at));
                }
            }
            EventBody::HelpRequested => self.help_requested = Some(at),
            EventBody::NoteDrafted { note, fallback } => self.drafted(note, *fallback),
            EventBody::NoteEdited { note } => {
                let fallback = match &self.note {
                    NoteState::Draft { fallback, .. } => *fallback,
                    NoteState::None | NoteState::Signed { .. } => None,
                };
                self.drafted(note, fallback);
            }
            EventBody::ListsFound { lines } | EventBody::ListsEdited { lines } => {
                if !matches!(self.note, NoteState::Signed { .. }) {
                    self.lists.clone_from(lines);
                }
            }
            EventBody::NoteSigned { by, digest, confirmed, lists } => {
                if let NoteState::Draft { note, .. } = &self.note {
                    self.note = NoteState::Signed {
                        note: note.clone(),
                        signature: SignatureRecord {
                            by: *by,
                            at,
                            digest: *digest,
                            confirmed: confirmed.clone().unwrap_or_default(),
                            lists: *lists,
                        },
                        addenda: Vec::new(),
                    };
                    self.status = EncounterStatus::Signed;
                }
            }
            EventBody::AddendumSigned { addendum } => {
                if let NoteState::Signed { addenda, .. } = &mut self.note {
                    addenda.push(addendum.clone());
                }
            }
            EventBody::EncounterClosed { reason } => {
                if self.status == EncounterStatus::Intake {
                    self.status = match reason {
                        ReasonClosed::IntakePartial => EncounterStatus::Partial,
                        ReasonClosed::IntakeCompleted | ReasonClosed::VisitCompleted => {
                            EncounterStatus::Waiting
                        }
                    };
                }
            }
            EventBody::IntakeResumed => {
                if self.status == EncounterStatus::Partial {
                    self.status = EncounterStatus::Intake;
                    // Somebody came.
                    self.help_requested = None;
                }
            }
            EventBody::EncounterRetracted { reason } => {
                self.status = EncounterStatus::Retracted;
                self.retracted = Some(RetractionRecord { by: actor.who, at, reason: reason.clone() });
            }
            EventBody::Exported { .. } => self.exports += 1,
            EventBody::FacilityCreated { .. }
            | EventBody::PersonCreated { .. }
            | EventBody::PasswordChanged { .. }
            | EventBody::PinSet { .. }
            | EventBody::PinRemoved { .. }
            | EventBody::LicenceInstalled { .. }
            | EventBody::RevocationsInstalled { .. }
            | EventBody::QuestionnaireKept { .. }
            | EventBody::ProtocolActivated { .. }
            | EventBody::ProtocolDeactivated { .. }
            | EventBody::SiteAdded { .. }
            | EventBody::SiteRenamed { .. }
            | EventBody::SiteClosed { .. }
            | EventBody::RetentionChanged { .. }
            | EventBody::EncounterDeleted { .. }
            | EventBody::EncounterOpened { .. }
            | EventBody::QuestionAsked { .. }
            | EventBody::AnswerAskedBack { .. }
            | EventBody::Unknown { .. } => {}
        }
    }

    fn drafted(&mut self, note: &Note, fallback: Option<ErrorCode>) {
        let revision = match &self.note {
            NoteState::None => 1,
            NoteState::Draft { revision, .. } => revision + 1,
            NoteState::Signed { .. } => return,
        };
        self.note = NoteState::Draft { note: note.clone(), revision, fallback };
        self.status = EncounterStatus::Drafted;
    }

    fn with_recording(&mut self, id: RecordingId, change: impl FnOnce(&mut RecordingRecord)) {
        if let Some(known) = self.recordings.iter_mut().find(|known| known.id == id) {
            change(known);
        }
    }
}
