//! The vault from outside: made, opened, written, killed, damaged, put back, filled up, backed up.
//!
//! One program for all of it, because each links SQLCipher; it is also its own child where something must be killed.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

extern crate bedside_store as store;

mod backup;
mod canary;
mod crash;
mod damage;
mod disk;
mod fixture;
mod keys;
mod meter;
mod outbox;
mod projections;
mod reading;
mod shredding;
mod support;
