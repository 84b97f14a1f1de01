//! Events survive their encoding, and encodings survive versions.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

extern crate bedside_seal as seal;

mod support;

use domain::{EncounterId, EventBody, EventKind, Stream};
use proptest::prelude::*;
use seal::{decode_canonical, decode_event, encode_canonical, encode_event};

proptest! {
    #[test]
    fn every_event_is_read_back_as_it_was_written(
        body in prop_oneof![support::opening(), support::following(), support::of_facility()],
    ) {
        let bytes = encode_event(&body).unwrap();
        prop_assert_eq!(&decode_event(body.kind(), body.version(), &bytes).unwrap(), &body);
        prop_assert_eq!(encode_event(&body).unwrap(), bytes);
    }

    #[test]
    fn random_bytes_are_refused_or_read_but_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        kind in 0..EventKind::ALL.len(),
    ) {
        let _ = decode_event(EventKind::ALL[kind].as_str(), 1, &bytes);
    }
}

#[test]
fn headers_are_read_back_as_they_were_written() {
    for stream in [Stream::Facility, Stream::Encounter(EncounterId::from_bytes([3; 16]))] {
        let header = support::header(stream, "help-requested", 1);
        let bytes = encode_canonical(&header).unwrap();
        assert_eq!(decode_canonical::<domain::EventHeader>(&bytes).unwrap(), header);
    }
}

#[test]
fn an_unknown_kind_and_a_newer_version_are_kept_byte_for_byte() {
    let odd = [0xFF, 0x00, 0x17];
    for (kind, version) in [("weight-measured", 1), ("help-requested", 2), ("help-requested", 0)] {
        let body = decode_event(kind, version, &odd).unwrap();
        let expected = EventBody::Unknown { kind: kind.to_owned(), version, body: odd.to_vec() };
        assert_eq!(body, expected);
        assert_eq!(encode_event(&body).unwrap(), odd);
    }
}

#[test]
fn a_known_kind_with_another_shape_is_refused() {
    let answer = encode_canonical("no answer at all").unwrap();
    assert!(decode_event("answer-recorded", 1, &answer).is_err());
    assert!(decode_event("note-signed", 1, &[]).is_err());
}
