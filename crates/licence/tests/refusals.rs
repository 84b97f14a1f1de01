//! Every changed licence file is refused, whatever was changed in it; and each reason not to take one has a message of its
//! own that says what to do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use bedside_licence::{Error, Fingerprint, Licence, Revocation, Revocations, armour};
use domain::{Coded as _, Timestamp};
use support::*;

const LABEL: armour::Label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };

/// Takes two genuine files and spoils the first.
type Spoil = fn(&str, &str, &mut Dice) -> String;

/// Ways to spoil a file.
const WAYS: [(&str, Spoil); 14] = [
    ("a bit turned over", |text, _, dice| {
        let mut bytes = text.as_bytes().to_vec();
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
        String::from_utf8_lossy(&bytes).into_owned()
    }),
    ("cut off", |text, _, dice| text[..dice.below(text.len() - 1)].to_owned()),
    ("its beginning cut off", |text, _, dice| text[1 + dice.below(text.len() - 1)..].to_owned()),
    ("the end of another one", |text, other, dice| {
        let at = dice.below(text.len().min(other.len()));
        format!("{}{}", &text[..at], &other[at..])
    }),
    ("a line of another one", |text, other, dice| {
        let mut lines: Vec<_> = text.lines().collect();
        let others: Vec<_> = other.lines().collect();
        let at = dice.below(lines.len().min(others.len()));
        lines[at] = others[at];
        lines.join("\n") + "\n"
    }),
    ("several lines of another one", |text, other, dice| {
        let mut lines: Vec<_> = text.lines().collect();
        let others: Vec<_> = other.lines().collect();
        for _ in 0..2 + dice.below(lines.len()) {
            let at = dice.below(lines.len().min(others.len()));
            lines[at] = others[at];
        }
        lines.join("\n") + "\n"
    }),
    ("a line left out", |text, _, dice| {
        let mut lines: Vec<_> = text.lines().collect();
        lines.remove(dice.below(lines.len()));
        lines.join("\n") + "\n"
    }),
    ("a line twice", |text, _, dice| {
        let mut lines: Vec<_> = text.lines().collect();
        let at = dice.below(lines.len());
        lines.insert(at, lines[at]);
        lines.join("\n") + "\n"
    }),
    ("two lines exchanged", |text, _, dice| {
        let mut lines: Vec<_> = text.lines().collect();
        let at = dice.below(lines.len() - 1);
        lines.swap(at, at + 1);
        lines.join("\n") + "\n"
    }),
    ("other words around it", |text, _, dice| {
        let (from, to) = [
            ("BEDSIDE LICENCE", "BEDSIDE REVOCATIONS"),
            ("-----BEGIN", "----BEGIN"),
            ("-----END BEDSIDE LICENCE-----", "-----END BEDSIDE-----"),
            ("Check ", "Check: "),
            ("BEGIN", "Begin"),
            ("LICENCE", "LICENSE"),
        ][dice.below(6)];
        text.replacen(from, to, 1 + dice.below(2))
    }),
    // Below, the armour is right and its checks fit: what is left is the signature.
    ("parts of both in a right armour", |text, other, dice| {
        let (one, other) = (armour::read(LABEL, text).unwrap(), armour::read(LABEL, other).unwrap());
        let at = dice.below(one.len().min(other.len()));
        armour::write(LABEL, &[&one[..at], &other[at..]].concat())
    }),
    ("a bit turned over in a right armour", |text, _, dice| {
        let mut bytes = armour::read(LABEL, text).unwrap();
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
        armour::write(LABEL, &bytes)
    }),
    ("a letter that looks alike", |text, _, dice| {
        // Cyrillic, Greek, full width, and the digits and letters that Crockford's alphabet leaves out.
        const ALIKE: [(char, &str); 12] = [
            ('A', "АΑＡ"),
            ('B', "ВΒＢ"),
            ('C', "СϹＣ"),
            ('E', "ЕΕＥ"),
            ('H', "НΗＨ"),
            ('K', "КΚＫ"),
            ('M', "МΜＭ"),
            ('P', "РΡＰ"),
            ('T', "ТΤＴ"),
            ('X', "ХΧＸ"),
            ('0', "ОοO０"),
            ('1', "Іιl１"),
        ];
        let places: Vec<_> = text
            .char_indices()
            .filter_map(|(at, letter)| {
                ALIKE.iter().find(|(known, _)| *known == letter).map(|found| (at, found))
            })
            .collect();
        let (at, (_, alike)) = places[dice.below(places.len())];
        let alike: Vec<char> = alike.chars().collect();
        let put = alike[dice.below(alike.len())];
        format!("{}{put}{}", &text[..at], &text[at + 1..])
    }),
    ("something that is not seen", |text, _, dice| {
        let at = dice.below(text.len());
        let unseen = ['\u{200B}', '\u{FEFF}', '\u{00A0}', '\u{202E}', '\u{0301}', '\0', ' ', '\t'];
        format!("{}{}{}", &text[..at], unseen[dice.below(unseen.len())], &text[at..])
    }),
];

#[test]
fn ten_thousand_mutated_licence_files_are_refused_each_way_and_none_panics() {
    let genuine = licence().sign(&vendor()).unwrap();
    let larger = Licence {
        company: "Another Clinic".to_owned(),
        limits: bedside_licence::Limits { conversations_per_month: None, devices: None },
        facility: None,
        ..licence()
    };
    let other = larger.sign(&vendor()).unwrap();
    let trust = trust();
    let mut dice = Dice(2026);
    let mut ways = BTreeMap::<&str, u32>::new();
    let mut codes = BTreeMap::<&str, u32>::new();
    let (mut made, mut forgiven) = (0, 0);
    while made < 10_000 {
        let (way, spoil) = WAYS[dice.below(WAYS.len())];
        let (first, second) = if dice.below(2) == 0 { (&genuine, &other) } else { (&other, &genuine) };
        let spoilt = spoil(first, second, &mut dice);
        if spoilt == genuine || spoilt == other {
            // Lines that both have alike: nothing was changed.
            continue;
        }
        made += 1;
        *ways.entry(way).or_default() += 1;
        let error = Licence::open(&spoilt, &trust).expect_err(&format!("{way}: {spoilt}"));
        *codes.entry(error.code().as_str()).or_default() += 1;
        // Typed by hand, case, spaces and look-alikes are forgiven: and then it is a genuine one to the letter.
        if let Ok(opened) = Licence::open_typed(&spoilt, &trust) {
            assert!(opened.text == genuine || opened.text == other, "{way}: {spoilt}");
            forgiven += 1;
        }
        assert!(Revocations::open(&spoilt, &trust).is_err(), "{way}: {spoilt}");
    }
    assert_eq!(ways.len(), WAYS.len());
    for code in ["licence.unreadable", "licence.mistyped", "licence.key-unknown", "licence.forged"] {
        assert!(codes.contains_key(code), "{code}: {codes:?}");
    }
    println!(
        "10000 mutated files, none accepted: {codes:?}; {forgiven} are forgiven where somebody types them"
    );
}

#[test]
fn each_reason_has_a_message_of_its_own_with_the_next_step() {
    let now = noon("2027-06-01");
    let here = here();
    let elsewhere = Fingerprint::of(&key(200).public());
    let installable = |licence: &Licence, at: Timestamp| licence.check_installable(here, at).unwrap_err();
    let lasting = Licence { file_expires: None, ..licence() };
    let text = licence().sign(&vendor()).unwrap();
    let cut = text.replace("-----END BEDSIDE LICENCE-----", "");
    let altered = {
        let mut bytes = armour::read(LABEL, &text).unwrap();
        bytes[20] ^= 1;
        armour::write(LABEL, &bytes)
    };
    let mut list = Revocations { issued: now, ..Revocations::default() };
    list.add(Revocation { id: licence().id, on: day("2027-05-01"), reason: None });
    let revoked = list.find(licence().id).unwrap();
    let cases = [
        (
            "wrong key",
            Licence::open(&licence().sign(&key(2)).unwrap(), &trust()).unwrap_err(),
            "ask your vendor",
        ),
        ("damaged", Licence::open_typed(&cut, &trust()).unwrap_err(), "from BEGIN to END"),
        ("altered", Licence::open(&altered, &trust()).unwrap_err(), "ask your vendor to send it again"),
        ("expired", installable(&lasting, noon("2028-06-01")), "ask your vendor for a new one"),
        ("file expired", installable(&licence(), noon("2027-04-01")), "ask your vendor to send it anew"),
        ("future", installable(&lasting, noon("2026-11-21")), "install it then"),
        (
            "other facility",
            installable(&Licence { facility: Some(elsewhere), ..lasting.clone() }, now),
            "ask your vendor for one for",
        ),
        ("revoked", Error::Revoked { id: licence().id, on: revoked.on }, "call your vendor"),
        ("rolled-back clock", Error::ClockSetBack, "set it right, then install the licence"),
    ];
    let mut codes = BTreeSet::new();
    let mut messages = BTreeSet::new();
    for (case, error, next) in &cases {
        let message = error.to_string();
        assert!(message.contains(next), "{case}: {message}");
        assert!(codes.insert(error.code().as_str()), "{case} has the code of another reason");
        assert!(messages.insert(message), "{case} has the message of another reason");
    }
}
