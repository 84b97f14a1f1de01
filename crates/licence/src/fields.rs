//! The fields of a signed payload: canonical CBOR, a map from names to values.
//!
//! Read strictly: another encoding of the same map is refused, a field that is there must be of its type. A name that this
//! build does not know is kept as it came, unless the issuer listed it as critical: then the payload is for a newer build.

use std::collections::BTreeMap;

use ciborium::Value;

use crate::{Day, Error};

/// Lists the fields that a reader must understand.
const CRITICAL: &str = "critical";

pub(crate) struct Fields {
    values: BTreeMap<String, Value>,
    path: String,
}

impl Fields {
    /// The fields of a payload.
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Error> {
        let invalid = |reason| Error::Invalid { field: "the content".to_owned(), reason };
        let value: Value =
            seal::decode_canonical(payload).map_err(|_| invalid("it is not canonical CBOR"))?;
        if seal::encode_canonical(&value).ok().as_deref() != Some(payload) {
            return Err(invalid("it is not canonical CBOR"));
        }
        Self::of(value, String::new())
    }

    pub(crate) fn of(value: Value, path: String) -> Result<Self, Error> {
        let wrong = |field: &str, reason| Error::Invalid { field: field.to_owned(), reason };
        let Value::Map(entries) = value else { return Err(wrong("the content", "it is not a map")) };
        let mut values = BTreeMap::new();
        for (key, value) in entries {
            let Value::Text(key) = key else { return Err(wrong("the content", "a name is not a text")) };
            values.insert(key, value);
        }
        Ok(Self { values, path })
    }

    pub(crate) fn invalid(&self, name: &str, reason: &'static str) -> Error {
        Error::Invalid { field: format!("{}{name}", self.path), reason }
    }

    pub(crate) fn maybe(&mut self, name: &str) -> Option<Value> {
        self.values.remove(name)
    }

    pub(crate) fn value(&mut self, name: &str) -> Result<Value, Error> {
        self.maybe(name).ok_or_else(|| self.invalid(name, "it is missing"))
    }

    pub(crate) fn maybe_text(&mut self, name: &str, longest: usize) -> Result<Option<String>, Error> {
        let Some(value) = self.maybe(name) else { return Ok(None) };
        let Value::Text(text) = value else { return Err(self.invalid(name, "it is not a text")) };
        if text.chars().count() > longest {
            return Err(self.invalid(name, "it is too long"));
        }
        // What is printed on a terminal or a page must not be able to steer either.
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            return Err(self.invalid(name, "it is empty, or holds control characters"));
        }
        Ok(Some(text))
    }

    pub(crate) fn text(&mut self, name: &str, longest: usize) -> Result<String, Error> {
        self.maybe_text(name, longest)?.ok_or_else(|| self.invalid(name, "it is missing"))
    }

    pub(crate) fn maybe_number(&mut self, name: &str) -> Result<Option<u64>, Error> {
        let Some(value) = self.maybe(name) else { return Ok(None) };
        match value.as_integer().and_then(|number| u64::try_from(number).ok()) {
            Some(number) if i64::try_from(number).is_ok() => Ok(Some(number)),
            _ => Err(self.invalid(name, "it is not a number from 0 up")),
        }
    }

    pub(crate) fn number(&mut self, name: &str) -> Result<u64, Error> {
        self.maybe_number(name)?.ok_or_else(|| self.invalid(name, "it is missing"))
    }

    pub(crate) fn maybe_small(&mut self, name: &str) -> Result<Option<u32>, Error> {
        let Some(number) = self.maybe_number(name)? else { return Ok(None) };
        u32::try_from(number).map(Some).map_err(|_| self.invalid(name, "it is too large"))
    }

    pub(crate) fn maybe_day(&mut self, name: &str) -> Result<Option<Day>, Error> {
        let Some(text) = self.maybe_text(name, 10)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.invalid(name, "it is not a date"))
    }

    pub(crate) fn day(&mut self, name: &str) -> Result<Day, Error> {
        self.maybe_day(name)?.ok_or_else(|| self.invalid(name, "it is missing"))
    }

    pub(crate) fn bytes<const N: usize>(&mut self, name: &str) -> Result<[u8; N], Error> {
        self.maybe_bytes(name)?.ok_or_else(|| self.invalid(name, "it is missing"))
    }

    pub(crate) fn maybe_bytes<const N: usize>(&mut self, name: &str) -> Result<Option<[u8; N]>, Error> {
        let Some(value) = self.maybe(name) else { return Ok(None) };
        let bytes = value.into_bytes().ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Some).ok_or_else(|| self.invalid(name, "it is not so many bytes"))
    }

    pub(crate) fn list(&mut self, name: &str) -> Result<Vec<Value>, Error> {
        match self.value(name)? {
            Value::Array(items) => Ok(items),
            _ => Err(self.invalid(name, "it is not a list")),
        }
    }

    pub(crate) fn maybe_fields(&mut self, name: &str) -> Result<Option<Self>, Error> {
        let path = format!("{}{name}.", self.path);
        self.maybe(name).map(|value| Self::of(value, path)).transpose()
    }

    /// What nobody asked for.
    ///
    /// # Errors
    /// [`Error::Newer`] when the issuer called one of those critical.
    pub(crate) fn rest(mut self) -> Result<BTreeMap<String, Value>, Error> {
        for critical in self.critical()? {
            if self.values.contains_key(&critical) {
                return Err(Error::Newer { what: format!("the field {}{critical}", self.path) });
            }
        }
        Ok(self.values)
    }

    /// Takes the list of critical fields out, before they are read: each must be there.
    fn critical(&mut self) -> Result<Vec<String>, Error> {
        if !self.values.contains_key(CRITICAL) {
            return Ok(Vec::new());
        }
        let names = self.list(CRITICAL)?;
        let name = |value: Value| match value {
            Value::Text(name) => Ok(name),
            _ => Err(self.invalid(CRITICAL, "a name is not a text")),
        };
        names.into_iter().map(name).collect()
    }
}

/// The payload of fields.
pub(crate) fn write(fields: BTreeMap<String, Value>) -> Result<Vec<u8>, Error> {
    Ok(seal::encode_canonical(&map(fields))?)
}

pub(crate) fn map(fields: BTreeMap<String, Value>) -> Value {
    Value::Map(fields.into_iter().map(|(name, value)| (Value::Text(name), value)).collect())
}

/// Puts a value in, where there is one.
pub(crate) fn put<T: Into<Value>>(fields: &mut BTreeMap<String, Value>, name: &str, value: Option<T>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value.into());
    }
}
