//! What a licence holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use ciborium::Value;
use domain::{Random, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fields::{self, Fields, put};
use crate::signed::{self, LICENCE, Written};
use crate::{Day, Error, Feature, Fingerprint, Prices, PublicKey, SigningKey, Trust};

/// Names a licence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LicenceId(Uuid);

impl LicenceId {
    /// A new one (UUIDv7).
    pub fn make(now: Timestamp, random: &dyn Random) -> Self {
        let mut bits = [0; 10];
        random.fill(&mut bits);
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid())
    }

    /// From its 16 bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// Its 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for LicenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for LicenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LicenceId({self})")
    }
}

impl FromStr for LicenceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Uuid::parse_str(text)
            .map(Self)
            .map_err(|_| Error::Invalid { field: "id".to_owned(), reason: "a licence's id is a UUID" })
    }
}

/// How much. `None`: as much as one likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Encounters opened in a month.
    pub conversations_per_month: Option<u64>,
    /// Devices of the facility.
    pub devices: Option<u32>,
}

/// With whom to speak, as the vendor wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The vendor's name.
    pub name: Option<String>,
    /// Whom to ring.
    pub phone: Option<String>,
    /// Whom to write to.
    pub email: Option<String>,
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> =
            [&self.name, &self.phone, &self.email].into_iter().flatten().map(String::as_str).collect();
        f.write_str(if parts.is_empty() { "your vendor" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// A licence, as it is signed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Licence {
    /// Which.
    pub id: LicenceId,
    /// Whose.
    pub company: String,
    /// What it was sold as. For people to read; what it grants stands in `limits` and `features`.
    pub tier: String,
    /// How much.
    pub limits: Limits,
    /// What is included.
    pub features: BTreeSet<Feature>,
    /// The support that was sold, in words.
    pub support: Option<String>,
    /// With whom to speak.
    pub contact: Contact,
    /// When it was signed.
    pub issued: Timestamp,
    /// The first day.
    pub not_before: Day,
    /// The last day; `None` for one that does not end.
    pub expires: Option<Day>,
    /// The last day on which the file can be installed.
    pub file_expires: Option<Day>,
    /// The last day whose versions of Bedside are included.
    pub updates_until: Option<Day>,
    /// How many days everything goes on after the last.
    pub grace_days: u32,
    /// The one facility that it is for, where it is bound to one.
    pub facility: Option<Fingerprint>,
    /// The time zone that months are counted in (IANA); without one, the machine's.
    pub time_zone: Option<String>,
    /// The prices of a usage-based contract.
    pub prices: Option<Prices>,
    /// Fields that this build does not know, as they came.
    #[serde(skip)]
    pub other: BTreeMap<String, Value>,
}

/// A licence whose signature is a trusted key's.
#[derive(Clone, Debug, PartialEq)]
pub struct Genuine {
    /// What it says.
    pub licence: Licence,
    /// Whose signature it is.
    pub key: PublicKey,
    /// Its text, as it was issued.
    pub text: String,
}

/// The longest name or phrase, in characters.
const LONGEST: usize = 200;

impl Licence {
    /// The signed text.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a field that would not be read back.
    pub fn sign(&self, key: &SigningKey) -> Result<String, Error> {
        let payload = self.to_payload()?;
        Self::from_payload(&payload)?;
        Ok(signed::sign(LICENCE, &payload, key))
    }

    /// Opens a licence's file, which must be as it was issued: verified, then parsed.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::Mistyped`], [`Error::LineMissing`], [`Error::Retyped`], [`Error::UnknownKey`],
    /// [`Error::Forged`], [`Error::Newer`], [`Error::Invalid`]. Whether it has ended is no question here: see
    /// [`Licence::check_installable`].
    pub fn open(text: &str, trust: &Trust) -> Result<Genuine, Error> {
        Self::open_written(text, Written::Exactly, trust)
    }

    /// Opens a licence that somebody typed or pasted.
    ///
    /// # Errors
    /// As [`Licence::open`], but for [`Error::Retyped`].
    pub fn open_typed(text: &str, trust: &Trust) -> Result<Genuine, Error> {
        Self::open_written(text, Written::Typed, trust)
    }

    fn open_written(text: &str, written: Written, trust: &Trust) -> Result<Genuine, Error> {
        let verified = signed::verify(LICENCE, text, written, trust)?;
        let licence = Self::from_payload(&verified.payload)?;
        Ok(Genuine { licence, key: verified.key, text: verified.text })
    }

    /// The last day, grace days and all; `None` for a licence that does not end.
    pub fn last_day(&self) -> Option<Day> {
        self.expires.map(|day| day.plus(self.grace_days))
    }

    /// Whether it can be installed here and now. `at` is the time that the licence's clock believes.
    ///
    /// # Errors
    /// [`Error::OtherFacility`], [`Error::NotYet`], [`Error::Expired`], [`Error::FileExpired`].
    pub fn check_installable(&self, here: Fingerprint, at: Timestamp) -> Result<(), Error> {
        if let Some(wanted) = self.facility
            && wanted != here
        {
            return Err(Error::OtherFacility { wanted, here });
        }
        if at < self.not_before.begins() {
            return Err(Error::NotYet { from: self.not_before });
        }
        if let (Some(last), Some(on)) = (self.last_day(), self.expires)
            && at >= last.ends()
        {
            return Err(Error::Expired { on });
        }
        match self.file_expires {
            Some(on) if at >= on.ends() => Err(Error::FileExpired { on }),
            _ => Ok(()),
        }
    }

    fn to_payload(&self) -> Result<Vec<u8>, Error> {
        let mut fields = self.other.clone();
        put(&mut fields, "id", Some(self.id.as_bytes().to_vec()));
        put(&mut fields, "company", Some(self.company.clone()));
        put(&mut fields, "tier", Some(self.tier.clone()));
        put(&mut fields, "conversations_per_month", self.limits.conversations_per_month);
        put(&mut fields, "devices", self.limits.devices);
        let features = self.features.iter().map(|feature| Value::from(feature.as_str()));
        put(&mut fields, "features", Some(Value::Array(features.collect())));
        put(&mut fields, "support", self.support.clone());
        put(&mut fields, "vendor", self.contact.name.clone());
        put(&mut fields, "phone", self.contact.phone.clone());
        put(&mut fields, "email", self.contact.email.clone());
        put(&mut fields, "issued", Some(self.issued.as_millis()));
        put(&mut fields, "not_before", Some(self.not_before.to_string()));
        put(&mut fields, "expires", self.expires.map(String::from));
        put(&mut fields, "file_expires", self.file_expires.map(String::from));
        put(&mut fields, "updates_until", self.updates_until.map(String::from));
        put(&mut fields, "grace_days", Some(self.grace_days));
        put(&mut fields, "facility", self.facility.map(|facility| facility.as_bytes().to_vec()));
        put(&mut fields, "time_zone", self.time_zone.clone());
        put(&mut fields, "prices", self.prices.as_ref().map(Prices::to_value));
        fields::write(fields)
    }

    fn from_payload(payload: &[u8]) -> Result<Self, Error> {
        let mut fields = Fields::read(payload)?;
        let feature = |value| match value {
            Value::Text(name) => Ok(Feature::named(name)),
            _ => Err(Error::Invalid { field: "features".to_owned(), reason: "a name is not a text" }),
        };
        let issued = fields.number("issued")?;
        Ok(Self {
            id: LicenceId::from_bytes(fields.bytes("id")?),
            company: fields.text("company", LONGEST)?,
            tier: fields.text("tier", LONGEST)?,
            limits: Limits {
                conversations_per_month: fields.maybe_number("conversations_per_month")?,
                devices: fields.maybe_small("devices")?,
            },
            features: fields.list("features")?.into_iter().map(feature).collect::<Result<_, _>>()?,
            support: fields.maybe_text("support", LONGEST)?,
            contact: Contact {
                name: fields.maybe_text("vendor", LONGEST)?,
                phone: fields.maybe_text("phone", LONGEST)?,
                email: fields.maybe_text("email", LONGEST)?,
            },
            issued: Timestamp::from_millis(i64::try_from(issued).unwrap_or(i64::MAX)),
            not_before: fields.day("not_before")?,
            expires: fields.maybe_day("expires")?,
            file_expires: fields.maybe_day("file_expires")?,
            updates_until: fields.maybe_day("updates_until")?,
            grace_days: fields.maybe_small("grace_days")?.unwrap_or(0),
            facility: fields.maybe_bytes("facility")?.map(Fingerprint::from_bytes),
            time_zone: fields.maybe_text("time_zone", LONGEST)?,
            prices: fields.maybe_fields("prices")?.map(Prices::read).transpose()?,
            other: fields.rest()?,
        })
    }
}
