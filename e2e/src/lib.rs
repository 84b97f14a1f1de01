//! The real application, driven as a person would: its window on a screen, its buttons pressed through WebDriver.
//!
//! `cargo xtask test application` gives the tests a virtual screen, a session bus of their own and the way to
//! `tauri-driver`. Names of elements are those of `ui/src/testids.ts`.

// What a test did and where its pictures are goes to the terminal.
#![allow(clippy::print_stderr)]

mod application;
pub mod dialog;
mod http;
pub mod process;
mod webdriver;

pub use application::{Application, Desk};
pub use webdriver::{Element, Page};

/// Why a test did not get on: for the person who reads its output.
pub type Outcome<T = ()> = Result<T, String>;
