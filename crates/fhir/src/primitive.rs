//! FHIR's primitive types: instants, identifiers, base64.

use std::sync::LazyLock;

use data_encoding::{BASE64, Encoding};
use domain::Timestamp;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// A FHIR `instant` in UTC. Times outside the years 1 to 9999, which FHIR cannot write, are moved to the nearest it can.
pub(crate) fn instant(at: Timestamp) -> String {
    const FIRST: i64 = -62_135_596_800_000;
    const LAST: i64 = 253_402_300_799_999;
    let millis = at.as_millis().clamp(FIRST, LAST);
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    time.ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
}

/// A full URL for a resource that has an id of its own.
pub(crate) fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

/// A full URL for a resource that has none: a UUIDv8 from SHA-256 of its owner and its name, the same each time.
pub(crate) fn derived_urn(owner: &[u8; 16], name: &str) -> String {
    let digest = Sha256::new().chain_update(owner).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    urn(uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated())
}

/// Whether a text is `urn:uuid:` and a UUID.
pub(crate) fn is_urn(text: &str) -> bool {
    text.strip_prefix("urn:uuid:").is_some_and(|id| id.len() == 36 && Uuid::parse_str(id).is_ok())
}

/// Whether a text is a FHIR `instant`: date, time to the second or finer, time zone.
pub(crate) fn is_instant(text: &str) -> bool {
    OffsetDateTime::parse(text, &Rfc3339).is_ok()
}

/// Whether a text is a FHIR `dateTime`: a date, perhaps without day or month, or an instant.
pub(crate) fn is_date_time(text: &str) -> bool {
    text.parse::<domain::PartialDate>().is_ok() || is_instant(text)
}

/// RFC 4648 base64 with padding, from whoever wrote it: spaces are let be, and so are bits behind the last byte.
static LENIENT: LazyLock<Encoding> = LazyLock::new(|| {
    let mut form = BASE64.specification();
    form.check_trailing_bits = false;
    form.ignore = " \t\n\r\u{c}".to_owned();
    form.encoding().unwrap_or(BASE64)
});

/// RFC 4648 base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// The bytes of an RFC 4648 base64 text with padding.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    // Padding stands at the end only; the decoder would take several texts, one after the other.
    let unpadded = text.trim_end_matches(|sign: char| sign == '=' || sign.is_ascii_whitespace());
    if unpadded.contains('=') {
        return None;
    }
    LENIENT.decode(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(from_base64(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(from_base64("Zg=a"), None);
        assert_eq!(from_base64("Zg"), None);
        assert_eq!(from_base64("Zg==Zg=="), None);
        assert_eq!(from_base64(" Zm9v\r\nYh==\n").as_deref(), Some(&b"foob"[..]));
    }

    #[test]
    fn an_instant_is_in_utc_and_no_time_is_too_early_or_too_late_for_one() {
        assert_eq!(instant(Timestamp::from_millis(1_700_000_000_123)), "2023-11-14T22:13:20.123Z");
        for millis in [i64::MIN, -1, i64::MAX] {
            assert!(is_instant(&instant(Timestamp::from_millis(millis))));
        }
    }

    proptest! {
        #[test]
        fn base64_goes_both_ways(bytes in proptest::collection::vec(any::<u8>(), 0..99)) {
            prop_assert_eq!(from_base64(&base64(&bytes)), Some(bytes));
        }
    }
}
