//! Identifiers. Each is its own type, so that an encounter's id cannot be handed in where a patient's is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Random, Timestamp};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        pub struct $name(Uuid);

        impl $name {
            /// A new UUIDv7: 48 bits of the time in ms, 74 random bits. Ids made later sort later.
            pub fn make(now: Timestamp, random: &dyn Random) -> Self {
                let mut bits = [0; 10];
                random.fill(&mut bits);
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid())
            }

            /// The id as it was written by [`Self::as_bytes`].
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes, big-endian, as stored and as authenticated in envelopes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person who receives care.
    PatientId;
    /// One visit of one patient: the unit of the log, of deletion, and of the licence's meter.
    EncounterId;
    /// One event of the log.
    EventId;
    /// A person who works at the facility and can sign in.
    PersonId;
    /// An installation of Bedside.
    DeviceId;
    /// One life of a device's log. A restored device gets a new one, so that no two logs share positions.
    IncarnationId;
    /// The clinic, or the hospital, that owns the records.
    FacilityId;
    /// One recording of a microphone: of a visit, or a part of one.
    RecordingId;
    /// One raised red flag.
    FlagId;
    /// One of the places at which a clinic sees patients.
    SiteId;
    /// A place where signed records are sent.
    DestinationId;
    /// One file that is to be sent there. It stays the same however often it is tried.
    DeliveryId;
    /// A session of a signed-in person, or of a kiosk.
    SessionId;
}

/// A language, as its BCP 47 tag ("en", "es", "pt-BR").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct Language(String);

impl Language {
    /// The tag as given, without a check against the registry of languages.
    pub fn new(tag: impl Into<String>) -> Self {
        Self(tag.into())
    }

    /// English.
    pub fn english() -> Self {
        Self::new("en")
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language without region or script: "pt" of "pt-BR".
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
