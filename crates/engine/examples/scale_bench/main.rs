//! What a large clinic waits for, as Markdown on standard output: three years of encounters, each with its intake, transcript
//! and signed note, made by the engine and the store, and then read through the engine's router as the screens read them.
//!
//! `cargo xtask bench --scale` runs it. `BEDSIDE_SCALE` says how many encounters; 50,000 else. The clinic is made in one
//! process and read in two others, so that memory is that of a program that was started with it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal is what it is for")]

mod clinic;
mod measure;
mod numbers;

use std::path::Path;
use std::process::Command;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => all(),
        ["staff", data] => measure::staff(Path::new(data)),
        ["whole", data] => measure::whole(Path::new(data)),
        _ => Err("it takes no arguments".into()),
    }
}

fn all() -> Result<(), Failure> {
    let count = std::env::var("BEDSIDE_SCALE").map_or(Ok(50_000), |count| count.parse())?;
    // Not in a file system of memory, which `/tmp` may be.
    let folder = tempfile::Builder::new()
        .prefix("bedside-scale-")
        .tempdir_in("/var/tmp")
        .or_else(|_| tempfile::tempdir())?;
    let data = folder.path().join("clinic");
    let (took, events) = clinic::make(&data, count)?;
    let megabytes = std::fs::metadata(data.join("vault.db"))?.len() / 1_000_000;
    for part in ["staff", "whole"] {
        let status = Command::new(std::env::current_exe()?).arg(part).arg(&data).status()?;
        if !status.success() {
            return Err(format!("{part} ended with {status}").into());
        }
    }
    println!("- size of the vault: {megabytes} MB");
    println!(
        "- appending {events} events, three transactions a visit: {:.0} s ({:.0} a second)",
        took.as_secs_f64(),
        events as f64 / took.as_secs_f64()
    );
    Ok(())
}
