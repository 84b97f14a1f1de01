//! Any bytes, signed with a trusted key: what stands behind the signature is read or refused, without a panic.
#![no_main]

use bedside_licence::{Licence, PublicKey, Trust, armour};
use ed25519_dalek::{Signer, SigningKey};
use libfuzzer_sys::fuzz_target;

const LABEL: armour::Label = armour::Label { name: "BEDSIDE LICENCE", noun: "a licence" };

fuzz_target!(|payload: &[u8]| {
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = PublicKey::from_bytes(key.verifying_key().as_bytes()).expect("a key");
    let signed = [[1].as_slice(), public.id().as_bytes(), payload].concat();
    let signature = key.sign(&[b"bedside/licence/v1\0", signed.as_slice()].concat()).to_bytes();
    let text = armour::write(LABEL, &[signed.as_slice(), &signature].concat());
    let _ = Licence::open(&text, &Trust::only([public]));
});
