//! The licences that a vendor took back: a signed list.

use std::collections::BTreeMap;

use ciborium::Value;
use domain::Timestamp;
use serde::Serialize;

use crate::armour;
use crate::fields::{self, Fields, put};
use crate::signed::{self, REVOCATIONS, Written};
use crate::{Day, Error, LicenceId, PublicKey, SigningKey, Trust};

/// One revoked licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revocation {
    /// Which.
    pub id: LicenceId,
    /// From which day on.
    pub on: Day,
    /// Why, in the vendor's words.
    pub reason: Option<String>,
}

/// The list. A later one holds all that an earlier one held, so that only the newest is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Revocations {
    /// When it was signed: the later list is the newer.
    pub issued: Timestamp,
    /// The licences, each once.
    pub revoked: Vec<Revocation>,
    /// Fields that this build does not know.
    #[serde(skip)]
    pub other: BTreeMap<String, Value>,
}

impl Revocations {
    /// Whether a text says of itself that it is such a list.
    pub fn is(text: &str) -> bool {
        armour::is(REVOCATIONS.label, text)
    }

    /// The revocation of a licence, where there is one.
    pub fn find(&self, id: LicenceId) -> Option<&Revocation> {
        self.revoked.iter().find(|revocation| revocation.id == id)
    }

    /// Adds one. A licence that is in the list already stays as it is.
    pub fn add(&mut self, revocation: Revocation) {
        if self.find(revocation.id).is_none() {
            self.revoked.push(revocation);
        }
    }

    /// The signed text.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a reason that would not be read back.
    pub fn sign(&self, key: &SigningKey) -> Result<String, Error> {
        let revoked = self.revoked.iter().map(|revocation| {
            let mut fields = BTreeMap::new();
            put(&mut fields, "id", Some(revocation.id.as_bytes().to_vec()));
            put(&mut fields, "on", Some(revocation.on.to_string()));
            put(&mut fields, "reason", revocation.reason.clone());
            fields::map(fields)
        });
        let mut fields = self.other.clone();
        put(&mut fields, "issued", Some(self.issued.as_millis()));
        put(&mut fields, "revoked", Some(Value::Array(revoked.collect())));
        let payload = fields::write(fields)?;
        Self::from_payload(&payload)?;
        Ok(signed::sign(REVOCATIONS, &payload, key))
    }

    /// Opens a list: verified, then parsed. Typed or pasted text is as good as a file.
    ///
    /// # Errors
    /// As [`crate::Licence::open_typed`].
    pub fn open(text: &str, trust: &Trust) -> Result<(Self, PublicKey), Error> {
        let verified = signed::verify(REVOCATIONS, text, Written::Typed, trust)?;
        Ok((Self::from_payload(&verified.payload)?, verified.key))
    }

    fn from_payload(payload: &[u8]) -> Result<Self, Error> {
        let mut fields = Fields::read(payload)?;
        let issued = fields.number("issued")?;
        let mut list = Self {
            issued: Timestamp::from_millis(i64::try_from(issued).unwrap_or(i64::MAX)),
            ..Self::default()
        };
        for value in fields.list("revoked")? {
            let mut entry = Fields::of(value, "revoked.".to_owned())?;
            list.add(Revocation {
                id: LicenceId::from_bytes(entry.bytes("id")?),
                on: entry.day("on")?,
                reason: entry.maybe_text("reason", 500)?,
            });
            entry.rest()?;
        }
        list.other = fields.rest()?;
        Ok(list)
    }
}
