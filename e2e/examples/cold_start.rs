//! Measures the application as a waiting room has it: from the start of the program to a kiosk screen that can be touched,
//! and its memory once it idles there. Prints Markdown; `cargo xtask bench` gives it a screen.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use bedside_e2e::{Desk, Outcome};

const PASSPHRASE: &str = "a passphrase for measuring with";
const PASSWORD: &str = "a password for measuring";
const STARTS: usize = 5;
/// Long enough for what starting leaves behind to be collected.
const IDLE: Duration = Duration::from_secs(20);

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome {
    let Some(desk) = Desk::clear("cold-start")? else {
        return Err("a screen and a driver are needed".into());
    };
    let passphrase = desk.file("passphrase", PASSPHRASE)?;
    let password = desk.file("password", PASSWORD)?;
    let created = Command::new(desk.program("bedside"))
        .args(["init", "--login", "admin", "--clinic", "Measured Clinic", "--data"])
        .arg(desk.data())
        .arg("--passphrase-file")
        .arg(&passphrase)
        .arg("--password-file")
        .arg(&password)
        .stdout(Stdio::null())
        .status();
    if !created.is_ok_and(|status| status.success()) {
        return Err("`bedside init` failed".into());
    }

    let cold_disk = drop_disk_cache();
    let (mut starts, mut kiosks, mut memory) = (Vec::new(), Vec::new(), 0);
    for _ in 0..STARTS {
        drop_disk_cache();
        let began = Instant::now();
        let application = desk.start_with(&["--passphrase-file".as_ref(), passphrase.as_os_str()])?;
        let page = &application.page;
        page.find("signin-login")?;
        starts.push(began.elapsed());
        page.type_into("signin-login", "admin")?;
        page.type_into("signin-password", PASSWORD)?;
        page.press("signin-submit")?;
        page.find("nav-kiosk")?;
        let began = Instant::now();
        page.press("nav-kiosk")?;
        page.find("kiosk-welcome")?;
        kiosks.push(began.elapsed());
        if starts.len() == STARTS {
            std::thread::sleep(IDLE);
            memory = application.memory()?;
        }
        application.close()?;
    }

    let sums: Vec<Duration> = starts.iter().zip(&kiosks).map(|(start, kiosk)| *start + *kiosk).collect();
    let disk = if cold_disk { "cold disk cache" } else { "warm disk cache (dropping it needs root)" };
    println!(
        "| what ({STARTS} starts, {disk}, through WebDriver, virtual screen without a GPU) | median | slowest |"
    );
    println!("| --- | ---: | ---: |");
    print_row("start of the program to a sign-in screen that takes keys", starts);
    print_row("from there to the kiosk's welcome (signing in by hand not counted)", kiosks);
    print_row("start of the program to a usable kiosk screen", sums);
    println!(
        "\nMemory after {} s idle at the kiosk's welcome, web view included (PSS): {} MiB.",
        IDLE.as_secs(),
        memory >> 20
    );
    Ok(())
}

fn print_row(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    println!(
        "| {what} | {} ms | {} ms |",
        times[times.len() / 2].as_millis(),
        times[times.len() - 1].as_millis()
    );
}

/// Makes the next start read from the disk, where we may.
fn drop_disk_cache() -> bool {
    let _ = Command::new("sync").status();
    fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}
