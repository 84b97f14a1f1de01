//! Error codes: what crosses the RPC boundary, the command line and the support desk's telephone.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An error that has a code. Each crate's error enum implements it; its `Display` says what happened and what to do, and
/// holds no PHI.
pub trait Coded: std::error::Error {
    /// The stable code.
    fn code(&self) -> ErrorCode;

    /// What the user's sentence may fill in: a file's name, a number, an item's linkId. Never PHI, never a secret.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A stable error code. The screen holds the sentence and the next step for each, in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    // sound
    /// There is no microphone or loudspeaker.
    SoundNoDevice = "sound.no-device",
    /// The system does not allow the microphone.
    SoundDenied = "sound.denied",
    /// Another program holds the microphone or the loudspeaker.
    SoundBusy = "sound.busy",
    /// The sound system failed.
    SoundFailed = "sound.failed",
    /// There is nothing on this machine that speaks.
    VoiceUnavailable = "sound.no-voice",
    /// The patient has not agreed to a recording.
    ConsentMissing = "consent.missing",
    /// Something is being recorded already.
    RecordingBusy = "recording.busy",
    // vault
    /// There is no vault in the data folder.
    VaultMissing = "vault.missing",
    /// There is a vault already; it is never re-created.
    VaultExists = "vault.exists",
    /// The vault is open in another process.
    VaultInUse = "vault.in-use",
    /// The vault has not been unlocked.
    VaultLocked = "vault.locked",
    /// No key slot opened with what was given.
    VaultWrongKey = "vault.wrong-key",
    /// The database does not open with the key that the slots hold.
    VaultKeyMismatch = "vault.key-mismatch",
    /// The file was written by a newer version; it can only be read.
    VaultNewerSchema = "vault.newer-schema",
    /// A migration failed; the file is as it was.
    VaultMigrationFailed = "vault.migration-failed",
    /// A page of the file is damaged.
    VaultCorrupt = "vault.corrupt",
    /// The log or the audit trail was put back to an earlier state or altered.
    VaultTampered = "vault.tampered",
    /// The disk is full.
    DiskFull = "disk.full",
    /// The folder cannot be written to.
    FolderReadOnly = "folder.read-only",
    /// Another failure of the disk or the file system.
    InputOutput = "io.failed",
    /// The OS keyring does not answer.
    KeyringAbsent = "keyring.absent",
    /// A key slot is missing where at least two are needed.
    KeySlotsTooFew = "keyslots.too-few",
    /// The recovery words are not words of the list, or their checksum is wrong.
    RecoveryWordsInvalid = "recovery-words.invalid",
    /// The passphrase or password is too short.
    PassphraseTooShort = "passphrase.too-short",
    /// An envelope does not open: wrong key, or altered.
    EnvelopeBroken = "envelope.broken",
    /// The envelope's version is newer than this build.
    EnvelopeVersion = "envelope.version",
    /// A backup does not verify.
    BackupBroken = "backup.broken",
    /// The target of a backup or a restore exists already.
    TargetExists = "target.exists",

    // access
    /// Nobody is signed in.
    NotSignedIn = "session.missing",
    /// The login or the password is wrong; which of the two is not said.
    SignInFailed = "session.sign-in-failed",
    /// Nobody was at the screen for too long, or somebody locked it: its person unlocks it.
    SessionLocked = "session.locked",
    /// Too many wrong passwords or PINs in a row: the parameter says for how many seconds none is taken.
    SignInWait = "session.wait",
    /// The PIN, or the password typed instead of it, is wrong.
    PinWrong = "pin.wrong",
    /// What was chosen as a PIN cannot be one.
    PinUnfit = "pin.unfit",
    /// The role may not do this.
    Forbidden = "access.forbidden",
    /// There is no connection to the facility's server of language models.
    EndpointUnreachable = "endpoint.unreachable",
    /// Its name leads nowhere.
    EndpointName = "endpoint.name",
    /// It did not answer in time.
    EndpointTimeout = "endpoint.timeout",
    /// It could not show that it is the one that the address names.
    EndpointCertificate = "endpoint.certificate",
    /// What was entered as an authority's certificate is none.
    EndpointAuthority = "endpoint.authority",
    /// It wants another token.
    EndpointCredentials = "endpoint.credentials",
    /// It does not have the model, or is not at this address.
    EndpointModel = "endpoint.model",
    /// It does not keep to the grammar that it is given.
    EndpointGrammar = "endpoint.grammar",
    /// It is overloaded, out of order, or broke off.
    EndpointUnavailable = "endpoint.unavailable",
    /// The login is taken.
    LoginTaken = "person.login-taken",
    /// Something else of its kind is called so.
    NameTaken = "name.taken",

    // conversation
    /// There is no such encounter, person, flag or protocol.
    NotFound = "not-found",
    /// The encounter is not in a state that allows this.
    WrongState = "encounter.wrong-state",
    /// The note is signed: only an addendum can follow.
    NoteSigned = "note.signed",
    /// Somebody changed the note in between.
    NoteConflict = "note.conflict",
    /// The note has nothing in it to sign.
    NoteEmpty = "note.empty",
    /// Sentences that the checker doubts have not been confirmed.
    NoteUnconfirmed = "note.unconfirmed",
    /// A note is being drafted on this device already.
    DraftBusy = "note.draft-busy",
    /// The transcript is too short for a note.
    TranscriptTooShort = "transcript.too-short",
    /// The transcript's form is not recognised.
    TranscriptUnreadable = "transcript.unreadable",
    /// Nothing in the transcript belongs in a note.
    TranscriptNotClinical = "transcript.not-clinical",
    /// A note template is not one.
    TemplateInvalid = "template.invalid",
    /// The file is not UTF-8.
    NotUtf8 = "file.not-utf8",
    /// The questionnaire is not one, or uses what is not supported.
    QuestionnaireInvalid = "questionnaire.invalid",
    /// The questionnaire's conditions refer to one another in a circle.
    QuestionnaireCycle = "questionnaire.cycle",
    /// There is no question with that linkId.
    LinkUnknown = "questionnaire.link-unknown",
    /// The answer is not of the question's type, or not among its options.
    AnswerInvalid = "answer.invalid",
    /// The question must be answered.
    AnswerRequired = "answer.required",
    /// The red-flag rules do not load.
    RulesInvalid = "rules.invalid",
    /// A file is not valid FHIR of the kind expected.
    FhirInvalid = "fhir.invalid",

    // inference
    /// The worker program is not there or does not start.
    WorkerMissing = "worker.missing",
    /// The worker speaks another version of the protocol.
    WorkerVersion = "worker.version",
    /// The worker died; the parameter says of what.
    WorkerDied = "worker.died",
    /// The worker ran out of memory.
    WorkerOutOfMemory = "worker.out-of-memory",
    /// The worker did not answer in time.
    WorkerTimeout = "worker.timeout",
    /// The request was cancelled.
    Cancelled = "request.cancelled",
    /// The model file is not one, is cut short, or is of another kind.
    ModelInvalid = "model.invalid",
    /// The model file is not there.
    ModelMissing = "model.missing",
    /// The processor lacks instructions that the worker needs.
    CpuUnsupported = "worker.cpu",
    /// The messages do not fit into the model's context.
    ContextFull = "model.context-full",
    /// The model's answer is not of the schema that was asked for.
    ModelAnswerInvalid = "model.answer-invalid",
    /// The catalog has no model of that name.
    ModelUnknown = "model.unknown",
    /// The file's SHA-256 is not the catalog's.
    ModelHashMismatch = "model.hash-mismatch",
    /// Another download, import or check of models is under way.
    ModelsBusy = "model.busy",
    /// The download failed.
    DownloadFailed = "download.failed",
    /// The file is not a sound file that can be read.
    AudioInvalid = "audio.invalid",
    /// The grammar or the JSON schema is not valid.
    GrammarInvalid = "grammar.invalid",

    // licence
    /// The text is not a licence, or not whole.
    LicenceUnreadable = "licence.unreadable",
    /// A line of the licence is mistyped or missing.
    LicenceMistyped = "licence.mistyped",
    /// The licence is signed with a key that this build does not trust.
    LicenceKeyUnknown = "licence.key-unknown",
    /// The licence's signature does not fit.
    LicenceForged = "licence.forged",
    /// The licence was made for a newer build.
    LicenceNewer = "licence.newer",
    /// The licence is signed and yet wrong: the issuer's fault.
    LicenceInvalid = "licence.invalid",
    /// The licence begins later.
    LicenceNotYet = "licence.not-yet",
    /// The licence has ended.
    LicenceExpired = "licence.expired",
    /// The licence's file was to be installed before.
    LicenceFileExpired = "licence.file-expired",
    /// The vendor took the licence back.
    LicenceRevoked = "licence.revoked",
    /// The licence is another facility's.
    LicenceOtherFacility = "licence.other-facility",
    /// The machine's clock was set back, so nothing new is granted.
    LicenceClock = "licence.clock-set-back",
    /// A newer licence is installed already.
    LicenceOlder = "licence.older",
    /// The month's conversations are used up: no new one begins.
    LicenceLimitReached = "licence.limit-reached",
    /// The licence does not include this feature.
    LicenceFeatureMissing = "licence.feature-missing",
    /// A file is not a vendor's key.
    VendorKeyInvalid = "vendor-key.invalid",
    /// The vendor's key does not open with this passphrase.
    VendorKeyLocked = "vendor-key.locked",

    // retention
    /// A legal hold stops every deletion.
    RetentionHeld = "retention.held",
    /// A visit is under way on this device: nothing is deleted meanwhile.
    RetentionBusy = "retention.busy",
    /// The machine's clock is not believed, so nothing is old enough for sure.
    RetentionClock = "retention.clock",
    /// What was shown before is not what there is now.
    PreviewChanged = "preview.changed",

    // destinations
    /// A destination's address is not one that records are sent to.
    DestinationAddressInvalid = "destination.address-invalid",
    /// A destination's folder is not one that records are sent to.
    DestinationFolderInvalid = "destination.folder-invalid",
    /// A destination's folder is not there.
    DestinationFolderMissing = "destination.folder-missing",
    /// Nothing may be written into a destination's folder.
    DestinationFolderDenied = "destination.folder-denied",
    /// A destination's folder has no room.
    DestinationFolderFull = "destination.folder-full",
    /// Writing into a destination's folder failed otherwise.
    DestinationFolderFailed = "destination.folder-failed",
    /// No connection to a destination.
    DestinationUnreachable = "destination.unreachable",
    /// A destination did not answer in time.
    DestinationTimeout = "destination.timeout",
    /// A destination does not show that it is who it should be.
    DestinationCertificate = "destination.certificate",
    /// A destination takes nothing now.
    DestinationUnavailable = "destination.unavailable",
    /// A destination does not know the token.
    DestinationCredentials = "destination.credentials",
    /// A destination points elsewhere.
    DestinationRedirected = "destination.redirected",
    /// A destination does not take this.
    DestinationRefused = "destination.refused",

    // brand
    /// Something is wrong with a brand; the parameters name the first key.
    BrandInvalid = "brand.invalid",

    // device
    /// This device is a clinician's computer and no kiosk.
    DeviceNoKiosk = "device.no-kiosk",

    // boundary
    /// The request is not of the schema.
    RequestInvalid = "request.invalid",
    /// There is no such method.
    MethodUnknown = "request.method-unknown",
    /// The sandbox could not be applied, so that nothing was run.
    SandboxUnavailable = "sandbox.unavailable",
    /// A fault of Bedside itself.
    Internal = "internal",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_written_once() {
        let mut texts: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), ErrorCode::ALL.len());
    }
}
