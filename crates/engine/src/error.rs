//! What can go wrong in a use case.

use domain::{Coded, ErrorCode};

/// A refused or failed call. Its message is for logs and terminals; a screen gets the code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("nobody is signed in, or the session has ended; sign in")]
    NotSignedIn,
    /// The role may not do this.
    #[error("this role may not do that; sign in as somebody who may")]
    Forbidden,
    /// The login or the password is wrong.
    #[error("the login or the password is wrong; try again")]
    SignInFailed,
    /// The login is taken.
    #[error("the login is taken; choose another")]
    LoginTaken,
    /// Something else of its kind is called so.
    #[error("the name is taken; choose another")]
    NameTaken,
    /// There is a clinic on this device already.
    #[error("there is a clinic in this data folder already; it is never re-created")]
    ClinicExists,
    /// The vault is not open.
    #[error("the vault is not open; unlock it with the passphrase or the recovery words")]
    Locked,
    /// There is no vault.
    #[error("there is no clinic in this data folder; set one up first")]
    Missing,
    /// A password or a passphrase is too short.
    #[error("too short: at least {least} characters are needed")]
    TooShort {
        /// The least number of characters.
        least: usize,
    },
    /// The words typed back are not the recovery words.
    #[error("these are not the recovery words; compare them with what was written down")]
    RecoveryWordsDiffer,
    /// There is no such encounter, flag or person.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The encounter's state does not allow this.
    #[error("the encounter is not in a state that allows this; read it again")]
    WrongState,
    /// The note is signed.
    #[error("the note is signed and cannot change; sign an addendum instead")]
    NoteSigned,
    /// The note was changed in between.
    #[error("the note was changed in between; read it again, then make the change")]
    NoteConflict,
    /// There is nothing to sign.
    #[error("the note holds no sentence; write one before signing")]
    NoteEmpty,
    /// Doubtful sentences were not confirmed.
    #[error(
        "{count} sentences that the checker doubts were not confirmed; read them, then confirm or change each"
    )]
    NoteUnconfirmed {
        /// How many.
        count: usize,
    },
    /// A note is being drafted already.
    #[error("a note is being drafted on this device already; wait for it or cancel it")]
    DraftBusy,
    /// The request is not of the method's schema.
    #[error("the request for {method} is not of its schema: {reason}")]
    RequestInvalid {
        /// The method.
        method: &'static str,
        /// What is wrong, without any of the request's values.
        reason: String,
    },
    /// The session is locked.
    #[error("the session is locked; its person unlocks it with their PIN or password")]
    SessionLocked,
    /// Too many wrong passwords or PINs in a row.
    #[error("too many wrong passwords or PINs in a row; none is taken for {seconds} seconds")]
    SignInWait {
        /// For how long none is taken, in seconds.
        seconds: u64,
    },
    /// The PIN is nobody's, or neither the person's PIN nor their password.
    #[error("the PIN or the password is wrong")]
    PinWrong,
    /// A field that must hold something is empty.
    #[error("the field {field} is empty")]
    FieldEmpty {
        /// Its name.
        field: &'static str,
    },
    /// There is no such method.
    #[error("there is no such method")]
    MethodUnknown,
    /// A transcript is refused.
    #[error(transparent)]
    Refused(#[from] scribe::Refusal),
    /// The transcript cannot be read.
    #[error(transparent)]
    Scribe(#[from] scribe::Error),
    /// The export failed.
    #[error(transparent)]
    Fhir(#[from] fhir::Error),
    /// A file of another kind was not made.
    #[error(transparent)]
    Export(#[from] export::Error),
    /// The intake refuses an answer.
    #[error(transparent)]
    Intake(#[from] intake::Error),
    /// A licence is refused, or a conversation under one.
    #[error(transparent)]
    Licence(#[from] licence::Error),
    /// The licence does not include it. Never said of anything that care needs.
    #[error("the licence does not include {feature}; ask your vendor for it")]
    FeatureMissing {
        /// The feature's name, as it stands in licences.
        feature: String,
    },
    /// A vendor's key was named to a build that trusts only its own.
    #[error("this build trusts only the vendor's keys that it was built with; leave --trust out")]
    TrustFixed,
    /// Something is wrong with a brand.
    #[error("{} wrong with the brand; the first: {}", match problems.len() { 1 => "one thing is".to_owned(), n => format!("{n} things are") },
        problems.first().map(ToString::to_string).unwrap_or_default())]
    Brand {
        /// All that is.
        problems: Vec<branding::Error>,
    },
    /// What was entered as an authority's certificate is none.
    #[error(
        "the authority's certificate cannot be read; paste the PEM text of the certificate, without a key"
    )]
    EndpointAuthority,
    /// The patient has not agreed to a recording.
    #[error("the patient has not agreed to a recording; ask, and say that they agreed")]
    ConsentMissing,
    /// Something is being recorded, or taken in, already.
    #[error(
        "a visit is being recorded, or a sound file taken in, on this device; end that first, or wait for its end"
    )]
    RecordingBusy,
    /// Another piece of work on the models is under way.
    #[error("another download, import or check of models is under way; wait for its end, or stop it")]
    ModelsBusy,
    /// This device is set to be a clinician's computer.
    #[error("this device is a clinician's computer; an administrator can let it be a kiosk as well")]
    NoKiosk,
    /// A legal hold stops every deletion.
    #[error("a legal hold stops every deletion; take it off first, where you may")]
    RetentionHeld,
    /// A visit or an intake is under way on this device.
    #[error("a visit or an intake is under way on this device; wait for its end, then try again")]
    RetentionBusy,
    /// The machine's clock is not believed.
    #[error("the machine's clock is not believed, so nothing is old enough for sure; set it right")]
    RetentionClock,
    /// What was shown before is not what there is now.
    #[error("what was shown is not what there is now; look at it again")]
    PreviewChanged,
    /// A destination's address is not one that records are sent to.
    #[error(
        "records are sent to https addresses without a name or a password in them, and to http on this machine alone"
    )]
    DestinationAddress,
    /// A destination's folder is not one that records are sent to.
    #[error("a destination's folder is named from its root, and lies outside the data folder")]
    DestinationFolder,
    /// There is no speech model for the language.
    #[error("there is no speech model for this language; fetch or import one")]
    NoSpeechModel,
    /// A microphone, a loudspeaker or the voice failed.
    #[error(transparent)]
    Sound(#[from] audio::Error),
    /// A model or its worker failed.
    #[error(transparent)]
    Inference(#[from] inference::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A key or a password operation failed.
    #[error(transparent)]
    Seal(#[from] seal::Error),
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotSignedIn => ErrorCode::NotSignedIn,
            Self::Forbidden => ErrorCode::Forbidden,
            Self::SignInFailed => ErrorCode::SignInFailed,
            Self::SessionLocked => ErrorCode::SessionLocked,
            Self::SignInWait { .. } => ErrorCode::SignInWait,
            Self::PinWrong => ErrorCode::PinWrong,
            Self::LoginTaken => ErrorCode::LoginTaken,
            Self::NameTaken => ErrorCode::NameTaken,
            Self::ClinicExists => ErrorCode::VaultExists,
            Self::Locked => ErrorCode::VaultLocked,
            Self::Missing => ErrorCode::VaultMissing,
            Self::TooShort { .. } => ErrorCode::PassphraseTooShort,
            Self::RecoveryWordsDiffer => ErrorCode::RecoveryWordsInvalid,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::WrongState => ErrorCode::WrongState,
            Self::NoteSigned => ErrorCode::NoteSigned,
            Self::NoteConflict => ErrorCode::NoteConflict,
            Self::NoteEmpty => ErrorCode::NoteEmpty,
            Self::NoteUnconfirmed { .. } => ErrorCode::NoteUnconfirmed,
            Self::DraftBusy => ErrorCode::DraftBusy,
            Self::RequestInvalid { .. } | Self::FieldEmpty { .. } => ErrorCode::RequestInvalid,
            Self::MethodUnknown => ErrorCode::MethodUnknown,
            Self::Refused(error) => error.code(),
            Self::Scribe(error) => error.code(),
            Self::Fhir(error) => error.code(),
            Self::Export(error) => error.code(),
            Self::Intake(error) => error.code(),
            Self::Licence(error) => error.code(),
            Self::FeatureMissing { .. } => ErrorCode::LicenceFeatureMissing,
            Self::TrustFixed => ErrorCode::LicenceKeyUnknown,
            Self::Brand { .. } => ErrorCode::BrandInvalid,
            Self::ConsentMissing => ErrorCode::ConsentMissing,
            Self::EndpointAuthority => ErrorCode::EndpointAuthority,
            Self::RecordingBusy => ErrorCode::RecordingBusy,
            Self::ModelsBusy => ErrorCode::ModelsBusy,
            Self::NoKiosk => ErrorCode::DeviceNoKiosk,
            Self::RetentionHeld => ErrorCode::RetentionHeld,
            Self::RetentionBusy => ErrorCode::RetentionBusy,
            Self::RetentionClock => ErrorCode::RetentionClock,
            Self::PreviewChanged => ErrorCode::PreviewChanged,
            Self::DestinationAddress => ErrorCode::DestinationAddressInvalid,
            Self::DestinationFolder => ErrorCode::DestinationFolderInvalid,
            Self::NoSpeechModel => ErrorCode::ModelMissing,
            Self::Sound(error) => error.code(),
            Self::Inference(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Seal(error) => error.code(),
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { least } => vec![("least", least.to_string())],
            Self::SignInWait { seconds } => vec![("seconds", seconds.to_string())],
            Self::NoteUnconfirmed { count } => vec![("count", count.to_string())],
            Self::NotFound { what } => vec![("what", (*what).to_owned())],
            Self::RequestInvalid { method, reason } => {
                vec![("method", (*method).to_owned()), ("reason", reason.clone())]
            }
            Self::FeatureMissing { feature } => vec![("feature", feature.clone())],
            Self::FieldEmpty { field } => vec![("field", (*field).to_owned())],
            Self::Refused(error) => error.parameters(),
            Self::Scribe(error) => error.parameters(),
            Self::Fhir(error) => error.parameters(),
            Self::Export(error) => error.parameters(),
            Self::Intake(error) => error.parameters(),
            Self::Licence(error) => error.parameters(),
            Self::Brand { problems } => problems.first().map(Coded::parameters).unwrap_or_default(),
            Self::Sound(error) => error.parameters(),
            Self::Inference(error) => error.parameters(),
            Self::Store(error) => error.parameters(),
            Self::Seal(error) => error.parameters(),
            _ => Vec::new(),
        }
    }
}
