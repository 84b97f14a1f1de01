//! Canonical CBOR: RFC 8949, section 4.2.1. The bytes that are sealed, hashed and authenticated.

use ciborium::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;

/// The one canonical encoding of a value: shortest integers and floats, definite lengths, map keys in bytewise order of
/// their encodings.
pub fn encode_canonical<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let value = Value::serialized(value).map_err(|_| Error::Encoding("a value has no CBOR form"))?;
    encode_value(value)
}

/// A value from its encoding. Bytes after its end are refused.
pub fn decode_canonical<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut rest = bytes;
    let value = ciborium::from_reader(&mut rest).map_err(|_| Error::Encoding("not of the expected shape"))?;
    if rest.is_empty() { Ok(value) } else { Err(Error::Encoding(AFTER_THE_END)) }
}

const AFTER_THE_END: &str = "bytes after the end";

pub(crate) fn encode_value(value: Value) -> Result<Vec<u8>, Error> {
    let value = sort(value)?;
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).map_err(|_| Error::Encoding("a value has no CBOR form"))?;
    Ok(bytes)
}

pub(crate) fn decode_value(mut bytes: &[u8]) -> Result<Value, Error> {
    let value: Value = ciborium::from_reader(&mut bytes).map_err(|_| Error::Encoding("not CBOR"))?;
    if bytes.is_empty() { Ok(value) } else { Err(Error::Encoding(AFTER_THE_END)) }
}

fn sort(value: Value) -> Result<Value, Error> {
    Ok(match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sort).collect::<Result<_, _>>()?),
        Value::Map(entries) => {
            let mut keyed = Vec::with_capacity(entries.len());
            for (key, value) in entries {
                let mut encoded = Vec::new();
                ciborium::into_writer(&key, &mut encoded)
                    .map_err(|_| Error::Encoding("a key has no CBOR form"))?;
                keyed.push((encoded, key, sort(value)?));
            }
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            if keyed.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return Err(Error::Encoding("a map names a key twice"));
            }
            Value::Map(keyed.into_iter().map(|(_, key, value)| (key, value)).collect())
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn map_keys_are_sorted_by_their_encoding_and_numbers_are_shortest() {
        let map: HashMap<&str, f64> = [("bb", 1.5), ("a", 0.1), ("c", 2.0)].into();
        let bytes = encode_canonical(&map).unwrap();
        assert_eq!(
            bytes,
            [
                0xA3, 0x61, b'a', 0xFB, 0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A, 0x61, b'c', 0xF9,
                0x40, 0x00, 0x62, b'b', b'b', 0xF9, 0x3E, 0x00
            ]
        );
    }

    #[test]
    fn bytes_after_the_end_are_refused() {
        assert_eq!(decode_canonical::<u8>(&[1, 0]), Err(Error::Encoding("bytes after the end")));
    }
}
