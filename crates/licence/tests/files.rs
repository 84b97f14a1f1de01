//! Licence files: what is genuine, what is not, and that no changed one is taken.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bedside_licence::{Error, Licence, PublicKey, Revocation, Revocations, SigningKey, Trust, armour};
use ciborium::Value;
use domain::Coded as _;
use seal::{KdfParams, Passphrase};
use support::*;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[test]
fn a_golden_licence_is_written_to_the_letter_and_opens_to_what_was_issued() {
    let file = tests().join("vectors/licence-v1.txt");
    let text = licence().sign(&vendor()).unwrap();
    if std::env::var_os("BEDSIDE_BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
        std::fs::write(tests().join("vectors/vendor.pub"), vendor().public().to_text()).unwrap();
        std::fs::write(tests().join("vectors/revocations-v1.txt"), revocations().sign(&vendor()).unwrap())
            .unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap();
    assert_eq!(golden.replace("\r\n", "\n"), text);
    let key =
        PublicKey::from_text(&std::fs::read_to_string(tests().join("vectors/vendor.pub")).unwrap()).unwrap();
    let genuine = Licence::open(&golden, &Trust::only([key])).unwrap();
    assert_eq!(genuine.licence, licence());
    assert_eq!(genuine.text, text);
    assert_eq!(genuine.key, vendor().public());
}

fn revocations() -> Revocations {
    let mut list = Revocations { issued: noon("2027-03-01"), ..Revocations::default() };
    list.add(Revocation { id: licence().id, on: day("2027-03-01"), reason: Some("not paid".to_owned()) });
    list
}

#[test]
fn a_golden_list_of_revoked_licences_opens_and_names_each_once() {
    let golden = std::fs::read_to_string(tests().join("vectors/revocations-v1.txt")).unwrap();
    let (list, key) = Revocations::open(&golden, &trust()).unwrap();
    assert_eq!(list, revocations());
    assert_eq!(key, vendor().public());
    assert!(Revocations::is(&golden) && !Revocations::is(&licence().sign(&vendor()).unwrap()));
    let mut twice = list.clone();
    twice.add(list.revoked[0].clone());
    assert_eq!(twice, list);
}

/// The signed texts that are wrong in one way each, and the code that says so.
fn corpus() -> Vec<(&'static str, &'static str, String)> {
    let text = licence().sign(&vendor()).unwrap();
    let label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };
    let bytes = armour::read(label, &text).unwrap();
    let changed = |at: usize, to: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = to;
        armour::write(label, &bytes)
    };
    let line = |number: usize| text.lines().nth(number).unwrap();
    let end = bytes.len() - 64;
    let mut malleable = bytes.clone();
    add_group_order(&mut malleable[end + 32..]);
    let other_label = armour::Label { name: "BEDSIDE REVOCATIONS", ..label };
    let payload = |change: fn(&mut Licence)| {
        let mut licence = licence();
        change(&mut licence);
        licence.sign(&vendor()).unwrap()
    };
    let future_field = |licence: &mut Licence| {
        licence.other.insert("beds".to_owned(), Value::from(12));
        licence.other.insert("critical".to_owned(), Value::Array(vec![Value::from("beds")]));
    };
    let critical = {
        let mut licence = licence();
        future_field(&mut licence);
        assert_eq!(licence.sign(&vendor()).unwrap_err().code().as_str(), "licence.newer");
        resigned(&licence)
    };
    vec![
        ("empty", "licence.unreadable", String::new()),
        ("prose", "licence.unreadable", "Dear customer, please find your licence attached.\n".to_owned()),
        ("no-end-line", "licence.unreadable", text.replace("-----END BEDSIDE LICENCE-----\n", "")),
        ("no-check-line", "licence.unreadable", without(&text, |line| line.starts_with("Check"))),
        ("other-check-line", "licence.unreadable", text.replace("Check ", "Check 0")),
        ("list-in-place-of-licence", "licence.unreadable", revocations().sign(&vendor()).unwrap()),
        ("header-only", "licence.unreadable", armour::write(label, &bytes[..6])),
        ("nothing-inside", "licence.unreadable", armour::write(label, &[])),
        ("line-left-out", "licence.mistyped", text.replace(&format!("{}\n", line(4)), "")),
        ("line-twice", "licence.mistyped", text.replace(line(4), &format!("{0}\n{0}", line(4)))),
        (
            "lines-exchanged",
            "licence.mistyped",
            text.replace(line(4), "#").replace(line(5), line(4)).replace('#', line(5)),
        ),
        ("symbol-changed", "licence.mistyped", text.replace(line(6), &swap_symbol(line(6)))),
        ("symbol-left-out", "licence.mistyped", text.replace(line(6), &line(6)[..line(6).len() - 1])),
        ("strange-symbol", "licence.mistyped", text.replace(line(6), &line(6).replacen(' ', " ü", 1))),
        ("lower-case", "licence.mistyped", text.to_lowercase()),
        ("space-at-the-end", "licence.mistyped", text.replacen(" \n", "\n", 1).replacen('\n', " \n", 1)),
        ("words-before-it", "licence.mistyped", format!("Hello\n{text}")),
        ("format-2", "licence.newer", changed(0, 2)),
        ("format-0", "licence.newer", changed(0, 0)),
        ("critical-field-unknown", "licence.newer", critical),
        ("key-named-otherwise", "licence.key-unknown", changed(1, bytes[1] ^ 1)),
        ("signed-by-another", "licence.key-unknown", licence().sign(&key(2)).unwrap()),
        ("payload-changed", "licence.forged", changed(20, bytes[20] ^ 1)),
        ("signature-changed", "licence.forged", changed(end, bytes[end] ^ 1)),
        ("signature-zero", "licence.forged", armour::write(label, &[&bytes[..end], &[0; 64]].concat())),
        ("signature-malleable", "licence.forged", armour::write(label, &malleable)),
        ("another-key-under-the-name", "licence.forged", {
            let mut forged = armour::read(label, &licence().sign(&key(2)).unwrap()).unwrap();
            forged[1..6].copy_from_slice(&bytes[1..6]);
            armour::write(label, &forged)
        }),
        ("list-relabelled", "licence.forged", {
            let list = armour::read(other_label, &revocations().sign(&vendor()).unwrap()).unwrap();
            armour::write(label, &list)
        }),
        ("cut-short", "licence.forged", armour::write(label, &bytes[..bytes.len() - 1])),
        ("bytes-after-it", "licence.forged", armour::write(label, &[bytes.as_slice(), &[0]].concat())),
        ("company-missing", "licence.invalid", resigned_without("company")),
        ("expires-on-no-day", "licence.invalid", resigned_with("expires", Value::from("2027-02-30"))),
        ("limit-negative", "licence.invalid", resigned_with("conversations_per_month", Value::from(-1))),
        ("features-no-list", "licence.invalid", resigned_with("features", Value::from("voice"))),
        ("company-with-escapes", "licence.invalid", resigned_with("company", Value::from("\u{1b}[2J"))),
        ("not-canonical", "licence.invalid", resigned_bytes(&backwards(&bytes[6..end]))),
        ("not-cbor", "licence.invalid", resigned_bytes(b"{\"company\": \"Acme\"}")),
        ("deeply-nested", "licence.invalid", resigned_bytes(&[0x81; 4000])),
        ("promises-a-gigabyte", "licence.invalid", resigned_bytes(&[0x5A, 0x40, 0, 0, 0, 1])),
        ("genuine-but-for-nothing", "genuine", payload(|licence| licence.features = BTreeSet::new())),
        (
            "unknown-field-kept",
            "genuine",
            payload(|licence| {
                licence.other.insert("beds".to_owned(), Value::from(12));
            }),
        ),
    ]
}

#[test]
fn each_malformed_file_of_the_corpus_is_refused_with_its_own_code() {
    let folder = tests().join("malformed");
    if std::env::var_os("BEDSIDE_BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, code, text) in corpus() {
            std::fs::write(folder.join(format!("{code}--{name}.txt")), text).unwrap();
        }
    }
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= corpus().len(), "{} files", files.len());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (code, _) = name.split_once("--").unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        match Licence::open(&text, &trust()) {
            Ok(_) => assert_eq!(code, "genuine", "{name}"),
            Err(error) => assert_eq!(error.code().as_str(), code, "{name}: {error}"),
        }
    }
}

#[test]
fn ten_thousand_changed_files_are_refused_and_none_panics() {
    let text = licence().sign(&vendor()).unwrap();
    let trust = trust();
    let mut dice = Dice(6);
    let mut codes = std::collections::BTreeMap::<&str, u32>::new();
    for round in 0..10_000 {
        let mut changed = text.clone().into_bytes();
        for _ in 0..=dice.below(3) {
            mutate(&mut changed, &mut dice);
        }
        if changed == text.as_bytes() {
            mutate_surely(&mut changed);
        }
        // A file that is no UTF-8 does not reach the crate; what replaces the bytes does.
        let changed = String::from_utf8_lossy(&changed).into_owned();
        let error = Licence::open(&changed, &trust).expect_err(&format!("round {round}: {changed}"));
        *codes.entry(error.code().as_str()).or_default() += 1;
        // Typed, the same text may be forgiven, and then it is the same licence to the letter.
        if let Ok(forgiven) = Licence::open_typed(&changed, &trust) {
            assert_eq!(forgiven.text, text, "round {round}");
        }
    }
    assert_eq!(codes.values().sum::<u32>(), 10_000);
    println!("refused: {codes:?}");
}

#[test]
fn ten_thousand_changed_payloads_under_a_right_armour_are_refused() {
    let label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };
    let bytes = armour::read(label, &licence().sign(&vendor()).unwrap()).unwrap();
    let trust = trust();
    let mut dice = Dice(7);
    for round in 0..10_000 {
        let mut changed = bytes.clone();
        mutate(&mut changed, &mut dice);
        if changed == bytes {
            mutate_surely(&mut changed);
        }
        assert!(Licence::open(&armour::write(label, &changed), &trust).is_err(), "round {round}");
    }
}

#[test]
fn ten_thousand_signed_payloads_that_are_none_are_refused_without_a_panic() {
    let trust = trust();
    let payload = seal::encode_canonical(&Value::Map(fields())).unwrap();
    let mut dice = Dice(8);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut changed = payload.clone();
        for _ in 0..=dice.below(4) {
            mutate(&mut changed, &mut dice);
        }
        // A vendor's key under any bytes: the parser stands alone.
        match Licence::open(&resigned_bytes(&changed), &trust) {
            Ok(genuine) => {
                genuine.licence.sign(&vendor()).unwrap();
                read += 1;
            }
            Err(error) => {
                assert!(["licence.invalid", "licence.newer"].contains(&error.code().as_str()), "{error}")
            }
        }
    }
    // A letter of a name, a digit of a limit: a changed payload can be a licence, of whoever holds the key.
    assert!(read > 0);
}

#[test]
fn a_retyped_licence_is_forgiven_its_looks_and_told_the_line_of_a_slip() {
    let text = licence().sign(&vendor()).unwrap();
    let typed = text.to_lowercase().replace('1', "i").replace('0', "O").replace('\n', "  \n\n");
    assert_eq!(Licence::open_typed(&typed, &trust()).unwrap().licence, licence());
    assert_eq!(Licence::open(&typed, &trust()).unwrap_err(), Error::Retyped);
    let mailed = format!("Dear customer,\n\n{text}\nBest wishes");
    assert_eq!(Licence::open_typed(&mailed, &trust()).unwrap().text, text);
    let slip = text.replace(text.lines().nth(9).unwrap(), &swap_symbol(text.lines().nth(9).unwrap()));
    assert_eq!(Licence::open_typed(&slip, &trust()).unwrap_err(), Error::Mistyped { line: 9 });
}

#[test]
fn a_signing_key_is_read_back_with_its_passphrase_and_not_with_another() {
    let key = vendor();
    assert_eq!(SigningKey::from_text(&key.to_text(), None).unwrap().public(), key.public());
    let right = Passphrase::new("a long enough passphrase");
    let sealed = key.to_sealed_text(&right, KdfParams::THROW_AWAY, &Counting(9)).unwrap();
    assert!(SigningKey::is_sealed(&sealed).unwrap() && !SigningKey::is_sealed(&key.to_text()).unwrap());
    assert_eq!(SigningKey::from_text(&sealed, Some(&right)).unwrap().public(), key.public());
    let wrong = Passphrase::new("another long passphrase");
    assert_eq!(SigningKey::from_text(&sealed, Some(&wrong)).unwrap_err(), Error::KeyLocked);
    assert_eq!(SigningKey::from_text(&sealed, None).unwrap_err(), Error::KeyLocked);
    assert!(!sealed.contains(key.to_text().lines().find(|line| line.contains("seed")).unwrap()));
    assert!(!format!("{key:?}").contains("seed"));
    for bad in
        ["", "{}", "bedside-key", "{\"format\": \"bedside-signing-key-v2\", \"key\": \"\", \"seed\": \"\"}"]
    {
        assert_eq!(SigningKey::from_text(bad, None).unwrap_err().code().as_str(), "vendor-key.invalid");
        assert_eq!(PublicKey::from_text(bad).unwrap_err().code().as_str(), "vendor-key.invalid");
    }
    // The identity point takes any message for signed.
    let mut weak = [0; 32];
    weak[0] = 1;
    assert!(PublicKey::from_bytes(&weak).is_err());
}

#[test]
fn this_build_trusts_a_current_and_a_next_key_and_no_key_of_the_tests() {
    let builtin = Trust::builtin().unwrap();
    assert!(builtin.keys().len() >= 2);
    for number in 0..=u8::MAX {
        assert!(!builtin.keys().contains(&key(number).public()));
    }
}

// --- how files are spoilt -------------------------------------------------------------------------------------------

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        bytes.push(0);
    }
    let at = dice.below(bytes.len());
    match dice.below(7) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = dice.below(256) as u8,
        2 => {
            bytes.remove(at);
        }
        3 => bytes.insert(at, dice.below(256) as u8),
        4 => bytes.truncate(at.max(1)),
        5 => {
            let other = dice.below(bytes.len());
            bytes.swap(at, other);
        }
        _ => {
            let until = (at + 1 + dice.below(60)).min(bytes.len());
            let part = bytes[at..until].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, part);
        }
    }
}

fn mutate_surely(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
}

fn without(text: &str, drop: impl Fn(&str) -> bool) -> String {
    text.lines().filter(|line| !drop(line)).map(|line| format!("{line}\n")).collect()
}

/// A line with one of its symbols exchanged for the next of the alphabet.
fn swap_symbol(line: &str) -> String {
    let mut bytes = line.as_bytes().to_vec();
    bytes[5] = if bytes[5] == b'7' { b'8' } else { b'7' };
    String::from_utf8(bytes).unwrap()
}

/// Adds the order of the group to a scalar: the same signature to a verifier that does not insist on the least form.
fn add_group_order(scalar: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0u16;
    for (byte, order) in scalar.iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
}

fn fields() -> Vec<(Value, Value)> {
    let label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };
    let bytes = armour::read(label, &licence().sign(&vendor()).unwrap()).unwrap();
    let payload = &bytes[6..bytes.len() - 64];
    seal::decode_canonical::<Value>(payload).unwrap().into_map().unwrap()
}

/// A payload that this crate would not issue, signed all the same.
fn resigned_bytes(payload: &[u8]) -> String {
    use ed25519_dalek::Signer as _;
    let seed = seal::Secret::<32>::make(&Counting(1));
    let key = ed25519_dalek::SigningKey::from_bytes(seed.expose());
    let label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };
    let head = &armour::read(label, &licence().sign(&vendor()).unwrap()).unwrap()[..6];
    let signed = [head, payload].concat();
    let signature = key.sign(&[b"bedside/licence/v1\0".as_slice(), &signed].concat()).to_bytes();
    armour::write(label, &[signed.as_slice(), &signature].concat())
}

fn resigned_without(name: &str) -> String {
    let fields = fields().into_iter().filter(|(key, _)| key.as_text() != Some(name)).collect();
    resigned_bytes(&seal::encode_canonical(&Value::Map(fields)).unwrap())
}

fn resigned_with(name: &str, value: Value) -> String {
    let mut fields = fields();
    fields.iter_mut().find(|(key, _)| key.as_text() == Some(name)).unwrap().1 = value;
    resigned_bytes(&seal::encode_canonical(&Value::Map(fields)).unwrap())
}

fn resigned(licence: &Licence) -> String {
    let mut fields = fields();
    fields.extend(licence.other.iter().map(|(name, value)| (Value::from(name.as_str()), value.clone())));
    resigned_bytes(&seal::encode_canonical(&Value::Map(fields)).unwrap())
}

/// The same map with its entries in the opposite order.
fn backwards(payload: &[u8]) -> Vec<u8> {
    let mut fields = seal::decode_canonical::<Value>(payload).unwrap().into_map().unwrap();
    fields.reverse();
    let mut bytes = Vec::new();
    ciborium::into_writer(&Value::Map(fields), &mut bytes).unwrap();
    bytes
}
