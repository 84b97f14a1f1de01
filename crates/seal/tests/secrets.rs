//! Passphrases, passwords and recovery words.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

extern crate bedside_seal as seal;

mod support;

use domain::Coded;
use seal::{
    Error, KdfParams, Passphrase, Pin, RecoveryWords, SlotKey, find_pin, hash_password, hash_pin, salt_of,
    verify_password,
};
use support::Repeatable;

const QUICK: KdfParams = KdfParams::THROW_AWAY;

#[test]
fn a_password_is_verified_and_asks_for_a_new_hash_when_the_parameters_changed() {
    let random = Repeatable::new(1);
    let stored = hash_password(&"correct horse".into(), QUICK, &random).unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
    let verified = verify_password(&"correct horse".into(), &stored, QUICK).unwrap().unwrap();
    assert!(!verified.rehash);
    let harder = KdfParams { passes: 2, ..QUICK };
    assert!(verify_password(&"correct horse".into(), &stored, harder).unwrap().unwrap().rehash);
    assert_eq!(verify_password(&"correct house".into(), &stored, QUICK), Ok(None));
    assert_eq!(verify_password(&"".into(), &stored, QUICK), Ok(None));
}

#[test]
fn two_hashes_of_one_password_differ() {
    let random = Repeatable::new(1);
    let first = hash_password(&"correct horse".into(), QUICK, &random).unwrap();
    assert_ne!(first, hash_password(&"correct horse".into(), QUICK, &random).unwrap());
}

#[test]
fn a_stored_hash_cannot_ask_for_all_the_memory_there_is() {
    let greedy = "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQxMjM0NTY$\
                  c2l4dGVlbiBieXRlcyBsb25nIGhhc2ghISEhISEhISE";
    assert_eq!(verify_password(&"whatever".into(), greedy, QUICK), Err(Error::UnreadableHash));
    let endless = "$argon2id$v=19$m=64,t=4000000000,p=1$c29tZXNhbHQxMjM0NTY$\
                   c2l4dGVlbiBieXRlcyBsb25nIGhhc2ghISEhISEhISE";
    assert_eq!(verify_password(&"whatever".into(), endless, QUICK), Err(Error::UnreadableHash));
}

#[test]
fn what_is_no_argon2id_hash_is_refused() {
    for stored in
        ["", "password", "$2b$12$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA"]
    {
        assert_eq!(
            verify_password(&"whatever".into(), stored, QUICK),
            Err(Error::UnreadableHash),
            "{stored}"
        );
    }
}

#[test]
fn the_same_passphrase_typed_on_two_keyboards_is_the_same() {
    let composed = Passphrase::from("cafe\u{301} au lait, s'il vous plai\u{302}t");
    let precomposed = Passphrase::from("caf\u{e9} au lait, s'il vous pla\u{ee}t");
    assert_eq!(composed, precomposed);
    assert_eq!(format!("{composed:?}"), "Passphrase(redacted)");
}

#[test]
fn a_short_password_is_refused_with_the_least_length() {
    let error = hash_password(&"short".into(), QUICK, &Repeatable::new(1)).unwrap_err();
    assert_eq!(error, Error::TooShort { least: 8 });
    assert_eq!(error.parameters(), [("least", "8".to_owned())]);
}

#[test]
fn unsafe_parameters_are_refused_before_anything_runs() {
    for params in [
        KdfParams { memory_kib: u32::MAX, ..QUICK },
        KdfParams { memory_kib: 0, ..QUICK },
        KdfParams { passes: 0, ..QUICK },
        KdfParams { lanes: 255, ..QUICK },
    ] {
        let error = SlotKey::from_passphrase(&"long enough for all".into(), &[0; 16], params).unwrap_err();
        assert!(matches!(error, Error::Parameters(_)), "{error:?}");
    }
}

#[test]
fn recovery_words_are_read_back_however_they_are_typed() {
    let words = RecoveryWords::make(&Repeatable::new(3));
    let plain = words.expose().join(" ");
    assert_eq!(words.expose().len(), 24);
    assert_eq!(RecoveryWords::parse(&plain).unwrap(), words);
    let numbered: String = words
        .expose()
        .iter()
        .zip(1..)
        .map(|(word, number)| format!("{number}. {}\n", word.to_uppercase()))
        .collect();
    assert_eq!(RecoveryWords::parse(&numbered).unwrap(), words);
    assert_eq!(format!("{words:?}"), "RecoveryWords(redacted)");
}

#[test]
fn wrong_recovery_words_say_what_is_wrong_and_not_which_word() {
    let words = RecoveryWords::make(&Repeatable::new(3)).expose();
    let message = |typed: &str| RecoveryWords::parse(typed).unwrap_err().to_string();
    assert!(message(&words[..23].join(" ")).contains("there are 23"));
    assert!(message("").contains("there are 0"));
    let mut unknown = words;
    unknown[4] = "marmalade";
    let said = message(&unknown.join(" "));
    assert!(said.contains("word 5") && !said.contains("marmalade"), "{said}");
    let mut swapped = words;
    swapped.swap(0, 1);
    assert!(message(&swapped.join(" ")).contains("another order"));
}

#[test]
fn the_words_of_bip_39s_own_test_vector_are_the_standards() {
    struct Zero;
    impl domain::Random for Zero {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }
    let words = RecoveryWords::make(&Zero).expose();
    assert!(words[..23].iter().all(|word| *word == "abandon"));
    assert_eq!(words[23], "art");
}

const SALT: [u8; 16] = [7; 16];

#[test]
fn a_pin_is_six_to_twelve_digits() {
    for typed in ["480913", "480913752604"] {
        assert!(Pin::typed(typed).is_some() && Pin::chosen(typed).is_ok(), "{typed}");
    }
    for typed in ["", "48091", "4809137526041", "48091a", " 480913", "48 0913", "٤٨٠٩١٣", "-480913"] {
        assert!(Pin::typed(typed).is_none(), "{typed}");
        assert_eq!(Pin::chosen(typed), Err(Error::PinUnfit), "{typed}");
    }
    assert_eq!(format!("{:?}", Pin::typed("480913")), "Some(Pin(redacted))");
}

#[test]
fn a_pin_that_repeats_or_runs_is_not_chosen() {
    for easy in [
        "000000",
        "777777777",
        "121212",
        "123123",
        "480480",
        "48094809",
        "123456",
        "1234567890",
        "987654",
        "890123",
        "210987",
        "112233",
        "998877",
        "111112",
        "110101",
        "147258",
        "789456",
    ] {
        assert!(Pin::typed(easy).is_some());
        assert_eq!(Pin::chosen(easy), Err(Error::PinUnfit), "{easy}");
    }
    for fine in ["480913", "135790", "204060", "481516", "271828", "112358"] {
        assert!(Pin::chosen(fine).is_ok(), "{fine}");
    }
}

#[test]
fn a_pin_is_found_among_many_and_hashed_once_for_each_salt_and_cost() {
    let pin = |typed| Pin::typed(typed).unwrap();
    let stored: Vec<String> = ["480913", "271828", "1618033"]
        .iter()
        .map(|typed| hash_pin(&pin(typed), QUICK, &SALT).unwrap())
        .collect();
    let harder = KdfParams { passes: 2, ..QUICK };
    let elsewhere = hash_pin(&pin("480913"), harder, &[9; 16]).unwrap();
    let all = || stored.iter().chain([&elsewhere]).map(String::as_str).zip(1..).map(|(hash, id)| (id, hash));
    assert_eq!(find_pin(&pin("271828"), all()).unwrap(), [2]);
    assert_eq!(find_pin(&pin("480913"), all()).unwrap(), [1, 4]);
    assert_eq!(find_pin(&pin("480914"), all()).unwrap(), [0; 0]);
    assert_eq!(salt_of(&stored[0]), Ok(SALT));
    // It is hashed as a password is.
    assert!(verify_password(&"480913".into(), &stored[0], QUICK).unwrap().is_some());
    for broken in ["", "480913", "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA"] {
        assert_eq!(find_pin(&pin("480913"), [(1, broken)]), Err(Error::UnreadableHash), "{broken}");
    }
}
