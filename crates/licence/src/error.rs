//! What can go wrong with a licence. Each refusal is its own, and says what to do next.

use domain::{Coded, ErrorCode};

use crate::{Day, Fingerprint, KeyId, LicenceId};

/// A licence, a list or a report that is refused; or a conversation that is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not what it should be.
    #[error("this is not {wanted} of Bedside: {reason}; take the whole text, from BEGIN to END")]
    Unreadable {
        /// What was expected: "a licence".
        wanted: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A line does not fit its own check symbols.
    #[error("line {line} is mistyped: compare it, symbol by symbol, with the one you were sent")]
    Mistyped {
        /// The line's number, as it stands at its beginning.
        line: u32,
    },
    /// A line is left out, twice there or in the wrong place.
    #[error("line {line} is missing, or lines stand in the wrong order: put every line in its place")]
    LineMissing {
        /// The line that should have come.
        line: u32,
    },
    /// Readable, but not written as it was issued: case, spaces or look-alike letters differ.
    #[error(
        "the file is not as it was issued (spaces, case or line ends differ): use the file that you were sent, \
         or say that it was retyped"
    )]
    Retyped,
    /// Signed with a key that this build does not trust.
    #[error(
        "this was signed with the key {key}, which this Bedside does not trust: ask your vendor for one made for \
         this version, or update Bedside"
    )]
    UnknownKey {
        /// The key that it names.
        key: KeyId,
    },
    /// The signature does not fit.
    #[error("the signature does not fit: the text was altered; ask your vendor to send it again")]
    Forged,
    /// Of a newer format, or with a field that must be understood and is not.
    #[error("this was made for a newer Bedside ({what}): update Bedside, then install it")]
    Newer {
        /// The format, or the field.
        what: String,
    },
    /// Signed, and yet not of the form: the issuer's fault.
    #[error("{field} is not right: {reason}; ask your vendor for a new one")]
    Invalid {
        /// The field.
        field: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// It begins later.
    #[error(
        "this licence begins on {from}: install it then; until then the one before, or the evaluation, goes on"
    )]
    NotYet {
        /// The first day.
        from: Day,
    },
    /// It has ended, grace days and all.
    #[error("this licence ended on {on}: ask your vendor for a new one; everything recorded stays readable")]
    Expired {
        /// The last day.
        on: Day,
    },
    /// It was to be installed before.
    #[error("this file could be installed until {on}: ask your vendor to send it anew")]
    FileExpired {
        /// The last day on which it could.
        on: Day,
    },
    /// The vendor took it back.
    #[error("licence {id} was revoked on {on}: call your vendor; everything recorded stays readable")]
    Revoked {
        /// Which.
        id: LicenceId,
        /// When.
        on: Day,
    },
    /// It is another facility's.
    #[error(
        "this licence is for the facility {wanted}, and this is {here}: ask your vendor for one for {here}"
    )]
    OtherFacility {
        /// The facility that it is for.
        wanted: Fingerprint,
        /// This one.
        here: Fingerprint,
    },
    /// The clock was set back, so nothing new is granted.
    #[error(
        "this machine's clock is behind the time that Bedside has seen already: set it right, then install the licence"
    )]
    ClockSetBack,
    /// An older licence or list than the one that is there.
    #[error("a newer {what} is installed already, so this one was not taken: nothing needs to be done")]
    Older {
        /// "licence" or "list of revoked licences".
        what: &'static str,
    },
    /// The month's conversations, and the allowance above them, are used up.
    #[error(
        "this month's {limit} conversations and the allowance above them are used up, so no new one begins; open \
         ones go on, and everything can be read and signed. For more, call {call}"
    )]
    LimitReached {
        /// The licence's limit.
        limit: u64,
        /// With whom to call.
        call: String,
    },
    /// No tier of that name.
    #[error("there is no tier {name}: the tiers are {known}")]
    UnknownTier {
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// No feature of that name.
    #[error("there is no feature {name}: the features are {known}")]
    UnknownFeature {
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A key file that is none.
    #[error("this is not a vendor's key: {reason}; `bedside licence keygen` makes one")]
    KeyInvalid {
        /// What is wrong.
        reason: &'static str,
    },
    /// The signing key is under a passphrase, and this is not it.
    #[error(
        "the signing key does not open with this passphrase: say --key-passphrase-file FILE with the right one"
    )]
    KeyLocked,
    /// A key or an encoding.
    #[error(transparent)]
    Seal(#[from] seal::Error),
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unreadable { .. } => ErrorCode::LicenceUnreadable,
            Self::Mistyped { .. } | Self::LineMissing { .. } | Self::Retyped => ErrorCode::LicenceMistyped,
            Self::UnknownKey { .. } => ErrorCode::LicenceKeyUnknown,
            Self::Forged => ErrorCode::LicenceForged,
            Self::Newer { .. } => ErrorCode::LicenceNewer,
            Self::Invalid { .. } => ErrorCode::LicenceInvalid,
            Self::NotYet { .. } => ErrorCode::LicenceNotYet,
            Self::Expired { .. } => ErrorCode::LicenceExpired,
            Self::FileExpired { .. } => ErrorCode::LicenceFileExpired,
            Self::Revoked { .. } => ErrorCode::LicenceRevoked,
            Self::OtherFacility { .. } => ErrorCode::LicenceOtherFacility,
            Self::ClockSetBack => ErrorCode::LicenceClock,
            Self::Older { .. } => ErrorCode::LicenceOlder,
            Self::LimitReached { .. } => ErrorCode::LicenceLimitReached,
            Self::UnknownTier { .. } | Self::UnknownFeature { .. } => ErrorCode::RequestInvalid,
            Self::KeyInvalid { .. } => ErrorCode::VendorKeyInvalid,
            Self::KeyLocked => ErrorCode::VendorKeyLocked,
            Self::Seal(error) => error.code(),
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable { wanted, reason } => {
                vec![("wanted", (*wanted).to_owned()), ("reason", (*reason).to_owned())]
            }
            Self::Mistyped { line } | Self::LineMissing { line } => vec![("line", line.to_string())],
            Self::UnknownKey { key } => vec![("key", key.to_string())],
            Self::Newer { what } => vec![("what", what.clone())],
            Self::Invalid { field, reason } => {
                vec![("field", field.clone()), ("reason", (*reason).to_owned())]
            }
            Self::NotYet { from } => vec![("from", from.to_string())],
            Self::Expired { on } | Self::FileExpired { on } => vec![("on", on.to_string())],
            Self::Revoked { id, on } => vec![("id", id.to_string()), ("on", on.to_string())],
            Self::OtherFacility { wanted, here } => {
                vec![("wanted", wanted.to_string()), ("here", here.to_string())]
            }
            Self::Older { what } => vec![("what", (*what).to_owned())],
            Self::LimitReached { limit, call } => {
                vec![("limit", limit.to_string()), ("call", call.clone())]
            }
            Self::UnknownTier { name, .. } | Self::UnknownFeature { name, .. } => {
                vec![("name", name.clone())]
            }
            Self::KeyInvalid { reason } => vec![("reason", (*reason).to_owned())],
            Self::Seal(error) => error.parameters(),
            Self::Forged | Self::ClockSetBack | Self::Retyped | Self::KeyLocked => Vec::new(),
        }
    }
}
