//! A vendor and a facility with keys that everybody knows, and a licence to change.
#![allow(dead_code, reason = "each test file uses a part")]

use bedside_licence::{
    Contact, Day, Feature, Fingerprint, Licence, LicenceId, Limits, Prices, SigningKey, Step, Trust,
};
use domain::{Random, Timestamp};
use seal::Secret;

/// Bytes that begin with a number and count up.
pub(crate) struct Counting(pub(crate) u8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for (byte, offset) in bytes.iter_mut().zip(0u8..) {
            *byte = self.0.wrapping_add(offset);
        }
    }
}

pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_seed(&Secret::make(&Counting(number)))
}

pub(crate) fn vendor() -> SigningKey {
    key(1)
}

pub(crate) fn trust() -> Trust {
    Trust::only([vendor().public()])
}

pub(crate) fn here() -> Fingerprint {
    Fingerprint::of(&key(100).public())
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Noon of a day, in UTC.
pub(crate) fn noon(text: &str) -> Timestamp {
    Timestamp::from_millis(day(text).begins().as_millis() + 26 * 3_600_000)
}

/// A licence with everything in it.
pub(crate) fn licence() -> Licence {
    Licence {
        id: LicenceId::make(noon("2026-11-20"), &Counting(3)),
        company: "Acme Healthcare".to_owned(),
        tier: "professional".to_owned(),
        limits: Limits { conversations_per_month: Some(10_000), devices: Some(12) },
        features: [Feature::TEXT, Feature::VOICE, Feature::ANALYTICS].into(),
        support: Some("e-mail, priority".to_owned()),
        contact: Contact {
            name: Some("Example Vendor".to_owned()),
            phone: Some("+1 555 0100".to_owned()),
            email: Some("licences@vendor.example".to_owned()),
        },
        issued: noon("2026-11-20"),
        not_before: day("2026-12-01"),
        expires: Some(day("2027-12-31")),
        file_expires: Some(day("2027-02-28")),
        updates_until: Some(day("2027-12-31")),
        grace_days: 14,
        facility: Some(here()),
        time_zone: Some("America/Chicago".to_owned()),
        prices: Some(
            Prices::new(
                "USD",
                vec![
                    Step { up_to: Some(1000), price: "0.30".parse().unwrap() },
                    Step { up_to: None, price: "0.2".parse().unwrap() },
                ],
            )
            .unwrap(),
        ),
        other: std::collections::BTreeMap::new(),
    }
}

/// A linear congruential generator (Knuth's MMIX constants): the same mutations on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}
