//! What travels over the RPC boundary, besides the domain's own types.

use std::collections::BTreeMap;

use domain::{
    Answer, AnswerSource, ConsentScope, EncounterId, EncounterRecord, EncounterStatus, ErrorCode,
    ExportFormat, FlagId, Language, PartialDate, PersonId, Phi, Role, Severity, Speaker, Timestamp,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request or a response without content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}

/// What the application is doing, before anybody signed in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppState {
    /// How far it has come.
    pub phase: Phase,
    /// The clinic's name, once the vault is open.
    pub clinic: Option<String>,
    /// The language that staff screens start in.
    pub language: Language,
    /// The languages of the built-in intake, for the kiosk's first screen.
    pub intake_languages: Vec<Language>,
    /// The version of Bedside.
    pub version: String,
    /// Whether the OS keyring answers, so that the vault opens by itself at the next start.
    pub keyring: KeyringState,
    /// Whether the vault's file was written by a newer version, so that it can only be read.
    pub read_only: bool,
}

/// How far the application has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state", content = "code")]
pub enum Phase {
    /// No clinic yet.
    New,
    /// There is a vault, and no key slot opened it by itself: passphrase or recovery words.
    Locked,
    /// There is a vault and it does not open; the code says why. It is never re-created.
    Rescue(ErrorCode),
    /// Open; somebody may sign in.
    Ready,
}

/// Whether the operating system's keyring can hold the vault's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyringState {
    /// It answers.
    Available,
    /// It is there but locked.
    Locked,
    /// There is none, as on a Linux machine without a desktop session.
    Absent,
}

/// Creates the clinic, its vault and its first administrator.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct CreateClinic {
    /// The clinic's name.
    pub clinic: String,
    /// The language that staff screens start in.
    pub language: Language,
    /// The administrator's name.
    pub administrator: String,
    /// What the administrator types to sign in.
    pub login: String,
    /// The administrator's password: at least 10 characters.
    pub password: String,
    /// The vault's passphrase: at least 12 characters. It opens the vault where the keyring does not.
    pub passphrase: String,
}

/// What is shown once, after the clinic was created.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ClinicCreated {
    /// The 24 recovery words, in order.
    pub recovery_words: Vec<String>,
    /// Whether the keyring holds the key too.
    pub keyring: KeyringState,
}

/// Shows that the recovery words were written down.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ConfirmRecovery {
    /// Some of the words (at least three), each with its place from 1.
    pub words: Vec<(u8, String)>,
}

/// Opens a locked vault.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "by", content = "secret")]
pub enum UnlockVault {
    /// The passphrase chosen at set-up.
    Passphrase(String),
    /// The 24 words, separated by spaces.
    RecoveryWords(String),
}

/// Signs in.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// Compared without case.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A session, as the screen holds it.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Session {
    /// What further calls carry. 256 random bits in hexadecimal; kept in memory only.
    pub token: String,
    /// Who signed in; none for a kiosk.
    pub person: Option<Person>,
    /// The role in which calls are made.
    pub role: Role,
    /// What the role may do.
    pub permissions: Vec<domain::Permission>,
}

/// Somebody who works at the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What they type to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// Lets somebody sign in from now on.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct CreatePerson {
    /// Unique, compared without case.
    pub login: String,
    /// Their name, as it stands under a note.
    pub name: String,
    /// Their role; not the kiosk's.
    pub role: Role,
    /// Their first password: at least 10 characters.
    pub password: String,
}

/// Changes one's own password.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ChangePassword {
    /// The present one.
    pub present: String,
    /// The new one: at least 10 characters.
    pub new: String,
}

// --- the kiosk ------------------------------------------------------------------------------------------------------

/// Begins an intake.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BeginIntake {
    /// The language chosen on the kiosk's first screen.
    pub language: Language,
    /// The questionnaire, `url|version`; none for the clinic's usual one.
    #[serde(default)]
    #[ts(optional)]
    pub protocol: Option<String>,
}

/// Names the intake that a call is about. A kiosk may only name the one that it began.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct IntakeOf {
    /// The encounter.
    pub encounter: EncounterId,
}

/// Gives or declines consents, each on its own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GiveConsent {
    /// The encounter.
    pub encounter: EncounterId,
    /// Each scope that was asked, and whether the patient agreed.
    pub consents: BTreeMap<ConsentScope, bool>,
}

/// Says who the patient is, as the patient says it: unverified until staff checked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Identify {
    /// The encounter.
    pub encounter: EncounterId,
    /// The name.
    pub name: Phi<String>,
    /// The date of birth, where it was given.
    pub birth_date: Option<Phi<PartialDate>>,
}

/// Answers the question on the screen, or one that the review named.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GiveAnswer {
    /// The encounter.
    pub encounter: EncounterId,
    /// The question's linkId.
    pub link_id: String,
    /// The answer; skipping and not knowing are answers too.
    pub answer: Phi<Answer>,
    /// How it was given.
    pub source: AnswerSource,
}

/// Goes to a question that the review named.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GoToQuestion {
    /// The encounter.
    pub encounter: EncounterId,
    /// The question's linkId.
    pub link_id: String,
}

/// An intake, as the kiosk shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct IntakeView {
    /// The encounter.
    pub encounter: EncounterId,
    /// The language of the questions.
    pub language: Language,
    /// What to show.
    pub step: IntakeStep,
    /// Questions answered, skipped or not known.
    pub answered: u32,
    /// Questions that apply, as far as the answers so far tell.
    pub total: u32,
    /// Whether there is a question before this one.
    pub can_go_back: bool,
    /// A calm sentence for the patient, when a red flag was raised: staff have been told.
    pub alert: Option<String>,
    /// Whether the patient has asked for a person.
    pub help_requested: bool,
}

/// What the kiosk shows next.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "screen")]
pub enum IntakeStep {
    /// Ask for the consents. Declining the intake's own ends it.
    Consent {
        /// What to ask, in this order.
        scopes: Vec<ConsentScope>,
    },
    /// Ask who the patient is.
    Identify,
    /// Ask a question.
    Question {
        /// The question.
        question: Question,
    },
    /// Show every answer, each of which can be changed.
    Review {
        /// The answers, in the questionnaire's order.
        lines: Vec<ReviewLine>,
    },
    /// The patient declined that answers are kept: nothing was recorded; the front desk helps.
    Declined,
    /// Thank the patient.
    Done {
        /// The code by which the patient is called.
        ticket: String,
    },
}

/// A question, ready for the screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Question {
    /// The questionnaire item's linkId.
    pub link_id: String,
    /// The heading of the group that it stands in.
    pub heading: Option<String>,
    /// The question.
    pub text: String,
    /// A sentence that helps to answer it.
    pub help: Option<String>,
    /// Whether it can be skipped.
    pub required: bool,
    /// Whether several values can be given.
    pub repeats: bool,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The answer it has, when it is asked again.
    pub answer: Option<Phi<Answer>>,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum QuestionKind {
    /// Words to read; "next" goes on.
    Display,
    /// Yes or no.
    Boolean,
    /// Options.
    Choice {
        /// The options, in order.
        options: Vec<ChoiceOption>,
        /// Whether other words are allowed besides (FHIR open-choice).
        open: bool,
    },
    /// A whole number.
    Integer {
        /// The least.
        #[ts(type = "number | null")]
        min: Option<i64>,
        /// The greatest.
        #[ts(type = "number | null")]
        max: Option<i64>,
    },
    /// A number.
    Decimal {
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
    },
    /// A number with a unit.
    Quantity {
        /// The units offered: UCUM code and what the screen shows.
        units: Vec<ChoiceOption>,
    },
    /// A date, perhaps without day or month.
    Date,
    /// One line.
    String {
        /// The most characters.
        max_length: Option<u32>,
    },
    /// Text of any length.
    Text {
        /// The most characters.
        max_length: Option<u32>,
    },
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChoiceOption {
    /// The code system, where there is one.
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The label, in the language of the questions.
    pub display: String,
    /// Whether it excludes the other options ("none of these").
    pub exclusive: bool,
}

/// One line of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewLine {
    /// The question's linkId.
    pub link_id: String,
    /// The question.
    pub question: String,
    /// The answer in words; none where it was skipped or is not known.
    pub answer: Option<Phi<String>>,
}

// --- the clinician ----------------------------------------------------------------------------------------------------

/// Which encounters to list.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct ListEncounters {
    /// Opened at or after.
    pub since: Option<Timestamp>,
    /// Opened before.
    pub until: Option<Timestamp>,
}

/// One line of the work list. Holds no clinical text.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EncounterLine {
    /// The encounter.
    pub id: EncounterId,
    /// When it was opened.
    pub opened: Timestamp,
    /// How far it has come.
    pub status: EncounterStatus,
    /// The code by which the patient is called.
    pub ticket: String,
    /// The patient's name, where it was given.
    pub patient: Option<Phi<String>>,
    /// Whether staff checked who it is.
    pub verified: bool,
    /// How many alarms there are.
    pub flags: u32,
    /// The most urgent alarm that nobody acknowledged.
    pub open_flag: Option<Severity>,
    /// Whether the patient asked for a person.
    pub help_requested: bool,
}

/// Names an encounter.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct EncounterOf {
    /// The encounter.
    pub encounter: EncounterId,
}

/// Opens an encounter at the clinician's screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenEncounter {
    /// The patient's name.
    pub name: Phi<String>,
    /// The date of birth.
    pub birth_date: Option<Phi<PartialDate>>,
    /// The language of the visit.
    pub language: Language,
}

/// Everything that the clinician's screen shows of an encounter.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EncounterView {
    /// The encounter.
    pub record: EncounterRecord,
    /// The intake's questions and answers, in the questionnaire's order and the staff's language.
    pub intake: Vec<ReviewLine>,
    /// What each raised rule is called and what staff should do, by rule id.
    pub rules: BTreeMap<String, RuleText>,
    /// Sentences of the note whose evidence does not hold them.
    pub findings: Vec<NoteFinding>,
    /// The names of the people who signed or acknowledged, by id.
    pub people: BTreeMap<PersonId, String>,
}

/// A red-flag rule, as staff read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleText {
    /// What it is called.
    pub title: String,
    /// What staff should do.
    pub staff: String,
}

/// What the checker says of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteFinding {
    /// The sentence.
    pub sentence: u32,
    /// What is wrong.
    pub reason: FindingReason,
    /// The words without support, where it is words.
    pub words: Vec<Phi<String>>,
}

/// What can be wrong with a sentence's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FindingReason {
    /// It points to nothing. Shown for what a clinician typed, too, so that nobody takes it for what was said.
    NoEvidence,
    /// Words in it are in none of the utterances that it points to.
    UnsupportedWords,
}

/// Adds a transcript.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddTranscript {
    /// The encounter.
    pub encounter: EncounterId,
    /// The transcript: lines with `[doctor]`/`[patient]` or `D:`/`P:`, or JSON.
    pub text: Phi<String>,
}

/// Corrects an utterance.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CorrectUtterance {
    /// The encounter.
    pub encounter: EncounterId,
    /// Which utterance.
    pub index: u32,
    /// Who spoke.
    pub speaker: Speaker,
    /// The words.
    pub text: Phi<String>,
}

/// Changes a draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditNote {
    /// The encounter.
    pub encounter: EncounterId,
    /// The revision that the change started from; another one is a conflict.
    pub revision: u32,
    /// The sections as they shall be.
    pub sections: Vec<EditedSection>,
}

/// A section after the clinician's change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditedSection {
    /// The template's id of the section.
    pub id: String,
    /// Its sentences, in order.
    pub sentences: Vec<EditedSentence>,
}

/// A sentence after the clinician's change.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditedSentence {
    /// The sentence that it was; none for a new one.
    pub id: Option<u32>,
    /// The words.
    pub text: Phi<String>,
}

/// Signs the note.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignNote {
    /// The encounter.
    pub encounter: EncounterId,
    /// The revision that the clinician read.
    pub revision: u32,
    /// The clinician's password, asked again.
    pub password: String,
}

/// Adds to a signed note.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignAddendum {
    /// The encounter.
    pub encounter: EncounterId,
    /// The words.
    pub text: Phi<String>,
    /// The clinician's password, asked again.
    pub password: String,
}

/// Acknowledges an alarm.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct AcknowledgeFlag {
    /// The encounter.
    pub encounter: EncounterId,
    /// The alarm; none for every open one of the encounter, as the front desk does, which reads no records.
    pub flag: Option<FlagId>,
}

/// Lets an encounter leave the store.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct ExportEncounter {
    /// The encounter.
    pub encounter: EncounterId,
    /// As what.
    pub format: ExportFormat,
}

/// What left.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportedFile {
    /// A name without PHI.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub content: Phi<String>,
}

/// Searches transcripts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchTranscripts {
    /// The words, all of which must occur.
    pub query: Phi<String>,
}

/// An utterance that was found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// The encounter.
    pub encounter: EncounterId,
    /// The utterance.
    pub index: u32,
    /// The words around the find.
    pub snippet: Phi<String>,
}

// --- the administrator and the auditor ----------------------------------------------------------------------------------

/// Which part of the audit trail to show, newest first.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct ListAudit {
    /// Only entries before this place.
    #[ts(type = "number | null")]
    pub before: Option<u64>,
}

/// One entry of the audit trail.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditLine {
    /// Its place, from 0.
    #[ts(type = "number")]
    pub sequence: u64,
    /// When.
    pub time: Timestamp,
    /// Who: a person's name, or the device.
    pub actor: String,
    /// In which role.
    pub role: Role,
    /// What was done or tried.
    pub action: String,
    /// On what: an id, never a name.
    pub object: Option<String>,
    /// The code of the refusal or the failure; none where it was done.
    pub refused: Option<String>,
}

/// What verifying the audit trail found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditVerdict {
    /// How many entries there are.
    #[ts(type = "number")]
    pub entries: u64,
    /// How many events the log has.
    #[ts(type = "number")]
    pub events: u64,
    /// The SHA-256 of the last entry: noted down elsewhere, it shows later that nothing was cut off.
    pub head: String,
    /// What is wrong; empty when the trail and the log are whole.
    pub faults: Vec<AuditFault>,
}

/// Something wrong in the audit trail or the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "place")]
pub enum AuditFault {
    /// The entry at this place does not follow from the one before.
    Entry(#[ts(type = "number")] u64),
    /// The event at this place does not follow from the one before.
    Event(#[ts(type = "number")] u64),
    /// A stream's key is missing though nobody deleted it, or there though somebody did.
    Key,
    /// The end is missing.
    Shortened,
}

/// Makes a backup.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CreateBackup {
    /// The folder to create it in.
    pub folder: String,
}

/// A verified backup.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BackupCreated {
    /// Where it is.
    pub folder: String,
    /// How many events it holds.
    #[ts(type = "number")]
    pub events: u64,
}

// --- the stream -----------------------------------------------------------------------------------------------------

/// What a screen that watches is told, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Notice {
    /// An encounter was opened or changed.
    EncounterChanged {
        /// Which.
        encounter: EncounterId,
        /// How far it has come.
        status: EncounterStatus,
    },
    /// An alarm was raised.
    RedFlagRaised {
        /// In which encounter.
        encounter: EncounterId,
        /// The code by which the patient is called.
        ticket: String,
        /// How urgent.
        severity: Severity,
        /// What the rule is called, in the staff's language.
        title: String,
    },
    /// A patient asks for a person.
    HelpRequested {
        /// In which encounter.
        encounter: EncounterId,
        /// The code by which the patient is called.
        ticket: String,
    },
    /// Notices were missed because the screen was too slow: read the list again.
    Missed {
        /// How many.
        #[ts(type = "number")]
        count: u64,
    },
}
