//! Envelopes: what version 1 looks like for ever, and that nothing of it can be altered.
//!
//! `vectors/` holds one file for each envelope version and namespace. They are never changed: what was sealed once must open
//! in every later version. `cargo test -p bedside-seal --test envelopes -- --ignored` writes the files that are missing.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

extern crate bedside_seal as seal;

mod support;

use std::path::PathBuf;

use domain::{EncounterId, Random, Stream};
use proptest::prelude::*;
use seal::{
    Error, FacilityKey, LocalKey, Passphrase, RecordRef, RecoveryWords, Secret, SlotKey, StreamKey,
    WrappedKey, decode_event, encode_event,
};
use support::Repeatable;

const SLOT: &[u8] = b"keyslots/1 passphrase";
const ENCOUNTER: Stream = Stream::Encounter(EncounterId::from_bytes([7; 16]));

/// Everything that is sealed in version 1, made from one seed.
struct Samples {
    slot_key: SlotKey,
    local: LocalKey,
    facility: FacilityKey,
    stream: StreamKey,
    header: Vec<u8>,
    event_id: domain::EventId,
    sealed: [(&'static str, Vec<u8>); 4],
}

fn samples() -> Samples {
    let random = Repeatable::new(1);
    let slot_key = SlotKey::from_keyring_secret(&Secret::make(&random));
    let local = LocalKey::make(&random);
    let facility = FacilityKey::make(&random);
    let stream = StreamKey::make(&random);
    let event = support::header(ENCOUNTER, "help-requested", 1);
    let body = encode_event(&domain::EventBody::HelpRequested).unwrap();
    let (header, event_body) = stream.seal_event(&event, &body, &random).unwrap();
    let sealed = [
        ("local-key-v1", slot_key.wrap(&local, SLOT, &random).as_bytes().to_vec()),
        ("facility-key-v1", local.wrap(&facility, 1, &random).as_bytes().to_vec()),
        ("stream-key-v1", facility.wrap(&stream, ENCOUNTER, &random).as_bytes().to_vec()),
        ("event-body-v1", event_body),
    ];
    Samples { slot_key, local, facility, stream, header, event_id: event.id, sealed }
}

impl Samples {
    /// Opens one of the four with the keys of the samples.
    fn open(&self, name: &str, envelope: Vec<u8>) -> Result<(), Error> {
        let wrapped = WrappedKey::from_bytes(envelope.clone());
        match name {
            "local-key-v1" => assert_eq!(self.slot_key.unwrap(&wrapped, SLOT)?, self.local),
            "facility-key-v1" => assert_eq!(self.local.unwrap(&wrapped, 1)?, self.facility),
            "stream-key-v1" => assert_eq!(self.facility.unwrap(&wrapped, ENCOUNTER)?, self.stream),
            "event-body-v1" => {
                let record = RecordRef { id: self.event_id, header: &self.header };
                let body = self.stream.open_event(record, &envelope)?;
                assert_eq!(decode_event("help-requested", 1, &body)?, domain::EventBody::HelpRequested);
            }
            other => panic!("no sample is called {other}"),
        }
        Ok(())
    }
}

fn vector(name: &str) -> PathBuf {
    let file = if name == "derived-v1" { format!("{name}.txt") } else { format!("{name}.hex") };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let text = text.trim();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn what_was_sealed_in_version_1_opens_for_ever() {
    let samples = samples();
    for (name, sealed) in &samples.sealed {
        let golden = unhex(&std::fs::read_to_string(vector(name)).unwrap());
        assert_eq!(golden[0], 1, "{name} is of version 1");
        samples.open(name, golden.clone()).unwrap();
        assert_eq!(&golden, sealed, "{name}: version 1 is still written in the same way");
    }
    let header = std::fs::read_to_string(vector("event-header-v1")).unwrap();
    assert_eq!(unhex(&header), samples.header, "the header's encoding is still the same");
}

/// What is derived in version 1, with the keys of the samples.
fn derived(samples: &Samples) -> String {
    let words = RecoveryWords::make(&Repeatable::new(2));
    let note = domain::Note {
        template: "soap".to_owned(),
        engine: domain::DraftEngine::Extractive,
        model: None,
        sections: Vec::new(),
    };
    let passphrase = Passphrase::from("correct horse battery staple");
    let slot_key = SlotKey::from_passphrase(&passphrase, &[5; 16], seal::KdfParams::THROW_AWAY).unwrap();
    let from_words = SlotKey::from_recovery_words(&words);
    format!(
        "key-check {}\ndatabase {}\nmark {}\nnote {}\nevent {}\npassphrase {}\nwords {}\n{}\n",
        hex(&samples.local.check().0),
        samples.local.database_key().pragma().as_str(),
        hex(&samples.local.mark_key().authenticate(b"mark")),
        seal::note_digest(&note).unwrap(),
        seal::digest_event(b"header", b"sealed"),
        hex(slot_key.wrap(&samples.local, SLOT, &Repeatable::new(3)).as_bytes()),
        hex(from_words.wrap(&samples.local, SLOT, &Repeatable::new(3)).as_bytes()),
        words.expose().join(" "),
    )
}

#[test]
fn derived_values_of_version_1_stay_the_same() {
    let golden = std::fs::read_to_string(vector("derived-v1")).unwrap();
    assert_eq!(golden, derived(&samples()));
}

#[test]
#[ignore = "writes the vectors of a new version; those that exist are never changed"]
fn write_the_vectors_that_are_missing() {
    let samples = samples();
    let header = [("event-header-v1", samples.header.clone())];
    for (name, bytes) in samples.sealed.iter().cloned().chain(header) {
        if !vector(name).exists() {
            std::fs::write(vector(name), hex(&bytes) + "\n").unwrap();
        }
    }
    if !vector("derived-v1").exists() {
        std::fs::write(vector("derived-v1"), derived(&samples)).unwrap();
    }
}

#[test]
fn an_envelope_of_another_namespace_is_refused() {
    let samples = samples();
    for (name, _) in &samples.sealed {
        for (other, envelope) in &samples.sealed {
            if name != other {
                assert_eq!(samples.open(name, envelope.clone()), Err(Error::Broken), "{other} as {name}");
                let mut relabelled = envelope.clone();
                relabelled[1] = samples.sealed.iter().find(|(n, _)| n == name).unwrap().1[1];
                assert_eq!(samples.open(name, relabelled), Err(Error::Broken), "{other} as {name}");
            }
        }
    }
}

#[test]
fn a_newer_envelope_says_that_it_is_newer() {
    let samples = samples();
    for (name, envelope) in &samples.sealed {
        let mut newer = envelope.clone();
        newer[0] = 2;
        assert_eq!(samples.open(name, newer), Err(Error::Version(2)));
    }
}

#[test]
fn each_bit_of_each_envelope_counts() {
    let samples = samples();
    for (name, envelope) in &samples.sealed {
        for bit in 0..envelope.len() * 8 {
            let mut altered = envelope.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(samples.open(name, altered).is_err(), "{name}, bit {bit}");
        }
        for length in 0..envelope.len() {
            assert!(samples.open(name, envelope[..length].to_vec()).is_err(), "{name}, {length} bytes");
        }
    }
}

#[test]
fn what_belongs_elsewhere_is_refused() {
    let samples = samples();
    let sealed = |name: &str| samples.sealed.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    let local = WrappedKey::from_bytes(sealed("local-key-v1"));
    assert!(samples.slot_key.unwrap(&local, b"keyslots/1 recovery-words").is_err());
    let facility = WrappedKey::from_bytes(sealed("facility-key-v1"));
    assert!(samples.local.unwrap(&facility, 2).is_err());
    let stream = WrappedKey::from_bytes(sealed("stream-key-v1"));
    assert!(samples.facility.unwrap(&stream, Stream::Facility).is_err());
    let other = StreamKey::make(&Repeatable::new(99));
    let record = RecordRef { id: samples.event_id, header: &samples.header };
    assert!(other.open_event(record, &sealed("event-body-v1")).is_err());
}

proptest! {
    #[test]
    fn an_event_opens_as_it_was_sealed_and_not_when_a_bit_of_it_was_altered(
        body in proptest::collection::vec(any::<u8>(), 0..3000),
        seed in any::<u64>(),
        place in any::<proptest::sample::Index>(),
        bit in 0..8u8,
    ) {
        let random = Repeatable::new(seed);
        let key = StreamKey::make(&random);
        let event = support::header(ENCOUNTER, "answer-recorded", 1);
        let (header, sealed) = key.seal_event(&event, &body, &random).unwrap();
        let record = RecordRef { id: event.id, header: &header };
        prop_assert_eq!(key.open_event(record, &sealed).unwrap(), body);

        let mut altered = sealed.clone();
        altered[place.index(sealed.len())] ^= 1 << bit;
        prop_assert!(key.open_event(record, &altered).is_err());
        let mut altered = header.clone();
        altered[place.index(header.len())] ^= 1 << bit;
        let record = RecordRef { id: event.id, header: &altered };
        prop_assert!(key.open_event(record, &sealed).is_err());
        let elsewhere = domain::EventId::make(domain::Timestamp::from_millis(1), &random);
        let record = RecordRef { id: elsewhere, header: &header };
        prop_assert!(key.open_event(record, &sealed).is_err());
    }

    #[test]
    fn two_seals_of_one_body_share_nothing_but_their_length(
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let random = Repeatable::new(5);
        let key = StreamKey::make(&random);
        let event = support::header(ENCOUNTER, "answer-recorded", 1);
        let (_, first) = key.seal_event(&event, &body, &random).unwrap();
        let (_, second) = key.seal_event(&event, &body, &random).unwrap();
        prop_assert_eq!(first.len(), second.len());
        prop_assert_eq!(first.len(), 26 + seal::padded_len(body.len()) + 16);
        let same = first[26..].iter().zip(&second[26..]).filter(|(a, b)| a == b).count();
        prop_assert!(same < first.len() / 8 + 8);
    }
}

#[test]
fn the_generator_of_the_tests_is_repeatable() {
    let (mut first, mut second) = ([0; 13], [0; 13]);
    Repeatable::new(4).fill(&mut first);
    Repeatable::new(4).fill(&mut second);
    assert_eq!(first, second);
}
