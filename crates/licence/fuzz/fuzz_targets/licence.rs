//! Any text as a licence's file, and as one that somebody typed: refused, without a panic.

#![no_main]

use bedside_licence::{Licence, Revocations, Trust};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let trust = Trust::builtin().expect("the build's keys");
    assert!(Licence::open(text, &trust).is_err());
    assert!(Licence::open_typed(text, &trust).is_err());
    assert!(Revocations::open(text, &trust).is_err());
});
